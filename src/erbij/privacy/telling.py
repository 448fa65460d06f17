"""How exactly a cell that leaves is told: rounded, a share with few on one side as a bound, or not at all."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from scipy.special import betaincinv

from erbij.findings.cells import KEYS
from erbij.privacy.policy import Policy
from erbij.privacy.release import CELL_COLUMNS
from erbij.studies.study import LEVELS

EVERYONE = "everyone"
REASON = "to-protect-pupils"
"""The one reason for which a cell is withheld: small, derived and empty look the same."""

AT_MOST, AT_LEAST = "at-most", "at-least"
"""What stands as the reason of a share that is told as a bound."""

PARTS = ("band",)
"""Measures that together are all pupils of a domain."""

NUMBERS = ("n", "value", "low", "high")
TAIL = 0.025


def tell(cells: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Unprotected cells with `may_leave` in, cells as they leave out: no number where one is withheld.

    Fails closed: no count, no value, no interval where one belongs, an unknown level or measure, or a share
    of too few pupils for a bound, withholds the cell.
    """
    ruled = cells.join(
        _ruled(cells, policy), on=("level", "measure"), how="left", nulls_equal=True, maintain_order="left"
    )
    judged = ruled.with_columns(is_shown=_is_safe().fill_null(value=False))
    told = _rounded(_bounded(judged), policy)
    blank = [pl.when(pl.col("is_shown")).then(pl.col(number)).alias(number) for number in NUMBERS]
    whole = told.with_columns(
        *blank,
        status=pl.when("is_shown").then(pl.lit("shown")).otherwise(pl.lit("withheld")),
        reason=pl.when(~pl.col("is_shown")).then(pl.lit(REASON)).otherwise(pl.col("bound")),
    )
    return whole.select(CELL_COLUMNS.names()).cast(CELL_COLUMNS)


def whole_or_not(cells: pl.DataFrame) -> pl.DataFrame:
    """Of `PARTS` all cells of a domain or none: else the one that is not told would follow."""
    is_part = pl.col("measure").is_in([m for m in cells["measure"].unique() if m.split(":")[0] in PARTS])
    is_known = (pl.col("status") == "shown") & pl.col("reason").is_null()
    broken = cells.filter(is_part & ~is_known).select(KEYS).unique()
    if broken.is_empty():
        return cells
    is_hidden = is_part & pl.struct(KEYS).is_in(broken.to_struct().implode())
    return cells.with_columns(
        *(pl.when(~is_hidden).then(number).alias(number) for number in NUMBERS),
        status=pl.when(is_hidden).then(pl.lit("withheld")).otherwise("status"),
        reason=pl.when(is_hidden).then(pl.lit(REASON)).otherwise("reason"),
    )


def kind() -> pl.Expr:
    """The measure without the scale or the group that it names."""
    return pl.col("measure").cast(pl.String).str.split(":").list.first()


