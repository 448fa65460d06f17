"""In which school, grade and class each pupil is, and how many were asked there."""

import re
from collections.abc import Mapping

import numpy as np
import polars as pl

from erbij.errors import StudyError, did_you_mean
from erbij.stats.design import IntArray
from erbij.studies.study import Exclusion, Level, Units
from erbij.studies.table import Table

_EVERYONE = "all"


def units(
    table: Table, columns: Mapping[Level, str], *, asked: Mapping[Level, Mapping[str, int]], file: str
) -> tuple[dict[Level, Units], list[Exclusion]]:
    """Find the unit of each pupil at every level that has a column.

    Parameters
    ----------
    table
        The answers.
    columns
        Column of each level. Grades and classes are named within their school: `S1/5`, `S1/5A`.
    asked
        How many pupils were asked, per level and unit; the rows of a unit where it is not named.
    file
        Name of the file that gave `columns` and `asked`, for errors.

    Returns
    -------
    units, exclusions
        Level "all" has one unit, "all". `no-unit` counts the pupils whose unit is not known.

    Raises
    ------
    StudyError
        An asked unit without pupils, fewer asked than answered, or two units under one name.
    """
    everyone = pl.Series([_EVERYONE]).new_from_index(0, table.frame.height)
    names: dict[Level, pl.Series] = {"all": everyone}
    for level, column in columns.items():
        own = _as_text(table.column(column))
        names[level] = own if level == "school" else _within(own, names.get("school"), table, column)
    found = {
        level: _units(series, asked.get(level, {}), (file, f"asked.{level}"))
        for level, series in names.items()
    }
    unknown = {level: int((unit.codes < 0).sum()) for level, unit in found.items()}
    return found, [Exclusion("no-unit", level, count) for level, count in unknown.items() if count]


def _as_text(column: pl.Series) -> pl.Series:
    # Excel and SPSS keep 5 as 5.0.
    if column.dtype.is_float() and (column.drop_nulls() % 1 == 0).all():
        column = column.cast(pl.Int64)
    return column.cast(pl.String)


def _within(own: pl.Series, school: pl.Series | None, table: Table, column: str) -> pl.Series:
    if school is None:
        return own
    pairs = pl.DataFrame({"school": school, "own": own}).drop_nulls()
    joined = pairs.select(pl.concat_str("school", "own", separator="/")).to_series()
    if joined.n_unique() < pairs.n_unique():
        raise StudyError(
            "two units would get one name, because names hold a /",
            where=(table.file, f"column {column}"),
            advice="Write the names of schools without /.",
        )
    return (
        pl.DataFrame({"school": school, "own": own})
        .select(pl.concat_str("school", "own", separator="/"))
        .to_series()
    )


def _units(series: pl.Series, asked: Mapping[str, int], where: tuple[str, str]) -> Units:
    names = sorted(series.drop_nulls().unique().to_list(), key=lambda name: (_natural(name), name))
    place = {name: i for i, name in enumerate(names)}
    codes = np.full(series.len(), -1, dtype=np.int64)
    if names:
        found = series.replace_strict(names, list(place.values()), default=-1, return_dtype=pl.Int64)
        codes = np.array(found.to_numpy(), dtype=np.int64)
    rows = np.bincount(codes[codes >= 0], minlength=len(names)).astype(np.int64)
    return Units(tuple(names), codes, _asked(rows, place, asked, where))


def _asked(
    rows: IntArray, place: Mapping[str, int], asked: Mapping[str, int], where: tuple[str, str]
) -> IntArray:
    numbers = rows.copy()
    for name, count in asked.items():
        if name not in place:
            raise StudyError(
                "a unit with no pupils in the file",
                where=where,
                found=name,
                allowed=tuple(place),
                advice=did_you_mean(name, tuple(place)),
            )
        if count < rows[place[name]]:
            raise StudyError(
                f"fewer asked than answered in {name}",
                where=where,
                found=count,
                allowed=[f"{rows[place[name]]} or more, as many as there are rows"],
            )
        numbers[place[name]] = count
    return numbers


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Class 2 before class 10."""
    parts = re.split(r"([0-9]{1,18})", name)
    return [(0, int(p), "") if p.isdecimal() and p.isascii() else (1, 0, p) for p in parts]
