"""From the columns of a file to the arrays of a model: defined columns, formulas, replicate weights.

Missing stays missing: an expression is evaluated on rows where all its source columns are known, because a
comparison with nothing would otherwise become False.
"""

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
import pandas as pd
import polars as pl
from formulaic import Formula
from formulaic.errors import FormulaicError
from formulaic.transforms import TRANSFORMS
from formulaic.utils.stateful_transforms import stateful_eval

from erbij.errors import StudyError, did_you_mean
from erbij.stats.design import FloatArray
from erbij.studies.table import Table

NO_VALUE = ("NA", "NaN", "nan")
"""How R and Python write a missing value in a text file."""


@dataclass(frozen=True, slots=True)
class ModelColumns:
    """Outcome, shape (n,), and model matrix, shape (n, k), with formulaic's names of its columns."""

    y: FloatArray
    X: FloatArray
    names: tuple[str, ...]


def parse_definitions(texts: Iterable[str], *, option: str = "--let") -> dict[str, str]:
    """Read ``NAME = EXPRESSION`` definitions of an option.

    >>> parse_definitions(["girl = ST004D01T == 1"])
    {'girl': 'ST004D01T == 1'}
    """
    definitions: dict[str, str] = {}
    for text in texts:
        name, _, expression = (part.strip() for part in text.partition("="))
        if not name.isidentifier() or not expression or expression.startswith("="):
            raise StudyError(
                "a definition can't be read", where=[option], found=text, allowed=["NAME = EXPRESSION"]
            )
        if name in definitions:
            raise StudyError("a column is defined twice", where=[option, name])
        definitions[name] = expression
    return definitions


