"""Letters to the owner of an action: a week before the day to look whether it takes hold, and on that day.

Each goes out at most once. What is to be sent is written down and committed first, then sent: a server that
stops between the two never sends twice, and `unsure` counts what it left. A letter that the post refused is
taken off again and tried at the next run.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from smtplib import SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django_scopes import scope, scopes_disabled

from erbij.actions.words import Words
from erbij.web.accounts.models import Person
from erbij.web.plans import queries, telling
from erbij.web.plans.models import PlannedAction, Reminder
from erbij.web.schools.models import School
from erbij.words import LANGUAGES

WEEK = dt.timedelta(weeks=1)
LATEST = dt.timedelta(weeks=2)
"""After the day: whoever was without a server for e-mail for longer gets no heap of old letters."""

log = logging.getLogger(__name__)


def send(today: dt.date) -> int:
    """Send what is due; without a server for e-mail nothing. Safe from many processes at once.

    Returns
    -------
    int
        How many letters went.
    """
    if not settings.EMAIL_HOST:
        return 0
    return sum(_remind(school, pk, today) for school, pk in list(_due(today)))


def unsure() -> int:
    """Letters that were begun and of which nobody knows whether they went."""
    with scopes_disabled():
        return Reminder.objects.filter(is_sent=False).count()


def kind_on(planned: PlannedAction, today: dt.date) -> str:
    """Which reminder an action asks for on a day; empty where none."""
    if not planned.is_active or today > planned.check_on + LATEST:
        return ""
    if today >= planned.check_on:
        return Reminder.Kind.NOW
    # Not at once after planning: a reminder of what was agreed this week helps nobody.
    is_soon = today >= planned.check_on - WEEK and today > planned.starts_on
    return Reminder.Kind.SOON if is_soon else ""


def _due(today: dt.date) -> Iterator[tuple[School, int]]:
    with scopes_disabled():
        soon = PlannedAction.objects.filter(
            status__in=PlannedAction.ACTIVE, check_on__lte=today + WEEK, check_on__gte=today - LATEST
        )
        for row in soon.exclude(owner=None).select_related("school").order_by("pk"):
            yield row.school, row.pk


def _remind(school: School, pk: int, today: dt.date) -> int:
    with scope(school=school):
        claimed = _claim(school, pk, today)
        if claimed is None:
            return 0
        try:
            _post(claimed)
        except (TimeoutError, SMTPServerDisconnected) as problem:
            # It may have gone: better no reminder than two.
            log.error("whether a reminder went is not known: %s", type(problem).__name__)
            return 0
        except (SMTPException, OSError) as problem:
            log.error("a reminder was not sent: %s", type(problem).__name__)
            Reminder.objects.filter(pk=claimed.pk).delete()
            return 0
        Reminder.objects.filter(pk=claimed.pk).update(is_sent=True)
        return 1


@transaction.atomic
def _claim(school: School, pk: int, today: dt.date) -> Reminder | None:
    """Write down that a reminder goes; None where by now none is due, or somebody else has it."""
    # Read again under its lock: it may have been stopped, moved or given to somebody else since.
    row = PlannedAction.objects.select_for_update().filter(pk=pk).first()
    kind = kind_on(row, today) if row else ""
    if row is None or row.owner is None or not kind or not _may_hear(school, row.owner):
        return None
    made, is_new = Reminder.objects.get_or_create(
        school=school, action=row, person=row.owner, day=row.check_on, kind=kind
    )
    return made if is_new else None


def _may_hear(school: School, person: Person) -> bool:
    """Whether somebody still works at the school and wants letters."""
    return person.pk in queries.owners(school.pk) and queries.wants_letters(person)


def _post(reminder: Reminder) -> None:
    row, person = reminder.action, reminder.person
    with translation.override(person.language):
        words = Words(person.language if person.language in LANGUAGES else "nl")
        context = {
            "title": telling.title_of(row, words),
            "day": date_format(row.check_on),
            "is_soon": reminder.kind == Reminder.Kind.SOON,
        }
        subject = " ".join(render_to_string("plans/reminder_subject.txt", context).split())
        body = render_to_string("plans/reminder_mail.txt", context)
    send_mail(subject, body, None, [person.email])
