"""A weighted logistic regression under the sampling design.

Newton's method for the full sample, then from there one step for all replicates together until each has
settled: scores and curvatures of all replicates are matrix products, block by block of rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray, SamplingDesign, check_design
from erbij.stats.survey_columns import (
    Columns,
    check_enough,
    cluster_deviations,
    columns_of,
    replicate_deviations,
    solve,
    unshift,
)

MOST_STEPS = 40
SETTLED = 1e-5
"""The length of a last step, in standard deviations of the log odds: the next would be its square."""
LONGEST_STEP = 4.0
"""In the same unit: a step from far away may not overshoot."""
IN_CACHE = 400_000
"""Numbers (rows times replicates) held at a time: they stay in the processor's cache."""
SMALLEST_VARIANCE = 1e-9
"""Of an answer, averaged in some direction of the columns: below it the answers are certain there."""


@dataclass(frozen=True, slots=True)
class LogisticRegression:
    """Log odds, shape (k,), with the covariance of the design, and how the search ended.

    `df` and `n` as in `Regression`. `steps` of the full sample, and of the replicate that needed most;
    `gradient_norm` is the largest slope of the log-likelihood for one pupil of mean weight, where the search
    of the full sample ended.
    """

    names: tuple[str, ...]
    beta: FloatArray
    se: FloatArray
    df: int
    n: int
    covariance: FloatArray
    steps: int
    replicate_steps: int
    gradient_norm: float


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """B regressions of one outcome, shape (n,), on the same columns, shape (k, n), in weights, (n, B).

    Columns of incomplete rows are zero. `root`, (k, k), is the Cholesky factor of the full sample's squares
    of a pupil of mean weight; `totals`, (B,), are the sums of weights of complete rows. `intercept` is the
    column of ones, if there is one.
    """

    X: FloatArray
    outcome: FloatArray
    weights: FloatArray
    totals: FloatArray
    root: FloatArray
    names: tuple[str, ...]
    intercept: int | None


@dataclass(frozen=True, slots=True)
class _Slopes:
    """First and second derivatives of B log-likelihoods by pupil: shapes (B, k) and (B, k, k)."""

    score: FloatArray
    curvature: FloatArray


def survey_logistic(
    y: FloatArray, X: FloatArray, design: SamplingDesign, *, names: Sequence[str]
) -> LogisticRegression:
    """Fit a weighted logistic regression with standard errors of the sampling design.

    Parameters
    ----------
    y
        Shape (n,), 0 or 1; rows with NaN in y or X are left out.
    X
        Shape (n, k), the whole model matrix, the column of ones included.
    design
        With replicates every replicate is fitted; otherwise a linearised sandwich between clusters, or
        between pupils where there are no clusters.
    names
        The k names of the columns.

    Raises
    ------
    EstimationError
        As `survey_regression`; an outcome that is not 0 or 1, or that does not vary; a column that tells the
        outcome without exception, in the sample or in a replicate.

    Notes
    -----
    Binder (1983); replicates around the estimate of the full sample, as Judkins (1990).

    Examples
    --------
    >>> X = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    >>> fit = survey_logistic(np.array([1.0, 0, 0, 1, 1, 0]), X, SamplingDesign(np.ones(6)), names=["1", "x"])
    >>> fit.beta.round(4), fit.df
    (array([-0.6931,  1.3863]), 4)
    """
    check_design(design, y.size)
    columns = columns_of(y, X, names)
    k, n = X.shape[1], int(columns.complete.sum())
    check_enough("complete rows", n, k)
    problem = _problem(columns, _outcome(y, columns), design.weights[:, None], names)
    beta, steps = _settle(problem, np.zeros((1, k)))
    slopes = _slopes(problem, beta, np.zeros(1, dtype=np.int64))
    deviations, df, replicate_steps = _deviations(columns, problem, design, beta=beta, slopes=slopes)
    covariance = deviations.T @ deviations
    return LogisticRegression(
        names=tuple(names),
        beta=unshift(beta, columns, keep_origin=True)[0],
        se=np.sqrt(np.diag(covariance)),
        df=df,
        n=n,
        covariance=covariance,
        steps=steps,
        replicate_steps=replicate_steps,
        gradient_norm=float(np.abs(slopes.score).max()),
    )


def _outcome(y: FloatArray, columns: Columns) -> FloatArray:
    """The outcome, shape (n,); 0 where a row is not complete, and adds nothing whatever stands here."""
    known = y[columns.complete]
    odd = known[(known != 0) & (known != 1)]
    if odd.size:
        raise EstimationError(
            "the outcome of a logistic regression must be 0 or 1",
            found=float(odd[0]),
            advice='Define it, such as --let "low = score < 50".',
        )
    if known.min() == known.max():
        raise EstimationError("the outcome does not vary", found=float(known[0]))
    return np.where(columns.complete, y, 0.0)


