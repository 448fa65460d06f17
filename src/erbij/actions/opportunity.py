"""The shape of an opportunity: its actions, and what is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from erbij.words import Text

Strength = Literal["A", "B", "C", "none"]
"""A: trial, strong quasi-experiment; B: longitudinal, observational; C: review, expert; none: no study."""

Design = Literal["trial", "quasi-experiment", "longitudinal", "observational", "review", "expert", "reasoned"]
Seen = Literal["read", "second-hand"]
Changes = Literal["school", "pupils"]
Place = Literal["school", "grade", "class"]

NOT_STUDIED, NOT_TOLD, SEVERAL = "not-studied", "not-told", "several"
"""What stands for a country where nobody studied it, where the source does not tell, and for several."""

NOT_FOUND, NO_REFERENCE = "not-found", "none"
"""What stands for a reference that is still to be looked up, and for what has no source of its own."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect as its source tells it: a measure such as `g`, and the 95 % interval where it is known."""

    measure: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source. `belonging`: the outcome that is told is belonging itself; `seen`: who of us read it."""

    id: str
    strength: Strength
    design: Design
    country: tuple[str, ...]
    source: str
    reference: str
    seen: Seen
    belonging: bool
    outcome: Text
    effect: Text
    number: Effect | None


@dataclass(frozen=True, slots=True)
class Fits:
    """For what an action is meant, as instruments name it.

    `breakdowns`: background questions; `parts`: facets, sources and contexts of the main scale, such as
    `facet-identity`; `scales`: other scales; `discrimination`: for pupils who meet unfair treatment.
    """

    breakdowns: tuple[str, ...]
    parts: tuple[str, ...]
    scales: tuple[str, ...]
    discrimination: bool


@dataclass(frozen=True, slots=True)
class Action:
    """Something a team can do.

    `changes`: what it works on; one that works on pupils goes with one of `with_` that changes the school.
    `hours`: of staff in the first year; `money`: euros in the first year; each a lowest and a highest.
    """

    id: str
    opportunity: str
    changes: Changes
    with_: tuple[str, ...]
    place: Place
    hours: tuple[float, float]
    money: tuple[float, float]
    fits: Fits
    evidence: tuple[Evidence, ...]
    title: Text
    what: Text
    first_step: Text
    who: Text
    risk: Text
    sign: Text

    @property
    def strength(self) -> Strength:
        """The strongest of its evidence."""
        order: tuple[Strength, ...] = ("A", "B", "C", "none")
        return min((one.strength for one in self.evidence), key=order.index)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One of the five, with its actions by id."""

    id: str
    actions: Mapping[str, Action]
