"""Somebody holds the whole database, whichever it is, and asks which card gave which ballot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django_scopes import scope

from bench.databases import is_postgres
from erbij.web.surveys import cards, sealing, services
from erbij.web.surveys.models import Card, ClassSession, Wave

PAIR = ("surveys_ballot", "surveys_card")


def asked_of(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@pytest.fixture
def handed_in(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]], town: Any
) -> tuple[ClassSession, dict[str, str]]:
    """A class that is still at it, and for each card that was used the ballot it gave."""
    wave, given = with_cards(), {}
    with scope(school=wave.school):
        session = services.open_session(wave=wave, school_class=town.classes[0])
    for code in deck(wave, count=12)[:9]:
        ballot, admission = str(uuid4()), cards.admission_of(code)
        sealed = sealing.seal({"v": 1}, bytes(wave.public_key), wave=wave.code, ballot=ballot)
        services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed, admission=admission)
        given[cards.digest_of(admission)] = ballot
    return session, given


def test_no_key_and_no_column_leads_from_one_to_the_other(database: Path) -> None:
    with connection.cursor() as cursor:
        look = connection.introspection
        every = look.table_names(cursor)
        assert set(PAIR) <= set(every)
        leading = {
            (table, to)
            for table in every
            for _, to in look.get_relations(cursor, table).values()
            if to in PAIR
        }
        columns = {name: look.get_table_description(cursor, name) for name in PAIR}
        of_ballots = look.get_relations(cursor, "surveys_ballot")
    assert (leading, of_ballots) == (set(), {})
    names = {table: sorted(column.name for column in found) for table, found in columns.items()}
    assert names == {
        "surveys_ballot": ["id", "sealed", "wave"],
        "surveys_card": ["class_code", "digest", "is_used", "wave_id"],
    }
    # Nothing that the database fills in of itself: no clock, no sequence.
    every_column = [column for found in columns.values() for column in found]
    assert {column.default for column in every_column} == {None}
    assert not any(getattr(column, "is_autofield", False) for column in every_column)


def test_no_row_outside_the_box_holds_anything_of_a_ballot(handed_in: tuple[Any, dict[str, str]]) -> None:
    boxed = dict(asked_of("SELECT id, sealed FROM surveys_ballot"))
    assert len(boxed) == 9
    with connection.cursor() as cursor:
        others = set(connection.introspection.table_names(cursor)) - {"surveys_ballot"}
    rows = "\n".join(repr(row) for name in sorted(others) for row in asked_of(f'SELECT * FROM "{name}"'))  # noqa: S608
    assert next(iter(handed_in[1])) in rows
    pieces = [piece for ballot in handed_in[1].values() for piece in (ballot, ballot.replace("-", ""))]
    pieces += [text[:24] for text in boxed.values()]
    assert [piece for piece in pieces if piece in rows] == []


def test_order_and_transactions_tell_nothing_once_the_class_has_closed(
    handed_in: tuple[Any, dict[str, str]],
) -> None:
    session, given = handed_in
    with scope(school=session.wave.school):
        services.close_session(session=session)
        used = set(Card.objects.filter(is_used=True).values_list("digest", flat=True))
    assert used == set(given)
    ballots, digests = (
        [str(row[0]).replace("-", "") for row in asked_of(f"SELECT {key} FROM {table}")]  # noqa: S608
        for table, key in zip(PAIR, ("id", "digest"), strict=True)
    )
    # Both lie by names that were drawn by lot, and apart.
    assert ballots == sorted(ballot.replace("-", "") for ballot in given.values())
    assert digests == sorted(digests)
    if is_postgres():
        # Each was stored in one transaction with its card: after mixing all are of the same one.
        numbers = [{row[0] for row in asked_of(f"SELECT xmin::text FROM {table}")} for table in PAIR]  # noqa: S608
        assert [len(found) for found in numbers] == [1, 1]


@pytest.mark.skipif(is_postgres(), reason="about SQLite; in PostgreSQL the place of a row is asked above")
def test_card_has_no_row_number_in_sqlite(database: Path) -> None:
    ((statement,),) = asked_of("SELECT sql FROM sqlite_master WHERE name = 'surveys_card'")
    assert statement.endswith("WITHOUT ROWID")
