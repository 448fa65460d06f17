"""Strata of an outcome of yes and no, on the scale of log odds: shares of variance, and what is predicted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from erbij.stats import logistic_posterior, quadrature
from erbij.stats.additive_share import Draws, additive_shares
from erbij.stats.design import FloatArray
from erbij.stats.logistic_mixed import LogisticFit
from erbij.stats.logistic_posterior import RESIDUAL, Cells, Kept
from erbij.stats.quadrature import Points
from erbij.stats.strata_parts import DRAWS, SEED, Parts, told
from erbij.stats.theta_posterior import Mixture

NORMAL = 10**8
"""Degrees of freedom of a t distribution that is the normal one."""


@dataclass(frozen=True, slots=True)
class LogisticStrata:
    """The posterior of one model of which factor `f` are the strata; X (J, p) their fixed columns."""

    points: Points[Kept]
    f: int
    starts: Sequence[int]
    X: FloatArray


def strata(fit: LogisticFit, group: str) -> LogisticStrata:
    """The posterior around a fit with random intercepts only."""
    counts, names = fit.counts, list(fit.groups)
    groups = [fit.groups[name] for name in names]
    starts = np.cumsum([0, *groups]).tolist()
    codes = [counts.at[:, f] - starts[f] for f in range(len(names))]
    cells = Cells(counts.yes, counts.trials, counts.X, codes, groups)
    size = {c.group: np.sqrt(c.value) / RESIDUAL for c in fit.variances}
    points = logistic_posterior.posterior(cells, np.array([size[name] for name in names]))
    f = names.index(group)
    _, first = np.unique(codes[f], return_index=True)
    return LogisticStrata(points, f, starts, counts.X[first])


def share(found: LogisticStrata, level: float) -> tuple[float, float]:
    """The interval of the share of variance between strata; rows vary by pi^2 / 3."""
    squares = found.points.fine.at() ** 2
    between = squares[:, found.f] / (1 + squares.sum(axis=1))
    weights = found.points.fine.weights.ravel()
    tails = quadrature.tails(found.points, found.f, level)
    low, high = (quadrature.weighted_quantile(between, weights, p) for p in tails)
    return low if tails[0] > 0 else 0.0, high


def parts(found: LogisticStrata, level: float) -> Parts:
    """The parts of what is predicted, in log odds."""
    J, p = found.X.shape
    onto = np.zeros((3, J, found.points.kept[0].mode.size))
    onto[:2, :, :p] = found.X
    own = p + found.starts[found.f] + np.arange(J)
    onto[0, np.arange(J), own] = onto[2, np.arange(J), own] = 1.0
    flat = onto.reshape(3 * J, -1)
    means = np.array([flat @ kept.mode for kept in found.points.kept])
    scales = np.array([np.linalg.norm(flat @ kept.root, axis=1) for kept in found.points.kept])
    return told(Mixture(found.points.weights, means, scales, NORMAL), level)


def explained(found: LogisticStrata) -> FloatArray:
    """Draws of the share of strata's variance that main effects explain. Shape (DRAWS,)."""
    rng = np.random.default_rng(SEED)
    p, points = found.X.shape[1], found.points
    drawn = rng.choice(points.weights.size, DRAWS, p=points.weights)
    means = [found.X @ kept.mode[:p] for kept in points.kept]
    roots = [found.X @ kept.root[:p] for kept in points.kept]
    rows, one = np.full(DRAWS, RESIDUAL**2), np.ones(DRAWS)
    rest = rows * points.at[drawn, found.f] ** 2
    return additive_shares(means, roots, Draws(drawn, one, rows, rest), rng)
