"""Drawing lots: which places start first is drawn once, and kept with its seed."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from erbij.actions import evaluation
from erbij.actions.power import FEWEST
from erbij.web.accounts.models import Person
from erbij.web.plans.models import Draw, PlannedAction
from erbij.web.records import services as records
from erbij.web.schools.models import School


@dataclass(frozen=True, slots=True)
class Lots:
    """Which places take part in a draw, and from which day each start is; the first is that of the action."""

    level: str
    places: tuple[str, ...]
    days: tuple[dt.date, ...]


@transaction.atomic
def draw_lots(*, planned: PlannedAction, lots: Lots, seed: int, person: Person, today: dt.date) -> Draw:
    """Draw which places start first, plan the later starts, and keep the draw; a place is drawn once.

    Raises
    ------
    ValidationError
        It runs already, lots were drawn for it or for one of the places before, or places are too few.
    """
    School.objects.select_for_update().get(pk=planned.school_id)
    fresh = PlannedAction.objects.select_for_update().get(pk=planned.pk)
    _check_not_drawn(fresh, lots)
    starts = evaluation.fair_start(tuple(sorted(lots.places)), len(lots.days), seed)
    codes = []
    for turn, day in enumerate(lots.days, 1):
        places = tuple(sorted(place for place, start in starts.items() if start == turn))
        codes.append(_turn(fresh, lots.level, places, day).code)
    made: Draw = Draw.objects.create(
        school_id=fresh.school_id,
        on=today,
        by=person,
        by_name=str(person),
        level=lots.level,
        seed=seed,
        starts=starts,
        actions=codes,
        days=[day.isoformat() for day in lots.days],
    )
    records.note(records.Kind.LOTS_DRAWN, school=fresh.school_id, thing=f"action:{fresh.code}")
    return made


def _check_not_drawn(planned: PlannedAction, lots: Lots) -> None:
    """Refuse a second draw: who may draw until it suits has not drawn."""
    if planned.status != PlannedAction.Status.PLANNED:
        raise ValidationError(_("It runs already: lots are drawn before the first start."))
    if len(lots.places) < 2 * FEWEST:
        raise ValidationError(_("Choose four places or more, so that there is something to compare."))
    if len(lots.places) < len(lots.days) * FEWEST:
        raise ValidationError(
            _("Three starts need six places or more: of one place alone nobody can tell what changed.")
        )
    same = PlannedAction.objects.filter(
        school_id=planned.school_id, action=planned.action, title=planned.title
    ).values_list("code", flat=True)
    earlier = [one for one in Draw.objects.filter(school_id=planned.school_id) if {*one.actions} & {*same}]
    if any(planned.code in one.actions or {*one.starts} & {*lots.places} for one in earlier):
        raise ValidationError(_("Lots were drawn for this already. They are drawn once."))


def _turn(planned: PlannedAction, level: str, places: tuple[str, ...], day: dt.date) -> PlannedAction:
    """One start of a draw: the action itself for the first, else one more like it."""
    row = planned
    later = day - planned.starts_on
    if later:
        names = ("school_id", "signal", "action", "title", "owner_id", "owner_name", "hours", "money")
        row = PlannedAction(**{name: getattr(planned, name) for name in names}, status_on=planned.status_on)
    row.level, row.places, row.assigned = level, list(places), PlannedAction.Assigned.LOT
    row.starts_on, row.check_on = day, planned.check_on + later
    row.version += 1
    row.full_clean()
    row.save()
    return row
