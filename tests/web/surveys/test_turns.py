"""Errands of many threads in one transaction: one that fails takes no other along, none is told too early."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from bench.databases import Name
from erbij.web.surveys import turns
from erbij.web.surveys.turns import Turns

THREADS = 12


@pytest.fixture
def notes(database: Name) -> Callable[[], list[int]]:
    """A table of numbers; gives those that are committed."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (number integer)")

    def kept() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM notes ORDER BY number")
            return [row[0] for row in cursor.fetchall()]

    return kept


def note(number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO notes VALUES (%s)", [number])
    return number


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many errands went with each commit."""
    seen: list[int] = []
    commit = turns._commit

    def count(errands: list[Any]) -> None:
        seen.append(len(errands))
        commit(errands)

    monkeypatch.setattr(turns, "_commit", count)
    return seen


def crowd(run: Callable[[int], object], at_once: Callable[..., list[object]]) -> list[object]:
    return at_once(run, threads=THREADS)


def test_who_waits_goes_along_with_the_next_commit(
    notes: Callable[[], list[int]], commits: list[int], at_once: Callable[..., list[object]]
) -> None:
    shared = Turns()

    def errand(number: int) -> int:
        # The first one stays until all others stand waiting behind it.
        while len(commits) == 1 and len(shared._waiting) < THREADS - commits[0]:
            time.sleep(0.001)
        return note(number)

    assert crowd(lambda number: shared.run(lambda: errand(number)), at_once) == list(range(THREADS))
    assert notes() == list(range(THREADS))
    assert len(commits) == 2
    assert sum(commits) == THREADS


def test_one_that_fails_leaves_the_others_alone(
    notes: Callable[[], list[int]], at_once: Callable[..., list[object]]
) -> None:
    shared = Turns()

    def errand(number: int) -> int:
        note(number)
        if number % 3 == 0:
            raise ZeroDivisionError
        return number

    answers = crowd(lambda number: shared.run(lambda: errand(number)), at_once)
    assert [isinstance(answer, ZeroDivisionError) for answer in answers] == [
        n % 3 == 0 for n in range(THREADS)
    ]
    assert notes() == [number for number in range(THREADS) if number % 3]


def test_commit_that_fails_is_told_to_everyone(
    notes: Callable[[], list[int]], at_once: Callable[..., list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Turns()

    def full(*_given: object) -> None:
        raise OperationalError("disk is full")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper._commit", full)
    answers = crowd(lambda number: shared.run(lambda: note(number)), at_once)
    monkeypatch.undo()
    assert {type(answer) for answer in answers} == {OperationalError}
    assert notes() == []


def test_work_that_was_undone_in_silence_is_not_acknowledged(notes: Callable[[], list[int]]) -> None:
    def undone() -> int:
        transaction.set_rollback(True)
        return note(1)

    shared = Turns()
    with pytest.raises(TransactionManagementError):
        shared.run(undone)
    assert notes() == []
    assert shared.run(lambda: note(2)) == 2
    assert notes() == [2]


def test_transaction_that_breaks_off_for_one_is_no_commit_for_the_others(
    notes: Callable[[], list[int]],
) -> None:
    def full() -> int:
        connection.cursor().execute("ROLLBACK")  # as SQLite does of itself when the disk is full
        raise OperationalError("disk is full")

    errands = [turns._Errand(work) for work in (lambda: note(1), full, lambda: note(3))]
    turns._commit(errands)
    for each in errands:
        with pytest.raises((OperationalError, TransactionManagementError)):
            each.outcome()
    assert notes() == []


def test_one_who_is_stopped_stops_nobody_else(notes: Callable[[], list[int]]) -> None:
    shared = Turns()

    def stopped() -> int:
        note(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shared.run(stopped)
    assert shared.run(lambda: note(2)) == 2
    assert notes() == [2]
