"""One transaction for everybody who waits.

A commit makes the disk write and wait, for thirty ballots no longer than for one. SQLite lets one at a time
write, so whoever comes while another commits is taken along with the next.
"""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

T = TypeVar("T")


class _Errand(Generic[T]):
    """What somebody wants done, and how it went once `is_done`."""

    __slots__ = ("answer", "is_done", "problem", "work")

    def __init__(self, work: Callable[[], T]) -> None:
        self.work, self.is_done = work, False
        self.answer: T | None = None
        self.problem: BaseException | None = None

    def attempt(self) -> None:
        """Do it; what it wrote before it failed is undone, and nothing of another errand."""
        try:
            with transaction.atomic():
                self.answer = self.work()
                _check_unbroken()
        except Exception as problem:
            self.problem = problem

    def outcome(self) -> T:
        if self.problem is not None:
            raise self.problem
        return cast(T, self.answer)


class Turns:
    """Does errands of many threads, those that wait in one transaction."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Errand[Any]] = []
        self._is_busy = False

    def run(self, work: Callable[[], T]) -> T:
        """Do `work`, in this thread or in that of another who waits; returns after it is committed.

        Parameters
        ----------
        work
            Reads and writes by the connection of the thread in which it is called.

        Raises
        ------
        Exception
            What `work` raised; or what the commit raised, for everyone of that transaction.
        """
        errand = _Errand(work)
        with self._changed:
            self._waiting.append(errand)
            while self._is_busy and not errand.is_done:
                self._changed.wait()
            if errand.is_done:
                return errand.outcome()
            self._is_busy, errands, self._waiting = True, self._waiting, []
        try:
            _commit(errands)
        finally:
            with self._changed:
                self._is_busy = False
                for each in errands:
                    each.is_done = True
                self._changed.notify_all()
        return errand.outcome()


def _commit(errands: list[_Errand[Any]]) -> None:
    try:
        with transaction.atomic():
            for errand in errands:
                errand.attempt()
            _check_unbroken()
    except BaseException as problem:
        for errand in errands:
            errand.problem = errand.problem or problem
        if not isinstance(problem, Exception):
            raise


def _check_unbroken() -> None:
    # Django would undo everything and say nothing: nobody may take that for a commit.
    if connection.get_rollback():
        raise TransactionManagementError("the transaction broke off")
