"""What is kept how long, and goes by itself."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django_scopes import scopes_disabled

from erbij.web.surveys.models import Wave
from erbij.web.upkeep.copies import shelf
from erbij.web.upkeep.copies.shelf import Copy


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
    return gone
