"""Sums by one aggregation in the engine that holds the rows: Polars, DuckDB or Spark, by the same code.

Only results by cell leave the engine, so its rows may be on disk or on many machines. Narwhals says the same
to every engine.
"""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.stats import mixed_plan
from erbij.stats.frame_rows import MISSING, grouping
from erbij.stats.mixed_plan import Plan
from erbij.stats.row_sums import PILOT, check_finite, near
from erbij.stats.sums import Column, Sums, pairs, unique_cells

OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: Mapping[str, Callable[[nw.Expr], nw.Expr]] = {
    "I": lambda x: x,
    "log": lambda x: x.log(),
    "exp": lambda x: x.exp(),
    "sqrt": lambda x: x.sqrt(),
    "abs": lambda x: x.abs(),
}
AnyFrame = nw.LazyFrame[Any]


class NotArithmeticError(EstimationError):
    """An expression that only a table in memory can be asked for."""


def aggregate(
    formula: str, native: Any, weights: str | None = None, *, for_pooling: bool = False
) -> tuple[Sums, Plan]:
    """Sum the complete rows of a table for a model, where the table is.

    Parameters
    ----------
    formula
        Of a mixed model. Expressions may use arithmetic, log, exp, sqrt and abs.
    native
        A Polars frame, eager or lazy, a DuckDB relation or a Spark frame. Null, NaN or blank text is missing:
        such rows are left out and counted.
    weights
        The column of prior weights.
    for_pooling
        Sum every category, also those that this model does without.

    Raises
    ------
    EstimationError
        As `frame_rows.sums_of`; an expression that is not arithmetic.
    """
    whole = nw.from_native(native).lazy()
    named, _ = mixed_plan.variables(formula)
    needed = sorted(named | ({weights} if weights else set()))
    schema = whole.select(needed).collect_schema()
    complete = whole.select(needed).filter(*(_is_known(name, schema[name]) for name in needed))
    plan = _plan(formula, complete, schema, for_pooling=for_pooling)
    numbers = {name: _expression(name, schema) for name in plan.numbers}
    keys = sorted({name for names in plan.factors.values() for name in names})
    w = [] if weights is None else [_number(weights, schema)]
    rows = complete.select(
        *(expression.alias(f"v{i}") for i, expression in enumerate(numbers.values())),
        *(e.cast(nw.Float64).alias(f"c{i}") for i, e in enumerate(_indicators(plan).values())),
        *(nw.col(name).alias(f"k{i}") for i, name in enumerate(keys)),
        *(weight.alias("w") for weight in w),
    )
    computed = [f"v{i}" for i, name in enumerate(numbers) if name not in schema]
    if computed:
        rows = rows.filter(*(_is_known(name, nw.Float64()) for name in computed))
    shift = _shift(rows, list(numbers))
    found = _summed(rows, plan, shift, keys=keys, weighted=bool(w))
    total = int(collected(whole.select(nw.len().alias("n")))["n"][0])
    return _sums(found, plan, shift, keys=keys, total=total), plan


def collected(frame: AnyFrame) -> dict[str, np.ndarray[Any, Any]]:
    """A result as arrays, as its engine gives them without a detour over other libraries."""
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        return {name: np.asarray(values) for name, values in native.fetchnumpy().items()}
    if frame.implementation.is_polars():
        return {s.name: s.to_numpy() for s in native.collect(engine="streaming")}
    rows = native.collect()
    return {name: np.array([row[name] for row in rows]) for name in native.columns}


def _is_known(name: str, kind: Any) -> nw.Expr:
    known, values = ~nw.col(name).is_null(), nw.col(name)
    if kind == nw.String:
        return known & (values.str.strip_chars() != "")
    if not kind.is_float():
        return known
    # Not is_nan(): from the statistics in a Parquet file, which leave NaN out, DuckDB concludes that no value
    # is NaN, and keeps them all. It can not conclude anything about a difference.
    return known & ((values - values == 0.0) | (values.abs() == np.inf))


def _plan(formula: str, complete: AnyFrame, schema: Mapping[str, Any], *, for_pooling: bool) -> Plan:
    text = [name for name, kind in schema.items() if not (kind.is_numeric() or kind == nw.Boolean)]
    levels = []
    for expression, column in mixed_plan.categorical_columns(formula, tuple(text)).items():
        values = collected(complete.select(nw.col(column).alias("level")).unique())["level"]
        levels.append((expression, column, tuple(sorted(values.tolist()))))
    plan = mixed_plan.plan(formula, tuple(levels), is_whole=for_pooling)
    if for_pooling:
        mixed_plan.check_poolable(plan)
    return plan


def _number(name: str, schema: Mapping[str, Any]) -> nw.Expr:
    kind = schema[name]
    if not (kind.is_numeric() or kind == nw.Boolean):
        raise EstimationError("holds no numbers", where=[f"column {name}"], found=str(kind))
    return nw.col(name).cast(nw.Float64)


