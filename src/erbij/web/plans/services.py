"""Writes of the plans app: choices, actions, notes. Each is one transaction."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erbij.actions import registry
from erbij.web.accounts.models import Person
from erbij.web.plans.class_names import Pair
from erbij.web.plans.models import Choice, ClassNames, Division, NoLetters, PlannedAction, StepNote
from erbij.web.records import services as records
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import School
from erbij.web.surveys.models import Wave


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a finding; `seen` is the key of the last choice that stood on the page, 0 without one."""

    signal: str
    kind: str
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An action of the catalogue (`name`) or of the school's own (`title`) for a finding.

    `companion`: what changes at school beside an action on pupils.
    """

    signal: str
    name: str = ""
    title: str = ""
    companion: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A small step: what was done, what was seen, what comes next."""

    did: str
    saw: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a planned action can change. `hours` of staff and `money` in euros; None: not said."""

    owner: Person
    level: str
    places: tuple[str, ...]
    starts_on: dt.date
    check_on: dt.date
    hours: int | None = None
    money: int | None = None
    assigned: str = PlannedAction.Assigned.NEED


@transaction.atomic
def choose(*, school: School, wave: Wave, answer: Answer, person: Person, today: dt.date) -> bool:
    """Keep what was chosen about a finding, unless somebody else chose since.

    Returns
    -------
    bool
        False where another choice stands there by now: nothing was kept.

    Raises
    ------
    ValidationError
        None of the three answers, or things are left as they are without a reason.
    """
    School.objects.select_for_update().get(pk=school.pk)
    last = Choice.objects.filter(school=school, signal=answer.signal).order_by("-pk").first()
    if (last.pk if last else 0) != answer.seen:
        return False
    choice = Choice(
        school=school,
        wave=wave,
        signal=answer.signal,
        kind=answer.kind,
        reason=answer.reason.strip(),
        by=person,
        by_name=str(person),
        on=today,
    )
    choice.full_clean()
    choice.save()
    records.note(records.Kind.FINDING_CHOSEN, school=school, thing=f"wave:{wave.code}")
    return True


@transaction.atomic
def plan(*, school: School, wanted: Wanted, facts: Facts, today: dt.date) -> PlannedAction:
    """Plan an action; one on pupils comes with one on the school, unless that runs for this finding already.

    Raises
    ------
    ValidationError
        Nothing at school goes with an action on pupils, or a date or a name is wrong.
    """
    School.objects.select_for_update().get(pk=school.pk)
    needed = _companions(wanted.name) if wanted.name else ()
    if not stands(school, wanted.signal, needed):
        if wanted.companion not in needed:
            raise ValidationError(_("Choose what changes at school besides."))
        beside = PlannedAction(school=school, signal=wanted.signal, action=wanted.companion, status_on=today)
        _kept(beside, facts, records.Kind.ACTION_PLANNED)
    planned = PlannedAction(school=school, signal=wanted.signal, action=wanted.name, status_on=today)
    planned.title = wanted.title.strip()
    return _kept(planned, facts, records.Kind.ACTION_PLANNED)


def stands(school: School, signal: str, names: tuple[str, ...]) -> bool:
    """Whether one of these actions is planned or runs for a finding; so too where none is needed."""
    if not names:
        return True
    active = PlannedAction.objects.filter(school=school, signal=signal, status__in=PlannedAction.ACTIVE)
    return bool(active.filter(action__in=names).exists())


def _companions(name: str) -> tuple[str, ...]:
    action = registry.actions()[name]
    return action.with_ if action.changes == "pupils" else ()


def _kept(planned: PlannedAction, facts: Facts, kind: records.Kind) -> PlannedAction:
    for name in ("owner", "level", "starts_on", "check_on", "hours", "money", "assigned"):
        setattr(planned, name, getattr(facts, name))
    planned.places, planned.owner_name = list(facts.places), str(facts.owner)
    planned.full_clean()
    planned.save()
    _note(kind, planned)
    return planned


def _note(kind: records.Kind, planned: PlannedAction) -> None:
    """Tell which action by its code; a title is what somebody wrote."""
    records.note(kind, school=planned.school_id, thing=f"action:{planned.code}")


@transaction.atomic
def change(*, planned: PlannedAction, facts: Facts) -> PlannedAction:
    """Change who, where, when or how much; calendars hear of it.

    Raises
    ------
    ValidationError
        A date is wrong.
    """
    fresh = PlannedAction.objects.select_for_update().get(pk=planned.pk)
    fresh.version += 1
    return _kept(fresh, facts, records.Kind.ACTION_CHANGED)


@transaction.atomic
def move(*, planned: PlannedAction, status: str, reason: str, today: dt.date) -> PlannedAction:
    """Say how far an action is.

    Raises
    ------
    ValidationError
        Stopping without a reason, stopping what an action on pupils needs beside it, or no such status.
    """
    School.objects.select_for_update().get(pk=planned.school_id)
    fresh = PlannedAction.objects.select_for_update().get(pk=planned.pk)
    fresh.status, fresh.status_reason, fresh.status_on = status, reason.strip(), today
    fresh.version += 1
    fresh.full_clean()
    fresh.save()
    if status == PlannedAction.Status.STOPPED:
        _check_nobody_is_alone(fresh)
    _note(records.Kind.ACTION_MOVED, fresh)
    return fresh


def _check_nobody_is_alone(stopped: PlannedAction) -> None:
    """Refuse where an action on pupils would run for this finding with nothing at school beside it."""
    beside = PlannedAction.objects.filter(
        school_id=stopped.school_id, signal=stopped.signal, status__in=PlannedAction.ACTIVE
    ).exclude(action="")
    for one in beside:
        needed = _companions(one.action) if one.action in registry.actions() else ()
        if stopped.action in needed and not beside.filter(action__in=needed).exists():
            raise ValidationError(
                _("An action on pupils goes with this one. Stop that one first, or plan another at school.")
            )


@transaction.atomic
def note(*, planned: PlannedAction, step: Step, person: Person, today: dt.date) -> StepNote:
    """Keep a step of an action."""
    kept = StepNote(school_id=planned.school_id, action=planned, on=today, by=person, by_name=str(person))
    kept.did, kept.saw, kept.next = step.did.strip(), step.saw.strip(), step.next.strip()
    kept.full_clean()
    kept.save()
    return kept


@transaction.atomic
def want_letters(*, person: Person, is_wanted: bool) -> None:
    """Send somebody reminders by e-mail, or none any more."""
    if is_wanted:
        NoLetters.objects.filter(person=person).delete()
    else:
        NoLetters.objects.get_or_create(person=person)


@transaction.atomic
def keep_division(
    *,
    record: ReleaseRecord,
    inputs: Mapping[str, Any],
    results: Mapping[str, Any],
    person: Person,
) -> Division:
    """Keep a divided budget with all that it was made from; it is never changed."""
    made: Division = Division.objects.create(
        school_id=record.school_id,
        on=timezone.localdate(),
        by=person,
        by_name=str(person),
        sha256=record.sha256,
        inputs=dict(inputs),
        results=dict(results),
    )
    records.note(records.Kind.BUDGET_DIVIDED, school=made.school_id, thing=f"division:{made.pk}")
    return made


@transaction.atomic
def name_classes(*, pair: Pair, names: Mapping[str, str], person: Person, today: dt.date) -> ClassNames:
    """Keep what classes of a wave are called in the later one, in place of what was said before.

    Raises
    ------
    ValidationError
        A class that is not missing, or one that the later wave does not have.
    """
    if not {*names} <= {*pair.missing} or not {*names.values()} <= {"", *pair.classes}:
        raise ValidationError(_("Choose among the classes of these two surveys."))
    made: ClassNames = ClassNames.objects.create(
        school_id=pair.later.school_id,
        on=today,
        by=person,
        by_name=str(person),
        earlier=pair.earlier.wave,
        later=pair.later.wave,
        names=dict(names),
    )
    records.note(records.Kind.CLASSES_NAMED, school=made.school_id, thing=f"wave:{pair.later.wave.code}")
    return made
