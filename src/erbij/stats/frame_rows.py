"""From a table in memory and a plan to the complete rows of a model, as arrays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from formulaic import Formula
from formulaic.errors import FormulaicError

from erbij.errors import EstimationError
from erbij.stats import mixed_plan
from erbij.stats.design import FloatArray
from erbij.stats.mixed_plan import Plan
from erbij.stats.row_sums import Grouping, Rows, sum_rows
from erbij.stats.sums import Sums

MISSING = "missing"
SOME = 16
"""Rows, all through the table, in which few categories are looked for first."""
FEW = 6


def plan_of(
    formula: str,
    frame: pl.DataFrame,
    *,
    for_pooling: bool = False,
    known: Mapping[str, tuple[str, ...]] | None = None,
) -> Plan:
    """The plan of a model of the complete rows of a table; of some columns the categories may be `known`."""
    known = known or {}
    text = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    categories = mixed_plan.categorical_columns(formula, tuple(text))
    levels = tuple((e, c, known.get(c) or levels_of(frame[c])) for e, c in categories.items())
    plan = mixed_plan.plan(formula, levels, is_whole=for_pooling)
    if for_pooling:
        mixed_plan.check_poolable(plan)
    return plan


def levels_of(values: pl.Series) -> tuple[Any, ...]:
    """The categories that occur, sorted; text where they are text."""
    if values.dtype in (pl.Categorical, pl.Enum):
        values = values.cast(pl.String)
    return tuple(values.drop_nulls().unique().sort().to_list())


def sums_of(
    formula: str, frame: pl.DataFrame, weights: str | None = None, *, for_pooling: bool = False
) -> tuple[Sums, Plan]:
    """Sum the complete rows of a table for a model.

    Parameters
    ----------
    formula
        Of a mixed model.
    frame
        Null, NaN or blank text is missing; rows that lack a value of the formula or of the weights are left
        out and counted.
    weights
        The column of prior weights.
    for_pooling
        Sum every category, also those that this model does without: another file may have others.

    Raises
    ------
    EstimationError
        A formula, column or value that a model can't be made of.
    """
    complete, few = _complete(formula, frame, weights)
    plan = plan_of(formula, complete, for_pooling=for_pooling, known=few)
    rows = rows_of(plan, complete, weights)
    rows = replace(rows, excluded={MISSING: frame.height - rows.n})
    return sum_rows(rows, plan.layout.columns, plan.numbers), plan


def complete_rows(formula: str, frame: pl.DataFrame, weights: str | None = None) -> pl.DataFrame:
    """The columns of a model, and the rows that have a value in each."""
    return _complete(formula, frame, weights)[0]


def _complete(
    formula: str, frame: pl.DataFrame, weights: str | None
) -> tuple[pl.DataFrame, dict[str, tuple[str, ...]]]:
    """Also the categories of text columns where they are few, and no row was left out."""
    named, _ = mixed_plan.variables(formula)
    needed = sorted(named | ({weights} if weights else set()))
    whole = frame[needed]
    nan = [s.name for s in whole if s.dtype.is_float() and _has_nan(s)]
    whole = whole.with_columns(pl.col(nan).fill_nan(None)) if nan else whole
    few = {s.name: _few_levels(s) for s in whole if s.dtype == pl.String}
    blank = [name for name, levels in few.items() if _has_blank(whole[name], levels)]
    if blank:
        filled = pl.col(blank).str.strip_chars() != ""
        whole = whole.with_columns(pl.when(filled).then(pl.col(blank)))
    has_gaps = sum(whole.null_count().row(0)) > 0
    complete = whole.drop_nulls() if has_gaps else whole
    if complete.is_empty():
        raise EstimationError("no row has all the columns of the formula", where=needed)
    return complete, {} if has_gaps else few


def _few_levels(values: pl.Series) -> tuple[str, ...]:
    """The sorted categories of text where they are few and some rows have them all; else none.

    Comparing all rows with three words takes a fifth of the time that hashing them does.
    """
    n = values.len()
    found = sorted({values[i] for i in range(0, n, n // SOME + 1)} - {None})
    if len(found) > FEW or sum((values == level).sum() for level in found) < n - values.null_count():
        return ()
    return tuple(found)


def _has_nan(values: pl.Series) -> bool:
    """A null may count as one, at no harm."""
    return bool(values.len() and np.isnan(values.to_numpy().min()))


def _has_blank(values: pl.Series, levels: Sequence[str]) -> bool:
    """Whether text is blank somewhere; `levels` are all categories, where they are known."""
    return not all(map(str.strip, levels)) if levels else bool((values.str.strip_chars() == "").any())


def rows_of(plan: Plan, frame: pl.DataFrame, weights: str | None) -> Rows:
    """The arrays of a plan; rows in which an expression has no value are left out."""
    variables = _numbers(plan, frame)
    is_complete = np.ones(frame.height, dtype=bool)
    for expression, values in variables.items():
        if expression not in frame.columns:  # columns themselves are complete
            is_complete &= ~np.isnan(values)
    used = {name for column in plan.layout.columns for name in column}
    for categories in plan.categories.values():
        variables |= _indicators(categories, frame[categories.column], used)
    w = None if weights is None else number(frame, weights)
    if not is_complete.all():
        variables = {name: values[is_complete] for name, values in variables.items()}
        frame = frame.filter(pl.Series(is_complete))
        w = None if w is None else w[is_complete]
    groupings = {factor: grouping(frame, names) for factor, names in plan.factors.items()}
    return Rows(variables, groupings, w)


def number(frame: pl.DataFrame, name: str) -> FloatArray:
    """One column as numbers; missing is NaN."""
    values = frame[name]
    if not (values.dtype.is_numeric() or values.dtype == pl.Boolean):
        raise EstimationError("holds no numbers", where=[f"column {name}"], found=str(values.dtype))
    return values.cast(pl.Float64).to_numpy()


def grouping(frame: pl.DataFrame, names: Sequence[str]) -> Grouping:
    """The combinations of one or more columns that occur, named as ``a:b``, and the one of each row."""
    if len(names) == 1:
        return _one_grouping(frame[names[0]])
    parts = [_one_grouping(frame[name]) for name in names]
    levels, codes = parts[0].levels, parts[0].codes
    for part in parts[1:]:
        found, codes = np.unique(codes * len(part.levels) + part.codes, return_inverse=True)
        left, right = levels[found // len(part.levels)], part.levels[found % len(part.levels)]
        levels = np.char.add(np.char.add(left, ":"), right)
    return Grouping(levels, codes.astype(np.int64))


def _one_grouping(values: pl.Series) -> Grouping:
    if values.dtype.is_integer():
        return _whole_numbers(values.cast(pl.Int64).to_numpy())
    if values.dtype.is_float():
        numbers = values.to_numpy()
        if np.isinf(numbers).any():
            where = [f"grouping factor {values.name}"]
            raise EstimationError("a group has an infinite number", where=where, advice="Mark it as missing.")
        if (np.isfinite(numbers) & (numbers == np.round(numbers)) & (np.abs(numbers) < 2**53)).all():
            return _whole_numbers(numbers.astype(np.int64))
    text = values.cast(pl.String)
    levels = text.unique().sort()
    codes = text.cast(pl.Enum(levels)).to_physical().cast(pl.Int64).to_numpy()
    return Grouping(np.array(levels.to_list(), dtype=np.str_), codes)


def _whole_numbers(values: np.ndarray[Any, np.dtype[np.int64]]) -> Grouping:
    low, high = int(values.min()), int(values.max())
    if high - low < 4 * values.size + 1024:  # a table of all numbers between is faster than sorting
        codes = values - low
        occurs = np.bincount(codes, minlength=high - low + 1) > 0
        if occurs.all():
            return Grouping(np.arange(low, high + 1).astype(np.str_), codes)
        return Grouping((np.flatnonzero(occurs) + low).astype(np.str_), (np.cumsum(occurs) - 1)[codes])
    levels, codes = np.unique(values, return_inverse=True)
    return Grouping(levels.astype(np.str_), codes.astype(np.int64))


def _numbers(plan: Plan, frame: pl.DataFrame) -> dict[str, FloatArray]:
    found = {name: number(frame, name) for name in plan.numbers if name in frame.columns}
    for expression in plan.numbers:
        if expression not in found:
            found[expression] = _evaluated(expression, frame)
    return found


def _evaluated(expression: str, frame: pl.DataFrame) -> FloatArray:
    """One expression on all rows, by formulaic; NaN where it has no value."""
    source, _, part = expression.rpartition("[") if expression.endswith("]") else (expression, "", "")
    text = f"0 + {source if part else expression}"
    try:
        formula = Formula(text)
        needed = sorted(mixed_plan.named_in(text))
        plain = pd.DataFrame({name: frame[name].to_numpy() for name in needed})
        with np.errstate(all="ignore"):
            matrix = formula.get_model_matrix(plain, output="pandas", na_action="ignore")
        return np.asarray(matrix[expression], dtype=np.float64)
    except (FormulaicError, ValueError, TypeError, NameError, KeyError, SyntaxError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EstimationError(f"an expression can't be evaluated ({reason})", found=expression) from error


def _indicators(
    categories: mixed_plan.Categories, values: pl.Series, used: Collection[str]
) -> dict[str, FloatArray]:
    if values.dtype in (pl.Categorical, pl.Enum):
        values = values.cast(pl.String)
    pairs = zip(categories.indicators, categories.levels, strict=True)
    return {name: (values == level).cast(pl.Float64).to_numpy() for name, level in pairs if name in used}
