"""The words that need explaining: one source for the tips beside a sentence and for the page of all terms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from erbij.reports.words import Words

TERMS = (
    "belonging",
    "scale",
    "mean",
    "interval",
    "line",
    "everyone",
    "chance",
    "withheld",
    "discrimination",
    "majority",
    "opportunity",
    "system",
    "combination",
    "maihda",
    "alpha",
    "validated",
    "weighted",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term, what it means, and the words that stand for it in a sentence."""

    id: str
    name: str
    about: str
    forms: tuple[str, ...]


@lru_cache(maxsize=8)
def glossary(language: str) -> tuple[Term, ...]:
    """All terms in one language, in alphabetical order."""
    words = Words(language)
    found = (
        Term(
            id=id_,
            name=words.say(f"term-{id_}"),
            about=words.say(f"term-{id_}-about"),
            forms=tuple(words.say(f"term-{id_}-forms").split(", ")),
        )
        for id_ in TERMS
    )
    return tuple(sorted(found, key=lambda term: term.name.casefold()))


def find(sentence: str, language: str) -> Iterator[tuple[str, Term | None]]:
    """Cut a sentence into pieces: plain text, and words that stand for a term.

    >>> [piece for piece, term in find("A mean, or average.", "en") if term]
    ['mean', 'average']
    """
    pattern, terms = _forms(language)
    end = 0
    for found in pattern.finditer(sentence):
        yield sentence[end : found.start()], None
        yield found[0], terms[found[0].casefold()]
        end = found.end()
    yield sentence[end:], None


@lru_cache(maxsize=8)
def _forms(language: str) -> tuple[re.Pattern[str], dict[str, Term]]:
    terms = {form.casefold(): term for term in glossary(language) for form in term.forms}
    # The longest first: "scale from 0 to 100" before any word in it.
    forms = "|".join(re.escape(form) for form in sorted(terms, key=len, reverse=True))
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE), terms
