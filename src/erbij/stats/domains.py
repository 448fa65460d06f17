"""Means of many overlapping groups at once, with what their differences need.

A domain is any set of pupils: a group in a class, a class, everyone. Values, variances and covariances of
all domains come from a few sparse products, so twenty thousand cost little more than twenty.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array, issparse

from erbij.errors import EstimationError
from erbij.stats.design import (
    BoolArray,
    FloatArray,
    IntArray,
    SamplingDesign,
    check_design,
    cluster_codes,
    replication,
)

CONTRASTS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class DomainMeans:
    """The mean of each of D domains. All arrays have shape (D,).

    `n` counts valid answers, unweighted. `value` is the weighted mean, NaN where n = 0; `se` is NaN where
    n < 2 or df < 1. `is_constant` tells that all valid answers are the same.
    `deviations`, shape (K, D), dense or sparse: columns whose inner products are the covariances of the
    means. K counts replicates, or clusters.
    """

    n: IntArray
    value: FloatArray
    se: FloatArray
    df: IntArray
    is_constant: BoolArray
    deviations: Any


@dataclass(frozen=True, slots=True)
class Contrast:
    """Differences between domain means, shape (C,). `df` is the smaller of the two domains'."""

    value: FloatArray
    se: FloatArray
    df: IntArray


def domain_means(y: FloatArray, members: Any, design: SamplingDesign, *, parents: IntArray) -> DomainMeans:
    """Find the weighted mean of every domain and its standard error under the sampling design.

    Parameters
    ----------
    y
        Shape (n,), any unit; NaN is a missing answer and counts nowhere.
    members
        Shape (n, D), scipy.sparse csr or csc, True where pupil i belongs to domain d; may overlap.
    design
        With replicates the variance is taken over them; otherwise it is linearised (Taylor) between
        clusters, or between pupils where there are no clusters.
    parents
        Shape (D,): which domain is "everyone" of d's unit; ``parents[p] == p``. Its clusters with a valid
        answer are the J of the linearised variance ``J / (J - 1) * sum(S**2)``.

    Raises
    ------
    EstimationError
        Shapes differ, or the design is not sound.

    Notes
    -----
    Domains are handled as Lumley (2010), Complex Surveys, chapter 2: the size of a domain is random. With
    plain BRR (fay = 0) a replicate can leave a domain empty; its standard error is then NaN.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> everyone_and_first_two = csr_array([[1, 1], [1, 1], [1, 0], [1, 0]], dtype=bool)
    >>> design = SamplingDesign(np.ones(4))
    >>> means = domain_means(np.array([40.0, 60.0, 80.0, np.nan]), everyone_and_first_two, design,
    ...                      parents=np.array([0, 0]))
    >>> means.n, means.value, means.se.round(3)
    (array([3, 2]), array([60., 50.]), array([11.547,  8.66 ]))
    """
    check_design(design, y.size)
    valid = _valid_members(members, y, parents)
    pilot = _pilot(y)
    n = np.diff(valid.indptr).astype(np.int64)
    total = _column_sums(valid, design.weights[valid.indices])
    # Shifting by a pilot mean keeps the digits of scales that sit far from zero.
    weighted = _column_sums(valid, design.weights[valid.indices] * (y[valid.indices] - pilot))
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = weighted / total
    if design.replicates is not None:
        deviations, df = _replicate_deviations(y - pilot, valid, design, centred)
    else:
        residual = y[valid.indices] - pilot - np.repeat(centred, n)
        scores = design.weights[valid.indices] * residual / np.repeat(total, n)
        deviations, df = _linearised_deviations(valid, scores, design, parents)
    se = np.where((n >= 2) & (df >= 1), np.sqrt(_squared_lengths(deviations)), np.nan)
    lowest, highest = _extremes(valid, y)
    is_constant = lowest == highest
    # Where all answers are one, the mean is that answer to the last bit: 0 % must be 0 %.
    value = np.where(is_constant, lowest, centred + pilot)
    return DomainMeans(n, value, se, df, is_constant, deviations)


def contrast(means: DomainMeans, a: IntArray, b: IntArray) -> Contrast:
    """Find the differences ``mean[a] - mean[b]``, counting the pupils that both domains share.

    Parameters
    ----------
    a, b
        Shape (C,), indices of domains; a group against everyone together, or against another group. Two
        domains with different parents are compared with each its own J.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> girls_and_boys = csr_array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=bool)
    >>> means = domain_means(np.array([50.0, 70, 40, 60]), girls_and_boys, SamplingDesign(np.ones(4)),
    ...                      parents=np.array([0, 1]))
    >>> gap = contrast(means, np.array([0]), np.array([1]))
    >>> gap.value, gap.se.round(3)
    (array([10.]), array([14.142]))
    """
    squared = np.empty(a.size)
    for start in range(0, a.size, CONTRASTS_AT_ONCE):
        part = slice(start, start + CONTRASTS_AT_ONCE)
        squared[part] = _squared_lengths(means.deviations[:, a[part]] - means.deviations[:, b[part]])
    has_se = ~np.isnan(means.se[a]) & ~np.isnan(means.se[b])
    return Contrast(
        value=means.value[a] - means.value[b],
        se=np.where(has_se, np.sqrt(squared), np.nan),
        df=np.minimum(means.df[a], means.df[b]),
    )


