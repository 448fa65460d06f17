"""The researcher's bench: mixed models and sums on the user's own file. The results are not protected."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import polars as pl

from erbij.cli import mixed_tables, model_columns, survey_rows
from erbij.cli.mixed_tables import Intervals
from erbij.errors import EstimationError, StudyError
from erbij.privacy import gate
from erbij.privacy.policy import USUAL, presets
from erbij.stats import aggregation, frame_rows, logistic_mixed, mixed_fit, mixed_plan, mixed_profile
from erbij.stats import sums as sums_of_rows
from erbij.stats.aggregation import NotArithmeticError
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.mixed_plan import Plan
from erbij.stats.sums import Sums
from erbij.studies import parquet_rows
from erbij.studies.files import read_table
from erbij.studies.safe_csv import write_whole


@click.command("fit")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("formula")
@click.option("--ml", "is_ml", is_flag=True, help="Maximum likelihood instead of restricted (REML).")
@click.option("--weights", metavar="COLUMN", help="Prior weights: the residual variance is divided by them.")
@click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column.")
@click.option(
    "--family",
    type=click.Choice(["gaussian", "binomial"]),
    default="gaussian",
    help="binomial: an outcome of yes and no, by log odds.",
)
@click.option("--points", default=1, type=click.IntRange(1, 100), help="Of quadrature, for binomial.")
@click.option("--intervals", "with_intervals", is_flag=True, help="Profile intervals of the variances too.")
@model_columns.no_imputation
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def fit(  # noqa: PLR0913 - one argument for each option
    file: Path,
    formula: str,
    *,
    is_ml: bool,
    weights: str | None,
    lets: tuple[str, ...],
    family: str,
    points: int,
    with_intervals: bool,
    as_json: bool,
) -> None:
    """Fit a mixed model, such as "y ~ x + (1 + x | school)", on the rows without missing values."""
    if family == "binomial" and (weights or with_intervals):
        raise click.UsageError("--family binomial takes neither --weights nor --intervals.")
    if family == "gaussian" and points > 1:
        raise click.UsageError("--points needs --family binomial.")
    frame = read(file, formula, weights=weights, lets=lets)
    if family == "binomial":
        found_odds = logistic_mixed.fit(formula, frame, points)
        mixed_tables.show_logistic(
            found_odds, as_json=as_json, missing=survey_rows.missing(frame, frame.columns)
        )
        return
    sums, plan = frame_rows.sums_of(formula, frame, weights)
    found = mixed_fit.fit(sums, plan.layout, is_reml=not is_ml)
    intervals = _intervals(sums, found) if with_intervals else None
    missing = survey_rows.missing(frame, frame.columns)
    mixed_tables.show(found, intervals, as_json=as_json, missing=missing)


def _intervals(sums: Sums, found: MixedFit) -> Intervals:
    is_simple = all(c.name1 == "Intercept" for c in found.variances)
    shares = mixed_profile.variance_shares(found) if is_simple else []
    return Intervals(tuple(mixed_profile.standard_deviations(sums, found)), tuple(shares))


@click.command("sums")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("formula")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New file, .json.")
@click.option("--weights", metavar="COLUMN", help="Prior weights: the residual variance is divided by them.")
@click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column.")
@click.option(
    "--for-network",
    "policy",
    is_flag=False,
    flag_value=USUAL,
    type=click.Choice(tuple(presets())),
    help="Merge groups until nothing is about a few pupils, by this policy.",
)
@model_columns.no_imputation
def sums(  # noqa: PLR0913 - one argument for each option
    file: Path, formula: str, *, out: Path, weights: str | None, lets: tuple[str, ...], policy: str | None
) -> None:
    """Write the sums of FILE by group: all that a fit needs, for `erbij pool`.

    The sums of a group of a few pupils tell a lot about those pupils: the command says how small the smallest
    is. With --for-network they pass the gate first.
    """
    check_out(out, file)
    found, plan = _sums_of_file(file, formula, weights=weights, lets=lets)
    if policy:
        found = gate.contribution(found, preset=policy)
    about = {
        "formula": formula,
        "weights": weights,
        "categories": [[e, c.column, list(c.levels)] for e, c in plan.categories.items()],
    }
    write_whole({out: sums_of_rows.to_json(found, about).encode()})
    click.echo(
        f"{found.n} rows in {found.counts.size} cells, the smallest of {found.counts.min()}, "
        f"written to {out}; {sum(found.excluded.values())} rows left out",
        err=True,
    )


def _sums_of_file(
    file: Path, formula: str, *, weights: str | None, lets: tuple[str, ...]
) -> tuple[Sums, Plan]:
    """Sums of a Parquet file as it is read, so that it need not fit in memory; of other files in memory."""
    if file.suffix.lower() == ".parquet" and not lets:
        with parquet_rows.rows(file) as table:
            _check_columns(formula, weights, table.columns)
            with suppress(NotArithmeticError):
                return aggregation.aggregate(formula, table, weights, for_pooling=True)
    frame = read(file, formula, weights=weights, lets=lets)
    return frame_rows.sums_of(formula, frame, weights, for_pooling=True)


def _check_columns(formula: str, weights: str | None, columns: Sequence[str]) -> None:
    named, _ = mixed_plan.variables(formula)
    model_columns.check_known(named | ({weights} if weights else set()), columns, definitions={})


@click.command("pool")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SUMS.json...")
@click.option("--ml", "is_ml", is_flag=True, help="Maximum likelihood instead of restricted (REML).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def pool(files: tuple[Path, ...], *, is_ml: bool, as_json: bool) -> None:
    """Fit a mixed model to the sums of one or more files together, as if all rows stood in one file."""
    read_sums = [_read_sums(path) for path in files]
    plan = _common_plan([about for _, about in read_sums], files)
    pooled = sums_of_rows.pool([found for found, _ in read_sums])
    needed = sums_of_rows.with_columns(pooled, plan.layout.columns)
    mixed_tables.show(mixed_fit.fit(needed, plan.layout, is_reml=not is_ml), as_json=as_json)


def read(
    file: Path,
    formula: str,
    *,
    weights: str | None = None,
    lets: Iterable[str] = (),
    more: Sequence[str] = (),
) -> pl.DataFrame:
    """The columns of a file that a formula, its weights or `more` name, those that were defined included."""
    definitions = model_columns.parse_definitions(lets)
    named, grouping = mixed_plan.variables(formula)
    wanted = named | set(more) | ({weights} if weights else set())

    def choose(columns: Sequence[str]) -> list[str]:
        model_columns.check_known(wanted, columns, definitions=definitions)
        return sorted(model_columns.sources(wanted, definitions))

    groups = sorted(grouping - set(definitions))
    table = read_table(file, columns=choose, as_text=groups)
    frame = model_columns.with_definitions(model_columns.frame_of(table, as_text=groups), definitions)
    chosen = frame.select(sorted(wanted))
    _say_missing(chosen)
    return chosen


def _say_missing(frame: pl.DataFrame) -> None:
    """Tell of each column in how many rows it is missing: those are left out of a model."""
    counts = {name: count for name, count in frame.null_count().row(0, named=True).items() if count}
    if counts:
        incomplete = frame.height - frame.drop_nulls().height
        told = ", ".join(f"{name} in {count}" for name, count in counts.items())
        click.echo(f"{incomplete} of {frame.height} rows lack a value and are left out: {told}", err=True)


def check_out(out: Path, file: Path) -> None:
    """Refuse to write where nothing can be written, or over what is read."""
    if out.exists() and file.exists() and out.samefile(file):
        raise StudyError("would overwrite the answers", where=("--out",), found=str(out))
    if out.is_dir() or not out.parent.is_dir():
        raise StudyError("no such folder", where=("--out",), found=str(out), advice="Make the folder first.")


def _read_sums(path: Path) -> tuple[Sums, dict[str, Any]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise StudyError("can't be opened", where=(str(path),), found=reason) from error
    try:
        return sums_of_rows.from_json(text)
    except EstimationError as error:
        raise StudyError(str(error).rstrip("."), where=(str(path),)) from error


def _common_plan(abouts: Sequence[Mapping[str, Any]], files: Sequence[Path]) -> Plan:
    """The plan of the model with the categories of all files together."""
    first = abouts[0]
    for about, path in zip(abouts, files, strict=True):
        for what in ("formula", "weights"):
            if about.get(what) != first.get(what):
                raise StudyError(
                    f"sums of another {what} can't be added",
                    where=(str(path),),
                    found=about.get(what),
                    allowed=[first.get(what)],
                )
    levels: dict[tuple[str, str], set[Any]] = {}
    for about in abouts:
        for expression, column, found in about["categories"]:
            levels.setdefault((expression, column), set()).update(found)
    try:
        together = tuple((e, column, tuple(sorted(found))) for (e, column), found in levels.items())
    except TypeError as error:
        raise StudyError(
            "categories are text in one file and numbers in another", where=map(str, files)
        ) from error
    return mixed_plan.plan(str(first["formula"]), together)
