"""Who acts: set at the door of a school, read where an act is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Somebody(Protocol):
    """Of an account: its number and its name."""

    pk: int
    name: str


_acting: ContextVar[Somebody | None] = ContextVar("acting", default=None)


@contextmanager
def by(person: Somebody) -> Iterator[None]:
    """Whatever is done in the block is done by this person; a thread has to be given its context."""
    token = _acting.set(person)
    try:
        yield
    finally:
        _acting.reset(token)


def now() -> Somebody | None:
    """Who acts; None on the command line."""
    return _acting.get()
