"""Blocks of a large study, worked on by several processes at once.

Each is given only its own block. What comes back is in the order in which it was given, so a release is the
same whatever the number of processes.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from erbij.errors import ProtectionError

T = TypeVar("T")
R = TypeVar("R")

FEWEST_BLOCKS = 8
"""With fewer the start of a process costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who works on blocks: a pool of so many processes, or this one alone where there is no `pool`."""

    pool: ProcessPoolExecutor | None = None
    processes: int = 1

    def each(self, work: Callable[[T], R], given: Iterable[T], *, total: int) -> Iterator[R]:
        """What `work` makes of each of the `total` that are given, in their order.

        `work` must be a function of a module: other processes find it there by its name.

        Raises
        ------
        ProtectionError
            A process was stopped, so that not everything was done.
        """
        if self.pool is None or total < FEWEST_BLOCKS:
            yield from map(work, given)
            return
        try:
            yield from _in_order(self.pool, work, given, ahead=2 * self.processes)
        except BrokenProcessPool as error:
            raise ProtectionError(
                "a process that worked on the release was stopped: the release was not made",
                advice="Was there too little memory? With `--processes 1` it takes longer, and less of it.",
            ) from error


ALONE = Workers()
"""This process only."""


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[T], R], given: Iterable[T], *, ahead: int
) -> Iterator[R]:
    """No more than `ahead` wait at a time: every one of them is a copy."""
    waiting: deque[Future[R]] = deque()
    try:
        for each in given:
            waiting.append(pool.submit(work, each))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def at_work(processes: int) -> Iterator[Workers]:
    """So many processes, started when they are first needed and ended with the block; 1 starts none.

    A new interpreter each (`spawn`): a copy of this one (`fork`) would hold locks of threads that it lacks.
    """
    if processes <= 1:
        yield Workers()
        return
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield Workers(pool, processes)
    finally:
        pool.shutdown(cancel_futures=True)


def available() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
