"""The arrival of a ballot: four statements and one commit, two more for a card.

A school of 1,200 hands in within minutes. Written in SQL: the mapper of Django would take longer than the
disk.
"""

import uuid
from typing import Any, NamedTuple

from django.db import connection, transaction

from erbij.web.surveys import cards, sealing
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal
from erbij.web.surveys.turns import Turns

LARGEST_BALLOT = 64 * 1024
"""Characters of `sealed`."""
SPARE = 3
"""Pupils of a class beyond its size: the size is what the school wrote down, children come and go."""
NO_LIMIT = 2**31 - 2
UUID_VERSION = 4

_TURNS = Turns()
"""Within a process: who waits for a turn is woken, who waits for SQLite sleeps and asks again."""

WAVE = "SELECT id, school_id, state, with_cards FROM surveys_wave WHERE code = %s"
INSERT = "INSERT INTO surveys_ballot (id, wave, sealed) VALUES (%s, %s, %s) ON CONFLICT (id) DO NOTHING"
CLASS = "SELECT code, size FROM schools_schoolclass WHERE school_id = %s AND code = %s"
RUNNING = """
SELECT c.code, c.size FROM surveys_classsession s JOIN schools_schoolclass c ON c.id = s.school_class_id
WHERE s.wave_id = %s AND s.is_open LIMIT 2
"""
CARD = "SELECT class_code FROM surveys_card WHERE digest = %s AND wave_id = %s"
USE = "UPDATE surveys_card SET is_used = %s WHERE digest = %s AND wave_id = %s AND is_used = %s"
COUNT = """
INSERT INTO surveys_tally (wave_id, class_code, count) VALUES (%s, %s, 1)
ON CONFLICT (wave_id, class_code) DO UPDATE SET count = surveys_tally.count + 1 WHERE surveys_tally.count < %s
"""


def accept_ballot(
    *,
    id: str,  # noqa: A002 (as sent)
    wave: str,
    sealed: str,
    class_code: str = "",
    admission: str = "",
) -> bool:
    """Put one sealed ballot in the box; returns after it is committed.

    Parameters
    ----------
    id
        UUID of version 4, made by the page. A second arrival is a success that changes nothing.
    wave
        Its code.
    sealed
        As `sealing.seal` makes it; not opened here.
    class_code
        For the count of the class only, and kept nowhere. Where it is not given, the one class that has
        a session; with several the ballot counts for the school alone.
    admission
        Of a card (`cards.admission_of`), in a wave with cards: it is used up in the same commit, and the
        class that counts is that of the card. In a wave without cards it has no meaning.

    Returns
    -------
    bool
        Whether this was the first arrival.

    Raises
    ------
    Refusal
        `not-a-ballot`, `too-large`, `unknown-wave`, `wave-not-open` or `class-full`; with cards also
        `card-needed`, `no-card` or `card-used`.
    """
    ballot_id = _checked(id, wave, sealed)

    def arrive() -> bool:
        with connection.cursor() as cursor:
            found = _wave(cursor, wave)
            if not _is_new(cursor, ballot_id, wave, sealed):
                return False
            # After the insert, which tells a retry apart; a refusal takes it back.
            if found.state != Wave.State.OPEN:
                raise Refusal("wave-not-open")
            place = _card(cursor, found, admission) if found.with_cards else _class(cursor, found, class_code)
            _count(cursor, found, *place)
            return True

    if connection.vendor == "sqlite":
        return _TURNS.run(arrive)
    with transaction.atomic():
        return arrive()


class _Wave(NamedTuple):
    id: int
    school_id: int
    state: str
    with_cards: bool


def _wave(cursor: Any, code: str) -> _Wave:
    # Ballots may come beside each other, but none beside the closing of the wave, which takes this row alone.
    locked = f"{WAVE} FOR SHARE" if connection.features.has_select_for_update else WAVE
    cursor.execute(locked, [code])
    found = cursor.fetchone()
    if found is None:
        raise Refusal("unknown-wave")
    return _Wave(*found)


def _is_new(cursor: Any, ballot_id: uuid.UUID, wave: str, sealed: str) -> bool:
    key = ballot_id if connection.features.has_native_uuid_field else ballot_id.hex
    cursor.execute(INSERT, [key, wave, sealed])
    return bool(cursor.rowcount == 1)


def _card(cursor: Any, wave: _Wave, admission: str) -> tuple[str, int]:
    """Use up a card; its class counts, and the deck is the limit."""
    if not admission:
        raise Refusal("card-needed")
    digest = cards.digest_of(admission)
    cursor.execute(CARD, [digest, wave.id])
    found = cursor.fetchone()
    if found is None:
        raise Refusal("no-card")
    cursor.execute(USE, [True, digest, wave.id, False])
    if cursor.rowcount != 1:
        raise Refusal("card-used")
    return found[0], NO_LIMIT


def _class(cursor: Any, wave: _Wave, class_code: str) -> tuple[str, int]:
    """The class to count for and how many fit; no class and no limit where it is not known."""
    if not class_code.isprintable():
        return "", NO_LIMIT  # no class is called so, and the database would not take the question
    cursor.execute(*((CLASS, [wave.school_id, class_code]) if class_code else (RUNNING, [wave.id])))
    rows = cursor.fetchall()
    return (rows[0][0], rows[0][1] + SPARE) if len(rows) == 1 else ("", NO_LIMIT)


def _count(cursor: Any, wave: _Wave, class_code: str, most: int) -> None:
    cursor.execute(COUNT, [wave.id, class_code, most])
    if cursor.rowcount != 1:
        raise Refusal("class-full")


def _checked(id_: object, wave: object, sealed: object) -> uuid.UUID:
    if not (isinstance(id_, str) and isinstance(wave, str) and isinstance(sealed, str)):
        raise Refusal("not-a-ballot")
    if len(sealed) > LARGEST_BALLOT:
        raise Refusal("too-large")
    try:
        ballot_id = uuid.UUID(id_)
    except ValueError as problem:
        raise Refusal("not-a-ballot") from problem
    if not (wave.isascii() and wave.isprintable()):
        raise Refusal("unknown-wave")  # the database would not take such signs, not even in a question
    # One spelling only: another one would be another ballot to the seal.
    if ballot_id.version != UUID_VERSION or str(ballot_id) != id_ or not sealing.looks_sealed(sealed):
        raise Refusal("not-a-ballot")
    return ballot_id
