"""How much of what strata differ adds up from main effects, given what is known of both.

Coefficients of main effects that are taken as they come make this share too large: the variance of estimates
is the variance of what they estimate and of their errors, and drawing around them adds the errors once more.
So what main effects say of the strata has a spread of its own, as unknown as that of the rest and with the
same prior; errors are taken out of it as they are taken out of the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from erbij.stats.design import FloatArray, IntArray

SPREADS = np.tan((np.arange(48) + 0.5) / 48 * np.pi / 2)
"""Standard deviations of what main effects say of strata, relative to the rows': equally likely ones."""


@dataclass(frozen=True, slots=True)
class Draws:
    """D draws of a posterior, all shapes (D,).

    `point` of the grid; `scale`: what covariances there are multiplied by; the variances of the `rows` and of
    the `rest`, which does not add up.
    """

    point: IntArray
    scale: FloatArray
    rows: FloatArray
    rest: FloatArray


def additive_shares(
    means: Sequence[FloatArray], roots: Sequence[FloatArray], draws: Draws, rng: np.random.Generator
) -> FloatArray:
    """Draws of the variance of what main effects say of J strata, over that and the variance of the rest.

    Parameters
    ----------
    means
        At each point what main effects say, (J,), coefficients taken as they come.
    roots
        At each point R with covariance R R' of that, (J, p), but for the scale of a draw.
    draws
        Of the posterior with coefficients taken as they come.

    Returns
    -------
    FloatArray
        Shape (D,), drawn anew by how well each draw agrees with a spread; 0 where there are no main effects.
    """
    J, D = len(means[0]), draws.point.size
    basis = _basis(roots[0])
    if basis.shape[1] == 0:
        return np.zeros(D)
    spreads = SPREADS**2 * (J - 1) / basis.shape[1]  # variances in each direction
    log = np.empty((D, SPREADS.size))
    turned: dict[int, tuple[FloatArray, FloatArray]] = {}
    for k in np.unique(draws.point).tolist():
        C = basis.T @ roots[k]
        values, vectors = np.linalg.eigh(C @ C.T)
        turned[k] = values, vectors.T @ (basis.T @ means[k])
        own = draws.point == k
        error = draws.scale[own, None, None] * values
        total = error + draws.rows[own, None, None] * spreads[:, None]
        log[own] = -(np.log(total) + turned[k][1] ** 2 / total).sum(axis=-1) / 2
    weights = np.exp(log - log.max()).ravel()
    chosen, spread = np.divmod(rng.choice(weights.size, D, p=weights / weights.sum()), SPREADS.size)
    at = draws.point[chosen]
    error = draws.scale[chosen, None] * np.array([turned[k][0] for k in at.tolist()])
    true = draws.rows[chosen, None] * spreads[spread, None]
    kept = true / (true + error)
    z = rng.normal(size=error.shape)
    drawn = kept * np.array([turned[k][1] for k in at.tolist()]) + np.sqrt(kept * error) * z
    between = (drawn**2).sum(axis=1) / (J - 1)
    return np.asarray(between / (between + draws.rest[chosen]))


def ends_of(shares: FloatArray, value: float, level: float) -> tuple[float, float]:
    """The ends of an interval of drawn shares; it holds the estimate, which may be below zero, or one."""
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2])
    return float(np.fmin(low, value)), float(np.fmax(high, value))


def _basis(root: FloatArray) -> FloatArray:
    """Orthonormal directions in which strata differ by main effects. Shape (J, r)."""
    directions, sizes, _ = np.linalg.svd(root - root.mean(axis=0), full_matrices=False)
    return np.asarray(directions[:, sizes > 1e-9 * np.linalg.norm(root)])
