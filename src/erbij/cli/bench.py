"""The researcher's bench: mixed models and sums on the user's own file. The results are not protected."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import polars as pl

from erbij.cli import mixed_tables, model_columns, survey_rows
from erbij.cli.mixed_tables import Intervals
from erbij.errors import StudyError
from erbij.stats import frame_rows, logistic_mixed, mixed_fit, mixed_plan, mixed_profile
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.sums import Sums
from erbij.studies.files import read_table


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
