"""Quantiles under the sampling design: the smallest answer at which the weighted share reaches p."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray, SamplingDesign, check_design, replication
from erbij.stats.intervals import student_quantile
from erbij.stats.regression import survey_mean

ROWS_IN_BIN = 512
ROUNDING = 1e-12
"""Of the total weight: a share this near to p has reached it, whatever the order of adding."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Quantiles, each array of shape (Q,), of n answers.

    `low` and `high` are NaN where the sample does not reach that far; `se` is then NaN too, unless it comes
    from replicates.
    """

    p: FloatArray
    value: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    df: int
    n: int


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Answers in order, shape (m,), the row of each, and its share of the weight with all before it."""

    y: FloatArray
    rows: IntArray
    share: FloatArray


def survey_quantiles(y: FloatArray, design: SamplingDesign, p: Sequence[float]) -> Quantiles:
    """Find weighted quantiles with 95 % intervals.

    Parameters
    ----------
    y
        Shape (n,), any unit; NaN is missing and left out.
    design
        With balanced replicates (PISA) the quantile is taken in each. Otherwise, and with a jackknife, for
        which that is not valid, the interval of the share at the quantile is turned back (Woodruff 1952).
    p
        Shares, above 0 and under 1.

    Raises
    ------
    EstimationError
        A share out of range, fewer than two answers, an infinite one, a design that is not sound.

    Notes
    -----
    The quantile is the inverse of the weighted distribution function, min{x: F(x) >= p}: always an answer
    that was given. R's ``svyquantile(qrule = "math")``, Hyndman & Fan's first definition.

    Examples
    --------
    >>> design = SamplingDesign(np.array([1.0, 1, 1, 3]))
    >>> found = survey_quantiles(np.array([1.0, 2, 3, 4]), design, [0.25, 0.5])
    >>> found.value, found.n
    (array([2., 3.]), 4)
    """
    check_design(design, y.size)
    shares = np.asarray(p, dtype=np.float64)
    if not ((shares > 0) & (shares < 1)).all():
        raise EstimationError("a share is out of range", found=list(p), allowed=["above 0 and under 1"])
    mean = survey_mean(y, design)  # refuses what no quantile can be taken of either
    ordered = _sorted(y, design.weights)
    value = _at(ordered, shares)
    if design.replicates is None or design.is_jackknife:
        return _by_shares(y, design, ordered, p=shares, n=mean.n)
    spread = replication(design)
    each = _in_replicates(ordered, design.replicates, shares)
    se = np.sqrt(((each - value[:, None]) ** 2) @ spread.coefficients)
    half = student_quantile(spread.df) * se
    return Quantiles(shares, value, se, value - half, value + half, spread.df, mean.n)


def _sorted(y: FloatArray, weights: FloatArray) -> _Sorted:
    rows = np.flatnonzero(~np.isnan(y))
    rows = rows[np.argsort(y[rows], kind="stable")]
    cumulative = np.cumsum(weights[rows])
    return _Sorted(y[rows], rows, cumulative / cumulative[-1])


def _at(ordered: _Sorted, p: FloatArray) -> FloatArray:
    places = np.searchsorted(ordered.share, p - ROUNDING)
    return ordered.y[np.minimum(places, ordered.y.size - 1)]


def _by_shares(
    y: FloatArray, design: SamplingDesign, ordered: _Sorted, *, p: FloatArray, n: int
) -> Quantiles:
    value = _at(ordered, p)
    ends = np.empty((2, p.size))
    df = 0
    for q, x in enumerate(value):
        below = survey_mean(np.where(np.isnan(y), np.nan, y <= x), design)
        df = below.df
        half = student_quantile(df) * below.se
        ends[:, q] = below.value - half, below.value + half
    low, high = np.where((ends < 0) | (ends > 1), np.nan, _at(ordered, np.clip(ends, 0, 1)))
    return Quantiles(p, value, (high - low) / (2 * student_quantile(df)), low, high, df, n)


def _in_replicates(ordered: _Sorted, replicates: FloatArray, p: FloatArray) -> FloatArray:
    """The quantiles in each replicate, shape (Q, R).

    Weights are summed by bin of neighbouring answers, one pass over the replicates without a copy; only bins
    in which a quantile falls are looked into.
    """
    m = ordered.rows.size
    starts = np.append(np.arange(0, m, ROWS_IN_BIN), m)
    bins = csr_array((np.ones(m), ordered.rows, starts), shape=(starts.size - 1, len(replicates)))
    reached = np.cumsum(bins @ np.ascontiguousarray(replicates), axis=0)
    found = np.empty((p.size, replicates.shape[1]))
    for q, share in enumerate(p):
        target = (share - ROUNDING) * reached[-1]
        place = (reached < target).sum(axis=0)
        for b in np.unique(place):
            inside, here = slice(starts[b], starts[b + 1]), np.flatnonzero(place == b)
            before = reached[b - 1, here] if b else 0.0
            running = before + np.cumsum(replicates[ordered.rows[inside]][:, here], axis=0)
            step = np.minimum((running < target[here]).sum(axis=0), len(running) - 1)
            found[q, here] = ordered.y[inside][step]
    return found
