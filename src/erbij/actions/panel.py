"""The same places over waves, as released: what an evaluation starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from erbij.actions.places import EVERYONE
from erbij.privacy.release import Release
from erbij.stats.design import FloatArray

LEVEL = 0.95

_Told = tuple[float, float, int]
"""A released mean, its standard error and its pupils."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Released values of units over waves. `value`, `se`: shape (units, waves), NaN where not told.

    `se` is the standard error that the released interval implies.
    """

    units: tuple[str, ...]
    value: FloatArray
    se: FloatArray

    @property
    def waves(self) -> int:
        """How many waves there are."""
        return int(self.value.shape[1])


def of(
    releases: Sequence[Release],
    level: str,
    measure: str = "mean",
    *,
    names: Sequence[Mapping[str, str]] = (),
) -> Panel:
    """Put the units of a level beside each other over waves.

    Parameters
    ----------
    releases
        Oldest first. One tells what a comparison could see; an evaluation needs two or more.
    measure
        A released measure of everyone in a unit.
    names
        For each release, what its units are called in the panel, where that is not their own name: a class
        has another name in another year. Units of one wave with one name were put together: their mean, by
        the pupils of each; not told where one of them is withheld.
    """
    given = names or [{}] * len(releases)
    waves = [
        _called(_told(release, level, measure), known) for release, known in zip(releases, given, strict=True)
    ]
    units = tuple(sorted({unit for found in waves for unit in found}))
    nothing = (np.nan, np.nan)
    table = np.array([[found.get(unit, nothing) for found in waves] for unit in units]).reshape(
        -1, len(waves), 2
    )
    return Panel(units, table[..., 0], table[..., 1])


def _told(release: Release, level: str, measure: str) -> dict[str, _Told]:
    here = release.cells.filter(
        pl.col("level") == level,
        pl.col("breakdown") == EVERYONE,
        pl.col("measure") == measure,
        pl.col("status") == "shown",
        pl.col("low").is_not_null(),
        pl.col("n") > 1,
    )
    rows = here.select("unit", "value", "low", "high", "n").iter_rows()
    return {unit: (value, standard_error(low, high, n), n) for unit, value, low, high, n in rows}


def standard_error(low: float, high: float, n: int) -> float:
    """The standard error that a released 95 % interval of a mean of n pupils implies.

    The pupils of a class count on their own; in a school whose classes do, it comes out somewhat too large.
    """
    return (high - low) / (2 * float(stats.t.ppf((1 + LEVEL) / 2, n - 1)))


def _called(found: Mapping[str, _Told], names: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    parts: dict[str, list[str]] = {}
    for unit in {**names, **found}:
        parts.setdefault(names.get(unit, unit), []).append(unit)
    return {
        name: _together([found[unit] for unit in units])
        for name, units in parts.items()
        if all(unit in found for unit in units)
    }


def _together(told: Sequence[_Told]) -> tuple[float, float]:
    """The mean of all pupils of some units, and its standard error: one unit stays as it is."""
    value, se, n = np.array(told).T
    share = n / n.sum()
    return float(share @ value), float(np.sqrt(share**2 @ se**2))
