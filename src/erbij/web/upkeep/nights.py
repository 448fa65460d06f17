"""What is done once a night, and the process that waits for the night."""

import datetime as dt
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connections
from django.utils import timezone

from erbij.errors import ErbijError
from erbij.web.help.management.commands import help_tick
from erbij.web.surveys import mixing
from erbij.web.upkeep import keeping
from erbij.web.upkeep.copies import making

FAILED, DONE, NOT_ASKED = "failed", "done", "not asked for"
HOUR = 3
"""Of the clock: no class answers, and no day begins or ends."""
NOTE = "worked"
"""A file without content in the folder of the data: its time is that of the last night's work."""

log = logging.getLogger(__name__)


def work() -> dict[str, str]:
    """Do all parts; what each came to, by name. A part that fails keeps no other one from its work."""
    told = {name: _tried(name, part) for name, part in PARTS.items()}
    (settings.DATA / NOTE).touch(mode=0o600)
    return told


def _tried(name: str, part: Callable[[], str]) -> str:
    try:
        return part()
    except ErbijError as problem:
        log.error("the night's work, %s: %s", name, problem)
        return f"{FAILED}: {problem}"
    except Exception as problem:
        # Its kind only: the text of an unexpected error could hold anything.
        log.error("the night's work, %s: %s", name, type(problem).__name__)
        return f"{FAILED}: {type(problem).__name__}"


def _mix() -> str:
    return DONE if mixing.catch_up() else f"{FAILED}: the database is busy"


def _backup() -> str:
    if not settings.BACKUP_FOR:
        return NOT_ASKED
    made = making.make(folder=settings.BACKUPS, names=settings.BACKUP_FOR)
    keeping.tidy_copies(settings.BACKUPS, now=dt.datetime.now(dt.UTC))
    return made.path.name


def _let_go() -> str:
    return f"{sum(keeping.let_go(timezone.now()).values())} rows"


PARTS: dict[str, Callable[[], str]] = {"mix": _mix, "let go": _let_go, "backup": _backup}
"""In this order: what goes is in no new backup, and a backup wants what waits to be mixed."""


def is_time(now: dt.datetime) -> bool:
    """Whether this night's work is still to be done; `now` with its time zone."""
    here = timezone.localtime(now)
    due = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    path = settings.DATA / NOTE
    return here >= due and (not path.exists() or path.stat().st_mtime < due.timestamp())


def keep_on(wait: Callable[[float], None] = time.sleep) -> None:
    """Look every minute, until `wait` ends it."""
    while True:
        help_tick.keep_on()
        if is_time(timezone.now()):
            work()
            connections.close_all()
        wait(help_tick.EVERY)
