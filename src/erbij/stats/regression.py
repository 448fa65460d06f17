"""A weighted mean and a weighted linear regression under the sampling design.

Everything is a sum over pupils: the packed cross-products of predictors and outcome, times the weights.
All replicates together are one matrix product.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from erbij.errors import EstimationError
from erbij.stats.design import (
    BoolArray,
    FloatArray,
    SamplingDesign,
    check_design,
    cluster_codes,
    replicate_scale,
)

PRODUCTS_AT_ONCE = 8_000_000
"""Cross-products held at a time: 64 MB."""
SMALLEST_EIGENVALUE = 1e-11
"""Of the cross-products scaled to unit diagonal, relative to the largest: below it X is collinear."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error, degrees of freedom and the unweighted count behind it."""

    value: float
    se: float
    df: int
    n: int


@dataclass(frozen=True, slots=True)
class Regression:
    """Coefficients, shape (k,), and how they were solved.

    `df` is that of the design plus one, minus k, as svyglm of R's survey counts. `n` is the number of
    complete rows. `covariance` has shape (k, k). `rank` and `condition` are those of the cross-products,
    columns shifted to mean zero (where there is an intercept) and scaled to unit length.
    """

    names: tuple[str, ...]
    beta: FloatArray
    se: FloatArray
    df: int
    n: int
    covariance: FloatArray
    rank: int
    condition: float


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of X and, last, y as the rows of Z, shape (k + 1, n), each less its `shift`.

    Incomplete pupils are zero throughout, so that they add nothing. `complete` has shape (n,).
    """

    Z: FloatArray
    complete: BoolArray
    shift: FloatArray
    intercept: int | None


def survey_mean(y: FloatArray, design: SamplingDesign) -> Estimate:
    """Find the weighted mean of one variable.

    Parameters
    ----------
    y
        Shape (n,), any unit; NaN is missing and left out.
    design
        Replicates, or else linearised between clusters or pupils.

    Raises
    ------
    EstimationError
        Fewer than two answers, a design that is not sound.

    Examples
    --------
    >>> survey_mean(np.array([40.0, 60.0, 80.0, np.nan]), SamplingDesign(np.ones(4)))
    Estimate(value=60.0, se=11.54700538379251..., df=2, n=3)
    """
    fit = survey_regression(y, np.ones((y.size, 1)), design, names=["mean"])
    return Estimate(float(fit.beta[0]), float(fit.se[0]), fit.df, fit.n)


def survey_regression(
    y: FloatArray, X: FloatArray, design: SamplingDesign, *, names: Sequence[str]
) -> Regression:
    """Fit a weighted linear regression with standard errors of the sampling design.

    Parameters
    ----------
    y
        Shape (n,); rows with NaN in y or X are left out.
    X
        Shape (n, k), the whole model matrix, the column of ones included.
    design
        With replicates every replicate is refitted; otherwise a linearised sandwich between clusters, or
        between pupils where there are no clusters.
    names
        The k names of the columns.

    Raises
    ------
    EstimationError
        Too few rows or clusters, columns that depend on each other (named), a design that is not sound.

    Notes
    -----
    Binder (1983), On the variances of asymptotically normal estimators from complex surveys; replicates
    as Judkins (1990). Columns are shifted by their mean before they are multiplied: raw cross-products of
    a column around 1e7 would lose all digits.

    Examples
    --------
    >>> x = np.array([0.0, 1.0, 2.0, 3.0])
    >>> X = np.column_stack([np.ones(4), x])
    >>> fit = survey_regression(1 + 2 * x, X, SamplingDesign(np.ones(4)), names=["Intercept", "x"])
    >>> fit.beta.round(9), fit.df
    (array([1., 2.]), 2)
    """
    check_design(design, y.size)
    columns = _columns(y, X, names)
    k, n = X.shape[1], int(columns.complete.sum())
    _check_enough("complete rows", n, k)
    gram, moment = _cross_products(columns, design)
    centred, condition = _solve(gram, moment, names)
    beta = _unshift(centred, columns)
    if design.replicates is not None:
        deviations = (beta[1:] - beta[0]) / np.sqrt(replicate_scale(design))
        df = design.replicates.shape[1] - k
        _check_enough("replicates", design.replicates.shape[1], k)
    else:
        deviations, clusters = _score_deviations(columns, design, centred[0], gram[0])
        deviations = _unshift(deviations, columns, keep_origin=True)
        df = clusters - k
        _check_enough("clusters", clusters, k)
    covariance = deviations.T @ deviations
    se = np.sqrt(np.diag(covariance))
    return Regression(tuple(names), beta[0], se, df, n, covariance, k, condition)


def _columns(y: FloatArray, X: FloatArray, names: Sequence[str]) -> _Columns:
    if X.shape != (y.size, len(names)):
        raise EstimationError(
            "X must have a row for each answer and a column for each name",
            found=X.shape,
            allowed=[(y.size, len(names))],
        )
    Z = np.vstack([X.T, y])
    complete: BoolArray = ~np.asarray(np.isnan(Z).any(axis=0))
    if not complete.any():
        raise EstimationError("no row is complete", where=names)
    known = Z if complete.all() else Z[:, complete]
    lows, highs = known.min(axis=1), known.max(axis=1)
    _check_finite(np.concatenate([lows, highs]), names)
    ones = np.flatnonzero((lows[:-1] == 1) & (highs[:-1] == 1))
    intercept = int(ones[0]) if ones.size else None
    _check_vary(lows[:-1], highs[:-1], names, intercept=intercept)
    shift = np.zeros(len(Z))
    if intercept is not None:
        shift = known.mean(axis=1)
        shift[intercept] = 0.0
        Z -= shift[:, None]
    Z[:, ~complete] = 0.0
    return _Columns(Z, complete, shift, intercept)


def _check_finite(ends: FloatArray, names: Sequence[str]) -> None:
    if not np.isfinite(ends).all():
        raise EstimationError("a value is infinite", where=names, advice="Mark it as missing.")


def _check_vary(lows: FloatArray, highs: FloatArray, names: Sequence[str], *, intercept: int | None) -> None:
    flat = (lows == highs) & ((highs == 0) | (intercept is not None))
    flat &= np.arange(flat.size) != (-1 if intercept is None else intercept)
    if flat.any():
        raise EstimationError(
            "a column does not vary", where=np.array(names)[flat], advice="Leave it out of the formula."
        )


def _check_enough(what: str, found: int, k: int) -> None:
    if found <= k:
        raise EstimationError(
            f"too few {what} for {k} coefficients", found=found, allowed=[f"{k + 1} or more"]
        )


def _blocks(n: int, width: int) -> Iterator[slice]:
    size = max(1024, PRODUCTS_AT_ONCE // width)
    return (slice(start, min(start + size, n)) for start in range(0, n, size))


def _cross_products(columns: _Columns, design: SamplingDesign) -> tuple[FloatArray, FloatArray]:
    """X'WX, shape (1 + R, k, k), and X'Wy, shape (1 + R, k): the full sample first, then each replicate."""
    k, n = columns.Z.shape[0] - 1, columns.Z.shape[1]
    i, j = np.triu_indices(k + 1)
    i, j = i[:-1], j[:-1]  # the last one, y'Wy, is not needed
    R = 0 if design.replicates is None else design.replicates.shape[1]
    packed = np.zeros((1 + R, i.size))
    for rows in _blocks(n, i.size):
        products = columns.Z[i, rows] * columns.Z[j, rows]
        packed[0] += products @ design.weights[rows]
        if design.replicates is not None:
            packed[1:] += (products @ design.replicates[rows]).T
    sums = np.zeros((1 + R, k + 1, k + 1))
    sums[:, i, j] = packed
    sums[:, j, i] = packed
    return sums[:, :k, :k], sums[:, :k, k]


def _solve(gram: FloatArray, moment: FloatArray, names: Sequence[str]) -> tuple[FloatArray, float]:
    length = np.sqrt(np.diagonal(gram, axis1=1, axis2=2))
    if not length.all():
        raise EstimationError("a column is zero throughout a replicate", where=_empty(length, names))
    scaled = gram / length[:, :, None] / length[:, None, :]
    values, vectors = np.linalg.eigh(scaled)
    worst = int(np.argmin(values[:, 0] / values[:, -1]))
    if values[worst, 0] < SMALLEST_EIGENVALUE * values[worst, -1]:
        raise EstimationError(
            "columns depend on each other",
            where=[name for name, v in zip(names, vectors[worst, :, 0], strict=True) if abs(v) > 1e-4],
            advice="Leave one of them out of the formula.",
        )
    solved = np.linalg.solve(scaled, (moment / length)[:, :, None])[:, :, 0] / length
    return solved, float(np.sqrt(values[0, -1] / values[0, 0]))


def _empty(length: FloatArray, names: Sequence[str]) -> list[str]:
    return [name for name, column in zip(names, length.T, strict=True) if not column.all()]


def _unshift(beta: FloatArray, columns: _Columns, *, keep_origin: bool = False) -> FloatArray:
    """Move the intercept back to where the columns were; `keep_origin` for deviations, which have no y."""
    if columns.intercept is None:
        return beta
    moved = beta.copy()
    moved[:, columns.intercept] -= beta @ columns.shift[:-1]
    if not keep_origin:
        moved[:, columns.intercept] += columns.shift[-1]
    return moved


def _score_deviations(
    columns: _Columns, design: SamplingDesign, beta: FloatArray, gram: FloatArray
) -> tuple[FloatArray, int]:
    """Cluster sums of the influence of each pupil, shape (J, k), scaled to ``J / (J - 1)``; and J."""
    rows = np.flatnonzero(columns.complete)
    block = columns.Z[:, rows].T
    scores = block[:, :-1] * (design.weights[rows] * (block[:, -1] - block[:, :-1] @ beta))[:, None]
    codes = cluster_codes(design, rows)
    J = int(codes.max()) + 1
    if design.clusters is not None:
        scores = csr_array((np.ones(rows.size), (codes, np.arange(rows.size))), shape=(J, rows.size)) @ scores
    influence = np.linalg.solve(gram, scores.T).T
    return influence * np.sqrt(J / max(J - 1, 1)), J