def _expression(text: str, schema: Mapping[str, Any]) -> nw.Expr:
    """An arithmetic expression of columns."""
    if text in schema:
        return _number(text, schema)
    try:
        translated: nw.Expr = _translated(ast.parse(text, mode="eval").body, schema)
    except (SyntaxError, KeyError) as error:
        raise NotArithmeticError(
            "can't be summed where the rows are",
            found=text,
            allowed=["+ - * / **", *FUNCTIONS],
            advice="Make it a column first.",
        ) from error
    return translated


def _translated(node: ast.AST, schema: Mapping[str, Any]) -> Any:
    match node:
        case ast.Name(id=name) if name in schema:
            return _number(name, schema)
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return 0.0 - _translated(operand, schema)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_translated(left, schema), _translated(right, schema))
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="np"), attr=name), args=[inside]
        ):
            return FUNCTIONS[name](_translated(inside, schema))
    raise KeyError(type(node).__name__)


def _indicators(plan: Plan) -> dict[str, nw.Expr]:
    used = {name for column in plan.layout.columns for name in column}
    return {
        name: nw.col(categories.column) == level
        for categories in plan.categories.values()
        for name, level in zip(categories.indicators, categories.levels, strict=True)
        if name in used
    }


def _shift(rows: AnyFrame, names: Sequence[str]) -> dict[str, float]:
    """Round numbers near the means of the first rows; any will do, near ones lose least."""
    means = [nw.col(f"v{i}").mean().alias(f"m{i}") for i in range(len(names))]
    spreads = [nw.col(f"v{i}").std(ddof=0).alias(f"s{i}") for i in range(len(names))]
    found = collected(rows.head(PILOT).select(*means, *spreads))
    shift = {}
    for i, name in enumerate(names):
        mean, spread = (_finite(found[f"{letter}{i}"][0]) for letter in "ms")
        shift[name] = near(mean, spread)
    return {name: value for name, value in shift.items() if value}


def _finite(value: Any) -> float:
    return float(value) if value is not None and np.isfinite(value) else 0.0


def _summed(
    rows: AnyFrame, plan: Plan, shift: Mapping[str, float], *, keys: Sequence[str], weighted: bool
) -> dict[str, np.ndarray[Any, Any]]:
    """Counts and packed products (p0, p1, ...) by the values of the keys (k0, k1, ...)."""
    place = {name: f"v{i}" for i, name in enumerate(plan.numbers)}
    place |= {name: f"c{i}" for i, name in enumerate(_indicators(plan))}
    moved = [(nw.col(place[name]) - value).alias(place[name]) for name, value in shift.items()]
    rows = rows.with_columns(*moved) if moved else rows
    columns = plan.layout.columns
    rows = rows.with_columns(*(_product(column, place).alias(f"x{i}") for i, column in enumerate(columns)))
    weight = nw.col("w") if weighted else None
    sums = []
    for k, (a, b) in enumerate(zip(*pairs(len(columns)), strict=True)):
        if b == 0 and weight is None:
            continue  # the constant with itself: as many as there are rows
        product = nw.col(f"x{a}") * nw.col(f"x{b}") if a else nw.col(f"x{b}")
        sums.append((product if weight is None else product * weight).sum().alias(f"p{k}"))
    if weight is not None:
        sums += [weight.min().alias("least"), weight.log().sum().alias("logs")]
    by_cell = rows.group_by(*(f"k{i}" for i in range(len(keys)))).agg(nw.len().alias("n"), *sums)
    found = collected(by_cell)
    return found if weighted else {**found, "p0": found["n"]}


def _product(column: Column, place: Mapping[str, str]) -> nw.Expr:
    if not column:
        return nw.lit(1.0)
    found = nw.col(place[column[0]])
    for name in column[1:]:
        found = found * nw.col(place[name])
    return found


def _sums(
    found: Mapping[str, np.ndarray[Any, Any]],
    plan: Plan,
    shift: Mapping[str, float],
    *,
    keys: Sequence[str],
    total: int,
) -> Sums:
    if not found["n"].size:
        raise EstimationError("no row has all the columns of the formula", where=sorted(plan.numbers))
    if "least" in found and not found["least"].min() > 0:
        raise EstimationError("a weight is zero or negative", where=["weights"], found=found["least"].min())
    named = pl.DataFrame({name: pl.Series(found[f"k{i}"].tolist()) for i, name in enumerate(keys)})
    groupings = [grouping(named, names) for names in plan.factors.values()]
    cells, place = unique_cells([g.codes for g in groupings], [len(g.levels) for g in groupings])
    columns = plan.layout.columns
    products = np.zeros((cells.shape[1], len(columns) * (len(columns) + 1) // 2))
    for k in range(products.shape[1]):
        products[place, k] = found[f"p{k}"]
    check_finite(products.T, columns)
    counts = np.zeros(cells.shape[1], dtype=np.int64)
    counts[place] = found["n"]
    return Sums(
        columns=columns,
        factors=tuple(plan.factors),
        levels=tuple(g.levels for g in groupings),
        codes=cells,
        counts=counts,
        products=products,
        shift=dict(shift),
        log_weights=float(found["logs"].sum()) if "logs" in found else 0.0,
        excluded={MISSING: total - int(counts.sum())},
    )
