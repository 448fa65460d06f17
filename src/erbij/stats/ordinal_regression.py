"""Ordinal (cumulative logit, proportional odds) regression on counts of answers by pattern of predictors."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray

MOST_STEPS = 100
SETTLED = 1e-10
"""What the last step promised of log-likelihood: the next promises its square."""


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """``logit P(answer <= c) = thresholds[c] - X beta``, and how the search ended.

    `thresholds` has shape (C - 1,), for the C answers that occur; `beta` shape (k,).
    """

    thresholds: FloatArray
    beta: FloatArray
    loglik: float
    converged: bool
    steps: int


@dataclass(frozen=True, slots=True)
class _Edges:
    """Both edges of each answer on the logistic scale: distribution, density and its slope, (P, C) each."""

    upper: tuple[FloatArray, FloatArray, FloatArray]
    lower: tuple[FloatArray, FloatArray, FloatArray]


def ordinal_regression(counts: FloatArray, X: FloatArray) -> OrdinalFit:
    """Fit an ordinal regression by maximum likelihood.

    Parameters
    ----------
    counts
        Shape (P, C): how many of each of P patterns gave each of C answers, in order. Answers that nobody
        gave are left out.
    X
        Shape (P, k), the predictors of each pattern without a column of ones; k may be 0.

    Raises
    ------
    EstimationError
        Fewer than two answers that occur; columns that do not vary or depend on each other.

    Notes
    -----
    McCullagh (1980), Journal of the Royal Statistical Society B 42, 109-142. The log-likelihood is concave
    (Pratt 1981), so Newton's method with halved steps finds the one maximum. Where a column tells the answer
    without exception the maximum is at infinity; the search ends where nothing more is to be gained.

    Examples
    --------
    >>> fit = ordinal_regression(np.array([[15.0, 5], [10, 10]]), np.array([[0.0], [1]]))
    >>> fit.thresholds.round(6), fit.beta.round(4)
    (array([1.098612]), array([1.0986]))
    """
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] < 2:
        raise EstimationError("everyone gave the same answer")
    thresholds = logit(np.cumsum(counts.sum(axis=0))[:-1] / counts.sum())
    parameters = np.concatenate([thresholds, np.zeros(X.shape[1])])
    loglik = _loglik(parameters, counts, X)
    for step in range(1, MOST_STEPS + 1):
        move, promised = _newton(parameters, counts, X)
        parameters, better = _ahead(parameters, move, counts, X, at_least=loglik)
        if promised < SETTLED:
            return _fit(parameters, counts, max(better, loglik), step)
        loglik = better
    return _fit(parameters, counts, loglik, MOST_STEPS, converged=False)


def _fit(
    parameters: FloatArray, counts: FloatArray, loglik: float, steps: int, *, converged: bool = True
) -> OrdinalFit:
    C = counts.shape[1]
    return OrdinalFit(parameters[: C - 1], parameters[C - 1 :], loglik, converged, steps)


def _linear(parameters: FloatArray, counts: FloatArray, X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The upper and the lower edge of each answer, shape (P, C); infinite at the ends."""
    thresholds = parameters[: counts.shape[1] - 1]
    eta = X @ parameters[thresholds.size :]
    upper = np.concatenate([thresholds, [np.inf]]) - eta[:, None]
    lower = np.concatenate([[-np.inf], thresholds]) - eta[:, None]
    return upper, lower


def _probability(upper: FloatArray, lower: FloatArray) -> FloatArray:
    # From the nearer tail: 1 - expit(30) would have no digits left.
    is_high = lower > 0
    above, below = np.where(is_high, -lower, upper), np.where(is_high, -upper, lower)
    return np.asarray(expit(above) - expit(below), dtype=np.float64)


def _loglik(parameters: FloatArray, counts: FloatArray, X: FloatArray) -> float:
    """Minus infinity where thresholds are out of order."""
    p = _probability(*_linear(parameters, counts, X))
    if not (p[counts > 0] > 0).all():
        return -np.inf
    return float((counts * np.log(np.where(counts > 0, p, 1.0))).sum())


def _ahead(
    parameters: FloatArray, move: FloatArray, counts: FloatArray, X: FloatArray, *, at_least: float
) -> tuple[FloatArray, float]:
    """Go along, less far where that is no better."""
    for _ in range(40):
        tried = parameters + move
        loglik = _loglik(tried, counts, X)
        if loglik >= at_least - 1e-9:
            return tried, loglik
        move = move / 2
    return parameters, at_least


def _newton(parameters: FloatArray, counts: FloatArray, X: FloatArray) -> tuple[FloatArray, float]:
    """A step, and the gain of log-likelihood that it promises."""
    score, curvature = _slopes(parameters, counts, X)
    scale = np.sqrt(np.diag(curvature))
    # Not zero over zero where a column does not vary: its eigenvalue is then zero.
    values = np.linalg.eigvalsh(curvature / np.outer(np.maximum(scale, 1e-150), np.maximum(scale, 1e-150)))
    if values[0] < 1e-10 * values[-1]:
        raise EstimationError("predictors do not vary, depend on each other, or tell too much of the answer")
    move = np.asarray(np.linalg.solve(curvature, score), dtype=np.float64)
    return move, float(score @ move) / 2


def _slopes(parameters: FloatArray, counts: FloatArray, X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The gradient, shape (q,), and minus the second derivatives, (q, q), q = C - 1 + k."""
    upper, lower = _linear(parameters, counts, X)
    p = np.where(counts > 0, _probability(upper, lower), 1.0)
    edges = _Edges(_logistic(upper), _logistic(lower))
    up, down = _directions(counts.shape[1], X)
    g = edges.upper[1][:, :, None] * up - edges.lower[1][:, :, None] * down
    share = counts / p
    score = np.einsum("pc,pcq->q", share, g)
    curvature = np.einsum("pc,pcq,pcr->qr", share / p, g, g, optimize=True)
    curvature -= np.einsum("pc,pcq,pcr->qr", share * edges.upper[2], up, up, optimize=True)
    curvature += np.einsum("pc,pcq,pcr->qr", share * edges.lower[2], down, down, optimize=True)
    return score, curvature


def _logistic(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    F = expit(x)
    density = F * expit(-x)
    return F, density, density * (expit(-x) - F)


def _directions(C: int, X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How both edges move with each parameter, shape (P, C, q); an infinite edge does not."""
    P, k = X.shape
    up, down = np.zeros((2, P, C, C - 1 + k))
    up[:, :-1, : C - 1] = np.eye(C - 1)
    down[:, 1:, : C - 1] = np.eye(C - 1)
    up[:, :-1, C - 1 :] = -X[:, None, :]
    down[:, 1:, C - 1 :] = -X[:, None, :]
    return up, down
