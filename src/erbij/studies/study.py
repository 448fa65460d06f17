"""A Study: opened answers of one asking, with their instrument and design."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from erbij.instruments.schema import Instrument, Text
from erbij.stats.design import BoolArray, FloatArray, IntArray, SamplingDesign

Level = Literal["all", "school", "grade", "class"]
LEVELS: tuple[Level, ...] = ("all", "school", "grade", "class")
TOGETHER = "together"
"""The group of all pupils of a unit who are in no group that is told."""


@dataclass(frozen=True, slots=True)
class Group:
    """One class of a breakdown."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A division of pupils. `codes`: shape (n,), index into `groups`, -1 where a pupil gave no answer.

    `together`: per level, shape (n,), pupils who are told as one group `TOGETHER` there: those of the groups
    that can't be told apart, and those of no group. Only the gate says who they are.
    `is_ordered`: the groups go from less to more in even steps, so that one line may say what they add.
    """

    id: str
    label: Text
    groups: tuple[Group, ...]
    codes: IntArray
    reference: str | None = None
    together: Mapping[Level, BoolArray] = field(default_factory=dict)
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one level. `codes`: shape (n,), index into `names`, -1 where the unit is not known.

    `asked[i]` is how many pupils were asked in unit i, 0 where the file does not tell.
    """

    names: tuple[str, ...]
    codes: IntArray
    asked: IntArray


@dataclass(frozen=True, slots=True)
class Discrimination:
    """What the emblem needs. `is_much`: shape (n,), 1 above the line, 0 at or under it, NaN unknown.

    `is_majority`: shape (n,), 1, 0 or NaN. `line` is on the scale of the measure, inclusive for "little".
    """

    is_much: FloatArray
    is_majority: FloatArray
    line: float
    label: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number of each pupil that goes with belonging or not. `values`: shape (n,), NaN unknown.

    `about`: which published studies stand beside it, if any.
    """

    id: str
    label: Text
    values: FloatArray
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Pupils or answers left out of something: `what` is a message id, `where` a column or a scale."""

    what: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where the answers came from."""

    file: str
    sha256: str
    rows: int
    attribution: str
    is_made_up: bool


@dataclass(frozen=True, slots=True)
class Study:
    """Instrument + answers + design. Arrays have one entry for each of the n pupils in the file.

    `answers[item]`: raw codes as in the file, NaN where there is no answer.
    `scores[scale]`: 0 to 100, NaN where too few items were answered.
    `items` names the items of the instrument that the file holds.
    `intersections`: ids of the breakdowns whose combinations are looked at; two or more, or none.
    """

    title: Text
    instrument: Instrument
    n: int
    answers: Mapping[str, FloatArray]
    scores: Mapping[str, FloatArray]
    units: Mapping[Level, Units]
    breakdowns: tuple[Breakdown, ...]
    design: SamplingDesign
    source: Source
    discrimination: Discrimination | None = None
    exclusions: tuple[Exclusion, ...] = ()
    policy: Mapping[str, object] = field(default_factory=dict)
    intersections: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def has_score(self) -> BoolArray:
        """Which pupils answered enough of the main scale."""
        return ~np.isnan(self.scores[self.instrument.main_scale])
