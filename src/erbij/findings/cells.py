"""The shape of a finding: a frame of cells, each a number with its interval and what the gate must know."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from erbij.stats.design import FloatArray, IntArray

EVERYONE = "everyone"
"""Breakdown and group of a cell about all pupils of a unit together."""

KEYS = ("level", "unit", "breakdown", "group")
"""What a domain is called."""

KEY_SCHEMA = pl.Schema({name: pl.Categorical() for name in KEYS})
"""The same few words stand in millions of cells: each is kept once."""

SCHEMA = pl.Schema(
    {
        **dict.fromkeys(KEYS, pl.Categorical()),
        "measure": pl.Categorical(),  # "mean", or "mean:SCALE" for another scale than the main one
        "n": pl.Int64(),  # pupils behind the number
        "value": pl.Float64(),
        "low": pl.Float64(),  # 95 % interval; null for a count
        "high": pl.Float64(),
        "counted": pl.Int64(),  # pupils whom a share counts; null for what is no share of pupils
    }
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of some cells, each of shape (cells,). NaN is "could not be computed", None "has none".

    `n`: pupils behind each; `low` and `high`: the 95 % interval; `counted`: pupils whom a share counts.
    """

    n: IntArray
    value: FloatArray
    low: FloatArray | None = None
    high: FloatArray | None = None
    counted: IntArray | None = None


def keys_of(level: str, units: Sequence[str], breakdown: str, groups: Sequence[str]) -> pl.DataFrame:
    """The keys of each group of each unit: a row for each, in the columns of `KEY_SCHEMA`, unit by unit."""
    return (
        pl.DataFrame({"unit": units})
        .join(pl.DataFrame({"group": groups}), how="cross")
        .select(level=pl.lit(level), unit="unit", breakdown=pl.lit(breakdown), group="group")
        .cast(KEY_SCHEMA)
    )


def cells(keys: pl.DataFrame, measure: str, numbers: Numbers) -> pl.DataFrame:
    """Cells of one measure: a row of `keys` (level, unit, breakdown, group) for each."""
    none = np.full(keys.height, np.nan)
    told = {"value": numbers.value, "low": numbers.low, "high": numbers.high}
    columns = [
        *(keys[name] for name in KEYS),
        pl.Series("measure", [measure], dtype=pl.Categorical()).new_from_index(0, keys.height),
        pl.Series("n", numbers.n, dtype=pl.Int64),
        *(pl.Series(name, none if of is None else of, nan_to_null=True) for name, of in told.items()),
        pl.Series("counted", [None] * keys.height if numbers.counted is None else numbers.counted, pl.Int64),
    ]
    return pl.DataFrame(columns, schema=SCHEMA)


def measure_of(measure: str, scale: str, main_scale: str) -> str:
    """Name a measure of a scale: bare for the main scale.

    >>> measure_of("mean", "belonging", "belonging"), measure_of("mean", "stress", "belonging")
    ('mean', 'mean:stress')
    """
    return measure if scale == main_scale else f"{measure}:{scale}"
