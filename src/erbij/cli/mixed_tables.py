"""A fitted mixed model as JSON, or as tables for a person."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from erbij.stats.design import FloatArray
from erbij.stats.intervals import mean_interval
from erbij.stats.logistic_mixed import LogisticFit
from erbij.stats.mixed_fit import Component, Ending, MixedFit
from erbij.stats.mixed_profile import Interval

NO_BOUNDS = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Profile intervals of standard deviations, and of shares of variance where there are no slopes."""

    deviations: tuple[Interval, ...]
    shares: tuple[Interval, ...]


def show(
    fit: MixedFit,
    intervals: Intervals | None = None,
    *,
    as_json: bool,
    missing: Mapping[str, int] | None = None,
) -> None:
    """Print a fit; `missing`: in how many rows each column is, where the rows were seen."""
    if as_json:
        told = payload(fit) | (_told(intervals) if intervals else {}) | _missing(missing)
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    console = Console()
    console.print(_fixed(fit.names, fit.beta, fit.se, fit.df))
    console.print(_random(fit.variances, fit.sigma2))
    if intervals:
        console.print(_profiles(intervals))
    _about(console, fit.n, fit.groups, f"log-likelihood ({fit.criterion}) {fit.loglik:.3f}")
    left_out(console, fit.excluded, missing)
    console.print(ending_words(fit.ending))


def _missing(missing: Mapping[str, int] | None) -> dict[str, Any]:
    return {} if missing is None else {"missing": dict(missing)}


def _about(console: Console, n: int, groups: Mapping[str, int], likelihood: str) -> None:
    counts = ", ".join(f"{J} groups of {name}" for name, J in groups.items())
    console.print(f"{n} rows, {counts}; {likelihood}.")


def left_out(console: Console, excluded: Mapping[str, int], missing: Mapping[str, int] | None) -> None:
    """Print how many rows were left out, why, and in how many each column is missing."""
    for what, count in excluded.items():
        if count:
            console.print(f"{count} rows left out: {what}.")
    for name, count in (missing or {}).items():
        console.print(f"{name} is missing in {count} rows.")


def payload(fit: MixedFit) -> dict[str, Any]:
    """The contract of ``fit --json``; null where a number has no finite value."""

    def named(values: Any) -> dict[str, float | None]:
        return dict(zip(fit.names, map(finite, values.tolist()), strict=True))

    return {
        "n": fit.n,
        "groups": dict(fit.groups),
        "beta": named(fit.beta),
        "se": named(fit.se),
        "df": named(fit.df),
        "variances": components(fit.variances),
        "sigma2": fit.sigma2,
        "loglik": fit.loglik,
        "criterion": fit.criterion,
        "objective": fit.objective,
        "fit": ending(fit.ending),
        "excluded": dict(fit.excluded),
    }


def ending(ended: Ending) -> dict[str, Any]:
    """How a fit ended, for JSON."""
    return {
        "converged": ended.converged,
        "evaluations": ended.evaluations,
        "gradient_norm": ended.gradient_norm,
        "boundary": ended.boundary,
    }


def show_logistic(fit: LogisticFit, *, as_json: bool, missing: Mapping[str, int]) -> None:
    """Print a logistic fit; degrees of freedom and a residual variance have no value there."""
    if as_json:
        told = logistic_payload(fit) | _missing(missing)
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    console = Console()
    many = np.full(fit.beta.size, 1e9)  # no degrees of freedom: the normal distribution
    console.print(_fixed(fit.names, fit.beta, fit.se, many, heading="z"))
    console.print(_random(fit.variances, None))
    how = "Laplace" if fit.points == 1 else f"{fit.points} points"
    _about(console, fit.n, fit.groups, f"log-likelihood ({how}) {fit.loglik:.3f}")
    left_out(console, fit.excluded, missing)
    console.print(ending_words(fit.ending))


def logistic_payload(fit: LogisticFit) -> dict[str, Any]:
    """The contract of ``fit --json`` for a logistic model."""
    return {
        "n": fit.n,
        "groups": dict(fit.groups),
        "beta": dict(zip(fit.names, fit.beta.tolist(), strict=True)),
        "se": dict(zip(fit.names, fit.se.tolist(), strict=True)),
        "df": dict.fromkeys(fit.names),
        "variances": components(fit.variances),
        "sigma2": None,
        "loglik": fit.loglik,
        "criterion": "ML",
        "objective": fit.objective,
        "fit": ending(fit.ending),
        "excluded": dict(fit.excluded),
        "points": fit.points,
    }


def components(variances: Sequence[Component]) -> list[dict[str, Any]]:
    """Variances and covariances, for JSON."""
    return [{"group": c.group, "name1": c.name1, "name2": c.name2, "value": c.value} for c in variances]


def _told(intervals: Intervals) -> dict[str, Any]:
    def each(found: tuple[Interval, ...]) -> list[dict[str, Any]]:
        return [
            {"group": i.group, "name": i.name, "value": i.value, "low": i.low, "high": finite(i.high)}
            for i in found
        ]

    return {"standard_deviations": each(intervals.deviations), "variance_shares": each(intervals.shares)}


def _profiles(intervals: Intervals) -> Grid:
    grid = Grid("group", "name", "what", box=box.SIMPLE)
    for heading in ("value", "95 % from", "to"):
        grid.add_column(heading, justify="right")
    for what, found in (("SD", intervals.deviations), ("share of variance", intervals.shares)):
        for i in found:
            grid.add_row(i.group or "", i.name, what, *(f"{x:.6g}" for x in (i.value, i.low, i.high)))
    return grid


def finite(value: float) -> float | None:
    """JSON has no infinity."""
    return value if math.isfinite(value) else None


def ending_words(ended: Ending) -> str:
    """How a fit ended, for a person."""
    if not ended.converged:
        return "The search did not settle: do not use these numbers."
    if ended.boundary:
        return "On the boundary: some variance is estimated as zero, or a correlation as one."
    return f"Settled after {ended.evaluations} evaluations."


def _fixed(
    names: Sequence[str], beta: FloatArray, se: FloatArray, df: FloatArray, heading: str = "df"
) -> Grid:
    grid = Grid("name", box=box.SIMPLE)
    for title in ("value", "SE", "95 % from", "to", heading):
        grid.add_column(title, justify="right")
    low, high = mean_interval(beta, se, df, bounds=NO_BOUNDS)
    last = df if heading == "df" else beta / se
    for line in zip(names, beta, se, low, high, last, strict=True):
        grid.add_row(line[0], *(f"{number:.6g}" for number in line[1:]))
    return grid


def _random(variances: Sequence[Component], sigma2: float | None) -> Grid:
    grid = Grid("group", "name", "", box=box.SIMPLE)
    grid.add_column("variance", justify="right")
    grid.add_column("SD", justify="right")
    for c in variances:
        sd = "" if c.name2 else f"{np.sqrt(c.value):.6g}"
        grid.add_row(c.group, c.name1, c.name2 or "", f"{c.value:.6g}", sd)
    if sigma2 is not None:
        grid.add_row("rows", "", "", f"{sigma2:.6g}", f"{np.sqrt(sigma2):.6g}")
    return grid
