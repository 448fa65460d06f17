from ast import literal_eval
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django_scopes import scope, scopes_disabled

from bench.databases import is_postgres
from erbij.web.results import services as closers
from erbij.web.surveys import mixing, services
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import Wave


def due() -> list[int]:
    with scopes_disabled():
        found = Wave.objects.order_by("pk").values_list("mixing_due", "mixing_done")
    return [due - done for due, done in found]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A database that lets nobody write it anew; undo the patch and it does."""

    def locked() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(mixing, "mix", locked)
    return monkeypatch


@pytest.fixture
def close_a_class(town: Any) -> Callable[..., None]:
    def close(wave: Wave, place: int = 0) -> None:
        with scope(school=wave.school):
            session = services.open_session(wave=wave, school_class=town.classes[place])
            services.close_session(session=session)

    return close


def test_class_that_closes_while_it_is_busy_is_mixed_at_the_next(
    opened: Callable[..., Wave], close_a_class: Callable[..., None], busy: pytest.MonkeyPatch
) -> None:
    wave = opened()
    close_a_class(wave)
    close_a_class(wave, 1)
    assert due() == [2]
    busy.undo()
    close_a_class(wave)
    assert due() == [0]


def test_start_of_the_server_catches_up(
    opened: Callable[..., Wave], close_a_class: Callable[..., None], busy: pytest.MonkeyPatch
) -> None:
    close_a_class(opened())
    said = StringIO()
    call_command("mix", stderr=said)
    assert ("busy" in said.getvalue(), due()) == (True, [1])
    busy.undo()
    call_command("mix")
    assert due() == [0]


def test_nothing_is_written_anew_where_nothing_waits(
    opened: Callable[..., Wave], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    monkeypatch.setattr(mixing, "mix", lambda: pytest.fail("mixed"))
    assert mixing.catch_up()


def test_what_comes_while_mixing_still_waits(
    opened: Callable[..., Wave], monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = opened()
    mixing.note_due(wave)
    monkeypatch.setattr(mixing, "mix", lambda: mixing.note_due(wave))
    assert mixing.catch_up()
    assert due() == [1]


def test_two_who_mix_at_once_leave_nothing_waiting(
    opened: Callable[..., Wave], at_once: Callable[..., list[object]]
) -> None:
    mixing.note_due(opened())
    found = at_once(lambda _: mixing.catch_up(), threads=3)
    assert set(found) <= {True, False}
    assert mixing.catch_up()
    assert due() == [0]


def test_mixing_of_one_wave_is_mixing_of_all(
    opened: Callable[..., Wave], make_school: Callable[..., Any], close_a_class: Callable[..., None]
) -> None:
    first, second = opened(), opened(at=make_school("south"))
    mixing.note_due(second)
    close_a_class(first)
    assert due() == [0, 0]


def test_ballots_lie_by_their_ids_after_a_late_mixing(
    opened: Callable[..., Wave],
    hand_in: Callable[..., str],
    town: Any,
    close_a_class: Callable[..., None],
    busy: pytest.MonkeyPatch,
) -> None:
    wave = opened()
    # The last id comes first: drawn by lot they come in order now and then.
    for number in range(80, 0, -1):
        hand_in(wave, town.classes[0].code, {}, counted=False, number=number)
    close_a_class(wave)
    busy.undo()
    before = places()
    assert mixing.catch_up()
    after = places()
    assert after == sorted(after)
    assert before != sorted(before)
    assert Ballot.objects.count() == 80


PLACES = {
    "sqlite": "SELECT pageno FROM dbstat WHERE name = 'surveys_ballot' AND pagetype = 'leaf' ORDER BY path",
    "postgresql": "SELECT ctid FROM surveys_ballot ORDER BY id",
}


def places() -> list[Any]:
    """Where in its file the table of ballots has them, by their ids: pages of SQLite, rows of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES[connection.vendor])
        found = [place for (place,) in cursor.fetchall()]
    return found if connection.vendor == "sqlite" else [literal_eval(place) for place in found]


@pytest.fixture(params=["surveys_wave", "schools_school"])
def reading(
    stores: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Any]]:
    """Begin to read in a connection of its own, and go on until it is closed; who mixes waits briefly."""
    others = []
    monkeypatch.setattr(mixing, "PAUSES", (0.01,))
    monkeypatch.setattr(mixing, "LOCK_PATIENCE", "50ms")
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout=50")

    def begin() -> Any:
        other = connection.copy()
        others.append(other)
        cursor = other.cursor()
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if is_postgres() else "BEGIN")
        cursor.execute(f"SELECT count(*) FROM {request.param}")  # noqa: S608
        return other

    yield begin
    for other in others:
        other.close()


def test_who_began_to_read_before_keeps_it_waiting(
    opened: Callable[..., Wave],
    hand_in: Callable[..., str],
    town: Any,
    reading: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What this reader may still see stays on the disk, in the order in which it came in.
    wave = opened()
    for _ in range(5):
        hand_in(wave, town.classes[0].code, {}, counted=False)
    mixing.note_due(wave)
    reader = reading()
    assert not mixing.catch_up()
    assert due() == [1]
    reader.close()
    monkeypatch.undo()  # others of this database server may still look for a moment
    assert mixing.catch_up()
    assert due() == [0]
    assert Ballot.objects.count() == 5


def test_closed_wave_keeps_its_release_and_says_that_it_is_untidy(
    opened: Callable[..., Wave], hand_in: Callable[..., str], town: Any, busy: pytest.MonkeyPatch
) -> None:
    wave = opened("erbij-pupils-8-9")
    hand_in(wave, town.classes[0].code, {})
    closers.close_wave(wave=wave)
    with scope(school=wave.school):
        closed = Wave.objects.get(pk=wave.pk)
    assert (closed.state, closed.is_untidy, Ballot.objects.count()) == ("closed", True, 0)
    assert not closers.tidy_up()
    busy.undo()
    assert closers.tidy_up()
    assert due() == [0]
