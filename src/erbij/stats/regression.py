"""A weighted mean and a weighted linear regression under the sampling design.

Everything is a sum over pupils: the packed cross-products of predictors and outcome, times the weights.
All replicates together are one matrix product.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from erbij.stats.design import FloatArray, SamplingDesign, check_design
from erbij.stats.survey_columns import (
    Columns,
    blocks,
    check_enough,
    cluster_deviations,
    columns_of,
    replicate_deviations,
    solve,
    unshift,
)


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
    columns = columns_of(y, X, names)
    k, n = X.shape[1], int(columns.complete.sum())
    check_enough("complete rows", n, k)
    gram, moment = _cross_products(columns, design)
    beta, condition = solve(gram, moment, names)
    if design.replicates is not None:
        deviations, df = replicate_deviations(beta, columns, design)
    else:
        deviations, df = cluster_deviations(columns, design, _residual(columns, beta[0]), gram[0])
    covariance = deviations.T @ deviations
    se = np.sqrt(np.diag(covariance))
    return Regression(tuple(names), unshift(beta, columns)[0], se, df, n, covariance, k, condition)


def _cross_products(columns: Columns, design: SamplingDesign) -> tuple[FloatArray, FloatArray]:
    """X'WX, shape (1 + R, k, k), and X'Wy, shape (1 + R, k): the full sample first, then each replicate."""
    k, n = columns.Z.shape[0] - 1, columns.Z.shape[1]
    i, j = np.triu_indices(k + 1)
    i, j = i[:-1], j[:-1]  # the last one, y'Wy, is not needed
    R = 0 if design.replicates is None else design.replicates.shape[1]
    packed = np.zeros((1 + R, i.size))
    for rows in blocks(n, i.size):
        products = columns.Z[i, rows] * columns.Z[j, rows]
        packed[0] += products @ design.weights[rows]
        if design.replicates is not None:
            packed[1:] += (products @ design.replicates[rows]).T
    sums = np.zeros((1 + R, k + 1, k + 1))
    sums[:, i, j] = packed
    sums[:, j, i] = packed
    return sums[:, :k, :k], sums[:, :k, k]


def _residual(columns: Columns, beta: FloatArray) -> FloatArray:
    block = columns.Z[:, columns.complete]
    return np.asarray(block[-1] - beta @ block[:-1], dtype=np.float64)
