"""From a formula and the categories that occur to the columns that have to be summed, and the model of them.

Categories are summed as one indicator each, whatever contrasts the model takes: so sums of files in which
other categories occur can still be added, and formulaic says which combinations of indicators the model has.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from formulaic.transforms import TRANSFORMS

from erbij.errors import EstimationError
from erbij.stats import mixed_formula
from erbij.stats.coded_columns import Coded, Codings, coded, coding, formula_of, whole_columns
from erbij.stats.design import FloatArray
from erbij.stats.mixed_layout import Block, Layout
from erbij.stats.sums import CONSTANT, Column

OF_THE_WHOLE = ("bs", "cc", "cr", "cs", "center", "lag", "poly", "scale", "standardize")
"""Transforms of formulaic that look at all rows: parts of a file would each be transformed in another way."""


@dataclass(frozen=True, slots=True)
class Categories:
    """A variable that stands for its categories: the column it is read from, and the names of indicators."""

    column: str
    levels: tuple[Any, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to sum for a model: `categories` by expression, and the other `numbers`, by expression too.

    `factors` are the variables whose combinations make each grouping factor. `outcome` is among `numbers`.
    """

    layout: Layout
    outcome: str
    categories: Mapping[str, Categories]
    numbers: tuple[str, ...]
    factors: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=64)
def variables(formula: str) -> tuple[set[str], set[str]]:
    """The columns of a file that a mixed formula names: all of them, and those that only group.

    >>> [sorted(names) for names in variables("y ~ log(x) + (1 + z | school/class)")]
    [['class', 'school', 'x', 'y', 'z'], ['class', 'school']]
    """
    parsed = mixed_formula.parse(formula)
    texts = [parsed.outcome, parsed.fixed, *(term.columns for term in parsed.random)]
    named = {name for text in texts for name in named_in(text)}
    grouping = {name for term in parsed.random for name in term.group}
    return named | grouping, grouping - named


def outcome_of(formula: str) -> str:
    """The outcome of a mixed formula.

    >>> outcome_of("yes ~ x + (1 | school)")
    'yes'
    """
    return mixed_formula.parse(formula).outcome.strip("`")


def named_in(text: str) -> set[str]:
    """The columns that one side of a formula names.

    formulaic's own ``required_variables`` forgets those inside transforms such as ``poly``.

    >>> sorted(named_in("poly(x, 2) * `c d` + {np.exp(z)}"))
    ['c d', 'x', 'z']
    """
    found = set()
    for term in formula_of(text):
        for factor in term.factors:
            expression = str(factor.expr)
            if factor.eval_method.value == "lookup":
                found.add(expression.strip("`"))
            elif factor.eval_method.value == "python":
                nodes = list(ast.walk(_parsed(expression)))
                called = {
                    n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
                }
                found |= {n.id for n in nodes if isinstance(n, ast.Name)} - called - set(TRANSFORMS)
                found |= {
                    str(name) for name in formula_of(f"0 + {{{expression}}}").required_variables
                } - called
    return found


@lru_cache(maxsize=64)
def categorical_columns(formula: str, text_columns: tuple[str, ...]) -> dict[str, str]:
    """The expressions that stand for categories, and the column that each is read from.

    Parameters
    ----------
    text_columns
        Columns that hold text: categories wherever they are used.

    Examples
    --------
    >>> categorical_columns("y ~ C(im) * sex + (1 | school)", ("sex", "school"))
    {'C(im)': 'im', 'sex': 'sex'}
    """
    parsed = mixed_formula.parse(formula)
    found = {}
    for text in (parsed.fixed, *(term.columns for term in parsed.random)):
        for term in formula_of(text):
            for factor in term.factors:
                column = _category_of(str(factor.expr), text_columns)
                if column is not None:
                    found[str(factor.expr)] = column
    return found


def _category_of(expression: str, text_columns: Iterable[str]) -> str | None:
    bare = expression.strip("`")
    if bare in text_columns:
        return bare
    try:
        node = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return None
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "C"):
        return None
    if not (node.args and isinstance(node.args[0], ast.Name)):
        advice = "Make the categories a column of the file first."
        raise EstimationError("C() takes a column", found=expression, where=["formula"], advice=advice)
    return node.args[0].id


