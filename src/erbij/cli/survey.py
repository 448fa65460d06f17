"""Commands of the researcher's bench: a survey mean and a survey regression on the user's own file."""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from erbij.cli import model_columns
from erbij.errors import EstimationError
from erbij.stats import regression
from erbij.stats.design import IntArray, SamplingDesign
from erbij.stats.intervals import mean_interval
from erbij.stats.regression import Regression
from erbij.studies.files import read_table

NO_BOUNDS = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class DesignColumns:
    """Where the sampling design stands in the file, as given on the command line."""

    weights: str | None = None
    replicates: str | None = None
    fay: float | None = None
    clusters: str | None = None

    def __post_init__(self) -> None:
        if self.replicates is not None and (self.fay is None or self.weights is None):
            # A forgotten Fay factor would halve or double every standard error without a sign.
            raise click.UsageError("--replicates needs --weights and --fay (0 for plain replicates).")

    def columns(self, names: Sequence[str]) -> list[str]:
        """The columns of the design among all columns of the file."""
        single = [name for name in (self.weights, self.clusters) if name is not None]
        return single + model_columns.replicate_columns(names, self.replicates)

    def design(self, frame: pl.DataFrame) -> SamplingDesign:
        """The design of these rows."""
        weights = (
            np.ones(frame.height) if self.weights is None else model_columns.numbers(frame, self.weights)
        )
        names = model_columns.replicate_columns(frame.columns, self.replicates)
        replicates = frame.select(names).cast(pl.Float64).fill_null(math.nan).to_numpy() if names else None
        clusters = None if self.clusters is None else _codes(frame[self.clusters])
        return SamplingDesign(weights, replicates, self.fay or 0.0, clusters)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table that a person reads."""

    name: str
    value: float
    se: float
    df: int
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        low, high = mean_interval(self.value, self.se, self.df, bounds=NO_BOUNDS)
        return float(low), float(high)


def _survey_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option("--weights", metavar="COLUMN", help="Column with the weight of each pupil."),
        click.option("--replicates", metavar="PREFIX", help="Replicate weights: PREFIX and a number."),
        click.option("--fay", type=click.FloatRange(0, 1, max_open=True), help="Fay's factor; 0.5 in PISA."),
        click.option("--clusters", metavar="COLUMN", help="Where pupils were drawn, without replicates."),
        click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("survey-mean")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("columns", nargs=-1, required=True, metavar="COLUMN...")
@_survey_options
def survey_mean(
    file: Path, columns: tuple[str, ...], lets: tuple[str, ...], as_json: bool, **design: Any
) -> None:
    """Weighted means of one or more columns, each on the rows in which it is known."""
    where = DesignColumns(**design)
    frame = _read(file, columns, definitions=model_columns.parse_definitions(lets), where=where)
    values = {name: model_columns.numbers(frame, name) for name in columns}
    sample = where.design(frame)
    lines = []
    for name, y in values.items():
        mean = regression.survey_mean(y, sample)
        lines.append(Line(name, mean.value, mean.se, mean.df, mean.n))
    n = int((~np.isnan(np.column_stack(list(values.values())))).any(axis=1).sum())
    _show(lines, n=n, dropped=frame.height - n, payload=_mean_payload(lines) if as_json else None)


@click.command("survey-regress")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("formula")
@_survey_options
def survey_regress(file: Path, formula: str, lets: tuple[str, ...], as_json: bool, **design: Any) -> None:
    """Weighted linear regression, such as "BELONG ~ girl + ESCS", on the rows without missing values."""
    where = DesignColumns(**design)
    needed = sorted(model_columns.variables(formula))
    frame = _read(file, needed, definitions=model_columns.parse_definitions(lets), where=where)
    complete = frame.drop_nulls(needed)
    if complete.is_empty():
        raise EstimationError("no row has all the columns of the formula", where=needed)
    model = model_columns.model_columns(formula, complete)
    fit = regression.survey_regression(model.y, model.X, where.design(complete), names=model.names)
    lines = [
        Line(name, float(value), float(se), fit.df, fit.n)
        for name, value, se in zip(fit.names, fit.beta, fit.se, strict=True)
    ]
    payload = _regression_payload(fit) if as_json else None
    _show(lines, n=fit.n, dropped=frame.height - fit.n, payload=payload)


def _read(
    file: Path, names: Iterable[str], *, definitions: Mapping[str, str], where: DesignColumns
) -> pl.DataFrame:
    """The needed columns of the file with those that were defined; null is the only missing value."""
    wanted = set(names)

    def choose(columns: Sequence[str]) -> list[str]:
        model_columns.check_known(wanted, columns, definitions=definitions)
        design = where.columns(columns)
        model_columns.check_known(design, columns, definitions={})
        return [*dict.fromkeys([*sorted(model_columns.sources(wanted, definitions)), *design])]

    table = read_table(file, columns=choose)
    frame = pl.DataFrame([table.column(name) for name in table.frame.columns])
    return model_columns.with_definitions(frame, definitions)


def _codes(values: pl.Series) -> IntArray:
    codes = values.cast(pl.String).cast(pl.Categorical).to_physical().cast(pl.Int64)
    return codes.fill_null(-1).to_numpy()


def _mean_payload(lines: Sequence[Line]) -> dict[str, Any]:
    estimates = []
    for line in lines:
        low, high = line.interval
        estimates.append(
            {
                "name": line.name,
                "value": line.value,
                "se": line.se,
                "low": low,
                "high": high,
                "df": line.df,
                "n": line.n,
            }
        )
    return {"estimates": estimates}


def _regression_payload(fit: Regression) -> dict[str, Any]:
    return {
        "beta": dict(zip(fit.names, fit.beta.tolist(), strict=True)),
        "se": dict(zip(fit.names, fit.se.tolist(), strict=True)),
        "df": dict.fromkeys(fit.names, fit.df),
    }


def _show(lines: Sequence[Line], *, n: int, dropped: int, payload: Mapping[str, Any] | None) -> None:
    if payload is not None:
        text = json.dumps({"n": n, **payload, "dropped": dropped}, allow_nan=False, ensure_ascii=False)
        click.echo(text)
        return
    grid = Grid("name", box=box.SIMPLE)
    for heading in ("value", "SE", "95 % from", "to", "df", "n"):
        grid.add_column(heading, justify="right")
    for line in lines:
        numbers = (line.value, line.se, *line.interval)
        grid.add_row(line.name, *(f"{number:.6g}" for number in numbers), str(line.df), str(line.n))
    console = Console()
    console.print(grid)
    console.print(f"{dropped} rows left out: a value is missing.")
