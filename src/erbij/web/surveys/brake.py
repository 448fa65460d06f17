"""A brake on guessing words and codes: one for the whole process, never for an address or a school.

All pupils of a school share one address, and a wrong word belongs to no school: a limit on either would
lock out a class. So nobody is refused. Who is right is never slowed down; who is wrong waits a moment once
there have been many mistakes, a few at a time, so that waiting can't take all threads of the server.
"""

import threading
import time
from collections.abc import Callable

FREE = 120
"""Mistakes in a row that cost nothing: four classes that all mistype."""
A_SECOND = 2.0
"""Mistakes a second that go on costing nothing."""
WAIT = 1.0
"""Seconds."""
SEATS = 2
"""Who may wait at the same time; `erbij serve` has eight threads."""


class Brake:
    """A bucket of mistakes that fills up again by the clock."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock, self._seats = threading.Lock(), threading.Semaphore(SEATS)
        self._left, self._at = float(FREE), clock()

    def mistake(self) -> None:
        """Note a wrong word or code, and wait where there were many."""
        if self._is_free() or not self._seats.acquire(blocking=False):
            return
        try:
            self._sleep(WAIT)
        finally:
            self._seats.release()

    def _is_free(self) -> bool:
        with self._lock:
            now = self._clock()
            self._left = min(FREE, self._left + (now - self._at) * A_SECOND)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


WRONG = Brake()
