"""Reads of the plans app; all need the scope of the school."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from erbij.actions import decisions, signals
from erbij.actions.decisions import Decision
from erbij.actions.signals import Signal
from erbij.instruments import registry
from erbij.web.accounts.models import Person
from erbij.web.plans.models import Choice, ClassNames, Division, Draw, NoLetters, PlannedAction, StepNote
from erbij.web.plans.roles import OWN
from erbij.web.results import files
from erbij.web.results import queries as results
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import Membership

KINDS = ("treatment", "gap", "low")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a school found and chose, as far as somebody may read its releases.

    `records`: oldest first; `choices`: in the order in which they were made.
    """

    records: tuple[ReleaseRecord, ...]
    decisions: tuple[Decision, ...]
    choices: tuple[Choice, ...]

    @property
    def open(self) -> tuple[Decision, ...]:
        """The status quo: what nobody chose yet, the oldest first; of one day what costs most pupils."""
        waiting = [one for one in self.decisions if one.is_open]
        return tuple(sorted(waiting, key=lambda one: (one.since, KINDS.index(one.signal.kind), -_most(one))))

    @property
    def taken(self) -> tuple[Decision, ...]:
        """What was chosen and still stands."""
        return tuple(one for one in self.decisions if not one.is_open)

    @property
    def settled(self) -> tuple[Choice, ...]:
        """What was chosen before and no longer shows, the newest choice about each."""
        current = {one.id for one in self.decisions}
        last = {one.signal: one for one in self.choices if one.signal not in current}
        return tuple(one for one in reversed(last.values()) if self.record_with(one.signal))

    def decision(self, signal: str) -> Decision | None:
        """The decision about a signal."""
        return next((one for one in self.decisions if one.id == signal), None)

    def last_choice(self, signal: str) -> Choice | None:
        """The row of the choice that counts."""
        return next((one for one in reversed(self.choices) if one.signal == signal), None)

    def record_with(self, signal: str) -> ReleaseRecord | None:
        """The newest release that shows a signal; None where none of these does."""
        return next((one for one in reversed(self.records) if signal in signals_of(one)), None)

    def signal(self, name: str) -> Signal | None:
        """A signal as the newest release that shows it tells it."""
        record = self.record_with(name)
        return signals_of(record)[name] if record else None


@dataclass(frozen=True, slots=True)
class Renamed:
    """What classes of a wave are called in a later one (`names`; empty where gone), and when both closed."""

    earlier_id: int
    earlier_on: dt.date
    later_id: int
    later_on: dt.date
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Past:
    """What looking back has to know beside the actions that a reader sees.

    `rows`: all actions of the school, also those that the reader may not see: where one ran is no comparison
    for another. `draws`: the lots that were drawn, by the code of each action.
    """

    rows: tuple[PlannedAction, ...]
    draws: Mapping[str, Draw]
    renamed: tuple[Renamed, ...]


def pulse_for(plan: Plan) -> str:
    """The pulse with the words of those who answered last: of the youngest, or of the others."""
    last = plan.records[-1].wave.instrument if plan.records else None
    return f"{registry.PULSE}8-9" if last is not None and last.ages == "8-9" else f"{registry.PULSE}10-18"


def _most(decision: Decision) -> int:
    """How many pupils it may be about at most; 0 where that is not told."""
    return decision.signal.cost.high if decision.signal.cost else 0


def plan_of(school_id: int, *, only_shared: bool = False) -> Plan:
    """The decisions of a school about what its pupils answered; reads its releases.

    Parents and staff answer other questions: what they say stands beside it in the results. A pulse follows
    an action: it tells no group, and so neither opens a decision nor ends what stands.
    """
    found = results.releases_of(school_id, only_shared=only_shared)
    full = (one for one in found if one.wave.asks_pupils and not registry.is_pulse(one.wave.instrument_id))
    records = tuple(sorted(full, key=lambda one: (one.closed_on, one.pk)))
    choices = tuple(Choice.objects.filter(school_id=school_id).select_related("wave").order_by("pk"))
    return Plan(records, _decisions(records, choices) if records else (), choices)


def _decisions(records: Sequence[ReleaseRecord], choices: Sequence[Choice]) -> tuple[Decision, ...]:
    waves = [decisions.Wave(results.release_of(one), one.closed_on) for one in records]
    made = [decisions.Choice(one.signal, _kind(one), one.on, one.reason) for one in choices]
    return decisions.of(waves, made)


def _kind(choice: Choice) -> decisions.What:
    kinds: dict[str, decisions.What] = {"act": "act", "look-closer": "look-closer", "leave": "leave"}
    return kinds[choice.kind]


def signals_of(record: ReleaseRecord) -> dict[str, Signal]:
    """What asks for a decision in a release, by its name."""
    return _signals(record.text, record.sha256)


@lru_cache(maxsize=32)
def _signals(text: str, sha256: str) -> dict[str, Signal]:
    return {one.id: one for one in signals.of(files.from_text(text, sha256=sha256))}


def actions_of(school_id: int) -> list[PlannedAction]:
    """All planned actions of a school, by the day to look at them."""
    found = PlannedAction.objects.filter(school_id=school_id).select_related("owner", "school")
    return list(found.order_by("check_on", "pk"))


def action(school_id: int, pk: int) -> PlannedAction | None:
    """One planned action of a school."""
    found = PlannedAction.objects.filter(school_id=school_id, pk=pk)
    first: PlannedAction | None = found.select_related("owner", "school").first()
    return first


def notes_of(planned: PlannedAction) -> list[StepNote]:
    """The steps of an action, the newest first."""
    return list(StepNote.objects.filter(action=planned).order_by("-pk"))


def owners(school_id: int) -> dict[int, str]:
    """Who can own an action of a school: the name of each person, in their order."""
    held = Membership.objects.filter(school_id=school_id, role__in=OWN).values("person")
    people = Person.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")
    return {person.pk: str(person) for person in people}


def wants_letters(person: Person) -> bool:
    """Whether somebody gets reminders by e-mail."""
    return not NoLetters.objects.filter(person=person).exists()


def divisions_of(school_id: int) -> list[Division]:
    """The divisions of a school that were kept, the newest first."""
    return list(Division.objects.filter(school_id=school_id).order_by("-pk"))


def draws_of(school_id: int) -> dict[str, Draw]:
    """The lots that a school drew, by the code of each action that came of them."""
    drawn = Draw.objects.filter(school_id=school_id).order_by("pk")
    return {code: draw for draw in drawn for code in draw.actions}


def past_of(school_id: int) -> Past:
    """All that ran at a school, how it was drawn, and which classes got another name."""
    return Past(tuple(actions_of(school_id)), draws_of(school_id), renamed_of(school_id))


def renamed_of(school_id: int) -> tuple[Renamed, ...]:
    """The names that count: of two waves the newest row."""
    rows = ClassNames.objects.filter(school_id=school_id).order_by("pk")
    last = {(row.earlier_id, row.later_id): row.names for row in rows}
    closed = dict(
        ReleaseRecord.objects.filter(school_id=school_id, wave__in={pk for pair in last for pk in pair})
        .order_by("pk")
        .values_list("wave_id", "closed_on")
    )
    return tuple(
        Renamed(earlier, closed[earlier], later, closed[later], names)
        for (earlier, later), names in last.items()
    )
