"""Every cell that can ever leave: units times groups, listed from the design before any answer is seen.

A domain is a set of pupils: everyone of a unit, one group of a division in it, or those in no group of it.
The last are never told as such; they stand here so that nobody finds them by subtraction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from erbij.findings.cells import EVERYONE, KEYS, keys_of
from erbij.findings.domains import Offer, Partition, hides_totals
from erbij.instruments.schema import Instrument
from erbij.privacy.policy import Policy
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS, Level, Study, Units

NO_GROUP = ""
"""The group of those who are in no group."""

ONE_WAY, TWO_WAY, SENSITIVE = range(3)
MOST_DIVISIONS = 1000
MOST_WANTED = 10 * MOST_DIVISIONS
"""Which divisions win where not all can be shown; `everyone` comes before them all."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """D domains of N pupils.

    `keys`: a row (level, unit, breakdown, group) for each. `members`: sparse, shape (N, D). All other arrays
    have shape (D,): index of the level, the unit, the division (0: everyone) and the name of the group;
    `wanted`, lower is more wanted; `is_offered`, whether the policy lets it leave; `is_hidden_total`, whether
    no total follows from its mean, so that it takes no part in subtraction.
    """

    keys: pl.DataFrame
    members: sparse.csr_matrix
    level: IntArray
    unit: IntArray
    division: IntArray
    group: IntArray
    wanted: IntArray
    is_offered: BoolArray
    is_hidden_total: BoolArray

    @property
    def is_everyone(self) -> BoolArray:
        """Which domains are everyone of a unit."""
        return np.equal(self.division, 0)

    def part(self, pupils: IntArray, domains: IntArray) -> "Catalogue":
        """Some of the pupils and some of the domains."""
        return Catalogue(
            keys=self.keys[domains],
            members=self.members[pupils][:, domains],
            level=self.level[domains],
            unit=self.unit[domains],
            division=self.division[domains],
            group=self.group[domains],
            wanted=self.wanted[domains],
            is_offered=self.is_offered[domains],
            is_hidden_total=self.is_hidden_total[domains],
        )

    def position(self, keys: pl.DataFrame) -> IntArray:
        """The domain of each row of `keys`, -1 where there is none."""
        here = self.keys.with_row_index("domain")
        found = keys.select(KEYS).join(here, on=KEYS, how="left", maintain_order="left")["domain"]
        return np.asarray(found.cast(pl.Int64).fill_null(-1).to_numpy())


@dataclass(frozen=True, slots=True)
class _Part:
    """The domains of one level and one division: units times groups, and those in no group."""

    keys: pl.DataFrame
    rows: IntArray
    columns: IntArray
    level: int
    division: int
    groups: int
    wanted: int
    is_offered: bool


def of(study: Study, offers: Sequence[Offer], policy: Policy) -> Catalogue:
    """List the domains of a study: everyone of each unit, then each offered division."""
    levels = [level for level in LEVELS if level in study.units]
    parts = [_everyone(study.units[level], level, policy) for level in levels]
    for number, offer in enumerate(offers, start=1):
        wanted = MOST_DIVISIONS * _rank(offer, study.instrument) + number
        parts += [
            _divided(study.units[level], level, offer, wanted=wanted, policy=policy)
            for level in levels
            if level in offer.levels
        ]
    return _joined(study, parts)


def _everyone(units: Units, level: Level, policy: Policy) -> _Part:
    known = np.flatnonzero(units.codes >= 0)
    keys = keys_of(level, units.names, EVERYONE, [EVERYONE])
    place, is_offered = LEVELS.index(level), level in policy.levels
    return _Part(keys, known, units.codes[known], place, 0, 1, place, is_offered)


def _divided(units: Units, level: Level, offer: Offer, *, wanted: int, policy: Policy) -> _Part:
    partition, place = offer.partition, LEVELS.index(level)
    groups = (*partition.groups, NO_GROUP)
    keys = keys_of(level, units.names, partition.id, groups)
    rows, columns = _memberships(units, partition)
    allowed = policy.two_way_levels if offer.is_two_way else policy.breakdown_levels
    is_offered = level in policy.levels and level in allowed
    # Level before division: a school sees every division before a class sees its first.
    order = wanted + len(LEVELS) + MOST_WANTED * (len(LEVELS) if offer.is_last else place)
    return _Part(keys, rows, columns, place, wanted % MOST_DIVISIONS, len(groups), order, is_offered)


def _memberships(units: Units, partition: Partition) -> tuple[IntArray, IntArray]:
    known = np.flatnonzero(units.codes >= 0)
    in_none = ~partition.members[known].any(axis=1, keepdims=True)
    pupils, groups = np.nonzero(np.hstack([partition.members[known], in_none]))
    width = len(partition.groups) + 1
    return known[pupils], units.codes[known[pupils]] * width + groups


def _rank(offer: Offer, instrument: Instrument) -> int:
    if offer.is_two_way:
        return TWO_WAY
    item = instrument.items.get(offer.partition.id)
    return SENSITIVE if item is not None and item.special_category else ONE_WAY


def _joined(study: Study, parts: Sequence[_Part]) -> Catalogue:
    keys = pl.concat([part.keys for part in parts])
    starts = np.cumsum([0, *(part.keys.height for part in parts)])
    rows = np.concatenate([part.rows for part in parts])
    columns = np.concatenate([part.columns + start for part, start in zip(parts, starts, strict=False)])
    ones = np.ones(len(rows), dtype=np.int8)
    members = sparse.csr_matrix((ones, (rows, columns)), shape=(study.n, keys.height))
    level = _spread(parts, [part.level for part in parts])
    unit = np.concatenate([np.arange(part.keys.height) // part.groups for part in parts])
    is_offered = _spread(parts, [part.is_offered for part in parts]).astype(bool)
    at_top = np.equal(level, LEVELS.index("all"))
    return Catalogue(
        keys=keys,
        members=members,
        level=level,
        unit=unit.astype(np.int64),
        division=_spread(parts, [part.division for part in parts]),
        group=keys["group"].rank("dense").cast(pl.Int64).to_numpy(),
        wanted=_spread(parts, [part.wanted for part in parts]),
        is_offered=is_offered & (keys["group"] != NO_GROUP).to_numpy(),
        is_hidden_total=at_top & hides_totals(study.design),
    )


def _spread(parts: Sequence[_Part], values: Sequence[int]) -> IntArray:
    """One value for each part, repeated for each of its domains."""
    return np.repeat(np.array(values, dtype=np.int64), [part.keys.height for part in parts])
