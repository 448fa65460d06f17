"""Who belongs less? Every group beside everyone together, in each unit and for each breakdown.

No group is silently the norm: a gap is the mean of the group minus the mean of everyone in the unit, the
group itself and pupils who named no group included. Weighted by their sizes, the gaps of all groups (with
those outside as one more) add up to zero. A reference group is a choice that the study file makes and the
reader sees.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl

from erbij.findings import domains, level
from erbij.findings.cells import EVERYONE, Numbers, cells
from erbij.findings.domains import Domains, Offer, Partition
from erbij.stats.design import IntArray
from erbij.stats.domains import DomainMeans, contrast
from erbij.stats.intervals import difference_interval
from erbij.studies.study import TOGETHER, Breakdown, Level, Study

Against = Mapping[str, tuple[str, ...]]
"""For a group, the groups that are compared with it."""


def find(study: Study) -> pl.DataFrame | None:
    """Measures `n`, `mean`, `below`, `gap` and, with a reference group, `difference:GROUP`."""
    frames = [
        of_partition(study, partition_of(breakdown, level), (level,), against=_against(breakdown))
        for breakdown in study.breakdowns
        for level in study.units
    ]
    return pl.concat(frames) if frames else None


def offers(study: Study) -> Iterable[Offer]:
    """Every breakdown, at every level of the study."""
    return (Offer(_partition(breakdown), tuple(study.units)) for breakdown in study.breakdowns)


def of_partition(
    study: Study, partition: Partition, levels: Iterable[Level], *, against: Against
) -> pl.DataFrame:
    """The cells of the groups of a partition at some levels."""
    scale = study.instrument.scales[study.instrument.main_scale]
    frames: list[pl.DataFrame] = []
    for at in levels:
        where = domains.by_group(study, at, partition)
        means, careful = level.mean_of(study, scale, where), domains.as_everyone(study, at, where)
        frames += level.of_scale(study, scale, careful, means if careful is where else None)
        frames += [_counts(where, means), _gaps(where, means)]
        frames += [_differences(where, means, group, others) for group, others in against.items()]
    return pl.concat(frames).filter(pl.col("breakdown") != EVERYONE)


def partition_of(breakdown: Breakdown, at: Level) -> Partition:
    """The groups of a breakdown and, where some are told together at this level, those as one more."""
    partition = _partition(breakdown)
    if at not in breakdown.together:
        return partition
    members = np.column_stack([partition.members, breakdown.together[at]])
    return Partition(partition.id, (*partition.groups, TOGETHER), members)


def _partition(breakdown: Breakdown) -> Partition:
    members = breakdown.codes[:, None] == np.arange(len(breakdown.groups))
    return Partition(breakdown.id, tuple(group.id for group in breakdown.groups), members)


def _against(breakdown: Breakdown) -> Against:
    if breakdown.reference is None:
        return {}
    others = tuple(group.id for group in breakdown.groups if group.id != breakdown.reference)
    return {breakdown.reference: others}


def _counts(where: Domains, means: DomainMeans) -> pl.DataFrame:
    return cells(where.keys, "n", Numbers(means.n, means.n.astype(float)))


def _gaps(where: Domains, means: DomainMeans) -> pl.DataFrame:
    groups = np.flatnonzero(where.are_groups)
    return _contrast(where, means, "gap", groups, where.parents[groups])


def _differences(where: Domains, means: DomainMeans, group: str, others: tuple[str, ...]) -> pl.DataFrame:
    position = {key: i for i, key in enumerate(where.keys.select("unit", "group").iter_rows())}
    compared = [i for (_, name), i in position.items() if name in others]
    units = where.keys["unit"]
    against = [position[units[i], group] for i in compared]
    return _contrast(where, means, f"difference:{group}", _indices(compared), _indices(against))


def _indices(domains_: list[int]) -> IntArray:
    return np.array(domains_, dtype=np.int64)


def _contrast(where: Domains, means: DomainMeans, measure: str, a: IntArray, b: IntArray) -> pl.DataFrame:
    found = contrast(means, a, b)
    low, high = difference_interval(found.value, found.se, found.df)
    return cells(where.keys[a], measure, Numbers(means.n[a], found.value, low, high))
