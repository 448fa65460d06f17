"""Which pupils make up which cell: every unit of a level, together and by group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy import sparse

from erbij.findings.cells import EVERYONE, keys_of
from erbij.stats.design import BoolArray, FloatArray, IntArray, SamplingDesign
from erbij.studies.study import Level, Study, Units

FEWEST_CLUSTERS = 10
"""With fewer schools or classes the variance between them is too uncertain: pupils count on their own."""

FEWEST_OF_EVERYONE = 4
"""A gap hardly feels what classes differ, as its groups share them; a mean does, and with fewer than ten
classes an uncertain variance between them still beats leaving it out.
"""

WIDE_WEIGHTS = 2.0
"""The largest weight over the smallest, from which weights hide totals."""

FINER: Mapping[Level, tuple[Level, ...]] = {"all": ("school", "class"), "school": ("class",)}
"""Levels whose units may be the clusters of a level, the best first."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A division into groups that may overlap. `members`: shape (n, groups), True where a pupil belongs."""

    id: str
    groups: tuple[str, ...]
    members: BoolArray


@dataclass(frozen=True, slots=True)
class Offer:
    """A partition whose groups are told at some levels.

    `is_two_way`: it crosses two questions or more; `is_last`: every other division is wanted more.
    """

    partition: Partition
    levels: tuple[Level, ...]
    is_two_way: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Domains:
    """The domains of one level and one partition.

    `keys` has one row for each domain, everyone of each unit first; `members` is a sparse 0/1 matrix of
    shape (n, D); `parents[d]` is the domain of everyone in d's unit.
    """

    keys: pl.DataFrame
    members: sparse.csc_matrix
    parents: IntArray
    design: SamplingDesign

    @property
    def are_groups(self) -> BoolArray:
        """Which domains are a group, not everyone."""
        return np.not_equal(self.parents, np.arange(len(self.parents)))


def everyone(study: Study, level: Level) -> Domains:
    """Everyone of each unit of a level."""
    nobody = Partition(EVERYONE, (), np.zeros((study.n, 0), dtype=bool))
    return by_group(study, level, nobody, fewest=FEWEST_OF_EVERYONE)


def by_group(study: Study, level: Level, partition: Partition, *, fewest: int = FEWEST_CLUSTERS) -> Domains:
    """Everyone of each unit of a level, then each group of each unit, units in order.

    `fewest`: clusters of a unit, with fewer of which pupils count on their own.
    """
    units = study.units[level]
    n_units, n_groups = len(units.names), len(partition.groups)
    rows, columns = _memberships(units, partition)
    members = sparse.csc_matrix(
        (np.ones(len(rows)), (rows, columns)), shape=(study.n, n_units * (1 + n_groups))
    )
    parents = np.concatenate([np.arange(n_units), np.repeat(np.arange(n_units), n_groups)])
    return Domains(_keys(study, level, partition), members, parents, design_at(study, level, fewest))


def as_everyone(study: Study, level: Level, where: Domains) -> Domains:
    """The domains with the clusters that everyone has; these themselves where those are the same."""
    design = design_at(study, level, FEWEST_OF_EVERYONE)
    mine, theirs = where.design.clusters, design.clusters
    is_same = mine is theirs or (mine is not None and theirs is not None and np.array_equal(mine, theirs))
    return where if is_same else replace(where, design=design)


def _memberships(units: Units, partition: Partition) -> tuple[IntArray, IntArray]:
    known = np.flatnonzero(units.codes >= 0)
    pupils, groups = np.nonzero(partition.members[known])
    in_group = known[pupils]
    columns = len(units.names) + units.codes[in_group] * len(partition.groups) + groups
    return np.concatenate([known, in_group]), np.concatenate([units.codes[known], columns])


def _keys(study: Study, level: Level, partition: Partition) -> pl.DataFrame:
    units = study.units[level].names
    together = keys_of(level, units, EVERYONE, [EVERYONE])
    return pl.concat([together, keys_of(level, units, partition.id, partition.groups)])


def hides_totals(design: SamplingDesign) -> bool:
    """Whether weights, which are not released, keep a total from following from a mean and a count.

    Only in a drawn sample with replicates whose weights differ widely: weights that are nearly one hide
    nothing, and a school that weights its own answers knows them.
    """
    if design.replicates is None or not len(design.weights):
        return False
    return bool(design.weights.max() >= WIDE_WEIGHTS * design.weights.min())


def design_at(study: Study, level: Level, fewest: int = FEWEST_CLUSTERS) -> SamplingDesign:
    """The design as it holds at a level.

    Replicates of a two-stage sample give schools a weight as a whole, so inside a school they hardly vary
    and would promise a certainty that is not there: they serve at level `all` only. So do the clusters that
    a study names; elsewhere schools or classes are the clusters, where there are enough.
    """
    if level == "all" and not (study.design.replicates is None and study.design.clusters is None):
        return study.design
    return replace(study.design, replicates=None, clusters=_clusters(study, level, fewest))


def _clusters(study: Study, level: Level, fewest: int) -> IntArray | None:
    for candidate in FINER.get(level, ()):
        if candidate not in study.units:
            continue
        clusters = _where_many(study.units[level].codes, study.units[candidate].codes, fewest)
        if clusters is not None:
            return clusters
    return None


def _where_many(units: IntArray, clusters: IntArray, fewest: int) -> IntArray | None:
    """Cluster codes in the units that hold enough clusters, a code for each pupil elsewhere."""
    known = (units >= 0) & (clusters >= 0)
    if not known.any():
        return None
    # A number for each pair of a unit and a cluster: numbers are sorted far faster than pairs.
    count = clusters.max() + 1
    pairs = np.unique(units[known] * count + clusters[known])
    many = np.bincount(pairs // count, minlength=units.max() + 1) >= fewest
    use = known & many[np.maximum(units, 0)]
    own = count + np.arange(len(units))
    return np.where(use, clusters, own) if use.any() else None


def counted(where: Domains, share: FloatArray) -> IntArray:
    """How many pupils of each domain a share counts (100 in `share`; 0 and NaN count nowhere)."""
    return np.asarray(where.members.T @ (share == 100.0), dtype=np.int64)


def below_line(score: FloatArray, line: float) -> FloatArray:
    """100 below the line, 0 at or above it, NaN without a score: its mean is the share below in per cent."""
    return np.where(np.isnan(score), np.nan, 100.0 * (score < line))
