"""What a disk would tell: the order in which ballots arrived, with which card, and what was deleted.

A database appends. Although ballots have random ids, the place of their pages in the file follows their
arrival until everything is written anew.
"""

import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.db.models import F
from django_scopes import scopes_disabled

from erbij.web.surveys.models import Wave

log = logging.getLogger(__name__)


_ALSO: list[str] = []


def also(*statements: str) -> None:
    """Let an app have tables of its own mixed, in PostgreSQL; called once, when the app is ready."""
    _ALSO.extend(statements)


def note_due(wave: Wave) -> None:
    """Remember that a wave has to be mixed; in the transaction after which that is so."""
    with scopes_disabled():
        Wave.objects.filter(pk=wave.pk).update(mixing_due=F("mixing_due") + 1)


def catch_up() -> bool:
    """Mix if any wave is waiting for it; outside any transaction.

    Another class may be busy handing in, or a backup reading: then nothing is lost, and the next time that
    a class or a wave closes or the server starts it is tried again.

    Returns
    -------
    bool
        Whether nothing waits any more.
    """
    try:
        with scopes_disabled():
            _mix_if_due()
    except DatabaseError:
        return False
    return True


def _mix_if_due() -> None:
    waiting = list(Wave.objects.filter(mixing_due__gt=F("mixing_done")).values_list("pk", "mixing_due"))
    if waiting:
        mix()
    for pk, seen in waiting:
        # Only as far as was seen before: what came meanwhile still waits, and two who mix at once agree.
        Wave.objects.filter(pk=pk, mixing_done__lt=seen).update(mixing_done=seen)
    if waiting and connection.vendor == "sqlite":
        # The note itself went through the log, which otherwise ends empty; who reads now may keep it there.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(EMPTIED)


def mix() -> None:
    """Write the database anew, so that the place of a ballot follows its random id and not its arrival.

    Outside any transaction. The write-ahead log is emptied as well, which holds each commit with its ballot
    and its card; in PostgreSQL as far as it lets this account do so (docs/settings.md). Where it does not,
    that is said in the log of the server.
    """
    if connection.in_atomic_block:
        raise RuntimeError("mixing needs to be outside a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _mix_postgres(cursor)
        else:
            _mix_sqlite(cursor)


def _mix_sqlite(cursor: Any) -> None:
    for statement in SQLITE:
        cursor.execute(statement)
        if statement == EMPTIED and cursor.fetchone()[0]:
            # No error of SQLite's: who still reads what the log held keeps it there.
            raise OperationalError("somebody reads: the log can not be emptied")


def _mix_postgres(cursor: Any) -> None:
    # A backup that runs for an hour holds the tables as long: the class does not wait for it.
    cursor.execute("SET lock_timeout = %s", [LOCK_PATIENCE])
    try:
        for statement in (*POSTGRES, *_ALSO):
            cursor.execute(statement)
        _without_old_rows(cursor)
    finally:
        cursor.execute("SET lock_timeout = DEFAULT")
    _forget_the_log(cursor)


def _without_old_rows(cursor: Any) -> None:
    """Write each table anew until no old row went along, or say that the database is busy.

    PostgreSQL keeps a row that was replaced for whoever began to read before that, and a table that is
    written anew takes it along: with its transaction, and with the number that its text got on arrival.
    """
    left: Sequence[str] = ANEW
    for pause in (*PAUSES, None):
        left = [statement for statement in left if _old_rows(cursor, statement) != 0]
        if not left:
            return
        if pause is not None:
            time.sleep(pause)
    # Of cards and counts old rows may come again at once, from another class; they lead to no ballot.
    if set(left) & MUST:
        raise OperationalError("somebody has been reading for long: the old rows are still there")


def _old_rows(cursor: Any, statement: str) -> int | None:
    """Write a table anew; the number of old rows that went along, None where it was not said."""
    with _notices() as said:
        cursor.execute(statement)
    counts = [re.search(r"\d+", detail) for detail in said]
    return max((int(count[0]) for count in counts if count), default=None)


@contextmanager
def _notices() -> Iterator[list[str]]:
    """What the database says beside its answers: of a table, how many old rows it could not leave out."""
    said: list[str] = []

    def hear(notice: Any) -> None:
        if notice.message_detail:
            said.append(notice.message_detail)

    connection.connection.add_notice_handler(hear)
    try:
        yield said
    finally:
        connection.connection.remove_notice_handler(hear)


def _forget_the_log(cursor: Any) -> None:
    try:
        for statement in FORGET:
            cursor.execute(statement)
    except ProgrammingError:  # this account may not
        log.warning("the log of the database keeps the order of ballots: docs/settings.md, PostgreSQL")


EMPTIED = "PRAGMA wal_checkpoint(TRUNCATE)"
"""Its answer begins with 1 where it could not."""
SQLITE = (
    "PRAGMA secure_delete=ON",
    # In this order: VACUUM writes through the log, and what the log held before has to go too.
    EMPTIED,
    "VACUUM",
    EMPTIED,
)
POSTGRES = (
    # First by id, because the next one draws a number for each text, row after row.
    "CLUSTER surveys_ballot USING surveys_ballot_pkey",
    # A text that is not put together anew would keep the number it got on arrival, wherever it is moved.
    "UPDATE surveys_ballot SET sealed = sealed || ''",
    "UPDATE surveys_tally SET count = count",
    "UPDATE surveys_card SET is_used = is_used",
)
ANEW = (
    "CLUSTER (VERBOSE) surveys_ballot USING surveys_ballot_pkey",
    "CLUSTER (VERBOSE) surveys_card USING surveys_card_pkey",
    "VACUUM (FULL, VERBOSE) surveys_tally",
    "VACUUM (FULL, VERBOSE) surveys_wave",
)
"""For PostgreSQL. VERBOSE, because its first detail is how many old rows had to stay."""
MUST = {ANEW[0], ANEW[-1]}
"""Ballots with their order, and waves with their keys: of these not one old row may stay."""
LOCK_PATIENCE = "5s"
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds: others read for a moment, and every connection does so while it is made."""
# A segment of the log goes when the next checkpoint no longer needs it; the one in use would stay.
FORGET = ("SELECT pg_switch_wal()", "CHECKPOINT")
