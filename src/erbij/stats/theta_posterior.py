"""Intervals that stay honest with few groups: averaged over all that the variances may be.

REML takes the one best value, which with a handful of groups is often zero: then intervals of shares and of
groups' effects collapse. Here every quantity is a mixture over a grid of theta, each part of it exact.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc, stdtr

from erbij.errors import EstimationError
from erbij.stats import quadrature
from erbij.stats.absorption import by_each
from erbij.stats.design import FloatArray
from erbij.stats.intervals import LEVEL
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.mixed_layout import Factor
from erbij.stats.profiled_deviance import Evaluation
from erbij.stats.quadrature import weighted_quantile
from erbij.stats.theta_grid import Grid, grid

PRECISION = 1e-10


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of quantities of one model; a median and the ends of an interval of each."""

    grid: Grid
    level: float


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The middle and the ends of an interval. Shapes alike."""

    median: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Mixture:
    """Of K parts with `weights`: `means` and `scales`, shape (K, m), of t distributions with `df`."""

    weights: FloatArray
    means: FloatArray
    scales: FloatArray
    df: int

    def quantiles(self, level: float) -> Quantiles:
        """Of each of the m mixtures."""
        tail = (1 - level) / 2
        found = [[self._quantile(p, j) for j in range(self.means.shape[1])] for p in (0.5, tail, 1 - tail)]
        return Quantiles(*(np.array(row) for row in found))

    def _quantile(self, p: float, j: int) -> float:
        m, s = self.means[:, j], self.scales[:, j]
        far = 1e3 * s.max() + np.ptp(m)

        def below(x: float) -> float:
            return float(self.weights @ stdtr(self.df, (x - m) / s)) - p

        return float(brentq(below, m.min() - far, m.max() + far, xtol=PRECISION * float(s.max())))


def posterior(fit: MixedFit, level: float = LEVEL) -> Posterior:
    """The posterior of a linear mixed model under a weak prior.

    Parameters
    ----------
    fit
        With one to three variance parameters; REML or ML, which makes no difference here.

    Notes
    -----
    Priors: flat for coefficients, 1 / sigma2, half-Cauchy for the standard deviation of each random column of
    unit mean square relative to the residual's, with scale 1 (Gelman 2006), flat for correlations.
    """
    return Posterior(grid(fit), level)


def coefficients(found: Posterior, contrasts: FloatArray) -> Quantiles:
    """Of combinations of the model's own coefficients, such as gaps between groups. `contrasts`: (m, p)."""
    return coefficient_mixture(found, contrasts).quantiles(found.level)


def coefficient_mixture(found: Posterior, contrasts: FloatArray) -> Mixture:
    """The same as a mixture."""
    points, deviance = found.grid.points, found.grid.deviance
    model = deviance.model
    onto = np.atleast_2d(contrasts) @ model.fixed_back
    shift = np.atleast_2d(contrasts) @ model.fixed_shift
    means = np.array([onto @ kept.beta + shift for kept in points.kept])
    variances = np.array([kept.sigma2 * ((kept.root @ onto.T) ** 2).sum(axis=0) for kept in points.kept])
    return Mixture(points.weights, means, np.sqrt(variances), deviance.df)


def effects(found: Posterior, group: str) -> Quantiles:
    """Of the effects of the groups of a factor on its random columns. Shape (J, q).

    They hold what is uncertain of coefficients and variances too, so they are wider than those of
    `conditional_modes`.
    """
    g = found.grid
    f = [factor.name for factor in g.deviance.model.factors].index(group)
    factor = g.deviance.model.factors[f]
    parts = [_effects_at(factor, f, at) for at in g.evaluations()]
    means, scales = (np.array([part[i] for part in parts]) for i in (0, 1))
    told = Mixture(g.points.weights, means, scales, g.deviance.df).quantiles(found.level)
    shape = (factor.q, factor.J)
    return Quantiles(*(part.reshape(shape).T for part in (told.median, told.low, told.high)))


def _effects_at(factor: Factor, f: int, at: Evaluation) -> tuple[FloatArray, FloatArray]:
    """Modes of all effects, and their standard deviations, at one theta. Shape (q J,) each."""
    absorbed = at.absorbed.factors[f]
    modes = by_each(factor.back, absorbed.modes)
    means = modes[:, -1] - np.einsum("qpJ,p->qJ", modes[:, :-1], at.beta)
    reach = np.einsum("kp,qpJ->kqJ", at.root, modes[:, :-1])  # how they answer to what is uncertain of beta
    own = np.einsum("ab,bcJ,ac->aJ", factor.back, absorbed.spread, factor.back)
    return means.ravel(), np.sqrt(at.sigma2 * (own + (reach**2).sum(axis=0))).ravel()


