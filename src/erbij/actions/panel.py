"""The same places over waves, as released: what an evaluation starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from erbij.actions.places import EVERYONE
from erbij.errors import ActionError
from erbij.privacy.release import Release
from erbij.stats.design import FloatArray

LEVEL = 0.95


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
        has another name in another year.

    Raises
    ------
    ActionError
        Two units of one wave get the same name.
    """
    waves = [_told(release, level, measure) for release in releases]
    if names:
        waves = [_renamed(found, known) for found, known in zip(waves, names, strict=True)]
    units = tuple(sorted({unit for found in waves for unit in found}))
    nothing = (np.nan, np.nan)
    table = np.array([[found.get(unit, nothing) for found in waves] for unit in units]).reshape(
        -1, len(waves), 2
    )
    return Panel(units, table[..., 0], table[..., 1])


def _told(release: Release, level: str, measure: str) -> dict[str, tuple[float, float]]:
    here = release.cells.filter(
        pl.col("level") == level,
        pl.col("breakdown") == EVERYONE,
        pl.col("measure") == measure,
        pl.col("status") == "shown",
        pl.col("low").is_not_null(),
        pl.col("n") > 1,
    )
    rows = here.select("unit", "value", "low", "high", "n").iter_rows()
    return {unit: (value, standard_error(low, high, n)) for unit, value, low, high, n in rows}


def standard_error(low: float, high: float, n: int) -> float:
    """The standard error that a released 95 % interval of a mean of n pupils implies.

    The pupils of a class count on their own; in a school whose classes do, it comes out somewhat too large.
    """
    return (high - low) / (2 * float(stats.t.ppf((1 + LEVEL) / 2, n - 1)))


def _renamed(
    found: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    renamed = {names.get(unit, unit): number for unit, number in found.items()}
    if len(renamed) < len(found):
        raise ActionError("two units get the same name", found=sorted(names.values()))
    return renamed
