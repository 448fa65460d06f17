"""Several answers in one cell ("a; b; c"), as forms write them, become a column of 0 and 1 for each."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from erbij.errors import StudyError
from erbij.instruments.schema import AnswerFormat, Instrument, Item
from erbij.studies.study import Exclusion
from erbij.studies.study_file import StudyFile
from erbij.studies.table import Table

Code = int | str
_STRAIGHT = str.maketrans("\u2018\u2019\n", "'';")
_END = re.compile(r"[ .:*]*(?:[;,|]\s*|$)")
_OTHER = re.compile(r"[^;,|]*(?:[;,|]\s*|$)")


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one cell says: the codes of the answers in it, and its parts that are no answer of the format."""

    codes: frozenset[Code]
    others: tuple[str, ...]


def in_one_cell(instrument: Instrument, item_columns: Mapping[str, str]) -> list[tuple[Item, str]]:
    """The items of which one column holds all answers, with that column."""
    items = [item for item in instrument.items.values() if item.id in item_columns]
    return [(item, item_columns[item.id]) for item in items if instrument.format_of(item).type == "several"]


def columns_of(instrument: Instrument, item: Item) -> dict[Code, str]:
    """The column that each answer of an item gets."""
    return {code: f"{item.id}.{code}" for code in instrument.format_of(item).codes}


def ticked(cell: str, known: Mapping[str, Code]) -> Ticked:
    """Take a cell apart.

    Parameters
    ----------
    cell
        Answers with `;`, `,`, `|` or a new line between them, or codes with blanks between them.
    known
        The code of each answer as `answers_of` gives them. A label may hold a comma itself: of two that
        begin alike the longest counts.

    Examples
    --------
    >>> ticked("My language; money, or clothes;", {"my language": "a", "money, or clothes": "b"}).others
    ()
    """
    words = _even(cell)
    codes = {str(code).casefold(): code for code in known.values()}
    if words.split() and all(word in codes for word in words.split()):
        return Ticked(frozenset(codes[word] for word in words.split()), ())
    found, others = set[Code](), []
    for label, rest in _parts(words, sorted(known, key=len, reverse=True)):
        if label:
            found.add(known[label])
        elif rest:
            others.append(rest)
    return Ticked(frozenset(found), tuple(others))


def answers_of(form: AnswerFormat, said: Mapping[str, Code]) -> dict[str, Code]:
    """The code of each answer in words: its labels in every language, its codes, and what STUDY.toml adds."""
    known: dict[str, Code] = {}
    for option in form.options:
        known |= {_bare(label): option.code for label in option.label.values()}
        known[str(option.code).casefold()] = option.code
    known |= {_bare(label): code for label, code in said.items() if code in form.codes}
    return {label: code for label, code in known.items() if label}


def others(form: AnswerFormat, times: Mapping[str, int]) -> dict[str, int]:
    """How often each part stands in the cells that is no answer of the format; `times` of each cell."""
    known, found = answers_of(form, {}), dict[str, int]()
    for cell, count in times.items():
        for part in ticked(cell, known).others:
            found[part] = found.get(part, 0) + count
    return found


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_STRAIGHT).split())


def _bare(text: str) -> str:
    return _even(text).strip(" .:*")


def _parts(words: str, labels: list[str]) -> Iterator[tuple[str, str]]:
    """Each part of a cell: its label where it has one, else how it is written."""
    place = 0
    while place < len(words):
        label = next((one for one in labels if _is_at(words, one, place)), "")
        end = _END.match(words, place + len(label)) if label else _OTHER.match(words, place)
        past = end.end() if end else len(words)
        yield label, "" if label else words[place:past].strip(" ;,|")
        place = past


def _is_at(words: str, label: str, place: int) -> bool:
    return words.startswith(label, place) and _END.match(words, place + len(label)) is not None


def taken_apart(table: Table, instrument: Instrument, plan: StudyFile) -> tuple[Table, list[Exclusion]]:
    """Add a column of 0 and 1 for each answer of the items that have all of theirs in one cell.

    Returns
    -------
    table
        A pupil with an empty cell has no answer in any of these columns.
    exclusions
        `missing-code` for each column with parts that are no answer, where [missing] says that these count
        as none. A pupil of whom no part is known has no answer.

    Raises
    ------
    StudyError
        A part that is no answer, or columns that are there already.
    """
    exclusions = []
    for item, column in in_one_cell(instrument, plan.item_columns):
        made = columns_of(instrument, item)
        if both := [name for name in made.values() if name in table.columns or name in plan.item_columns]:
            where = (plan.path.name, f"items.{item.id}")
            raise StudyError("has a column for each answer too", where=where, found=both[0])
        known = answers_of(instrument.format_of(item), plan.answers.get(item.format, {}))
        cells = _cells(table, column, known)
        others = _others(table, column, cells, is_counted=plan.others_are_missing)
        exclusions += [Exclusion("missing-code", column, others)] if others else []
        table = table.with_frame(table.frame.with_columns(_columns(table.column(column), made, cells)))
    return table, exclusions


def _cells(table: Table, column: str, known: Mapping[str, Code]) -> dict[str, Ticked]:
    words = table.column(column).cast(pl.String).drop_nulls().unique()
    return {word: ticked(word, known) for word in words}


def _others(table: Table, column: str, cells: Mapping[str, Ticked], *, is_counted: bool) -> int:
    wrong = [word for word, cell in cells.items() if cell.others]
    if not wrong:
        return 0
    is_wrong = table.column(column).cast(pl.String).is_in(wrong).fill_null(value=False)
    if not is_counted:
        first = int(is_wrong.arg_max() or 0)
        raise StudyError(
            "an answer that is not in the list",
            where=table.cell(first, column),
            found=cells[str(table.column(column)[first])].others[0],
            advice="Give its code under [answers], or write others = true under [missing].",
        )
    return int(is_wrong.sum())


def _columns(words: pl.Series, made: Mapping[Code, str], cells: Mapping[str, Ticked]) -> list[pl.Series]:
    given = [cells[word].codes if word is not None else None for word in words.cast(pl.String)]
    return [
        pl.Series(name, [int(code in one) if one else None for one in given], dtype=pl.Int64)
        for code, name in made.items()
    ]
