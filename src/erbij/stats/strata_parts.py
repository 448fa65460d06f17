"""What is predicted for each stratum: what the main effects say, and what the combination adds.

Averaged over all that the variances may be, so that no interval collapses where the best value is zero.
"""

from dataclasses import dataclass

import numpy as np

from erbij.stats.additive_share import Draws, additive_shares
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.mixed_layout import Layout
from erbij.stats.profiled_deviance import Evaluation
from erbij.stats.sums import Sums, places, with_columns
from erbij.stats.theta_posterior import Mixture, Posterior

PARTS = ("predicted", "additive", "rest")
DRAWS = 4000
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Parts:
    """Means and 95 % intervals of the three parts of J strata. Shape (3, J), in the order of `PARTS`."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


def told(mixture: Mixture, level: float) -> Parts:
    """The parts from a mixture of 3 J quantities."""
    ends = mixture.quantiles(level)
    value = mixture.weights @ mixture.means
    return Parts(*(x.reshape(len(PARTS), -1) for x in (value, ends.low, ends.high)))


def parts(found: Posterior, f: int, X: FloatArray) -> Parts:
    """The parts of each stratum.

    Parameters
    ----------
    f
        Which factor the strata are.
    X
        Shape (J, p): the fixed columns of each stratum.
    """
    by_point = [_parts_at(found, at, f, X) for at in found.grid.evaluations()]
    means, scales = (np.array([point[i].ravel() for point in by_point]) for i in (0, 1))
    mixture = Mixture(found.grid.points.weights, means, scales, found.grid.deviance.df)
    return told(mixture, found.level)


def _parts_at(found: Posterior, at: Evaluation, f: int, X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The three parts of each stratum and their standard deviations at one theta. Shape (3, J) each."""
    model = found.grid.deviance.model
    absorbed, back = at.absorbed.factors[f], float(model.factors[f].back[0, 0])
    E = back * absorbed.modes[0]  # (p + 1, J): how modes answer to each working column
    root = at.root @ model.fixed_back.T
    answers = np.linalg.solve(model.fixed_back.T, E[:-1]).T  # the same, to the model's own columns
    rest = E[-1] - E[:-1].T @ at.beta
    additive = X @ (model.fixed_back @ at.beta + model.fixed_shift)
    own = at.sigma2 * back**2 * absorbed.spread[0, 0]

    def variance(of: FloatArray) -> FloatArray:
        return np.asarray(at.sigma2 * ((root @ of.T) ** 2).sum(axis=0))

    means = np.array([additive + rest, additive, rest])
    return means, np.sqrt([variance(X - answers) + own, variance(X), variance(answers) + own])


def fixed_columns(sums: Sums, layout: Layout, codes: IntArray, J: int) -> FloatArray:
    """The fixed columns of each stratum, which are the same for all its rows. Shape (J, p)."""
    first = with_columns(sums, layout.columns).products[:, places(len(layout.columns))[0]]
    V = np.array([np.bincount(codes, column, J) for column in first.T])
    return np.asarray((V / V[0]).T @ layout.fixed)


def explained(found: Posterior, f: int, X: FloatArray) -> FloatArray:
    """Draws of the share of strata's variance that main effects explain. Shape (DRAWS,)."""
    rng = np.random.default_rng(SEED)
    points, model, df = found.grid.points, found.grid.deviance.model, found.grid.deviance.df
    axis = next(i for i, axis in enumerate(found.grid.axes) if axis.factor == f)
    drawn = rng.choice(points.weights.size, DRAWS, p=points.weights)
    at_points = np.array([kept.sigma2 for kept in points.kept])
    sigma2 = at_points[drawn] * df / rng.chisquare(df, DRAWS)
    rest = sigma2 * (float(model.factors[f].back[0, 0]) * points.at[drawn, axis]) ** 2
    XB = X @ model.fixed_back
    means = [XB @ kept.beta for kept in points.kept]
    roots = [XB @ kept.root.T for kept in points.kept]
    return additive_shares(means, roots, Draws(drawn, sigma2, sigma2, rest), rng)
