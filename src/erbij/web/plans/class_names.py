"""What a class is called in another wave: names of classes only, as a coordinator entered them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from erbij.web.plans.queries import Renamed
from erbij.web.results import queries as results
from erbij.web.results.models import ReleaseRecord

LEVEL = "class"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two waves in a row of which the later one lacks classes of the earlier one.

    `missing`: those classes; `later`: the ones to choose from; `names`: what was entered.
    """

    earlier: ReleaseRecord
    later: ReleaseRecord
    missing: tuple[str, ...]
    classes: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def is_entered(self) -> bool:
        """Whether nothing is left to say."""
        return all(unit in self.names for unit in self.missing)


@dataclass(frozen=True, slots=True)
class Called:
    """For each wave, what its units are called in the panel: the names of the newest wave."""

    waves: tuple[Mapping[str, str], ...]

    def units(self, names: Sequence[str], at: int) -> frozenset[str]:
        """Units of the panel in which places lie, by the names that were used around wave `at`."""
        return frozenset(unit for name in names if (unit := self._unit(name, at)))

    def _unit(self, name: str, at: int) -> str:
        # Planned after the wave before; later waves and then older ones where it had another name.
        before = max(at - 1, 0)
        order = (*range(before, len(self.waves)), *reversed(range(before)))
        found = (self._in(wave, name) for wave in order)
        return next((unit for unit in found if unit), "")

    def _in(self, wave: int, name: str) -> str:
        return next((to for unit, to in self.waves[wave].items() if name_of(unit) == name), "")

    def partly(self, names: Sequence[str], at: int) -> frozenset[str]:
        """Units put together since of classes of which some are among the places, and some are not."""
        parts: dict[str, set[bool]] = {}
        for unit, to in self.waves[max(at - 1, 0)].items():
            parts.setdefault(to, set()).add(name_of(unit) in names)
        return frozenset(unit for unit, are_in in parts.items() if len(are_in) > 1)


def name_of(unit: str) -> str:
    """The name of a class without its grade."""
    return unit.rpartition("/")[2]


def called(records: Sequence[ReleaseRecord], level: str, kept: Sequence[Renamed]) -> Called:
    """What the units of each wave are called in the newest one; only classes get other names."""
    last = records[-1].closed_on
    mine = sorted((one for one in kept if level == LEVEL and one.later_on <= last), key=_by_day)
    return Called(
        tuple({unit: _today(unit, one.closed_on, mine) for unit in units_of(one, level)} for one in records)
    )


def _by_day(one: Renamed) -> tuple[dt.date, dt.date]:
    return one.later_on, one.earlier_on


def _today(unit: str, since: dt.date, kept: Sequence[Renamed]) -> str:
    """Follow a class through the waves after its own."""
    for one in kept:
        if one.earlier_on < since or unit not in one.names:
            continue
        if not (now := one.names[unit]):
            # Whatever has this name later is another class.
            return f"{unit} ({one.earlier_on})"
        unit, since = now, one.later_on
    return unit


def units_of(record: ReleaseRecord, level: str = LEVEL) -> tuple[str, ...]:
    """The names of the units of a wave, told or withheld."""
    cells = results.release_of(record).cells.filter(pl.col("level") == level)
    return tuple(sorted(cells["unit"].unique().to_list()))


def pairs(records: Sequence[ReleaseRecord], kept: Sequence[Renamed]) -> tuple[Pair, ...]:
    """Waves in a row between which classes got lost, the newest first."""
    return tuple(reversed([*_pairs(records, kept)]))


def _pairs(records: Sequence[ReleaseRecord], kept: Sequence[Renamed]) -> Iterator[Pair]:
    known = {(one.earlier_id, one.later_id): one.names for one in kept}
    for earlier, later in pairwise(records):
        classes = units_of(later)
        missing = tuple(unit for unit in units_of(earlier) if unit not in classes)
        if missing and classes:
            yield Pair(earlier, later, missing, classes, known.get((earlier.wave_id, later.wave_id), {}))
