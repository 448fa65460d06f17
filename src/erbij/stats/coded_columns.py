"""The columns of one side of a formula, as combinations of columns that are summed.

formulaic says which columns there are and how categories are coded; here its columns are written as sums of
indicators and products of numbers.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from formulaic import Formula, ModelSpec
from formulaic.errors import FormulaicError

from erbij.errors import EstimationError
from erbij.stats.sums import Column

Coded = list[tuple[str, dict[Column, float]]]
"""Columns of a model by name, as combinations of columns that are summed."""
Codings = tuple[Coded, Coded]
"""Of categories: in full, and with one column less beside a constant."""


def formula_of(text: str) -> Any:
    """One side of a formula, read by formulaic."""
    try:
        return Formula(text)
    except (FormulaicError, SyntaxError, ValueError, TypeError) as error:
        raise EstimationError("a formula can't be read", found=text, where=["formula"]) from error


def materialised(text: str, frame: pd.DataFrame) -> Any:
    """The columns of one side of a formula on some rows; missing values stay."""
    try:
        with np.errstate(all="ignore"):
            return formula_of(text).get_model_matrix(frame, output="pandas", na_action="ignore")
    except (FormulaicError, ValueError, TypeError, NameError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EstimationError(f"a formula can't be evaluated ({reason})", found=text) from error


def coding(expression: str, column: str, levels: tuple[Any, ...]) -> tuple[tuple[str, ...], Codings]:
    """How formulaic codes these categories in full, and with one column less beside a constant."""
    frame = pd.DataFrame({column: pd.Series(list(levels))})
    indicators = tuple(f"{expression}[{level}]" for level in levels)
    codings = []
    for text in (f"0 + {expression}", f"1 + {expression}"):
        matrix = materialised(text, frame).drop(columns="Intercept", errors="ignore")
        made: Coded = [
            (str(name), {(key,): float(x) for key, x in zip(indicators, matrix[name], strict=True) if x})
            for name in matrix.columns
        ]
        codings.append(made)
    return indicators, (codings[0], codings[1])


def coded(text: str, frame: pd.DataFrame, codings: Mapping[str, Codings]) -> Coded:
    """The columns of one side of a formula, in formulaic's order and by its names."""
    spec: ModelSpec = materialised(text, frame).model_spec
    found: Coded = []
    for term in spec.structure:
        made: dict[str, dict[Column, float]] = {}
        for scoped in term.scoped_terms:
            parts = [_parts(factor, frame, codings) for factor in scoped.factors]
            for chosen in product(*parts):
                name = ":".join(part for part, _ in chosen) or "Intercept"
                made[name] = _product([combination for _, combination in chosen])
        found += [(name, made[name]) for name in term.columns]
    return found


def whole_columns(text: str, frame: pd.DataFrame, codings: Mapping[str, Codings]) -> list[Column]:
    """Every combination of all categories in the terms of one side of a formula."""
    found = []
    for term in formula_of(text):
        expressions = [str(factor.expr) for factor in term.factors if str(factor.expr) != "1"]
        parts = [
            [(name,) for name in names]
            if (names := _indicators_of(expression, codings))
            else [column for _, made in _numbers_of(expression, frame) for column in made]
            for expression in expressions
        ]
        found += [tuple(sorted(name for part in chosen for name in part)) for chosen in product(*parts)]
    return found


def _indicators_of(expression: str, codings: Mapping[str, Codings]) -> list[str]:
    """All indicators of an expression of categories; none where it stands for numbers."""
    full = codings[expression][0] if expression in codings else []
    return [name for _, parts in full for (name,) in parts]


def _numbers_of(expression: str, frame: pd.DataFrame) -> Coded:
    names = materialised(f"0 + {expression}", frame).columns
    return [(str(name), {(str(name),): 1.0}) for name in names]


def _parts(factor: Any, frame: pd.DataFrame, codings: Mapping[str, Codings]) -> Coded:
    expression = str(factor.factor.expr)
    if expression in codings:
        return codings[expression][int(factor.reduced)]
    return _numbers_of(expression, frame)


def _product(combinations_of: Sequence[Mapping[Column, float]]) -> dict[Column, float]:
    found: dict[Column, float] = {}
    for chosen in product(*(combination.items() for combination in combinations_of)):
        column = tuple(sorted(name for part, _ in chosen for name in part))
        found[column] = found.get(column, 0.0) + float(np.prod([weight for _, weight in chosen]))
    return found
