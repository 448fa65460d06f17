"""A fitted mixed model as JSON, or as tables for a person."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from erbij.stats.intervals import mean_interval
from erbij.stats.mixed_fit import Ending, MixedFit
from erbij.stats.mixed_profile import Interval

NO_BOUNDS = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Profile intervals of standard deviations, and of shares of variance where there are no slopes."""

    deviations: tuple[Interval, ...]
    shares: tuple[Interval, ...]


def show(
    fit: MixedFit, excluded: Mapping[str, int], intervals: Intervals | None = None, *, as_json: bool
) -> None:
    """Print a fit."""
    if as_json:
        told = payload(fit, excluded) | (_told(intervals) if intervals else {})
        click.echo(json.dumps(told, allow_nan=False, ensure_ascii=False))
        return
    console = Console()
    console.print(_fixed(fit))
    console.print(_random(fit))
    if intervals:
        console.print(_profiles(intervals))
    counts = ", ".join(f"{J} groups of {name}" for name, J in fit.groups.items())
    console.print(f"{fit.n} rows, {counts}; log-likelihood ({fit.criterion}) {fit.loglik:.3f}.")
    for what, count in excluded.items():
        if count:
            console.print(f"{count} rows left out: {what}.")
    console.print(ending_words(fit.ending))


def payload(fit: MixedFit, excluded: Mapping[str, int]) -> dict[str, Any]:
    """The contract of ``fit --json``; null where a number has no finite value."""

    def named(values: Any) -> dict[str, float | None]:
        return dict(zip(fit.names, map(finite, values.tolist()), strict=True))

    return {
        "n": fit.n,
        "groups": dict(fit.groups),
        "beta": named(fit.beta),
        "se": named(fit.se),
        "df": named(fit.df),
        "variances": [
            {"group": c.group, "name1": c.name1, "name2": c.name2, "value": c.value} for c in fit.variances
        ],
        "sigma2": fit.sigma2,
        "loglik": fit.loglik,
        "criterion": fit.criterion,
        "objective": fit.objective,
        "fit": ending(fit.ending),
        "excluded": dict(excluded),
    }


def ending(ended: Ending) -> dict[str, Any]:
    """How a fit ended, for JSON."""
    return {
        "converged": ended.converged,
        "evaluations": ended.evaluations,
        "gradient_norm": ended.gradient_norm,
        "boundary": ended.boundary,
    }


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


def _fixed(fit: MixedFit) -> Grid:
    grid = Grid("name", box=box.SIMPLE)
    for heading in ("value", "SE", "95 % from", "to", "df"):
        grid.add_column(heading, justify="right")
    low, high = mean_interval(fit.beta, fit.se, fit.df, bounds=NO_BOUNDS)
    for line in zip(fit.names, fit.beta, fit.se, low, high, fit.df, strict=True):
        grid.add_row(line[0], *(f"{number:.6g}" for number in line[1:]))
    return grid


def _random(fit: MixedFit) -> Grid:
    grid = Grid("group", "name", "", box=box.SIMPLE)
    grid.add_column("variance", justify="right")
    grid.add_column("SD", justify="right")
    for c in fit.variances:
        sd = "" if c.name2 else f"{np.sqrt(c.value):.6g}"
        grid.add_row(c.group, c.name1, c.name2 or "", f"{c.value:.6g}", sd)
    grid.add_row("rows", "", "", f"{fit.sigma2:.6g}", f"{np.sqrt(fit.sigma2):.6g}")
    return grid