def share(found: Posterior, group: str) -> Quantiles:
    """Of the share of variance between the groups of a factor: VPC or ICC.

    Raises
    ------
    EstimationError
        Random slopes: the share depends on where it is taken.
    """
    factors = found.grid.deviance.model.factors
    if any(factor.q > 1 or factor.blocks[0].names != ("Intercept",) for factor in factors):
        names = [factor.name for factor in factors]
        raise EstimationError("a share of variance needs random intercepts only", found=names)
    relative = [_relative(found.grid, f, 0) for f in range(len(factors))]
    f = [factor.name for factor in factors].index(group)
    between = relative[f] / (1 + np.sum(relative, axis=0))
    tails = _tails(found, f, 0)
    weights = found.grid.points.fine.weights.ravel()
    median, low, high = (weighted_quantile(between, weights, p) for p in (0.5, *tails))
    return Quantiles(*(np.array(x) for x in (median, low if tails[0] > 0 else 0.0, high)))


def standard_deviation(found: Posterior, group: str | None, name: str = "Intercept") -> Quantiles:
    """Of a random column over the groups of a factor, or with None of the rows, in units of the outcome."""
    g = found.grid
    size, tails = g.points.fine.sigma2.ravel() * g.deviance.df, _usual_tails(found)
    if group is not None:
        f, column = _place(g, group, name)
        size, tails = size * _relative(g, f, column), _tails(found, f, column)
    binned = _binned(g.points.fine.weights.ravel(), np.log(size))
    median, high = (_of_chi_squares(*binned, g.deviance.df, p) for p in (0.5, tails[1]))
    low = _of_chi_squares(*binned, g.deviance.df, tails[0]) if tails[0] > 0 else 0.0
    return Quantiles(*(np.sqrt(np.array(x)) for x in (median, low, high)))


def _usual_tails(found: Posterior) -> tuple[float, float]:
    return (1 - found.level) / 2, (1 + found.level) / 2


def _place(g: Grid, group: str, name: str) -> tuple[int, int]:
    """Which factor, and which of its columns."""
    f = [factor.name for factor in g.deviance.model.factors].index(group)
    return f, [own for block in g.deviance.model.factors[f].blocks for own in block.names].index(name)


def _relative(g: Grid, f: int, column: int) -> FloatArray:
    """The variance of a random column over a factor, relative to the residual's, at each fine point. (M,)."""
    at, back = g.points.fine.at(), g.deviance.model.factors[f].back[column]
    places = [i for i, axis in enumerate(g.axes) if axis.factor == f and not axis.is_correlation]
    sizes = {g.axes[i].columns[0]: back[g.axes[i].columns[0]] * at[:, i] for i in places}
    found = np.sum([size**2 for size in sizes.values()], axis=0)
    for i, axis in enumerate(g.axes):
        if axis.factor == f and axis.is_correlation:
            found = found + 2 * at[:, i] * sizes[axis.columns[0]] * sizes[axis.columns[1]]
    return np.asarray(found)


def _tails(found: Posterior, f: int, column: int) -> tuple[float, float]:
    """Below either end; an interval never begins at zero for one of several columns that were shifted."""
    g = found.grid
    i = next(i for i, axis in enumerate(g.axes) if (axis.factor, axis.columns) == (f, (column,)))
    is_mixed = np.flatnonzero(g.deviance.model.factors[f].back[column]).tolist() != [column]
    return _usual_tails(found) if is_mixed else quadrature.tails(g.points, i, found.level)


def _binned(weights: FloatArray, logs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Many points as bins of one in two thousand: weights and middles."""
    found, edges = np.histogram(logs, int(np.ptp(logs) * 2000) + 1, weights=weights)
    kept = found > 0
    return found[kept], ((edges[1:] + edges[:-1]) / 2)[kept]


def _of_chi_squares(weights: FloatArray, logs: FloatArray, df: int, p: float) -> float:
    """The quantile of a mixture of exp(log) / chi squared with df."""

    def below(x: float) -> float:
        return float(weights @ chdtrc(df, np.exp(logs - x))) - p

    around = 20 / np.sqrt(df) + 3
    return float(np.exp(brentq(below, logs.min() - np.log(df) - around, logs.max() - np.log(df) + around)))
