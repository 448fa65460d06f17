"""The rows of a survey command: columns of the file, those that were defined, and the sampling design."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import polars as pl

from erbij.cli import model_columns
from erbij.errors import EstimationError, StudyError
from erbij.stats import design
from erbij.stats.design import FloatArray, IntArray, Replication, SamplingDesign
from erbij.studies.files import read_table


@dataclass(frozen=True, slots=True)
class DesignColumns:
    """Where the sampling design stands in the file, as given on the command line."""

    weights: str | None = None
    replicates: str | None = None
    fay: float | None = None
    clusters: str | None = None
    jackknife: design.Jackknife | None = None
    factors: str | None = None

    def __post_init__(self) -> None:
        ways = (self.fay is not None) + (self.jackknife is not None)
        if self.replicates is not None and (ways == 0 or self.weights is None):
            # A forgotten Fay factor would halve or double every standard error without a sign.
            raise click.UsageError(
                "--replicates needs --weights, and --fay (0 for plain replicates) or --jackknife."
            )
        if ways > 1:
            raise click.UsageError("--fay and --jackknife exclude each other.")
        if self.replicates is None and self.jackknife is not None:
            raise click.UsageError("--jackknife needs --replicates.")
        if (self.factors is not None) != (self.jackknife == "jkn"):
            raise click.UsageError("--jackknife jkn needs --factors, and nothing else takes them.")

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
        if clusters is not None and (clusters < 0).any():
            # All of them together would be one cluster that nobody drew.
            raise EstimationError(
                "a cluster is missing",
                where=[f"column {self.clusters}"],
                found=f"{int((clusters < 0).sum())} such rows",
                advice="Leave these rows out of the file, or say where they were drawn.",
            )
        return SamplingDesign(weights, replicates, self.fay or 0.0, clusters, self._replication(len(names)))

    def _replication(self, R: int) -> Replication | None:
        if self.jackknife is None:
            return None
        return design.jackknife(self.jackknife, R, None if self.factors is None else _numbers(self.factors))


@dataclass(frozen=True, slots=True)
class SurveyRows:
    """What was read, and what is still to be defined in each version of the plausible values.

    `plausible` holds for each name the columns of the file that it stands for, one after the other.
    """

    frame: pl.DataFrame
    definitions: Mapping[str, str]
    plausible: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """How many versions there are; one where there are no plausible values."""
        return len(next(iter(self.plausible.values()), ("",)))

    def versions(self) -> Iterator[pl.DataFrame]:
        """The rows with all columns that were asked for, once for each version."""
        for m in range(self.count):
            chosen = (pl.col(columns[m]).alias(name) for name, columns in self.plausible.items())
            yield model_columns.with_definitions(self.frame.with_columns(*chosen), self.definitions)


def survey_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all survey commands take."""
    options = (
        click.option("--weights", metavar="COLUMN", help="Column with the weight of each pupil."),
        click.option("--replicates", metavar="PREFIX", help="Replicate weights: PREFIX and a number."),
        click.option("--fay", type=click.FloatRange(0, 1, max_open=True), help="Fay's factor; 0.5 in PISA."),
        click.option(
            "--jackknife", type=click.Choice(design.JACKKNIVES), help="How replicates leave pupils out."
        ),
        click.option("--factors", metavar="X,X,...", help="Of jkn: what each squared deviation counts for."),
        click.option("--clusters", metavar="COLUMN", help="Where pupils were drawn, without replicates."),
        click.option("--let", "lets", multiple=True, metavar="'NAME = EXPRESSION'", help="Define a column."),
        click.option(
            "--plausible",
            multiple=True,
            metavar="'NAME = PV#MATH'",
            help="Plausible values; # stands for the number.",
        ),
        model_columns.no_imputation,
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read(
    file: Path, names: Iterable[str], *, lets: Iterable[str], plausible: Iterable[str], where: DesignColumns
) -> SurveyRows:
    """The needed columns of the file; null is the only missing value."""
    wanted, definitions = set(names), model_columns.parse_definitions(lets)
    patterns = model_columns.parse_definitions(plausible, option="--plausible")
    versions: dict[str, tuple[str, ...]] = {}

    def choose(columns: Sequence[str]) -> list[str]:
        versions.update({name: _versions(name, pattern, columns) for name, pattern in patterns.items()})
        known = [*columns, *versions]
        model_columns.check_known(wanted, known, definitions=definitions)
        design_columns = where.columns(columns)
        model_columns.check_known(design_columns, columns, definitions={})
        needed = model_columns.sources(wanted, definitions)
        behind = [column for name in sorted(needed & versions.keys()) for column in versions[name]]
        return [*dict.fromkeys([*sorted(needed - versions.keys()), *behind, *design_columns])]

    table = read_table(file, columns=choose)
    frame = model_columns.frame_of(table)
    used = model_columns.sources(wanted, definitions)
    chosen = {name: columns for name, columns in versions.items() if name in used}
    _check_as_many(chosen)
    return SurveyRows(frame, {name: definitions[name] for name in definitions}, chosen)


def _versions(name: str, pattern: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of a pattern such as PV#MATH, in the order of their numbers."""
    if pattern.count("#") != 1:
        raise StudyError("must hold one #", where=["--plausible", name], found=pattern, allowed=["PV#MATH"])
    if name in columns:
        raise StudyError(
            "the file already has this column", where=["--plausible", name], advice="Take another name."
        )
    before, after = map(re.escape, pattern.split("#"))
    matches = {column: re.fullmatch(f"{before}([0-9]+){after}", column) for column in columns}
    found = {column: int(match[1]) for column, match in matches.items() if match}
    if len(found) < 2:
        raise StudyError(
            "needs two plausible values or more",
            where=["--plausible", name],
            found=", ".join(found) or "none",
            allowed=columns,
        )
    return tuple(sorted(found, key=found.__getitem__))


def _check_as_many(versions: Mapping[str, tuple[str, ...]]) -> None:
    if len({len(columns) for columns in versions.values()}) > 1:
        counts = ", ".join(f"{len(columns)} of {name}" for name, columns in versions.items())
        raise StudyError("not as many plausible values of each", where=["--plausible"], found=counts)


def missing(frame: pl.DataFrame, names: Iterable[str]) -> dict[str, int]:
    """In how many rows each column is missing, where it is in any."""
    counts = {name: frame[name].null_count() for name in sorted(names)}
    return {name: count for name, count in counts.items() if count}


def complete(frame: pl.DataFrame, needed: Sequence[str]) -> pl.DataFrame:
    """The rows that have a value in each column."""
    found = frame.drop_nulls(needed)
    if found.is_empty():
        raise EstimationError("no row has all the columns of the formula", where=needed)
    return found


def _codes(values: pl.Series) -> IntArray:
    codes = values.cast(pl.String).cast(pl.Categorical).to_physical().cast(pl.Int64)
    return codes.fill_null(-1).to_numpy()


def _numbers(text: str) -> FloatArray:
    try:
        return np.array([float(part) for part in text.split(",")])
    except ValueError as error:
        raise StudyError("not numbers", where=["--factors"], found=text, allowed=["0.5,0.5,..."]) from error