def _problem(columns: Columns, outcome: FloatArray, weights: FloatArray, names: Sequence[str]) -> _Problem:
    X = columns.Z[:-1]
    totals = columns.complete.astype(np.float64) @ weights
    gram = (X * weights[:, 0]) @ X.T / totals[0]
    solve(gram[None], np.zeros((1, len(names))), names)  # refuses columns that depend on each other
    return _Problem(X, outcome, weights, totals, np.linalg.cholesky(gram), tuple(names), columns.intercept)


def _deviations(
    columns: Columns, problem: _Problem, design: SamplingDesign, *, beta: FloatArray, slopes: _Slopes
) -> tuple[FloatArray, int, int]:
    """Deviations whose products are the covariance; df; and the steps of the replicate that took most."""
    if design.replicates is None:
        residual = (problem.outcome - _expit(beta[0] @ problem.X))[columns.complete]
        curvature = slopes.curvature[0] * problem.totals[0]
        return *cluster_deviations(columns, design, residual, curvature), 0
    totals = columns.complete.astype(np.float64) @ design.replicates
    if not totals.all():
        raise EstimationError("a replicate has no weight", where=["replicate weights"])
    replicated = replace(problem, weights=design.replicates, totals=totals)
    each, steps = _settle(replicated, np.repeat(beta, totals.size, axis=0))
    return *replicate_deviations(np.vstack([beta, each]), columns, design), steps


def _settle(problem: _Problem, beta: FloatArray) -> tuple[FloatArray, int]:
    """Newton's method from beta, shape (B, k); a regression that has settled is left alone."""
    left = np.arange(len(beta))
    for step in range(1, MOST_STEPS + 1):
        slopes = _slopes(problem, beta[left], left)
        _check_uncertain(problem, slopes)
        move = np.linalg.solve(slopes.curvature, slopes.score[:, :, None])[:, :, 0]
        length = np.sqrt(((move @ problem.root) ** 2).sum(axis=1))
        beta[left] += move * np.minimum(1.0, LONGEST_STEP / np.maximum(length, LONGEST_STEP))[:, None]
        left = left[length > SETTLED]
        if not left.size:
            return beta, step
    raise EstimationError("the search did not settle", where=problem.names, found=f"{MOST_STEPS} steps")


def _slopes(problem: _Problem, beta: FloatArray, which: IntArray) -> _Slopes:
    """Derivatives at beta, shape (B, k), in the weights of which, shape (B,)."""
    B, k = beta.shape
    i, j = np.triu_indices(k)
    score, packed = np.zeros((B, k)), np.zeros((B, i.size))
    is_common = bool((beta == beta[0]).all())
    for rows in _cached(len(problem.outcome), B + i.size):
        X, y, w = problem.X[:, rows], problem.outcome[rows, None], problem.weights[rows]
        w = w if w.shape[1] == B else w[:, which]
        products = X[i] * X[j]
        if is_common:  # one probability for each pupil, and the weights enter last
            p = _expit(beta[0] @ X)
            score += (X * (y[:, 0] - p) @ w).T
            packed += (products * (p - p * p) @ w).T
        else:
            p = _expit(X.T @ beta.T)
            score += ((y - p) * w).T @ X.T
            packed += ((p - p * p) * w).T @ products.T
    curvature = np.zeros((B, k, k))
    curvature[:, i, j] = packed
    curvature[:, j, i] = packed
    total = problem.totals[which]
    return _Slopes(score / total[:, None], curvature / total[:, None, None])


def _cached(n: int, width: int) -> Iterator[slice]:
    size = max(256, IN_CACHE // width)
    return (slice(start, start + size) for start in range(0, n, size))


def _expit(eta: FloatArray) -> FloatArray:
    # NumPy's exp runs on four numbers at a time, which SciPy's expit does not.
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-eta)), dtype=np.float64)


def _check_uncertain(problem: _Problem, slopes: _Slopes) -> None:
    """Refuse columns along which the answers are certain: log odds would grow without end."""
    inverse = np.linalg.inv(problem.root)
    values, vectors = np.linalg.eigh(inverse @ slopes.curvature @ inverse.T)
    worst = int(np.argmin(values[:, 0]))
    if values[worst, 0] < SMALLEST_VARIANCE:
        direction = np.abs(inverse.T @ vectors[worst, :, 0]) * np.linalg.norm(problem.root, axis=1)
        if problem.intercept is not None:  # it moves along, and is not what is wrong
            direction[problem.intercept] = 0.0
        raise EstimationError(
            "tells the outcome without exception, or does not vary"
            + (" in a replicate" if problem.weights.shape[1] > 1 else ""),
            where=[n for n, d in zip(problem.names, direction, strict=True) if d > 0.1 * direction.max()],
            advice="Leave it out of the formula.",
        )