def _refuse_imputation(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        raise StudyError(
            "multiple imputation is not supported",
            where=["--impute"],
            advice="Without it rows that lack a value are left out and counted. "
            "Or impute elsewhere, with classes and schools in the model (R's mice), and give the versions "
            'to a survey command: --plausible "score = imputed#".',
        )


no_imputation = click.option(
    "--impute",
    is_flag=True,
    expose_value=False,
    callback=_refuse_imputation,
    help="Not supported; says what to do instead.",
)
"""Who asks for imputation is told that there is none, by every command that leaves rows out."""


def variables(formula: str) -> set[str]:
    """The columns that a formula names.

    >>> sorted(variables("BELONG ~ girl + log(ESCS + 10)"))
    ['BELONG', 'ESCS', 'girl']
    """
    try:
        return {str(name) for name in Formula(formula).required_variables}
    except (FormulaicError, SyntaxError) as error:
        raise _unreadable(formula, error) from error


def expression_columns(expression: str) -> set[str]:
    """The columns that a Python expression names: every name that is not called as a function.

    >>> sorted(expression_columns("log(ESCS + 10) > np.exp(x)"))
    ['ESCS', 'x']
    """
    try:
        nodes = list(ast.walk(ast.parse(expression, mode="eval")))
    except SyntaxError as error:
        raise _unreadable(expression, error, where=["--let"]) from error
    called = {
        node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return {node.id for node in nodes if isinstance(node, ast.Name)} - called - {"np"}


def sources(names: Iterable[str], definitions: Mapping[str, str]) -> set[str]:
    """The columns of the file behind these names, seen through definitions.

    >>> sorted(sources(["ESCS", "girl"], {"girl": "ST004D01T == 1"}))
    ['ESCS', 'ST004D01T']
    """
    found: set[str] = set()
    for name in names:
        if name not in definitions:
            found.add(name)
            continue
        earlier = {key: text for key, text in definitions.items() if key != name}
        found |= sources(expression_columns(definitions[name]), earlier)
    return found


def frame_of(table: Table, *, as_text: Collection[str] = ()) -> pl.DataFrame:
    """The columns of a file; what R and Python write for no value is missing.

    `as_text`: columns whose values stay as written ("007" is not 7).
    """
    columns = [
        _marked(table.column(name), may_be_numbers=name not in as_text) for name in table.frame.columns
    ]
    return pl.DataFrame(columns)


def _marked(values: pl.Series, *, may_be_numbers: bool) -> pl.Series:
    if values.dtype != pl.String:
        return values
    is_marked = values.is_in(NO_VALUE)
    if not is_marked.any():
        return values
    known = values.set(is_marked, None)
    if not may_be_numbers:
        return known
    numbers = known.cast(pl.Float64, strict=False)
    return numbers if numbers.null_count() == known.null_count() else known


def check_known(names: Iterable[str], columns: Sequence[str], *, definitions: Mapping[str, str]) -> None:
    """Refuse a name that the file does not have, and a definition that would hide a column."""
    for name in sorted(sources(names, definitions) - set(columns)):
        raise StudyError("no such column", found=name, allowed=columns, advice=did_you_mean(name, columns))
    for name in definitions:
        if name in columns:
            raise StudyError(
                "the file already has this column", where=["--let", name], advice="Take another name."
            )


def replicate_columns(columns: Sequence[str], prefix: str | None) -> list[str]:
    """The replicate weights: the prefix and a number, in the order of their numbers.

    >>> replicate_columns(["W1", "W10", "W2", "WX"], "W")
    ['W1', 'W2', 'W10']
    """
    if prefix is None:
        return []
    found = [name for name in columns if name.startswith(prefix) and name[len(prefix) :].isdecimal()]
    if not found:
        raise StudyError(
            "no column is the prefix and a number", where=["--replicates"], found=prefix, allowed=columns
        )
    return sorted(found, key=lambda name: int(name[len(prefix) :]))


def with_definitions(frame: pl.DataFrame, definitions: Mapping[str, str]) -> pl.DataFrame:
    """Add the defined columns whose sources are there; null where any source is null.

    Parameters
    ----------
    frame
        Columns in which null is the only missing value.
    definitions
        Python expressions by name, with the functions of formulaic; each may use those before it. A
        comparison becomes 1 or 0.
    """
    for name, expression in definitions.items():
        needed = sorted(expression_columns(expression))
        if set(needed) <= set(frame.columns):
            frame = frame.with_columns(_evaluate(frame, name, expression, needed=needed))
    return frame


def numbers(frame: pl.DataFrame, name: str) -> FloatArray:
    """One column as numbers, NaN where it is missing."""
    values = frame[name]
    if not (values.dtype.is_numeric() or values.dtype in (pl.Boolean, pl.Null)):
        raise StudyError("holds no numbers", where=[f"column {name}"], found=str(values.dtype))
    return values.cast(pl.Float64).to_numpy()


def model_columns(formula: str, frame: pl.DataFrame) -> ModelColumns:
    """Build outcome and model matrix on rows without missing values.

    Raises
    ------
    StudyError
        The formula can't be read or evaluated, or has not exactly one outcome.
    """
    # formulaic needs pyarrow for categories of a Polars frame; a pandas frame of NumPy arrays does without.
    plain = pd.DataFrame({name: frame[name].to_numpy() for name in sorted(variables(formula))})
    try:
        # "ignore" leaves NaN of, say, a logarithm in place, so that rows keep standing beside their weights.
        matrices = Formula(formula).get_model_matrix(plain, output="numpy", na_action="ignore")
    except (FormulaicError, ValueError, TypeError) as error:
        raise _unreadable(formula, error) from error
    outcome, predictors = getattr(matrices, "lhs", None), getattr(matrices, "rhs", None)
    if outcome is None or predictors is None or outcome.ndim != 2 or outcome.shape[1] != 1:
        raise StudyError("a formula needs one outcome", found=formula, allowed=["outcome ~ predictors"])
    coded = outcome.model_spec.column_names[0]
    if coded not in {
        str(term) for term in outcome.model_spec.formula
    }:  # a category: formulaic makes it a column of ones
        raise StudyError("holds no numbers", where=["the outcome"], found=formula.partition("~")[0].strip())
    names = tuple(str(name) for name in predictors.model_spec.column_names)
    y, X = np.asarray(outcome, dtype=np.float64)[:, 0], np.asarray(predictors, dtype=np.float64)
    return ModelColumns(y, X, names)


def _evaluate(frame: pl.DataFrame, name: str, expression: str, *, needed: Sequence[str]) -> pl.Series:
    is_known = frame.select(pl.all_horizontal(pl.lit(True), *(pl.col(c).is_not_null() for c in needed)))
    known = is_known.to_series()
    part = frame.filter(known)
    scope = {**TRANSFORMS, **{column: part[column] for column in needed}}
    try:
        result: Any = stateful_eval(expression, scope, {}, {}, None)
        values = pl.Series(name, [result] if np.ndim(result) == 0 else result)
    except Exception as error:
        raise _unreadable(expression, error, where=["--let", name]) from error
    if values.len() != part.height:
        raise StudyError("an expression must give one value for each row", where=["--let", name])
    if values.dtype == pl.Boolean:
        values = values.cast(pl.Float64)
    if values.dtype.is_float():
        values = values.fill_nan(None)
    place = pl.DataFrame({"known": known}).select(
        pl.when("known").then(pl.col("known").cast(pl.UInt32).cum_sum() - 1)
    )
    return values.gather(place.to_series()).alias(name)


def _unreadable(text: str, error: Exception, *, where: Sequence[str] = ()) -> StudyError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return StudyError(f"an expression can't be evaluated ({reason.rstrip('.')})", where=where, found=text)