def _valid_members(members: Any, y: FloatArray, parents: IntArray) -> Any:
    """Memberships of pupils with a valid answer, as csc with ones."""
    if members.shape != (y.size, parents.size):
        raise EstimationError(
            "members must have a row for each pupil and a column for each domain",
            found=members.shape,
            allowed=[(y.size, parents.size)],
        )
    if not np.array_equal(parents[parents], parents):
        raise EstimationError("everyone of a unit must be its own parent", where=["parents"])
    columns = csc_array(members, dtype=np.float64, copy=True)
    columns.sum_duplicates()
    keep = (columns.data != 0) & ~np.isnan(y[columns.indices])
    start = np.concatenate([[0], np.cumsum(keep)])[columns.indptr]
    rows = columns.indices[keep]
    return csc_array((np.ones(rows.size), rows, start), shape=columns.shape)


def _pilot(y: FloatArray) -> float:
    answered = ~np.isnan(y)
    if np.isinf(y).any():
        raise EstimationError("an answer is infinite", where=["y"], advice="Mark it as missing.")
    return float(y[answered].mean()) if answered.any() else 0.0


def _column_sums(valid: Any, values: FloatArray) -> FloatArray:
    columns = np.repeat(np.arange(valid.shape[1]), np.diff(valid.indptr))
    return np.bincount(columns, values, minlength=valid.shape[1]).astype(np.float64, copy=False)


def _replicate_deviations(
    shifted: FloatArray, valid: Any, design: SamplingDesign, centred: FloatArray
) -> tuple[FloatArray, IntArray]:
    replicates = np.ascontiguousarray(design.replicates, dtype=np.float64)
    D = valid.shape[1]
    # One pass over the replicate weights for numerators and denominators: no n x R copy is made.
    both = csc_array(
        (
            np.concatenate([shifted[valid.indices], valid.data]),
            np.concatenate([valid.indices, valid.indices]),
            np.concatenate([valid.indptr, valid.indptr[1:] + valid.nnz]),
        ),
        shape=(valid.shape[0], 2 * D),
    )
    sums = both.T @ replicates
    with np.errstate(invalid="ignore", divide="ignore"):
        theta = sums[:D] / sums[D:]
    spread = replication(design)
    deviations = (theta - centred[:, None]).T * np.sqrt(spread.coefficients)[:, None]
    return deviations, np.full(D, spread.df, dtype=np.int64)


def _linearised_deviations(
    valid: Any, scores: FloatArray, design: SamplingDesign, parents: IntArray
) -> tuple[Any, IntArray]:
    S = csc_array((scores, valid.indices, valid.indptr), shape=valid.shape)
    counts = np.diff(valid.indptr).astype(np.int64)
    if design.clusters is not None:
        codes = cluster_codes(design, np.arange(valid.shape[0]))
        J_all = int(codes.max(initial=-1)) + 1
        grouping = csc_array(
            (np.ones(codes.size), codes, np.arange(codes.size + 1)), shape=(J_all, codes.size)
        )
        S = csc_array(grouping @ S)
        # Ones never cancel, so the pattern of this product tells which clusters hold members.
        counts = np.diff(csc_array(grouping @ valid).indptr).astype(np.int64)
    J = counts[parents].astype(np.float64)
    factor = np.sqrt(np.divide(J, J - 1, out=np.zeros_like(J), where=J > 1))
    S.data = S.data * np.repeat(factor, np.diff(S.indptr))
    return S, np.maximum(counts - 1, 0)


def _squared_lengths(deviations: Any) -> FloatArray:
    if issparse(deviations):
        columns = csc_array(deviations)
        return _column_sums(columns, columns.data**2)
    return np.asarray(np.einsum("kd,kd->d", deviations, deviations), dtype=np.float64)


def _extremes(valid: Any, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest answer in each domain; NaN where there is none."""
    lowest, highest = np.full((2, valid.shape[1]), np.nan)
    filled = np.flatnonzero(np.diff(valid.indptr))
    if filled.size:
        answers, start = y[valid.indices], valid.indptr[filled]
        lowest[filled] = np.minimum.reduceat(answers, start)
        highest[filled] = np.maximum.reduceat(answers, start)
    return lowest, highest
