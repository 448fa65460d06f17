"""What a disk would tell: the order in which ballots arrived, with which card, and what was deleted.

A database appends. Although ballots have random ids, the place of their pages in the file follows their
arrival until everything is written anew.
"""

import logging
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, ProgrammingError, connection
from django.db.models import F
from django_scopes import scopes_disabled

from erbij.web.surveys.models import Wave

log = logging.getLogger(__name__)


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
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def mix() -> None:
    """Write the database anew, so that the place of a ballot follows its random id and not its arrival.

    Outside any transaction. The write-ahead log is emptied as well, which holds each commit with its ballot
    and its card; in PostgreSQL as far as it lets this account do so (docs/settings.md). Where it does not,
    that is said in the log of the server.
    """
    if connection.in_atomic_block:
        raise RuntimeError("mixing needs to be outside a transaction")
    with connection.cursor() as cursor:
        for statement in STATEMENTS.get(connection.vendor, ()):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            _forget_the_log(cursor)


def _forget_the_log(cursor: Any) -> None:
    try:
        for statement in FORGET:
            cursor.execute(statement)
    except ProgrammingError:  # this account may not
        log.warning("the log of the database keeps the order of ballots: docs/settings.md, PostgreSQL")


STATEMENTS = {
    "sqlite": (
        "PRAGMA secure_delete=ON",
        # In this order: VACUUM writes through the log, and what the log held before has to go too.
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "VACUUM",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ),
    "postgresql": (
        # First by id, because the next one draws a number for each text, row after row.
        "CLUSTER surveys_ballot USING surveys_ballot_pkey",
        # A text that is not put together anew would keep the number it got on arrival, wherever it is moved.
        "UPDATE surveys_ballot SET sealed = sealed || ''",
        "UPDATE surveys_tally SET count = count",
        "UPDATE surveys_card SET is_used = is_used",
        "CLUSTER surveys_ballot USING surveys_ballot_pkey",
        "CLUSTER surveys_card USING surveys_card_pkey",
        "VACUUM FULL surveys_tally",
        "VACUUM FULL surveys_card",
        "VACUUM FULL surveys_wave",
    ),
}
# A segment of the log goes when the next checkpoint no longer needs it; the one in use would stay.
FORGET = ("SELECT pg_switch_wal()", "CHECKPOINT")