def _ruled(cells: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """What the policy says of each level and measure, which are few beside the cells."""
    return (
        cells.select("level", "measure")
        .unique()
        .with_columns(
            is_known=pl.col("level").is_in(policy.levels) & kind().is_in(policy.measures),
            is_share=kind().is_in(policy.shares),
            has_interval=~kind().is_in(policy.counts),
            least=_of_level({level: policy.threshold_at(level) for level in LEVELS}, pl.Int64),
            step=_step(policy),
        )
    )


def _is_safe() -> pl.Expr:
    is_told = pl.all_horizontal(pl.col("low", "high").is_finite()) | ~pl.col("has_interval")
    has_both_sides = ~pl.col("is_share") | (pl.col("n") >= 2 * pl.col("least"))
    enough = pl.col("n") >= pl.col("least")
    is_known = pl.col("may_leave") & pl.col("is_known")
    return is_known & is_told & enough & pl.col("value").is_finite() & has_both_sides


def _of_level(values: Mapping[Any, float], kind_: type[pl.DataType]) -> pl.Expr:
    # An unknown level has no value, so that whatever is compared with it is withheld.
    return pl.col("level").replace_strict(values, default=None, return_dtype=kind_)


def _bounded(cells: pl.DataFrame) -> pl.DataFrame:
    """A share that counts fewer than the threshold, or all but so few, becomes a bound.

    The bound and its interval follow from the number of pupils alone: every share with as few looks so.
    """
    few, rest = pl.col("counted"), pl.col("n") - pl.col("counted")
    bound = (
        pl.when(pl.col("is_share") & (few < pl.col("least")))
        .then(pl.lit(AT_MOST))
        .when(pl.col("is_share") & (rest < pl.col("least")))
        .then(pl.lit(AT_LEAST))
    )
    cells = cells.with_columns(bound=bound)
    cells = cells.join(_bounds(cells), on=("n", "least"), how="left", maintain_order="left")
    at_most, at_least = pl.col("bound") == AT_MOST, pl.col("bound") == AT_LEAST
    return cells.with_columns(
        value=pl.when(at_most).then("most").when(at_least).then(100 - pl.col("most")).otherwise("value"),
        low=pl.when(at_most).then(0.0).when(at_least).then(100 - pl.col("upper")).otherwise("low"),
        high=pl.when(at_most).then("upper").when(at_least).then(100.0).otherwise("high"),
    )


def _bounds(cells: pl.DataFrame) -> pl.DataFrame:
    """What is said of each number of pupils of whom `least` are told at most."""
    sizes = cells.filter(pl.col("bound").is_not_null()).select("n", "least").unique()
    most, upper = _most(*(sizes[name].to_numpy().astype(float) for name in ("n", "least")))
    return sizes.with_columns(most=pl.Series(most), upper=pl.Series(upper))


def _most(n: np.ndarray, least: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The share that `least` of n pupils are, and the upper end of its exact interval, in per cent."""
    pupils, few = np.maximum(n, 1.0), np.minimum(least, n)
    upper = np.where(few < pupils, betaincinv(few + 1, np.maximum(pupils - few, 1e-9), 1 - TAIL), 1.0)
    return 100.0 * few / pupils, 100.0 * upper


def _rounded(cells: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Numbers in the steps of the policy; bounds and the intervals of shares outwards."""
    step = pl.col("step")
    at_most, at_least = pl.col("bound") == AT_MOST, pl.col("bound") == AT_LEAST
    nearest = {name: (pl.col(name) / step).round() for name in ("value", "low", "high")}
    # A hair of room: 13.6 / 0.1 is a little under 136 in binary.
    down = {name: (pl.col(name) / step + 1e-9).floor() for name in ("value", "low")}
    up = {name: (pl.col(name) / step - 1e-9).ceil() for name in ("value", "high")}
    # Coarse steps would otherwise promise a certainty that is not there.
    is_coarse = pl.col("is_share") & (step >= 1)
    value = pl.when(at_most).then(up["value"]).when(at_least).then(down["value"]).otherwise(nearest["value"])
    steps = {
        "value": value,
        "low": pl.when(is_coarse | at_least).then(down["low"]).otherwise(nearest["low"]),
        "high": pl.when(is_coarse | at_most).then(up["high"]).otherwise(nearest["high"]),
    }
    told = {name: _tidy(number * step) for name, number in steps.items()}
    told["n"] = _pupils(pl.col("n"), policy).cast(pl.Int64)
    counts = pl.col("measure") == "n"
    told["value"] = pl.when(counts).then(_pupils(pl.col("value"), policy)).otherwise(told["value"])
    return cells.with_columns(**told)


def _pupils(count: pl.Expr, policy: Policy) -> pl.Expr:
    """Exact for everyone of a unit, in steps for a group, and exact in a drawn sample."""
    step = policy.count_step
    # Never told as fewer than the threshold, also where that is no whole number of steps.
    lowest = (pl.col("least") / step).ceil() * step
    stepped = pl.max_horizontal((count / step).round() * step, lowest)
    is_exact = (pl.col("breakdown") == EVERYONE) | pl.col("is_sample")
    return pl.when(is_exact).then(count).otherwise(stepped)


def _step(policy: Policy) -> pl.Expr:
    decimals = pl.coalesce(
        kind().replace_strict(dict(policy.decimals_of), default=None, return_dtype=pl.Int64),
        _of_level(dict(policy.decimals), pl.Int64),
    )
    shares = _of_level(dict(policy.share_steps), pl.Float64)
    return pl.when(kind().is_in(policy.shares)).then(shares).otherwise(pl.lit(10.0).pow(-decimals))


def _tidy(number: pl.Expr) -> pl.Expr:
    """Without the binary dust of a step of a tenth, and no negative zero."""
    clean = number.round(6)
    return pl.when(clean == 0).then(0.0).otherwise(clean)
