"""What other apps tell on the page for pupils, below what was heard. Each says so at its start: `add`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from erbij.web.results.models import ReleaseRecord


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing that pupils said, and what the school answers; people wrote it in the school's language.

    `hidden` and `verdict` are in the language of the page: a word that stands for what is not shown, and
    the answer in a word. `by`, a day, and `notes` too.
    """

    what: str
    hidden: str
    verdict: str
    why: str
    by: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a heading and sentences in its language, a question and answers as people wrote."""

    heading: str
    question: str
    sentences: tuple[str, ...]
    answers: tuple[Answered, ...]


Teller = Callable[[ReleaseRecord, str], Iterable[Part]]
_TELLERS: list[Teller] = []


def add(teller: Teller) -> None:
    """Let an app tell pupils something; called once, when the app is ready."""
    _TELLERS.append(teller)


def of(record: ReleaseRecord, language: str) -> list[Part]:
    """Everything that pupils may read besides, in one language of their page; needs no scope."""
    return [part for teller in _TELLERS for part in teller(record, language)]
