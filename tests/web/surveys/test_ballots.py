import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from bench.databases import Name, is_postgres
from erbij.web.surveys import arrivals, bands, mixing, queries, sealing, services
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal


def seal(wave: Wave, ballot: str) -> str:
    return sealing.seal({"v": 1}, bytes(wave.public_key), wave=wave.code, ballot=ballot)


def test_ballot_is_stored_and_counted_once(opened: Callable[..., Wave], town: Any) -> None:
    wave, ballot = opened(), str(uuid.uuid4())
    sealed, code = seal(wave, ballot), town.classes[0].code
    sent = {"id": ballot, "wave": wave.code, "sealed": sealed, "class_code": code}
    assert [services.accept_ballot(**sent) for _ in range(3)] == [True, False, False]
    assert Ballot.objects.get().sealed == sealed
    with scope(school=wave.school):
        assert queries.counts_of(wave) == {code: 1}


def test_same_ballot_from_twenty_tablets_is_one_ballot(
    opened: Callable[..., Wave], town: Any, at_once: Callable[..., list[object]]
) -> None:
    wave, ballot = opened(), str(uuid.uuid4())
    sealed, code = seal(wave, ballot), town.classes[0].code
    answers = at_once(
        lambda _: services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed, class_code=code),
        threads=20,
    )
    assert sorted(answers, key=str) == [False] * 19 + [True]
    with scope(school=wave.school):
        assert (Ballot.objects.count(), queries.total_of(wave)) == (1, 1)


def test_twenty_ballots_at_once_are_twenty_ballots(
    opened: Callable[..., Wave], town: Any, at_once: Callable[..., list[object]], hand_in: Callable[..., str]
) -> None:
    wave = opened()
    ids = at_once(lambda _: hand_in(wave, town.classes[0].code, {}), threads=20)
    assert {str(pk) for pk in Ballot.objects.values_list("pk", flat=True)} == set(ids)
    with scope(school=wave.school):
        assert queries.total_of(wave) == 20


def test_ballot_table_keeps_nothing_but_the_ballot(database: Name) -> None:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "surveys_ballot")
        assert [column.name for column in columns] == ["id", "wave", "sealed"]
        keys = connection.introspection.get_constraints(cursor, "surveys_ballot").values()
        assert [key["columns"] for key in keys if not key["check"]] == [["id"]]
        # Nothing that the database fills in of itself: no clock, no sequence.
        assert {column.default for column in columns} == {None}


@pytest.mark.skipif(is_postgres(), reason="about SQLite")
def test_ballot_has_no_row_number_in_sqlite(database: Name) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'surveys_ballot'")
        assert cursor.fetchone()[0].endswith("WITHOUT ROWID")


@pytest.mark.skipif(is_postgres(), reason="about SQLite")
def test_sqlite_overwrites_what_it_deletes(database: Name) -> None:
    with connection.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("secure_delete", "journal_mode")]
        mixing.mix()
    assert found == [1, "wal"]


@pytest.mark.parametrize(
    ("change", "refusal", "status"),
    [
        ({"id": "x"}, "not-a-ballot", 400),
        ({"id": 7}, "not-a-ballot", 400),
        ({"id": "6fa459ea-ee8a-11e8-8eb2-f2801f1b9fd1"}, "not-a-ballot", 400),  # version 1: it holds a time
        ({"id": str(uuid.uuid4()).upper()}, "not-a-ballot", 400),
        ({"id": uuid.uuid4().hex}, "not-a-ballot", 400),
        ({"id": ""}, "not-a-ballot", 400),
        ({"sealed": ""}, "not-a-ballot", 400),
        ({"sealed": None}, "not-a-ballot", 400),
        ({"sealed": "no ballot"}, "not-a-ballot", 400),
        ({"sealed": "A" * (64 * 1024 + 1)}, "too-large", 413),
        ({"wave": "none"}, "unknown-wave", 404),
        ({"wave": 3}, "not-a-ballot", 400),
    ],
)
def test_bad_ballot_is_refused_in_words(
    change: dict[str, Any], refusal: str, status: int, opened: Callable[..., Wave]
) -> None:
    wave, ballot = opened(), str(uuid.uuid4())
    sent: dict[str, Any] = {"id": ballot, "wave": wave.code, "sealed": seal(wave, ballot)} | change
    with pytest.raises(Refusal) as refused:
        services.accept_ballot(**sent)
    assert (refused.value.id, refused.value.status) == (refusal, status)
    assert str(refused.value.words).endswith(".")
    assert not Ballot.objects.exists()


def test_wave_in_preparation_takes_no_ballots(
    draft: Callable[..., Wave], opened: Callable[..., Wave]
) -> None:
    wave, ballot = draft(), str(uuid.uuid4())
    sealed = seal(opened("erbij-pupils-8-9"), ballot)
    with pytest.raises(Refusal, match="wave-not-open"):
        services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed)


def test_full_class_takes_no_more(
    make_school: Callable[..., Any], opened: Callable[..., Wave], hand_in: Callable[..., str]
) -> None:
    town = make_school("south", sizes=(2, 9))
    wave = opened(at=town)
    for _ in range(2 + arrivals.SPARE):
        hand_in(wave, town.classes[0].code, {})
    with pytest.raises(Refusal, match="class-full"):
        hand_in(wave, town.classes[0].code, {})
    hand_in(wave, town.classes[1].code, {})
    assert Ballot.objects.count() == 3 + arrivals.SPARE


def test_ballot_without_a_class_is_counted_where_it_can_be(
    opened: Callable[..., Wave], town: Any, hand_in: Callable[..., str]
) -> None:
    wave = opened()
    first, second = town.classes
    with scope(school=wave.school):
        hand_in(wave, first.code, {}, counted=False)
        services.open_session(wave=wave, school_class=first)
        hand_in(wave, first.code, {}, counted=False)
        services.open_session(wave=wave, school_class=second)
        hand_in(wave, first.code, {}, counted=False)
        assert queries.counts_of(wave) == {"": 2, first.code: 1}
        assert queries.total_of(wave) == 3


def test_class_of_another_school_is_not_counted(
    opened: Callable[..., Wave], make_school: Callable[..., Any], hand_in: Callable[..., str]
) -> None:
    wave, elsewhere = opened(), make_school("south")
    hand_in(wave, elsewhere.classes[0].code, {})
    with scope(school=wave.school):
        assert queries.counts_of(wave) == {"": 1}


@given(st.integers(0, 300), st.integers(1, 300))
def test_band_holds_the_count_and_hides_it(count: int, size: int) -> None:
    band = bands.count_band(count, size)
    assert band.low <= count <= band.high
    assert count == 0 or band.high - band.low >= 3
    assert band.size == size


def test_bands_of_a_wave_stand_beside_class_sizes(
    opened: Callable[..., Wave], town: Any, hand_in: Callable[..., str]
) -> None:
    wave = opened()
    for _ in range(7):
        hand_in(wave, town.classes[0].code, {})
    with scope(school=wave.school):
        found = {each.name: (band.low, band.high, band.size) for each, band in queries.bands_of(wave)}
    assert found == {"5A": (5, 9, 23), "5B": (0, 0, 20)}
