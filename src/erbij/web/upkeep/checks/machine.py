"""The machine underneath: room on its disk, its clock, and whether somebody looks every minute."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from erbij.web.upkeep import heartbeat
from erbij.web.upkeep.checks import files

MEGABYTE = 1024 * 1024
LEAST, USUAL = 200 * MEGABYTE, 1024 * MEGABYTE
"""Bytes that are free: with less a class may be refused, and with less than usual it may be soon."""
TIMES = 3
"""A database is written anew beside itself when a class closes, and a copy of it takes room too."""
MOST_DRIFT = 5
"""Seconds."""
SILENCE = 5 * 60
"""Seconds; it looks every minute."""


def disk() -> Iterator[CheckMessage]:
    """There is room for ballots, and to write the database anew."""
    if not settings.DATA.is_dir():
        return
    free = shutil.disk_usage(settings.DATA).free
    stored = [path for path in map(files.database_file, ("default", "help")) if path and path.exists()]
    needed = max(LEAST, TIMES * sum(path.stat().st_size for path in stored))
    told = {"free": free // MEGABYTE, "needed": needed // MEGABYTE}
    if free < needed:
        yield Error(
            _("The disk is almost full: %(free)d MB are free and %(needed)d MB are needed.") % told,
            hint=_("Make room before a class answers: a full disk takes no ballots."),
            id="erbij.disk",
        )
    elif free < USUAL:
        yield Caution(
            _("Only %(free)d MB are free on the disk.") % told,
            hint=_("Make room before the next survey."),
            id="erbij.disk",
        )


def clock() -> Iterator[CheckMessage]:
    """The clock is not behind its own files, beside the database, or known to run free.

    Without a network nobody can say more: what could not be asked is said as well.
    """
    now = time.time()
    newest = max((path.stat().st_mtime for path in _kept()), default=0.0)
    if newest > now + MOST_DRIFT:
        yield Error(
            _("The clock was put back: a file of the data comes from the future."),
            hint=_("Set the clock, for example by: timedatectl set-ntp true"),
            id="erbij.clock",
        )
    if abs(_drift_of_database()) > MOST_DRIFT:
        yield Error(
            _("The clocks of this machine and of its database differ by %(seconds)d seconds.")
            % {"seconds": abs(_drift_of_database())},
            hint=_("Let both follow a time server."),
            id="erbij.clock",
        )
    yield from _following()


def _kept() -> list[Path]:
    return [path for path in settings.DATA.glob("*") if path.is_file()] if settings.DATA.is_dir() else []


def _drift_of_database() -> float:
    if connection.vendor != "postgresql":
        return 0.0  # the same clock
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            return float(cursor.fetchone()[0]) - time.time()
    except DatabaseError:
        return 0.0  # erbij.database says so


def _following() -> Iterator[CheckMessage]:
    said = _timedatectl()
    if said == "no":
        yield Caution(
            _("The clock of this machine follows no time server."),
            hint=_("Run: timedatectl set-ntp true"),
            id="erbij.clock",
        )
    elif said != "yes":
        yield Info(
            _("Whether the clock is right could not be asked here."),
            hint=_("Compare it with another clock: the days of a survey and codes to sign in follow it."),
            id="erbij.clock",
        )


def _timedatectl() -> str:
    """What systemd knows: `yes`, `no`, or nothing."""
    program = shutil.which("timedatectl")
    if program is None:
        return ""
    asked = [program, "show", "--property=NTPSynchronized", "--value"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout.strip()  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""


def ticking() -> Iterator[CheckMessage]:
    """Somebody looks every minute whether a pupil waits too long for an adult."""
    if not files.is_started():
        return
    silent = heartbeat.silence()
    if silent is None or silent > SILENCE:
        yield Caution(
            _("No server runs here: nobody looks every minute whether a pupil waits for an adult."),
            hint=_("Let `erbij serve` run, or beside another server: erbij manage help_tick --forever"),
            id="erbij.ticking",
        )
