"""What is kept how long, and goes by itself."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from erbij.web.records.models import Act
from erbij.web.records.services import certify
from erbij.web.schools.models import Admission, Invitation
from erbij.web.surveys.models import Wave
from erbij.web.upkeep.copies import shelf
from erbij.web.upkeep.copies.shelf import Copy

INVITATION_DAYS = 30
"""After its last day, or after it was used and that day has come."""


@transaction.atomic
def let_go(now: dt.datetime) -> dict[str, int]:
    """Erase what has been kept long enough, with a certificate for each kind; gives how many went.

    Requests of pupils go by the hours of the help channel (help/ticks.py), and without a certificate: how
    many pupils asked on a day is for nobody.
    """
    today = timezone.localdate(now)
    with scopes_disabled():
        invitations = Invitation.objects.filter(expires__lt=today - dt.timedelta(days=INVITATION_DAYS))
        acts = Act.objects.filter(at__lt=now - dt.timedelta(days=settings.RECORD_DAYS))
        admissions = Admission.objects.filter(ends__lt=now)
        rules = {
            "invitation": (invitations, f"{INVITATION_DAYS} days after its last day"),
            "access of an operator": (admissions, "when it ended"),
            "record of an act": (acts, f"after {settings.RECORD_DAYS} days"),
            "session of somebody signed in": (Session.objects.filter(expire_date__lt=now), "when it ended"),
        }
        gone = {what: found.delete()[0] for what, (found, _rule) in rules.items()}
    for what, count in gone.items():
        certify(what=what, count=count, rule=rules[what][1], on=today)
    return gone


def tidy_copies(folder: Path, *, now: dt.datetime) -> list[Copy]:
    """Remove copies that are too old or hold ballots of a survey that has closed; gives what went.

    The newest one stays. Copies that were taken elsewhere are for whoever took them: docs/install.md.
    """
    found = shelf.copies(folder)
    with scopes_disabled():
        running = Wave.objects.filter(state__in=(Wave.State.OPEN, Wave.State.CLOSING))
        still = set(running.values_list("code", flat=True))
    closed = {code for copy in found for code in copy.waves} - still
    gone = shelf.out_of_date(found, now=now, days=settings.BACKUP_DAYS, closed=closed)
    for copy in gone:
        shelf.remove(copy)
    rule = f"after {settings.BACKUP_DAYS} days, or when a survey with ballots in it has closed"
    certify(what="backup", count=len(gone), rule=rule, on=timezone.localdate(now))
    return gone
