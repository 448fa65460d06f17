"""There is a copy, and it is not old."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.utils.translation import gettext as _

from erbij.web.accounts import queries
from erbij.web.upkeep.checks import database
from erbij.web.upkeep.copies import shelf

LATE = 8
"""Days: a week, and one in which somebody was ill."""


def recent() -> Iterator[CheckMessage]:
    """A copy of this week stands on the shelf; without anybody in it there is nothing to copy yet."""
    if not database.is_up_to_date() or not queries.anyone_exists():
        return
    found = shelf.copies(settings.BACKUPS)
    if not found:
        yield Caution(
            _("There is no backup in %(folder)s.") % {"folder": settings.BACKUPS},
            hint=_("Make a key (erbij backup --new-key FILE), then every night: erbij backup"),
            id="erbij.backups",
        )
        return
    days = (dt.datetime.now(dt.UTC) - found[0].made).days
    if days > LATE:
        yield Error(
            _("The last backup is %(days)d days old.") % {"days": days},
            hint=_("Look why it stopped: run erbij backup. A class session that was left open stops it."),
            id="erbij.backups",
        )
    if any(copy.with_keys for copy in found):
        yield Caution(
            _("A backup here holds the keys too: whoever opens it reads the ballots of open surveys."),
            hint=_("Take it to a safe, away from this machine."),
            id="erbij.backups",
        )
