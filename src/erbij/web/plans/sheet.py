"""The plan on one sheet of A4 for the wall of the staff room: what nobody chose, then who does what."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from erbij.actions.words import Words
from erbij.reports import typeset
from erbij.web.plans import telling
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.queries import Plan
from erbij.web.plans.telling import ActionTold, DecisionTold
from erbij.web.schools.models import School

MOST_OPEN, MOST_ACTIONS, MOST_PLACES = 3, 8, 6
"""What is legible from two steps away on one sheet; how many more there are is said."""


def of(school: School, plan: Plan, actions: Sequence[ActionTold], words: Words, *, today: dt.date) -> bytes:
    """The sheet as PDF/UA-1; always one page."""
    waiting = [telling.decision_of(plan, one, words, today=today) for one in plan.open]
    active = [one for one in actions if one.row.is_active]
    return typeset.pdf(
        "plan",
        {
            "language": get_language() or "nl",
            "title": _("Our plan"),
            "subtitle": f"{school.name} · {date_format(today)}",
            "mark": _mark(plan, waiting),
            "waiting": {
                "heading": _("Not chosen yet: so it stays as it is"),
                "none": "" if waiting else _("Nothing waits for a choice now."),
                "items": [_waiting(one) for one in waiting[:MOST_OPEN]],
                "more": _more(waiting, MOST_OPEN),
            },
            "doing": {
                "heading": _("Who does what, where, by when"),
                "none": "" if active else _("Nothing is planned yet."),
                "items": [_action(one) for one in active[:MOST_ACTIONS]],
                "more": _more(active, MOST_ACTIONS),
            },
        },
    )


def _mark(plan: Plan, waiting: Iterable[DecisionTold]) -> str:
    """A warning where what nobody else may read yet would come to hang on a wall."""
    shown = [plan.record_with(one.id) for one in waiting]
    is_shared = all(record.is_shared for record in shown if record is not None)
    return "" if is_shared else _("For the team only: these results are not shared with everyone yet.")


def _waiting(one: DecisionTold) -> dict[str, str]:
    age = _("not chosen yet · %(age)s") % {"age": one.age}
    return {"sentence": one.sentence, "age": age, "cost": one.cost}


def _action(one: ActionTold) -> dict[str, str]:
    row = one.row
    days = {"start": date_format(row.starts_on), "check": date_format(row.check_on)}
    return {
        "title": one.title,
        "owner": row.owner_name,
        "place": _places(one),
        "days": _("From %(start)s; look on %(check)s.") % days,
    }


def _places(one: ActionTold) -> str:
    names = one.row.places
    if one.row.level != PlannedAction.Level.CLASS or len(names) <= MOST_PLACES:
        return one.places
    return ", ".join(names[:MOST_PLACES]) + " " + _more(names, MOST_PLACES)


def _more(items: Sequence[object], most: int) -> str:
    left = len(items) - most
    return ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left} if left > 0 else ""
