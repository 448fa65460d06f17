"""The posterior of a logistic mixed model with random intercepts, from counts: honest with few groups.

At each value of the standard deviations, coefficients and effects have a joint mode; around it they are taken
as normal (Laplace's approximation of both), and the values are averaged on a grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from erbij.errors import EstimationError
from erbij.stats import quadrature
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.quadrature import Axis, Points

RESIDUAL = float(np.pi / np.sqrt(3))
"""The standard deviation of the logistic distribution, against which the prior is set as in linear models."""
MOST_STEPS = 50
MOST = 4000
"""Coefficients and effects that are held in one dense matrix at each point."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Yes answers of trials in n cells, fixed columns X (n, p), and the group of each cell by factor."""

    yes: FloatArray
    trials: FloatArray
    X: FloatArray
    codes: Sequence[IntArray]
    groups: Sequence[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """The mode of coefficients and effects, (p + N,), and a root R with covariance R R', at one point."""

    log_posterior: float
    log_sigma2: float
    mode: FloatArray
    root: FloatArray


def posterior(cells: Cells, start: FloatArray) -> Points[Kept]:
    """The posterior of one or two standard deviations on the scale of log odds, in units of `RESIDUAL`.

    Parameters
    ----------
    start
        Shape (F,): fitted standard deviations of the factors, in units of `RESIDUAL`.

    Notes
    -----
    Priors as in `theta_posterior`: flat coefficients, half-Cauchy standard deviations with scale 1.
    """
    p, N = cells.X.shape[1], sum(cells.groups)
    if p + N > MOST:
        raise EstimationError("too many groups for a posterior", found=p + N, allowed=[f"at most {MOST}"])
    axes = [Axis(f, (0,)) for f in range(len(cells.groups))]
    V = _columns(cells)
    last = np.zeros(p + N)

    def at(point: FloatArray) -> Kept:
        nonlocal last
        scale = np.concatenate([np.ones(p), np.repeat(RESIDUAL * point, cells.groups)])
        # From the last log odds, not the last standard normal effects: those overshoot where scales grow.
        mode, value, H = _mode(cells, V * scale, last / scale)
        last = scale * mode
        root = np.linalg.inv(_cholesky(H))  # H^-1 is root' root
        log = value + np.log(np.diag(root)).sum() + quadrature.half_cauchy(axes, point, 1.0)
        return Kept(float(log), 0.0, last, scale[:, None] * root.T)

    return quadrature.explored(at, axes, np.maximum(start, 0.05))


def _columns(cells: Cells) -> FloatArray:
    """Fixed columns, then an indicator of each group. Shape (n, p + N)."""
    n = cells.yes.size
    indicators = [np.eye(J)[codes] for codes, J in zip(cells.codes, cells.groups, strict=True)]
    return np.concatenate([cells.X, *indicators], axis=1).reshape(n, -1)


def _mode(cells: Cells, V: FloatArray, start: FloatArray) -> tuple[FloatArray, float, FloatArray]:
    """The joint mode of coefficients and standard normal effects, its log density, and the curvature."""
    p = cells.X.shape[1]
    penalty = np.concatenate([np.zeros(p), np.ones(V.shape[1] - p)])
    b, value = start, _log_density(cells, V @ start, penalty * start)
    for _ in range(MOST_STEPS):
        share = expit(V @ b)
        W = cells.trials * share * (1 - share)
        H = (V.T * W) @ V + np.diag(penalty)
        slope = V.T @ (cells.yes - cells.trials * share) - penalty * b
        root = _cholesky(H)
        step = np.linalg.solve(root.T, np.linalg.solve(root, slope))
        if slope @ step < 1e-12:
            break
        there = _log_density(cells, V @ (b + step), penalty * (b + step))
        while there < value - 1e-10 * abs(value) and np.abs(step).max() > 1e-9:
            step = step / 2
            there = _log_density(cells, V @ (b + step), penalty * (b + step))
        b, value = b + step, there
    return b, value, H


def _cholesky(H: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.cholesky(H))
    except np.linalg.LinAlgError as error:
        raise EstimationError(
            "a column tells yes from no without error", advice="Leave it out, or join small groups."
        ) from error


def _log_density(cells: Cells, eta: FloatArray, effects: FloatArray) -> float:
    # log(1 + exp(eta)) without overflow
    grown = np.maximum(eta, 0) + np.log1p(np.exp(-np.abs(eta)))
    return float(cells.yes @ eta - cells.trials @ grown - effects @ effects / 2)
