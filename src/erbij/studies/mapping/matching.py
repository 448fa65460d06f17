"""Which column asks which item: by its code, or by its words in any language of the instrument."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from erbij.instruments.schema import AnswerFormat, Instrument, Item
from erbij.studies.answer_labels import plain
from erbij.studies.mapping.tools import asked_in

LEAST = 0.75
"""Below this a likeness is no guess."""


@dataclass(frozen=True, slots=True)
class Match:
    """A column that asks an item (or ITEM.CODE), and how sure that is: from 0 to 1."""

    column: str
    key: str
    sure: float


def matches(instrument: Instrument, said: Mapping[str, str], *, is_exact: bool = False) -> tuple[Match, ...]:
    """Give each item at most one column and each column one item, the surest first.

    Parameters
    ----------
    instrument
        What may have been asked.
    said
        For each column that may be an answer, its name or the question in it.
    is_exact
        Only codes and questions to the letter, which is quick.
    """
    asked = _asked(instrument)
    found = [
        Match(column, key, sure)
        for column, text in said.items()
        for key, sure in _likely(asked, column, text, is_exact=is_exact)
        if sure >= LEAST
    ]
    taken: dict[str, Match] = {}
    columns: set[str] = set()
    for match in sorted(found, key=lambda each: -each.sure):
        if match.key not in taken and match.column not in columns:
            taken[match.key] = match
            columns.add(match.column)
    # Some tools write several answers twice: in one cell, and in a column for each.
    for item in {key.partition(".")[0] for key in taken if "." in key}:
        taken.pop(item, None)
    return tuple(taken[key] for key in keys(instrument) if key in taken)


def keys(instrument: Instrument) -> list[str]:
    """What a column can ask: each item; of one with several answers each of these too, as ITEM.CODE."""
    found = []
    for item in instrument.items.values():
        form = instrument.format_of(item)
        found += [f"{item.id}.{code}" for code in form.codes] if form.type == "several" else []
        found.append(item.id)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an instrument asks: items by code, items by their words, and the words of each text.

    `several`: by its words, an item of which several answers may stand in one cell, and by their words its
    answers.
    """

    codes: Mapping[str, str]
    several: Mapping[str, tuple[str, Mapping[str, str]]]
    texts: Mapping[str, str]
    words: Mapping[str, frozenset[str]]


def _asked(instrument: Instrument) -> _Asked:
    single = [item for item in instrument.items.values() if instrument.format_of(item).type != "several"]
    several = [item for item in instrument.items.values() if instrument.format_of(item).type == "several"]
    texts = {plain(text): item.id for item in reversed(single) for text in item.text.values()}
    return _Asked(
        codes={_code(key): key for key in keys(instrument)},
        several={
            plain(text): (item.id, _labels(instrument, item))
            for item in several
            for text in item.text.values()
        },
        texts=texts,
        words={text: frozenset(text.split()) for text in texts},
    )


def _labels(instrument: Instrument, item: Item) -> dict[str, str]:
    options = instrument.format_of(item).options
    return {plain(label): f"{item.id}.{option.code}" for option in options for label in option.label.values()}


def _likely(asked: _Asked, column: str, text: str, *, is_exact: bool) -> Iterable[tuple[str, float]]:
    ways = dict.fromkeys((*asked_in(text), *asked_in(column)))
    for way in ways:
        if exact := asked.codes.get(_code(way)) or asked.texts.get(plain(way)):
            return [(exact, 1.0)]
        if one := _of_several(asked, way):
            return [(one, 1.0)]
    if is_exact:
        return []
    said = [(plain(way), frozenset(plain(way).split())) for way in ways]
    return [
        (item, _alike(one, mine, known, asked.words[known]))
        for one, mine in said
        for known, item in asked.texts.items()
    ]


def _of_several(asked: _Asked, way: str) -> str:
    """The item of which a column holds all answers, or of one of its answers ("question [answer]"); or ""."""
    question, _, answer = way.rstrip("] ").rpartition("[")
    for text, (item, labels) in asked.several.items():
        if plain(way) == text:
            return item
        if plain(question).endswith(text) and plain(answer) in labels:
            return labels[plain(answer)]
    return ""


def _code(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower()) if len(text) <= 80 else text


def _alike(said: str, mine: frozenset[str], asked: str, words: frozenset[str]) -> float:
    # Long enough to be the question itself inside a longer text.
    if len(asked) >= 15 and asked in said:
        return 0.95
    # Comparing sign by sign is slow: only where half of the words are shared.
    if 2 * len(mine & words) < len(mine | words):
        return 0.0
    return 0.95 * SequenceMatcher(None, said, asked, autojunk=False).ratio()


def codes(form: AnswerFormat, values: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """The code of each answer as it is written, and the answers that have none.

    An answer is a label in any language, a code, `A2` for the second option, or a code with its label
    (`2 - almost never`).
    """
    if form.type == "several":
        known = dict.fromkeys(("y", "yes", "ja", "oui", "true", "1", "checked", "selected"), 1)
        known |= dict.fromkeys(("n", "no", "nee", "non", "false", "0", "not selected"), 0)
    else:
        known = {}
        for place, option in enumerate(form.options, start=1):
            if isinstance(option.code, int):
                known |= {plain(label): option.code for label in option.label.values()}
                known |= {f"a{place}": option.code, str(option.code): option.code}
    found, rest = {}, []
    for value in values:
        bare = plain(value)
        numbered = re.match(r"^(\d+)\s*[-\u2013=.:)]\s*(.+)$", bare)
        code = known.get(bare, known.get(numbered[1]) if numbered else None)
        if code is None:
            rest.append(value)
        elif bare != str(code):
            found[value.strip()] = code
    return found, rest
