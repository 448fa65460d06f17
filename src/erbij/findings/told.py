"""What a model may look at: pupils of domains that are told, and of no other."""

from collections.abc import Collection

import numpy as np
import polars as pl

from erbij.findings.cells import EVERYONE
from erbij.stats.design import BoolArray, FloatArray
from erbij.studies.study import Level, Study

FEWEST_CARRIERS = 10


def told_units(study: Study, level: Level, told: pl.DataFrame, scale: str | None = None) -> BoolArray:
    """Which pupils have a score and are in a unit that is told at a level, shape (n,).

    Parameters
    ----------
    told
        A row (level, unit, breakdown, group) for each told domain, with the list of `scales` that are.
    scale
        Another scale than the main one, which must be told too and of which the pupil must have a score.
    """
    units = study.units[level]
    here = _of(told, scale).filter(pl.col("level") == level, pl.col("breakdown") == EVERYONE)["unit"]
    is_told: BoolArray = np.asarray(pl.Series(units.names, dtype=pl.String).is_in(here.implode()), dtype=bool)
    known = study.has_score if scale is None else study.has_score & ~np.isnan(study.scores[scale])
    return known & (units.codes >= 0) & is_told[np.maximum(units.codes, 0)]


def are_told(
    told: pl.DataFrame, breakdown: str, groups: Collection[str], *, scale: str | None = None
) -> bool:
    """Whether all these groups are told of everyone together."""
    here = _of(told, scale).filter(pl.col("level") == "all", pl.col("breakdown") == breakdown)["group"]
    return set(groups) <= set(here)


def is_carried_by_many(values: FloatArray) -> bool:
    """Whether no nine pupils make up half of the spread or more.

    A slope or a correlation that rests on a few tells what these few answered to something else.

    Parameters
    ----------
    values
        Shape (m,), none missing.
    """
    squares = np.sort((values - values.mean()) ** 2)[::-1] if values.size else values
    return bool(squares.sum() > 0 and squares[: FEWEST_CARRIERS - 1].sum() < squares.sum() / 2)


def _of(told: pl.DataFrame, scale: str | None) -> pl.DataFrame:
    return told if scale is None else told.filter(pl.col("scales").list.contains(scale))
