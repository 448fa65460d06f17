"""From a formula and the categories that occur to the columns that have to be summed, and the model of them.

Categories are summed as one indicator each, whatever contrasts the model takes: so sums of files in which
other categories occur can still be added, and formulaic says which combinations of indicators the model has.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
from formulaic import Formula, ModelSpec
from formulaic.errors import FormulaicError
from formulaic.transforms import TRANSFORMS

from erbij.errors import EstimationError
from erbij.stats import mixed_formula
from erbij.stats.design import FloatArray
from erbij.stats.mixed_layout import Block, Layout
from erbij.stats.sums import CONSTANT, Column

OF_THE_WHOLE = ("bs", "cc", "cr", "cs", "center", "lag", "poly", "scale", "standardize")
"""Transforms of formulaic that look at all rows: parts of a file would each be transformed in another way."""
Coded = list[tuple[str, dict[Column, float]]]
"""Columns of a model by name, as combinations of columns that are summed."""


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
    for term in _formula(text):
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
                found |= {str(name) for name in _formula(f"0 + {{{expression}}}").required_variables} - called
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
        for term in _formula(text):
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
    categories = {}
    codings: dict[str, tuple[Coded, Coded]] = {}
    for expression, column, found in levels:
        if len(found) < 2 and not is_whole:
            raise EstimationError("a column does not vary", where=[column], found=found)
        categories[expression], codings[expression] = _coding(expression, column, found)
    fixed = _coded(parsed.fixed, frame, codings)
    if not fixed:
        raise EstimationError("the formula has no fixed column", found=formula, where=["formula"])
    random = [(term, _coded(term.columns, frame, codings)) for term in parsed.random]
    outcome = _outcome(parsed.outcome, codings)
    used = [column for _, coded in [("", fixed), *random] for _, parts in coded for column in parts]
    if is_whole:
        for text in (parsed.fixed, *(term.columns for term in parsed.random)):
            used += _whole_columns(text, frame, codings)
    columns = _with_margins([CONSTANT, *used, (outcome,)], codings)
    place = {column: i for i, column in enumerate(columns)}
    blocks = [
        Block(term.factor, tuple(name for name, _ in coded), _matrix(coded, place)) for term, coded in random
    ]
    layout = Layout(
        columns, (outcome,), tuple(name for name, _ in fixed), _matrix(fixed, place), tuple(blocks)
    )
    indicators = {name for category in categories.values() for name in category.indicators}
    numbers = dict.fromkeys(name for column in columns for name in column if name not in indicators)
    return Plan(layout, outcome, categories, tuple(numbers), {t.factor: t.group for t in parsed.random})


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


def _formula(text: str) -> Any:
    try:
        return Formula(text)
    except (FormulaicError, SyntaxError, ValueError, TypeError) as error:
        raise EstimationError("a formula can't be read", found=text, where=["formula"]) from error


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


def _materialised(text: str, frame: pd.DataFrame) -> Any:
    try:
        with np.errstate(all="ignore"):
            return _formula(text).get_model_matrix(frame, output="pandas", na_action="ignore")
    except (FormulaicError, ValueError, TypeError, NameError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EstimationError(f"a formula can't be evaluated ({reason})", found=text) from error


def _coding(expression: str, column: str, levels: tuple[Any, ...]) -> tuple[Categories, tuple[Coded, Coded]]:
    """How formulaic codes these categories in full, and with one column less beside a constant."""
    frame = pd.DataFrame({column: pd.Series(list(levels))})
    indicators = tuple(f"{expression}[{level}]" for level in levels)
    codings = []
    for text in (f"0 + {expression}", f"1 + {expression}"):
        matrix = _materialised(text, frame).drop(columns="Intercept", errors="ignore")
        coded: Coded = [
            (str(name), {(key,): float(x) for key, x in zip(indicators, matrix[name], strict=True) if x})
            for name in matrix.columns
        ]
        codings.append(coded)
    return Categories(column, levels, indicators), (codings[0], codings[1])


def _coded(text: str, frame: pd.DataFrame, codings: Mapping[str, tuple[Coded, Coded]]) -> Coded:
    """The columns of one side of a formula, in formulaic's order and by its names."""
    spec: ModelSpec = _materialised(text, frame).model_spec
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


def _whole_columns(
    text: str, frame: pd.DataFrame, codings: Mapping[str, tuple[Coded, Coded]]
) -> list[Column]:
    """Every combination of all categories in the terms of one side of a formula."""
    found = []
    for term in _formula(text):
        expressions = [str(factor.expr) for factor in term.factors if str(factor.expr) != "1"]
        parts = [
            [(name,) for name in names]
            if (names := _indicators_of(expression, codings))
            else [column for _, made in _numbers_of(expression, frame) for column in made]
            for expression in expressions
        ]
        found += [tuple(sorted(name for part in chosen for name in part)) for chosen in product(*parts)]
    return found


def _indicators_of(expression: str, codings: Mapping[str, tuple[Coded, Coded]]) -> list[str]:
    """All indicators of an expression of categories; none where it stands for numbers."""
    full = codings[expression][0] if expression in codings else []
    return [name for _, parts in full for (name,) in parts]


def _numbers_of(expression: str, frame: pd.DataFrame) -> Coded:
    names = _materialised(f"0 + {expression}", frame).columns
    return [(str(name), {(str(name),): 1.0}) for name in names]


def _parts(factor: Any, frame: pd.DataFrame, codings: Mapping[str, tuple[Coded, Coded]]) -> Coded:
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


def _outcome(expression: str, codings: Mapping[str, Any]) -> str:
    terms = [str(term) for term in _formula(f"0 + {expression}")]
    if len(terms) != 1:
        raise EstimationError("a formula needs one outcome", found=expression, where=["formula"])
    if terms[0] in codings:
        raise EstimationError("holds no numbers", where=[f"column {terms[0]}"])
    return terms[0]


def _with_margins(
    columns: Sequence[Column], codings: Mapping[str, tuple[Coded, Coded]]
) -> tuple[Column, ...]:
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
