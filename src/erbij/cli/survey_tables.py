"""Survey estimates as JSON, or as a table for a person."""

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

NO_BOUNDS = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table that a person reads; `ends` where the interval is not that of Student."""

    name: str
    value: float
    se: float
    df: float
    n: int
    ends: tuple[float, float] | None = None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        if self.ends is not None:
            return self.ends
        low, high = mean_interval(self.value, self.se, self.df, bounds=NO_BOUNDS)
        return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Found:
    """Estimates of one version of the rows: shapes (k,) and (k, k), and how their search ended."""

    names: tuple[str, ...]
    beta: FloatArray
    covariance: FloatArray
    df: int
    n: int
    ending: Mapping[str, float] | None = None
    ends: tuple[FloatArray, FloatArray] | None = None

    def lines(self) -> list[Line]:
        """A line for each."""
        se = np.sqrt(np.diag(self.covariance))
        ends: Sequence[Any] = [None] * len(self.names)
        if self.ends is not None:
            ends = [(float(low), float(high)) for low, high in zip(*self.ends, strict=True)]
        numbers = zip(self.names, self.beta.tolist(), se.tolist(), ends, strict=True)
        return [Line(name, value, error, self.df, self.n, end) for name, value, error, end in numbers]


def estimates(lines: Sequence[Line]) -> dict[str, Any]:
    """For JSON; null where a number has no value."""
    told = []
    for line in lines:
        low, high = line.interval
        numbers = {"value": line.value, "se": line.se, "low": low, "high": high}
        known = {name: number if math.isfinite(number) else None for name, number in numbers.items()}
        told.append({"name": line.name, **known, "df": line.df, "n": line.n})
    return {"estimates": told}


def coefficients(lines: Sequence[Line]) -> dict[str, Any]:
    """The contract of ``survey-regress --json``: by name."""
    return {
        "beta": {line.name: line.value for line in lines},
        "se": {line.name: line.se for line in lines},
        "df": {line.name: line.df for line in lines},
    }


def show(
    lines: Sequence[Line], payload: Mapping[str, Any], missing: Mapping[str, int], *, as_json: bool
) -> None:
    """Print the lines, and how many rows were left out because of what."""
    if as_json:
        click.echo(json.dumps(payload, allow_nan=False, ensure_ascii=False))
        return
    grid = Grid("name", box=box.SIMPLE)
    for heading in ("value", "SE", "95 % from", "to", "df", "n"):
        grid.add_column(heading, justify="right")
    for line in lines:
        numbers = (line.value, line.se, *line.interval, line.df)
        grid.add_row(line.name, *(f"{number:.6g}" for number in numbers), str(line.n))
    console = Console()
    console.print(grid)
    console.print(f"{payload['dropped']} rows left out: a value is missing.")
    for name, count in missing.items():
        console.print(f"{name} is missing in {count} rows.")
    if "plausible_values" in payload:
        console.print(f"{payload['plausible_values']} plausible values, pooled by Rubin's rules.")
