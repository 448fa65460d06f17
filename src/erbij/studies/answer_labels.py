"""Answers written in words, as forms of other systems export them, become the codes of the instrument."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

import polars as pl

from erbij.errors import StudyError
from erbij.instruments.schema import AnswerFormat, Instrument
from erbij.studies.breakdown_plan import same
from erbij.studies.recode import AnswerColumn
from erbij.studies.study import Exclusion
from erbij.studies.study_file import StudyFile
from erbij.studies.table import Table

_STRAIGHT = str.maketrans("\u2018\u2019", "''")


def check(plan: StudyFile, instrument: Instrument) -> None:
    """Refuse a format that the instrument does not have, and a code that the format does not have."""
    for form, codes in plan.answers.items():
        where = (plan.path.name, f"answers.{form}")
        if form not in instrument.formats:
            raise StudyError("no such format", where=where, found=form, allowed=instrument.formats)
        known = codes_of(instrument.formats[form])
        if wrong := [code for code in codes.values() if code not in known]:
            raise StudyError("not a code of this format", where=where, found=wrong[0], allowed=known)


def codes_of(form: AnswerFormat) -> tuple[int | str, ...]:
    """What may stand in a column: of a format of which several may be picked, 0 or 1 for each option.

    Where one cell holds several answers these have the codes of their options.
    """
    return (0, 1, *form.codes) if form.type == "several" else (*form.codes, *form.missing_codes)


def coded(
    table: Table,
    instrument: Instrument,
    columns: Sequence[AnswerColumn],
    answers: Mapping[str, Mapping[str, int | str]],
) -> Table:
    """The table with codes in place of words; what is in no list stays, to be refused by its row."""
    frame = table.frame
    for answer in columns:
        item = instrument.items.get(answer.key) or instrument.items[answer.key.partition(".")[0]]
        labels = answers.get(item.format)
        if labels and frame.schema.get(answer.column) == pl.String:
            frame = frame.with_columns(_coded(table.column(answer.column), labels))
    return table if frame is table.frame else table.with_frame(frame)


def _coded(words: pl.Series, labels: Mapping[str, int | str]) -> pl.Series:
    known = {plain(label): str(code) for label, code in labels.items()}
    found = {word: known[plain(word)] for word in words.drop_nulls().unique() if plain(word) in known}
    return words.replace(found) if found else words


def only_known(table: Table, columns: Sequence[AnswerColumn]) -> tuple[Table, list[Exclusion]]:
    """The table without what is no code of its item, and how many answers that were in each column.

    For files of other systems, where a pupil may have written an answer of their own: nobody repeats it.
    """
    exclusions = []
    for answer in columns:
        if answer.column not in table.frame.columns:
            continue
        values = table.column(answer.column)
        is_other = _is_other(values, {same(code) for code in (*answer.codes, *answer.missing)})
        if count := int(is_other.sum()):
            exclusions.append(Exclusion("missing-code", answer.column, count))
            table = table.with_frame(table.frame.with_columns(values.set(is_other, None)))
    return table, exclusions


def _is_other(values: pl.Series, known: Collection[float | str]) -> pl.Series:
    wrong = [value for value in values.drop_nulls().unique() if same(value) not in known]
    return values.is_in(wrong).fill_null(value=False)


def plain(text: str) -> str:
    r"""A text without what programs change on the way: capitals, apostrophes, fixed spaces, a full stop.

    >>> plain(" Ça n\u2019arrive\u00a0jamais. ")
    "ça n'arrive jamais"
    """
    written = unicodedata.normalize("NFKC", text).casefold().translate(_STRAIGHT)
    return " ".join(written.split()).strip(" .:*")
