"""Is the gap the same everywhere? How much it differs between schools and between classes.

Beside whom a group stands here is the other pupils of the same unit: a gap with everyone, the group itself
included, would be small wherever the group is large. Only units take part of which the group and everyone are
told, so that everything follows from what is told; classes are never named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.findings import domains
from erbij.findings.cells import EVERYONE, Numbers, cells
from erbij.findings.domains import FEWEST_CLUSTERS
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.heterogeneity import Spread, spread_of
from erbij.studies.study import Breakdown, Level, Study

LEVELS: tuple[Level, ...] = ("school", "class")
NAMED: Level = "school"
"""The level at which a unit is told how far it lies from the usual gap."""

FEWEST_OTHERS = 10


@dataclass(frozen=True, slots=True)
class _Gaps:
    """For the units that take part, shape (J,): the gap, its error, its pupils; and which units these are."""

    gap: FloatArray
    se: FloatArray
    n: IntArray
    units: IntArray


def model(study: Study, told: pl.DataFrame) -> pl.DataFrame | None:
    """Measures `gap-usual:LEVEL` and `gap-sd:LEVEL` of groups; `gap-unit` of groups of a school."""
    found = [
        frame
        for breakdown in study.breakdowns
        for level in LEVELS
        if level in study.units
        for frame in _of_breakdown(study, told, breakdown, level)
    ]
    return pl.concat(found) if found else None


def _of_breakdown(
    study: Study, told: pl.DataFrame, breakdown: Breakdown, level: Level
) -> Iterator[pl.DataFrame]:
    here = told.filter(pl.col("level") == level)
    everyone = set(here.filter(pl.col("breakdown") == EVERYONE)["unit"])
    groups = here.filter(pl.col("breakdown") == breakdown.id)
    at_top = told.filter(pl.col("level") == "all", pl.col("breakdown") == breakdown.id)["group"].to_list()
    for place, group in enumerate(breakdown.groups):
        units = everyone & set(groups.filter(pl.col("group") == group.id)["unit"])
        if len(units) < FEWEST_CLUSTERS or group.id not in at_top:
            continue
        gaps = _gaps(study, level, breakdown.codes == place, units)
        if len(gaps.units) >= FEWEST_CLUSTERS:
            yield from _told(study, level, (breakdown.id, group.id), gaps)


def _gaps(study: Study, level: Level, is_in: np.ndarray, units: set[str]) -> _Gaps:
    """Each unit's mean of the group less that of its other pupils; one variance within for all units."""
    names = np.array(study.units[level].names)
    codes, J = study.units[level].codes, len(names)
    counted = study.has_score & (codes >= 0)
    y = np.where(counted, study.scores[study.instrument.main_scale], 0.0)
    cell = np.where(is_in, codes, codes + J)[counted]
    n = np.bincount(cell, minlength=2 * J)
    means = np.bincount(cell, y[counted], 2 * J) / np.maximum(n, 1)
    squares = np.bincount(cell, (y[counted] - means[cell]) ** 2, 2 * J)
    chosen = np.flatnonzero(np.isin(names, list(units)) & (n[:J] > 1) & (n[J:] >= FEWEST_OTHERS))
    both = np.concatenate([chosen, chosen + J])
    within = squares[both].sum() / max(int(n[both].sum()) - len(both), 1)
    gap = means[chosen] - means[chosen + J]
    se = np.sqrt(within * (1 / n[chosen] + 1 / n[chosen + J]))
    return _Gaps(gap, se, n[chosen] + n[chosen + J], chosen)


def _told(study: Study, level: Level, of: tuple[str, str], gaps: _Gaps) -> Iterator[pl.DataFrame]:
    try:
        found = spread_of(gaps.gap, gaps.se)
    except EstimationError:
        return  # all answered alike: no error to weigh the gaps by
    top = domains.everyone(study, "all").keys.with_columns(breakdown=pl.lit(of[0]), group=pl.lit(of[1]))
    n = np.array([gaps.n.sum()])
    for name, ends in (("gap-usual", found.usual), ("gap-sd", found.sd)):
        yield cells(top, f"{name}:{level}", Numbers(n, *(np.array([end]) for end in ends)))
    if level == NAMED:
        yield _units(study, of, gaps, found)


def _units(study: Study, of: tuple[str, str], gaps: _Gaps, found: Spread) -> pl.DataFrame:
    names = [study.units[NAMED].names[unit] for unit in gaps.units]
    keys = pl.DataFrame({"level": NAMED, "unit": names, "breakdown": of[0], "group": of[1]})
    return cells(keys, "gap-unit", Numbers(gaps.n, *found.units))
