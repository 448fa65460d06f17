"""`erbij maihda`: differences between combinations of groups, on the user's own file. Not protected."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from erbij.cli import bench, mixed_tables, model_columns, survey_rows
from erbij.stats import maihda as strata_of
from erbij.stats.logistic_mixed import LogisticFit
from erbij.stats.maihda import Maihda
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.mixed_profile import Interval


@click.command("maihda")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("outcome")
@click.option("--strata", required=True, metavar="A,B,...", help="Columns whose combinations are the strata.")
@click.option("--crossed", metavar="COLUMN", help="A column that crosses the strata, such as the school.")
@click.option("--ml", "is_ml", is_flag=True, help="Maximum likelihood instead of restricted (REML).")
@click.option(
    "--family",
    type=click.Choice(["gaussian", "binomial"]),
    default="gaussian",
    show_default=True,
    help="binomial for an outcome of 0 and 1.",
)
@click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column.")
@model_columns.no_imputation
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def maihda(  # noqa: PLR0913 - one argument for each option
    file: Path,
    outcome: str,
    *,
    strata: str,
    crossed: str | None,
    is_ml: bool,
    family: str,
    lets: tuple[str, ...],
    as_json: bool,
) -> None:
    """How much of OUTCOME's differences lies between combinations of groups, and how much of that adds up."""
    breakdowns = [name.strip() for name in strata.split(",") if name.strip()]
    formula = strata_of.formulas(outcome, breakdowns, crossed)[1]
    frame = bench.read(file, formula, lets=lets)
    if family == "binomial":
        found = strata_of.logistic_maihda(frame, outcome, breakdowns, crossed=crossed)
    else:
        found = strata_of.maihda(frame, outcome, breakdowns, crossed=crossed, is_reml=not is_ml)
    _show(found, survey_rows.missing(frame, frame.columns), as_json=as_json)


def _show(found: Maihda, missing: Mapping[str, int], *, as_json: bool) -> None:
    if as_json:
        told = _payload(found) | {"missing": dict(missing)}
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    console = Console()
    for what, share in (("VPC", found.vpc), ("PCV", found.pcv)):
        console.print(f"{what} {share.value:.4f} (95 % from {share.low:.4f} to {share.high:.4f})")
    grid = Grid(*found.breakdowns, "n", box=box.SIMPLE)
    for heading in ("predicted", "from", "to", "additive", "rest"):
        grid.add_column(heading, justify="right")
    for s in found.strata:
        numbers = (s.predicted.value, s.predicted.low, s.predicted.high, s.additive.value, s.rest.value)
        grid.add_row(*s.groups, str(s.n), *(f"{x:.4g}" for x in numbers))
    console.print(grid)
    for model, name in ((found.null, "null"), (found.main, "main effects")):
        console.print(f"{name}: {mixed_tables.ending_words(model.ending)}")
    mixed_tables.left_out(console, found.main.excluded, missing)
    console.print("notes: " + ", ".join(found.notes))


def _payload(found: Maihda) -> dict[str, Any]:
    return {
        "vpc": _interval(found.vpc),
        "pcv": _interval(found.pcv),
        "strata": [
            {
                "groups": dict(zip(found.breakdowns, s.groups, strict=True)),
                "n": s.n,
                "predicted": _interval(s.predicted),
                "additive": _interval(s.additive),
                "rest": _interval(s.rest),
            }
            | ({"share": _interval(s.share)} if s.share else {})
            for s in found.strata
        ],
        "null": _fitted(found.null),
        "main": _fitted(found.main),
        "notes": list(found.notes),
    }


def _interval(i: Interval) -> dict[str, float | None]:
    return {name: mixed_tables.finite(getattr(i, name)) for name in ("value", "low", "high")}


def _fitted(fit: MixedFit | LogisticFit) -> dict[str, Any]:
    if isinstance(fit, LogisticFit):
        return mixed_tables.logistic_payload(fit)
    return mixed_tables.payload(fit)
