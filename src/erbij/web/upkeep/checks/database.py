"""The databases: there, of this version, durable, and forgetful of the order of ballots."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections
from django.db.models import F
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from erbij.web import versions
from erbij.web.surveys.models import Wave
from erbij.web.upkeep.checks import files

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
"""What `environment.SQLITE_OPTIONS` asks for; 2 is FULL."""
WANTED = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FORGETTING = {"wal_recycle": "off", "archive_mode": "off", "log_min_error_statement": "panic"}


def answers() -> Iterator[CheckMessage]:
    """Each database lets this account in."""
    for alias in _there():
        try:
            connections[alias].ensure_connection()
        except DatabaseError as problem:
            yield Error(
                _("The database “%(alias)s” does not answer (%(kind)s).")
                % {"alias": alias, "kind": type(problem).__name__},
                hint=_("Look whether it runs, and at DATABASE_URL and ERBIJ_HELP_DATABASE_URL."),
                id="erbij.database",
            )


def version() -> Iterator[CheckMessage]:
    """The tables are those of this program."""
    for alias in _reached():
        if versions.unknown(alias):
            yield Error(
                _("The database “%(alias)s” belongs to a newer version of Erbij.") % {"alias": alias},
                hint=_("Install that version again, or restore a backup from before it."),
                id="erbij.version",
            )
        elif versions.waiting(alias):
            yield Error(
                _("The tables of the database “%(alias)s” are not up to date.") % {"alias": alias},
                hint=_("Make a backup, then run: erbij manage prepare"),
                id="erbij.version",
            )


def sqlite() -> Iterator[CheckMessage]:
    """What was acknowledged is on the disk, and the file is whole."""
    for alias in _reached("sqlite"):
        with connections[alias].cursor() as cursor:
            wrong = [name for name, value in PRAGMAS.items() if _pragma(cursor, name) != value]
            is_whole = _pragma(cursor, "quick_check") == "ok"
        if wrong:
            yield Error(
                _("The database “%(alias)s” does not write as it should: %(names)s.")
                % {"alias": alias, "names": ", ".join(wrong)},
                hint=_("Keep it on a disk of this machine: a network drive knows no write-ahead log."),
                id="erbij.sqlite",
            )
        if not is_whole:
            yield Error(
                _("The file of the database “%(alias)s” is damaged.") % {"alias": alias},
                hint=_("Stop Erbij, keep the file, and restore the last backup into an empty folder."),
                id="erbij.sqlite",
            )


def _pragma(cursor: Any, name: str) -> object:
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchone()[0]


def postgresql() -> Iterator[CheckMessage]:
    """A server writes what it acknowledged, and lets its log be emptied."""
    for alias in _reached("postgresql"):
        with connections[alias].cursor() as cursor:
            unsafe = [name for name, value in WANTED.items() if _shown(cursor, name) != value]
            keeps = [name for name, value in FORGETTING.items() if _shown(cursor, name) != value]
            may = alias != "default" or _may_empty(cursor)
        if unsafe:
            yield Error(
                _("PostgreSQL may lose what it acknowledged: %(names)s.") % {"names": ", ".join(unsafe)},
                hint=_("Leave these settings as PostgreSQL has them: on."),
                id="erbij.postgresql",
            )
        if keeps or not may:
            yield Caution(
                _("PostgreSQL keeps the order in which ballots came: %(names)s.")
                % {"names": ", ".join([*keeps, *([] if may else ["pg_switch_wal, CHECKPOINT"])])},
                hint=_("Set and grant what docs/settings.md says under PostgreSQL."),
                id="erbij.postgresql",
            )


def _shown(cursor: Any, name: str) -> str:
    cursor.execute("SELECT current_setting(%s, true)", [name])
    return str(cursor.fetchone()[0])


def _may_empty(cursor: Any) -> bool:
    cursor.execute(
        "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')"
        " AND pg_has_role(current_user, 'pg_checkpoint', 'USAGE')"
    )
    return bool(cursor.fetchone()[0])


def mixed() -> Iterator[CheckMessage]:
    """No closed class still waits for the database to be written anew."""
    if not is_up_to_date():
        return
    with scopes_disabled():
        waits = Wave.objects.filter(mixing_due__gt=F("mixing_done")).exists()
    if waits:
        yield Caution(
            _("The disk still tells in which order the ballots of a closed class came."),
            hint=_("Run: erbij manage mix"),
            id="erbij.mixed",
        )


def is_up_to_date() -> bool:
    """Whether the database of the answers is there with the tables of this program."""
    reached = "default" in _reached()
    return reached and not versions.waiting("default") and not versions.unknown("default")


def _there() -> list[str]:
    """The databases that there are; a file that is not there yet would be made by looking."""
    stores = {alias: files.database_file(alias) for alias in settings.DATABASES}
    return [alias for alias, path in stores.items() if path is None or path.exists()]


def _reached(vendor: str = "") -> list[str]:
    found = []
    for alias in _there():
        try:
            connections[alias].ensure_connection()
        except DatabaseError:
            continue  # `answers` says so
        if not vendor or connections[alias].vendor == vendor:
            found.append(alias)
    return found
