"""Columns of an answer file become arrays: item answers, numbers and groups. What does not fit is refused."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from erbij.errors import StudyError, did_you_mean
from erbij.instruments.schema import Instrument, Item
from erbij.instruments.scoring import needed
from erbij.stats.design import FloatArray, IntArray
from erbij.studies.breakdown_plan import BreakdownPlan, GroupPlan, same
from erbij.studies.section import Code
from erbij.studies.study import Exclusion
from erbij.studies.table import Table


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """Where the answers to an item, or to one option of a `several` item, stand and what they may be."""

    key: str
    column: str
    codes: tuple[int, ...]
    missing: tuple[Code, ...]


def answer_columns(
    instrument: Instrument, *, columns: Mapping[str, str], missing: Collection[Code], file: str
) -> list[AnswerColumn]:
    """Name every column that an answer file may hold for an instrument.

    Parameters
    ----------
    instrument
        A `several` item has a column ITEM.CODE per option, whether the file has it or it is made of one
        cell with all answers; an item with words for codes has none.
    columns
        Column of each item that is not called like its item.
    missing
        Codes that stand for no answer, beside those of the instrument.
    file
        Name of the file that gave `columns` and `missing`, for errors.

    Raises
    ------
    StudyError
        An unknown item, or a missing code that is an answer to a rated item.
    """
    found = [a for item in instrument.items.values() for a in _of_item(instrument, item, columns, missing)]
    several = [i.id for i in instrument.items.values() if instrument.format_of(i).type == "several"]
    known = [*(answer.key for answer in found), *several]
    for key in columns:
        if key not in known:
            where, advice = (file, f"items.{key}"), did_you_mean(key, known)
            raise StudyError("no such item", where=where, found=key, allowed=known, advice=advice)
    given = {same(code) for code in missing}
    for answer in found:
        is_rated = answer.key in instrument.items and instrument.items[answer.key].scale is not None
        if is_rated and (both := given & set(map(float, answer.codes))):
            raise StudyError(
                f"a missing code that is an answer to {answer.key}",
                where=(file, "missing.codes"),
                found=both.pop(),
                allowed=["codes outside " + ", ".join(map(str, answer.codes))],
            )
    return found


def _of_item(
    instrument: Instrument, item: Item, columns: Mapping[str, str], missing: Collection[Code]
) -> list[AnswerColumn]:
    form = instrument.format_of(item)
    both = (*form.missing_codes, *missing)
    if form.type == "several":
        keys = [f"{item.id}.{code}" for code in form.codes]
        return [AnswerColumn(key, columns.get(key, key), (0, 1), both) for key in keys]
    codes = tuple(code for code in form.codes if isinstance(code, int))
    if len(codes) < len(form.codes):
        return []
    return [AnswerColumn(item.id, columns.get(item.id, item.id), codes, both)]


def item_answers(
    table: Table, instrument: Instrument, columns: list[AnswerColumn]
) -> tuple[dict[str, FloatArray], list[Exclusion]]:
    """Read the answers of every item that the file holds.

    Returns
    -------
    answers
        For each item (or ITEM.CODE) shape (n,), raw codes, NaN where there is no answer.
    exclusions
        `item-not-in-file` for each absent item of a scale, `missing-code` for each column that has some.

    Raises
    ------
    StudyError
        A value that is no code of its item, or too few items of the main scale to make a score.
    """
    answers, exclusions = {}, []
    for answer in columns:
        if answer.column in table.frame.columns:
            values, missing = numbers(table, answer.column, missing=answer.missing, codes=answer.codes)
            answers[answer.key] = values
            if missing:
                exclusions.append(Exclusion("missing-code", answer.column, missing))
    _check_main_scale(table, instrument, columns, answers)
    absent = [i.id for i in instrument.items.values() if i.scale is not None and i.id not in answers]
    return answers, [Exclusion("item-not-in-file", i, table.frame.height) for i in absent] + exclusions


def _check_main_scale(
    table: Table, instrument: Instrument, columns: list[AnswerColumn], answers: Mapping[str, FloatArray]
) -> None:
    items = instrument.scales[instrument.main_scale].items
    absent = [answer.column for answer in columns if answer.key in items and answer.key not in answers]
    least = needed(instrument.min_share_answered, len(items))
    if len(items) - len(absent) < least:
        raise StudyError(
            f"{len(absent)} of the {len(items)} items of {instrument.main_scale} have no column",
            where=(table.file, "header"),
            found=f"no {', '.join(absent)}",
            allowed=[f"columns for at least {least} items"],
            advice=f"{did_you_mean(absent[0], table.columns)} Name other columns under [items].".strip(),
        )


def numbers(
    table: Table, name: str, *, missing: Collection[Code] = (), codes: Collection[int] | None = None
) -> tuple[FloatArray, int]:
    """Read a column of numbers.

    Parameters
    ----------
    table, name
        A column that was read; decimals with a comma where the delimiter of the file is ";".
    missing
        Codes that stand for no answer.
    codes
        The values that are allowed; None for any finite number.

    Returns
    -------
    values
        Shape (n,), NaN where there is none.
    count
        How many values were missing codes.

    Raises
    ------
    StudyError
        Naming file, row, column, value and what is allowed.
    """
    values, text_missing = _floats(table, name, missing)
    gone = [code for code in map(same, missing) if isinstance(code, float)]
    is_missing = np.isin(values, gone) if gone else np.zeros(values.shape, dtype=np.bool_)
    values[is_missing] = np.nan
    is_wrong = np.isinf(values) if codes is None else ~(np.isnan(values) | np.isin(values, list(codes)))
    if is_wrong.any():
        first = int(np.argmax(is_wrong))
        raise StudyError(
            "not a finite number" if codes is None else "not a code of this column",
            where=table.cell(first, name),
            found=float(values[first]),
            allowed=[*(codes or ()), *missing, "empty"],
            advice=_CODE_ADVICE,
        )
    return values, int(is_missing.sum()) + text_missing


# Excel writes small numbers as 1,5E-05.
_DECIMAL_COMMA = r"^[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?$"
_CODE_ADVICE = "A code that stands for no answer goes into codes under [missing] in STUDY.toml."


def _floats(table: Table, name: str, missing: Collection[Code]) -> tuple[FloatArray, int]:
    column, text_missing = table.column(name), 0
    if column.dtype == pl.String:
        is_missing = column.is_in([code for code in missing if isinstance(code, str)]).fill_null(value=False)
        text_missing = int(is_missing.sum())
        words = column.set(is_missing, None)
        plain = _with_full_stops(words) if table.may_have_commas else words
        column = plain.cast(pl.Float64, strict=False)
        is_text = column.is_null() & words.is_not_null()
        if is_text.any():
            first = int(is_text.arg_max() or 0)
            advice = _decimal_advice(words[first], table) or _CODE_ADVICE
            raise StudyError(
                "text in a column of numbers",
                where=table.cell(first, name),
                found=words[first],
                allowed=["a number", "empty"],
                advice=advice,
            )
    # A copy of our own: the array is written to.
    return np.array(column.cast(pl.Float64).fill_null(np.nan).to_numpy(), dtype=np.float64), text_missing


def _with_full_stops(words: pl.Series) -> pl.Series:
    if not words.str.contains(_DECIMAL_COMMA).any():
        return words
    # In a column with commas a full stop may mark thousands: it is made no number at all, and refused.
    return words.str.replace_all(".", "?", literal=True).str.replace_all(",", ".", literal=True)


def _decimal_advice(found: str, table: Table) -> str:
    # Not "n.v.t.": that is a code of no answer.
    if not re.fullmatch(r"[-+0-9.,]+", found):
        return ""
    if table.may_have_commas:
        return (
            "Write all decimals of a column with a comma or all with a full stop, and no sign for thousands."
        )
    return "Write decimals with a full stop."


def group_codes(table: Table, plan: BreakdownPlan) -> IntArray:
    """Find the group of each pupil.

    Returns
    -------
    codes
        Shape (n,), index into `plan.groups`, -1 where there is no answer.

    Raises
    ------
    StudyError
        A value that belongs to no group and is not named as missing.
    """
    if plan.has_ranges:
        return _by_range(table, plan)
    column = table.column(plan.column)
    uniques = column.drop_nulls().unique(maintain_order=True)
    if uniques.is_empty():
        return np.full(column.len(), -1, dtype=np.int64)
    groups = [_group_of(value, table, plan) for value in uniques.to_list()]
    found = column.replace_strict(uniques, groups, default=-1, return_dtype=pl.Int64)
    return np.array(found.to_numpy(), dtype=np.int64)


def _group_of(value: object, table: Table, plan: BreakdownPlan) -> int:
    owner: dict[float | str, int] = {same(code): -1 for code in plan.missing}
    owner.update({same(code): i for i, group in enumerate(plan.groups) for code in group.codes})
    labels = {same(code): text for code, text in table.labels.get(plan.column, {}).items()}
    # The code first: a label may look like the code of another answer.
    for key in (same(value), same(labels.get(same(value), ""))):
        if key in owner:
            return owner[key]
    first = int((table.column(plan.column) == value).fill_null(value=False).arg_max() or 0)
    raise _in_no_group(table, plan, first, value)


def _by_range(table: Table, plan: BreakdownPlan) -> IntArray:
    values, _ = numbers(table, plan.column, missing=plan.missing)
    codes = np.full(values.shape, -1, dtype=np.int64)
    for i, group in enumerate(plan.groups):
        codes[(values >= group.low) & (values <= group.high)] = i
    is_left = (codes == -1) & ~np.isnan(values)
    if is_left.any():
        first = int(np.argmax(is_left))
        raise _in_no_group(table, plan, first, float(values[first]))
    return codes


def _in_no_group(table: Table, plan: BreakdownPlan, index: int, value: object) -> StudyError:
    return StudyError(
        f"a value that is in no group of {plan.id}",
        where=table.cell(index, plan.column),
        found=value,
        allowed=[*(_extent(group) for group in plan.groups), *plan.missing, "empty"],
        advice=f"Add it to a group or to missing under [breakdowns.{plan.id}] in STUDY.toml.",
    )


def _extent(group: GroupPlan) -> str:
    span = f"{group.low:g} to {group.high:g}"
    return f"{' or '.join(map(str, group.codes)) if group.codes else span} ({group.id})"