@lru_cache(maxsize=64)
def plan(
    formula: str, levels: tuple[tuple[str, str, tuple[Any, ...]], ...], *, is_whole: bool = False
) -> Plan:
    """Plan a model.

    Parameters
    ----------
    formula
        Of a mixed model.
    levels
        For each expression of categories the column behind it and the sorted categories that occur.
    is_whole
        Sum every category in every term, also those that this model's contrasts leave out.

    Raises
    ------
    EstimationError
        The formula can't be read or evaluated.
    """
    parsed = mixed_formula.parse(formula)
    frame = _example(parsed, levels)
    categories, codings = _categories(levels, is_whole=is_whole)
    fixed = coded(parsed.fixed, frame, codings)
    if not fixed:
        raise EstimationError("the formula has no fixed column", found=formula, where=["formula"])
    random = [(term, coded(term.columns, frame, codings)) for term in parsed.random]
    outcome = _outcome(parsed.outcome, codings)
    used = [column for _, part in [("", fixed), *random] for _, parts in part for column in parts]
    if is_whole:
        for text in (parsed.fixed, *(term.columns for term in parsed.random)):
            used += whole_columns(text, frame, codings)
    columns = _with_margins([CONSTANT, *used, (outcome,)], codings)
    indicators = {name for category in categories.values() for name in category.indicators}
    numbers = dict.fromkeys(name for column in columns for name in column if name not in indicators)
    layout = _layout(columns, outcome, fixed, random)
    return Plan(layout, outcome, categories, tuple(numbers), {t.factor: t.group for t in parsed.random})


def _categories(
    levels: Sequence[tuple[str, str, tuple[Any, ...]]], *, is_whole: bool
) -> tuple[dict[str, Categories], dict[str, Codings]]:
    """The categories of each expression, and how they are coded."""
    categories: dict[str, Categories] = {}
    codings: dict[str, Codings] = {}
    for expression, column, found in levels:
        if len(found) < 2 and not is_whole:
            raise EstimationError("a column does not vary", where=[column], found=found)
        indicators, codings[expression] = coding(expression, column, found)
        categories[expression] = Categories(column, found, indicators)
    return categories, codings


def _layout(
    columns: tuple[Column, ...],
    outcome: str,
    fixed: Coded,
    random: Sequence[tuple[mixed_formula.RandomTerm, Coded]],
) -> Layout:
    place = {column: i for i, column in enumerate(columns)}
    blocks = [
        Block(term.factor, tuple(name for name, _ in part), _matrix(part, place)) for term, part in random
    ]
    names = tuple(name for name, _ in fixed)
    return Layout(columns, (outcome,), names, _matrix(fixed, place), tuple(blocks))


def check_poolable(plan: Plan) -> None:
    """Refuse expressions whose values depend on other rows."""
    for expression in plan.numbers:
        called = {node.id for node in ast.walk(_parsed(expression)) if isinstance(node, ast.Name)}
        if found := sorted(called & set(OF_THE_WHOLE)):
            raise EstimationError(
                "depends on all rows, so that sums of parts would not add up",
                where=[expression],
                found=found[0],
                advice="Make it a column of the file first.",
            )


def _parsed(expression: str) -> ast.AST:
    try:
        return ast.parse(expression.strip("`"), mode="eval")
    except SyntaxError:
        return ast.parse("0")


def _example(
    parsed: mixed_formula.MixedFormula, levels: Sequence[tuple[str, str, tuple[Any, ...]]]
) -> pd.DataFrame:
    """Made-up rows in which every category occurs: enough for formulaic to say which columns there are."""
    known = {column: found for _, column, found in levels}
    rows = max([12, *(len(found) for found in known.values())])
    texts = [parsed.outcome, parsed.fixed, *(term.columns for term in parsed.random)]
    names = sorted({name for text in texts for name in named_in(text)})
    columns = {}
    for i, name in enumerate(names):
        values = known.get(name, [1 + np.sqrt(2 + i + k) for k in range(rows)])
        columns[name] = pd.Series([values[k % len(values)] for k in range(rows)])
    return pd.DataFrame(columns)


def _outcome(expression: str, codings: Mapping[str, Any]) -> str:
    terms = [str(term) for term in formula_of(f"0 + {expression}")]
    if len(terms) != 1:
        raise EstimationError("a formula needs one outcome", found=expression, where=["formula"])
    if terms[0] in codings:
        raise EstimationError("holds no numbers", where=[f"column {terms[0]}"])
    return terms[0]


def _with_margins(columns: Sequence[Column], codings: Mapping[str, Codings]) -> tuple[Column, ...]:
    """These columns, and those that lack one or more of their numbers: a shift of a number needs them."""
    indicators = {name for full, _ in codings.values() for _, parts in full for (name,) in parts}
    found = dict.fromkeys(columns)
    for column in columns:
        numbers = [name for name in column if name not in indicators]
        for size in range(1, len(numbers) + 1):
            for taken in combinations(numbers, size):
                found.setdefault(tuple(name for name in column if name not in taken))
    return tuple(found)


def _matrix(coded: Coded, place: Mapping[Column, int]) -> FloatArray:
    C = np.zeros((len(place), len(coded)))
    for j, (_, parts) in enumerate(coded):
        for column, weight in parts.items():
            C[place[column], j] = weight
    return C
