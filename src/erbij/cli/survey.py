"""Commands of the researcher's bench: survey statistics on the user's own file. Not protected."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl

from erbij.cli import model_columns, survey_rows, survey_tables
from erbij.cli.survey_rows import DesignColumns, SurveyRows, survey_options
from erbij.cli.survey_tables import Found, Line
from erbij.errors import EstimationError, StudyError
from erbij.stats import logistic_regression, plausible_values, quantiles, regression
from erbij.stats.design import SamplingDesign


@click.command("survey-mean")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("columns", nargs=-1, required=True, metavar="COLUMN...")
@survey_options
def survey_mean(file: Path, columns: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Weighted means of one or more columns, each on the rows in which it is known."""
    where, rows = _read(file, columns, options)

    def means(frame: pl.DataFrame, sample: SamplingDesign) -> list[Found]:
        found = []
        for name in columns:
            mean = regression.survey_mean(model_columns.numbers(frame, name), sample)
            found.append(Found((name,), np.array([mean.value]), np.array([[mean.se**2]]), mean.df, mean.n))
        return found

    _show_columns(rows, where, columns, task=means, as_json=as_json)


@click.command("survey-quantile")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("columns", nargs=-1, required=True, metavar="COLUMN...")
@click.option("--at", default="0.25,0.5,0.75", show_default=True, metavar="P,P,...", help="Which shares.")
@survey_options
def survey_quantile(file: Path, columns: tuple[str, ...], at: str, as_json: bool, **options: Any) -> None:
    """Weighted quantiles of one or more columns: the smallest answer at which the share reaches P."""
    where, rows = _read(file, columns, options)
    shares = _shares(at)

    def found_in(frame: pl.DataFrame, sample: SamplingDesign) -> list[Found]:
        return [_quantiles(frame, name, sample, shares) for name in columns]

    _show_columns(rows, where, columns, task=found_in, as_json=as_json)


@click.command("survey-regress")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("formula")
@survey_options
def survey_regress(file: Path, formula: str, as_json: bool, **options: Any) -> None:
    """Weighted linear regression, such as "BELONG ~ girl + ESCS", on the rows without missing values."""
    _show_model(file, formula, options, fitted=_regression, as_json=as_json)


@click.command("survey-logistic")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("formula")
@survey_options
def survey_logistic(file: Path, formula: str, as_json: bool, **options: Any) -> None:
    """Weighted logistic regression of an outcome of 0 and 1, on the rows without missing values."""
    _show_model(file, formula, options, fitted=_logistic, as_json=as_json)


Model = model_columns.ModelColumns


def _regression(model: Model, sample: SamplingDesign) -> Found:
    fit = regression.survey_regression(model.y, model.X, sample, names=model.names)
    return Found(fit.names, fit.beta, fit.covariance, fit.df, fit.n)


def _logistic(model: Model, sample: SamplingDesign) -> Found:
    fit = logistic_regression.survey_logistic(model.y, model.X, sample, names=model.names)
    ending = {
        "steps": fit.steps,
        "replicate_steps": fit.replicate_steps,
        "gradient_norm": fit.gradient_norm,
    }
    return Found(fit.names, fit.beta, fit.covariance, fit.df, fit.n, ending)


def _quantiles(frame: pl.DataFrame, name: str, sample: SamplingDesign, shares: Sequence[float]) -> Found:
    found = quantiles.survey_quantiles(model_columns.numbers(frame, name), sample, shares)
    names = tuple(f"{name} at {share:g}" for share in shares)
    ends = (found.low, found.high)
    return Found(names, found.value, np.diag(found.se**2), found.df, found.n, ends=ends)


def _read(file: Path, names: Sequence[str], options: dict[str, Any]) -> tuple[DesignColumns, SurveyRows]:
    lets, plausible = options.pop("lets"), options.pop("plausible")
    where = DesignColumns(**options)
    return where, survey_rows.read(file, names, lets=lets, plausible=plausible, where=where)


def _shares(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise StudyError("not numbers", where=["--at"], found=text, allowed=["0.25,0.5,0.75"]) from error


def _show_columns(
    rows: SurveyRows,
    where: DesignColumns,
    columns: Sequence[str],
    *,
    task: Callable[[pl.DataFrame, SamplingDesign], list[Found]],
    as_json: bool,
) -> None:
    """Print what was found of each column on its own rows."""
    versions = list(rows.versions())
    sample = where.design(rows.frame)
    found = [task(frame, sample) for frame in versions]
    lines = [line for each in zip(*found, strict=True) for line in _lines(each)]
    first = versions[0]
    n = first.height - first.filter(pl.all_horizontal(pl.col(columns).is_null())).height
    payload = {"n": n, **survey_tables.estimates(lines), "dropped": first.height - n}
    left_out = survey_rows.missing(first, columns)
    payload |= _about(rows, left_out)
    survey_tables.show(lines, payload, left_out, as_json=as_json)


def _show_model(
    file: Path,
    formula: str,
    options: dict[str, Any],
    *,
    fitted: Callable[[Model, SamplingDesign], Found],
    as_json: bool,
) -> None:
    """Print a model of the complete rows."""
    needed = sorted(model_columns.variables(formula))
    where, rows = _read(file, needed, options)
    found = []
    for frame in rows.versions():
        complete = survey_rows.complete(frame, needed)
        found.append(fitted(model_columns.model_columns(formula, complete), where.design(complete)))
        left_out = survey_rows.missing(frame, needed)
    lines = _lines(found)
    n = found[0].n
    payload = {"n": n, **survey_tables.coefficients(lines), "dropped": rows.frame.height - n}
    ending = {"fit": found[0].ending} if found[0].ending else {}
    survey_tables.show(lines, payload | ending | _about(rows, left_out), left_out, as_json=as_json)


def _about(rows: SurveyRows, left_out: Mapping[str, int]) -> dict[str, Any]:
    return {"missing": dict(left_out)} | ({"plausible_values": rows.count} if rows.plausible else {})


def _lines(found: Sequence[Found]) -> list[Line]:
    """The lines of one estimate, or of several versions together by Rubin's rules."""
    first = found[0]
    if len(found) == 1:
        return first.lines()
    if {(each.n, each.names) for each in found} != {(first.n, first.names)}:
        counts = sorted({each.n for each in found})
        raise EstimationError("plausible values are missing in other rows each", found=counts)
    pooled = plausible_values.pool([f.beta for f in found], [f.covariance for f in found], first.df)
    columns = zip(first.names, pooled.beta, pooled.se, pooled.df, strict=True)
    return [Line(name, float(value), float(se), float(df), first.n) for name, value, se, df in columns]
