"""MAIHDA from means by stratum: quick enough for every report, with intervals that hold at the boundary.

`erbij.stats.maihda` fits rows and draws data for the PCV; here the means of the strata are enough. What
schools do to these means comes in through their covariance (after Fay & Herriot 1979; Evans et al. 2018).
"""

from dataclasses import dataclass

import numpy as np

from erbij.stats.additive_share import Draws, additive_shares, ends_of
from erbij.stats.design import FloatArray
from erbij.stats.intervals import LEVEL

GRID = 160
"""Values that the standard deviation between strata may have, evenly spaced from zero: a flat prior."""
DRAWS = 2000
SEED = 20261122
NORMAL = 1.959963984540054
GONE = 14.0
"""Of the deviance: a standard deviation that fits so much worse is not looked at."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its 95 % interval; arrays of shape (J,) for parts of strata."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Strata:
    """How much lies between J strata, how much of it adds up, and each stratum taken apart.

    `vpc` and `pcv` are shares from 0 to 1 (REML); the PCV is NaN where strata do not differ at all.
    `is_boundary`: beyond adding up, no difference between strata was found at all.
    """

    vpc: Estimate
    pcv: Estimate
    predicted: Estimate
    additive: Estimate
    rest: Estimate
    is_boundary: bool


@dataclass(frozen=True, slots=True)
class _Model:
    """One set of fixed columns (J, p) under each standard deviation of the grid: arrays start with (G,)."""

    sd: FloatArray
    P: FloatArray
    hat: FloatArray
    logdet: FloatArray

    def deviance(self, means: FloatArray) -> FloatArray:
        """-2 times the restricted log-likelihood, up to a constant: (J,) to (G,), (R, J) to (R, G)."""
        quadratic = np.einsum("...j,gjk,...k->...g", means, self.P, means, optimize=True)
        return np.asarray(self.logdet + quadratic)

    def weights(self, means: FloatArray) -> FloatArray:
        """How likely each standard deviation is, (G,)."""
        deviance = self.deviance(means)
        found = np.exp((deviance.min() - deviance) / 2)
        return np.asarray(found / found.sum())


def decompose(means: FloatArray, error: FloatArray, additive: FloatArray, *, other: float) -> Strata:
    """Take the means of strata apart.

    Parameters
    ----------
    means
        Mean score of each stratum, (J,).
    error
        Covariance of these means around what the strata really are, (J, J): pupils, and schools.
    additive
        Indicators of the groups that make up the strata, (J, q); they need not be independent.
    other
        The variance within strata (pupils and schools), for the share.
    """
    ones = np.ones((len(means), 1))
    sd = _grid(means, error)
    null, main = _model(ones, error, sd), _model(_basis(additive), error, sd)
    before, after = (sd[np.argmin(model.deviance(means))] ** 2 for model in (null, main))
    shares = sd**2 / (sd**2 + other)
    low, high = _quantiles(shares, null.weights(means))
    vpc = Estimate(np.array(before / (before + other)), low, high)
    return Strata(
        vpc, _pcv(means, error, null, main, other), *_parts(means, error, main), is_boundary=after == 0
    )


def _grid(means: FloatArray, error: FloatArray) -> FloatArray:
    """From zero to where the null model fits no more."""
    ones = np.ones((len(means), 1))
    highest = 0.5 * float(np.sqrt(np.diag(error).mean())) + float(means.std())
    for _ in range(30):
        model = _model(ones, error, np.linspace(0.0, highest, 40))
        deviance = model.deviance(means)
        if deviance[-1] - deviance.min() > GONE:
            break
        highest *= 1.5
    return np.linspace(0.0, highest, GRID)


def _basis(columns: FloatArray) -> FloatArray:
    U, size, _ = np.linalg.svd(np.column_stack([np.ones(len(columns)), columns]), full_matrices=False)
    return np.asarray(U[:, size > 1e-9 * size[0]])


def _model(X: FloatArray, error: FloatArray, sd: FloatArray) -> _Model:
    V = error + sd[:, None, None] ** 2 * np.eye(len(error))
    inverse = np.linalg.inv(V)
    weighed = inverse @ X
    information = X.T @ weighed
    coefficients = np.linalg.solve(information, weighed.transpose(0, 2, 1))
    hat = X @ coefficients
    logdet = np.linalg.slogdet(V)[1] + np.linalg.slogdet(information)[1]
    return _Model(sd, np.asarray(inverse - weighed @ coefficients), np.asarray(hat), np.asarray(logdet))


def _pcv(means: FloatArray, error: FloatArray, null: _Model, main: _Model, other: float) -> Estimate:
    """REML, with an interval of drawn shares (`erbij.stats.additive_share`)."""
    before, after = (model.sd[np.argmin(model.deviance(means))] ** 2 for model in (null, main))
    value = 1 - after / before if before > 0 else np.nan
    rng = np.random.default_rng(SEED)
    kept, point = np.unique(rng.choice(GRID, DRAWS, p=main.weights(means)), return_inverse=True)
    tau2, hat = main.sd[kept] ** 2, main.hat[kept]
    roots = hat @ np.linalg.cholesky(error + tau2[:, None, None] * np.eye(len(error)))
    draws = Draws(point, np.ones(DRAWS), np.full(DRAWS, other), tau2[point])
    shares = additive_shares(list(hat @ means), list(roots), draws, rng)
    low, high = ends_of(shares, value, LEVEL)
    return Estimate(np.array(value), np.array(low), np.array(high))


def _parts(means: FloatArray, error: FloatArray, main: _Model) -> tuple[Estimate, Estimate, Estimate]:
    """Predicted, additive and rest, over all that the standard deviation may be."""
    tau2 = (main.sd**2)[:, None]
    leftover = main.P @ means
    additive, rest = main.hat @ means, tau2 * leftover
    diagonal = np.diagonal(main.P, axis1=1, axis2=2)
    spread_rest = tau2 - tau2**2 * diagonal
    spread_predicted = np.diag(error) - np.einsum("jk,gkl,lj->gj", error, main.P, error, optimize=True)
    V = error + tau2[:, :, None] * np.eye(len(error))
    spread_additive = np.einsum("gjk,gkl,gjl->gj", main.hat, V, main.hat, optimize=True)
    predicted = means - leftover @ error
    weights = main.weights(means)
    return (
        _mixed(weights, predicted, spread_predicted),
        _mixed(weights, additive, spread_additive),
        _mixed(weights, rest, spread_rest),
    )


def _mixed(weights: FloatArray, values: FloatArray, variances: FloatArray) -> Estimate:
    value = weights @ values
    half = NORMAL * np.sqrt(weights @ (np.maximum(variances, 0.0) + (values - value) ** 2))
    return Estimate(value, value - half, value + half)


def _quantiles(values: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The ends of the interval; where it holds zero within a step of the grid, its low end is zero."""
    below = np.cumsum(weights)
    places = np.searchsorted(below, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    low, high = values[np.minimum(places, len(values) - 1)]
    return np.array(low), np.array(high)
