"""The complete rows of a model under a sampling design, as shifted columns, and equations between them.

Columns are shifted by their mean before they are multiplied: raw cross-products of a column around 1e7 would
lose all digits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from erbij.errors import EstimationError
from erbij.stats.design import BoolArray, FloatArray, SamplingDesign, cluster_codes, replication

PRODUCTS_AT_ONCE = 8_000_000
"""Cross-products held at a time: 64 MB."""
SMALLEST_EIGENVALUE = 1e-11
"""Of the cross-products scaled to unit diagonal, relative to the largest: below it X is collinear."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of X and, last, y as the rows of Z, shape (k + 1, n), each less its `shift`.

    Incomplete pupils are zero throughout, so that they add nothing. `complete` has shape (n,).
    """

    Z: FloatArray
    complete: BoolArray
    shift: FloatArray
    intercept: int | None


def columns_of(y: FloatArray, X: FloatArray, names: Sequence[str]) -> Columns:
    """The complete rows of a model; refuse columns that can't be fitted.

    Parameters
    ----------
    y, X
        Shapes (n,) and (n, k); NaN is missing, and such rows are left out.
    names
        The k names of the columns.

    Raises
    ------
    EstimationError
        Shapes differ, no row is complete, a value is infinite, a column does not vary.
    """
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
    _check_finite(np.isfinite(lows) & np.isfinite(highs), names)
    ones = np.flatnonzero((lows[:-1] == 1) & (highs[:-1] == 1))
    intercept = int(ones[0]) if ones.size else None
    _check_vary(lows[:-1], highs[:-1], names, intercept=intercept)
    shift = np.zeros(len(Z))
    if intercept is not None:
        shift = known.mean(axis=1)
        shift[intercept] = 0.0
        Z -= shift[:, None]
    Z[:, ~complete] = 0.0
    return Columns(Z, complete, shift, intercept)


def _check_finite(is_finite: BoolArray, names: Sequence[str]) -> None:
    if not is_finite.all():
        where = np.array([*names, "the outcome"])[~is_finite]
        raise EstimationError("a value is infinite", where=where, advice="Mark it as missing.")


def _check_vary(lows: FloatArray, highs: FloatArray, names: Sequence[str], *, intercept: int | None) -> None:
    flat = (lows == highs) & ((highs == 0) | (intercept is not None))
    flat &= np.arange(flat.size) != (-1 if intercept is None else intercept)
    if flat.any():
        raise EstimationError(
            "a column does not vary", where=np.array(names)[flat], advice="Leave it out of the formula."
        )


def check_enough(what: str, found: int, k: int) -> None:
    """Refuse k coefficients from k or fewer of something."""
    if found <= k:
        raise EstimationError(
            f"too few {what} for {k} coefficients", found=found, allowed=[f"{k + 1} or more"]
        )


def blocks(n: int, width: int) -> Iterator[slice]:
    """Rows to take at a time, where each row is `width` numbers wide."""
    size = max(1024, PRODUCTS_AT_ONCE // width)
    return (slice(start, min(start + size, n)) for start in range(0, n, size))


def solve(gram: FloatArray, moment: FloatArray, names: Sequence[str]) -> tuple[FloatArray, float]:
    """Solve ``gram @ beta = moment``, shapes (B, k, k) and (B, k); and tell the condition of the first.

    Raises
    ------
    EstimationError
        Columns that depend on each other, by name.
    """
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


def unshift(beta: FloatArray, columns: Columns, *, keep_origin: bool = False) -> FloatArray:
    """Move the intercept back to where the columns were; `keep_origin` for deviations, which have no y."""
    if columns.intercept is None:
        return beta
    moved = beta.copy()
    moved[:, columns.intercept] -= beta @ columns.shift[:-1]
    if not keep_origin:
        moved[:, columns.intercept] += columns.shift[-1]
    return moved


def replicate_deviations(
    beta: FloatArray, columns: Columns, design: SamplingDesign
) -> tuple[FloatArray, int]:
    """What the replicates deviate, shape (R, k), as columns whose products are the covariance; and df.

    `beta` has shape (1 + R, k), of shifted columns, the full sample first.
    """
    spread, k = replication(design), beta.shape[1]
    check_enough("degrees of freedom of the replicates", spread.df + 1, k)
    deviations = unshift(beta[1:] - beta[0], columns, keep_origin=True)
    return deviations * np.sqrt(spread.coefficients)[:, None], spread.df + 1 - k


def cluster_deviations(
    columns: Columns, design: SamplingDesign, residual: FloatArray, gram: FloatArray
) -> tuple[FloatArray, int]:
    """Cluster sums of the influence of each pupil, shape (J, k), scaled to ``J / (J - 1)``; and df.

    `residual` has shape (m,), of the complete rows, gram (k, k) is the curvature (Binder 1983).
    """
    rows, k = np.flatnonzero(columns.complete), len(columns.Z) - 1
    scores = columns.Z[:-1, rows].T * (design.weights[rows] * residual)[:, None]
    codes = cluster_codes(design, rows)
    J = int(codes.max()) + 1
    check_enough("clusters", J, k)
    if design.clusters is not None:
        scores = csr_array((np.ones(rows.size), (codes, np.arange(rows.size))), shape=(J, rows.size)) @ scores
    influence = np.linalg.solve(gram, scores.T).T * np.sqrt(J / max(J - 1, 1))
    return unshift(influence, columns, keep_origin=True), J - k
