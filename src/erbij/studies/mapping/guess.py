"""What each column of an export is: a guess, to be corrected by somebody who knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.instruments.schema import Instrument
from erbij.studies import several_answers
from erbij.studies.answer_file import AnswerFile
from erbij.studies.answer_labels import plain
from erbij.studies.mapping import export, matching, tools
from erbij.studies.mapping.export import Export
from erbij.studies.mapping.tools import Tool
from erbij.studies.study import Level
from erbij.studies.table import FileLayout

Role = Literal["item", "unit", "left-out", "not-known"]
SHOWN_FROM = 3
"""An answer that no list knows is told where as many wrote it: else it may be one pupil's own words."""
LONGEST_QUESTION = 40
UNITS: dict[Level, frozenset[str]] = {
    "school": frozenset(
        (
            "school",
            "campus",
            "vestiging",
            "école",
            "ecole",
            "établissement",
            "schule",
            "escuela",
            "szkoła",
            "okul",
        )
    ),
    "grade": frozenset(
        (
            "grade",
            "year",
            "leerjaar",
            "jaar",
            "graad",
            "niveau",
            "année",
            "jahrgang",
            "curso",
            "s\u0131n\u0131f düzeyi",
        )
    ),
    "class": frozenset(
        (
            "class",
            "klas",
            "klasgroep",
            "classe",
            "klasse",
            "clase",
            "klasa",
            "s\u0131n\u0131f",
            "room",
            "groep",
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is taken for (`target`: an item or a level), how sure, and why.

    `why` of a column that is left out: `person`, `time`, `tool`, `not-asked`, `too-many-units`,
    `small-units`, `special`.
    """

    name: str
    role: Role
    target: str = ""
    sure: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """The whole of a STUDY.toml, still to be looked at.

    `answers`: by format, the code of each answer in words. `unclear`: by format, answers without a code
    that three pupils or more gave; how many others there are stands in `rare`.
    """

    file: str
    tool: Tool
    instrument: Instrument
    layout: FileLayout
    columns: tuple[Column, ...]
    answers: Mapping[str, Mapping[str, int | str]]
    unclear: Mapping[str, tuple[str, ...]]
    rare: int

    @property
    def items(self) -> dict[str, Column]:
        """The columns of items, by item."""
        return {column.target: column for column in self.columns if column.role == "item"}


def guess(path: str | AnswerFile, *, instrument: str | None = None) -> Guess:
    """Guess what the columns of an export are.

    Parameters
    ----------
    path
        A .csv, .tsv, .xlsx or .sav of a survey tool, or any other answer file; on a disk or in memory.
    instrument
        Id or path; where None that of the catalogue of which the file holds most.

    Raises
    ------
    StudyError
        A file that can't be read, or one that asks no question of the instrument.
    """
    return of(export.read(path), instrument=instrument)


def of(given: Export, *, instrument: str | None = None) -> Guess:
    """Guess what the columns of an export are that was read already; as `guess`."""
    asked = {name: text for name, text in given.said.items() if not given.out[name]}
    chosen, found = _instrument(given.file, instrument, asked)
    return with_columns(given, chosen, _columns(given, {each.column: each for each in found}))


def with_columns(given: Export, instrument: Instrument, columns: tuple[Column, ...]) -> Guess:
    """The guess in which the columns are these: which answers in words are which codes."""
    codes, unclear, rare = _answers(instrument, columns, given.answers)
    return Guess(given.file, given.tool, instrument, given.layout, columns, codes, unclear, rare)


def _instrument(
    file: str, wanted: str | None, said: Mapping[str, str]
) -> tuple[Instrument, tuple[matching.Match, ...]]:
    known = [registry.load(one) for one in ([wanted] if wanted else registry.ids())]
    # To the letter first: comparing loosely with all of the catalogue takes seconds.
    exact = {one.id: len(matching.matches(one, said, is_exact=True)) for one in known}
    likely = [one for one in known if exact[one.id] == max(exact.values())]
    each = [(one, matching.matches(one, said)) for one in likely]
    # Of two that fit as well, the one of which more is there.
    best = max(each, key=lambda one: (sum(m.sure for m in one[1]), -len(one[0].items)))
    if not best[1]:
        raise StudyError(
            "no column asks a question of " + (wanted or "the catalogue"),
            where=(file, "header"),
            advice="Name the instrument, or write STUDY.toml by hand: docs/study-toml.md.",
        )
    return best


def _columns(given: Export, found: Mapping[str, matching.Match]) -> tuple[Column, ...]:
    columns, levels = [], set[str]()
    for name, text in given.said.items():
        level, sure = _level(text)
        if why := given.out[name]:
            columns.append(Column(name, "left-out", why=why))
        elif name in found:
            columns.append(Column(name, "item", found[name].key, round(found[name].sure, 2)))
        elif level and level not in levels:
            levels.add(level)
            # A class of one is a pupil's name, not a class.
            is_unit = given.repeats(name)
            unit = Column(name, "unit", level, sure)
            columns.append(unit if is_unit else Column(name, "left-out", why="too-many-units"))
        else:
            columns.append(Column(name, "not-known", sure=0.0, why="not-asked"))
    return tuple(columns)


def _level(text: str) -> tuple[Level | None, float]:
    """The level that a column is called after; less sure where the word stands in a question."""
    ways = {plain(way) for way in tools.asked_in(text)}
    words = {*plain(text).replace("?", " ").split()} if len(text) <= LONGEST_QUESTION else set()
    for sure, said in ((0.95, ways), (0.6, words)):
        if level := next((level for level, known in UNITS.items() if said & known), None):
            return level, sure
    return None, 0.0


def _answers(
    instrument: Instrument, columns: tuple[Column, ...], answers: pl.DataFrame
) -> tuple[dict[str, dict[str, int]], dict[str, tuple[str, ...]], int]:
    codes: dict[str, dict[str, int]] = {}
    unclear: dict[str, dict[str, None]] = {}
    rare = 0
    for column in columns:
        values = answers[column.name]
        if column.role != "item" or values.dtype != pl.String:
            continue
        item = instrument.items.get(column.target) or instrument.items[column.target.partition(".")[0]]
        counts = values.str.strip_chars().drop_nulls().value_counts(sort=True).rows()
        times = {word: int(count) for word, count in counts if word}
        form = instrument.format_of(item)
        found: dict[str, int] = {}
        if form.type == "several" and column.target == item.id:
            times = several_answers.others(form, times)
            rest = list(times)
        else:
            found, rest = matching.codes(form, times)
        codes.setdefault(item.format, {}).update(found)
        told = [word for word in rest if times[word] >= SHOWN_FROM and len(word) <= 60]
        rare += len(rest) - len(told)
        unclear.setdefault(item.format, {}).update(dict.fromkeys(told))
    given = {form: tuple(words) for form, words in unclear.items() if words}
    return {form: found for form, found in codes.items() if found}, given, rare
