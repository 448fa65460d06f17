"""A grid over the one to three variance parameters of a mixed model, with the posterior weight of each point.

With flat fixed effects and 1 / sigma2 for the residual variance, both integrate out exactly, and what remains
of the likelihood is the restricted one (Harville 1974). So a sum over theta is all there is to do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy.interpolate import CubicSpline

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.profiled_deviance import Deviance, Evaluation

PRIOR_SCALE = 1.0
"""Of the half-Cauchy prior of each relative standard deviation: half of it lies below the residual's own."""
POINTS = (80, 24, 14)
"""For each axis, with one, two and three of them."""
FINER = (10, 8, 4)
"""How many times as many there are where theta alone counts."""
GONE = 12.0
"""Below the highest log posterior: where the grid may end."""
EDGE = 2e-4
"""Of the weight, that may lie on an edge of the grid."""
MOST_WIDENINGS = 8
LEAST_WEIGHT = 1e-9


@dataclass(frozen=True, slots=True)
class Axis:
    """A standard deviation relative to the residual's, or a correlation: which factor, and which columns."""

    factor: int
    columns: tuple[int, ...]

    @property
    def is_correlation(self) -> bool:
        """Whether it runs from -1 to 1."""
        return len(self.columns) == 2


@dataclass(frozen=True, slots=True)
class Side:
    """The middles of the cells of an axis, and how long the cells are but for a constant. Shape (n,)."""

    values: FloatArray
    lengths: FloatArray


@dataclass(frozen=True, slots=True)
class Fine:
    """The posterior between the points of a grid, for what theta and sigma2 alone determine.

    `weights` and `sigma2` have a dimension for each of the `sides`; the weights add up to one.
    """

    sides: tuple[Side, ...]
    weights: FloatArray
    sigma2: FloatArray

    def at(self) -> FloatArray:
        """The points on the axes. Shape (M, A)."""
        return np.stack(
            [x.ravel() for x in np.meshgrid(*(s.values for s in self.sides), indexing="ij")], axis=1
        )

    def density(self, axis: int) -> FloatArray:
        """Of one axis, the others summed over. Shape (n,)."""
        others = tuple(i for i in range(self.weights.ndim) if i != axis)
        return np.asarray(self.weights.sum(axis=others) / self.sides[axis].lengths)


@dataclass(frozen=True, slots=True)
class Grid:
    """K points that weigh anything, and their weights.

    `at` (K, A) on the axes, `weights` (K,) that add up to one, `low` (A,) where the axes begin. By point
    `beta` (K, p), `roots` (K, p, p) and `sigma2` (K,) as in `Evaluation`.
    """

    deviance: Deviance
    axes: tuple[Axis, ...]
    at: FloatArray
    weights: FloatArray
    low: FloatArray
    beta: FloatArray
    roots: FloatArray
    sigma2: FloatArray
    fine: Fine

    def evaluations(self) -> Iterator[tuple[float, Evaluation]]:
        """The weight and the evaluation of each point, computed again: they are large."""
        for weight, at in zip(self.weights, self.at, strict=True):
            yield float(weight), self.deviance(theta_of(self.deviance, self.axes, at))


def grid(fit: MixedFit) -> Grid:
    """The posterior of theta around a fit.

    Raises
    ------
    EstimationError
        More than three variance parameters.
    """
    deviance = replace(fit.solution.deviance, is_reml=True)
    axes = _axes(deviance)
    points = POINTS[len(axes) - 1]
    bounds = _bounds(deviance, axes, _start(deviance, axes, fit.solution.at.theta))
    for _ in range(MOST_WIDENINGS):
        sides = [_side(axis, points, *ends) for axis, ends in zip(axes, bounds, strict=True)]
        at = np.array(list(product(*(side.values for side in sides))))
        lengths = np.array(list(product(*(side.lengths for side in sides)))).prod(axis=1)
        found = [_kept(deviance(theta_of(deviance, axes, point))) for point in at]
        logs = np.array([_log_prior(axes, x) - k.deviance / 2 for k, x in zip(found, at, strict=True)])
        weights = np.exp(logs - logs.max()) * lengths
        weights /= weights.sum()
        wider = _widened(axes, bounds, weights.reshape([points] * len(axes)))
        if wider == bounds:
            break
        bounds = wider
    kept = np.flatnonzero(weights > LEAST_WEIGHT)
    return Grid(
        deviance,
        axes,
        at[kept],
        weights[kept] / weights[kept].sum(),
        np.array([low for low, _ in bounds]),
        np.array([found[k].beta for k in kept]),
        np.array([found[k].root for k in kept]),
        np.array([found[k].sigma2 for k in kept]),
        _fine(axes, bounds, logs, np.array([e.sigma2 for e in found])),
    )


def _fine(axes: Sequence[Axis], bounds: "Bounds", logs: FloatArray, sigma2: FloatArray) -> Fine:
    """Interpolate by cubic splines along one axis after the other."""
    points, times = POINTS[len(axes) - 1], FINER[len(axes) - 1]
    both = np.stack([logs, np.log(sigma2)]).reshape(2, *[points] * len(axes))
    middles = (np.arange(points * times) + 0.5) / times - 0.5
    for i in range(len(axes)):
        both = CubicSpline(np.arange(points), both, axis=i + 1)(middles)
    sides = tuple(_side(axis, points * times, *ends) for axis, ends in zip(axes, bounds, strict=True))
    weights = np.exp(both[0] - both[0].max())
    for i, side in enumerate(sides):
        weights *= side.lengths.reshape([-1 if j == i else 1 for j in range(len(axes))])
    return Fine(sides, weights / weights.sum(), np.exp(both[1]))


def _side(axis: Axis, points: int, low: float, high: float) -> Side:
    """The cells of one axis.

    Standard deviations go with the hyperbolic sine: evenly near zero, where the posterior is an even function
    and so a sum over evenly spaced middles is very nearly the integral; ever wider in the long upper tail.
    """
    bend = 1.0 if axis.is_correlation else (high + low) / 8
    ends = np.arcsinh(np.array([low, high]) / bend) if not axis.is_correlation else np.array([low, high])
    x = ends[0] + (np.arange(points) + 0.5) / points * (ends[1] - ends[0])
    return Side(x, np.ones(points)) if axis.is_correlation else Side(bend * np.sinh(x), np.cosh(x))


def _axes(deviance: Deviance) -> tuple[Axis, ...]:
    """Standard deviations, and within a block of two columns the correlation."""
    found = []
    for f, factor in enumerate(deviance.model.factors):
        start = 0
        for width in factor.widths:
            found += [Axis(f, (start + c,)) for c in range(width)]
            found += [Axis(f, (start + b, start + a)) for a in range(width) for b in range(a)]
            start += width
    if len(found) > len(POINTS):
        raise EstimationError(
            "a posterior by quadrature takes one to three variance parameters",
            found=len(found),
            advice="Take simpler random effects.",
        )
    return tuple(found)


def theta_of(deviance: Deviance, axes: Sequence[Axis], at: FloatArray) -> FloatArray:
    """Theta at a point on the axes. Shape (P,)."""
    t = deviance.template
    sizes = {
        (axis.factor, axis.columns[0]): x for axis, x in zip(axes, at, strict=True) if not axis.is_correlation
    }
    correlated = {
        (axis.factor, *axis.columns): x for axis, x in zip(axes, at, strict=True) if axis.is_correlation
    }
    found = np.zeros(t.row.size)
    for k, (f, r, c) in enumerate(zip(t.factor.tolist(), t.row.tolist(), t.column.tolist(), strict=True)):
        if r != c:
            found[k] = sizes[f, r] * correlated[f, c, r]
            continue
        own = next((x for (g, _, row), x in correlated.items() if (g, row) == (f, r)), 0.0)
        found[k] = sizes[f, r] * np.sqrt(1 - own**2)
    return found


def _start(deviance: Deviance, axes: Sequence[Axis], theta: FloatArray) -> FloatArray:
    """A fitted theta on the axes, off their ends."""
    lambdas = deviance.template.lambdas(theta)
    found = []
    for axis in axes:
        L = lambdas[axis.factor]
        size = [float(np.linalg.norm(L[c])) for c in axis.columns]
        if axis.is_correlation:
            inner = float(L[axis.columns[0]] @ L[axis.columns[1]])
            found.append(float(np.clip(inner / max(size[0] * size[1], 1e-12), -0.9, 0.9)))
        else:
            found.append(max(size[0], 1e-3))
    return np.array(found)


def _log_prior(axes: Sequence[Axis], at: FloatArray) -> float:
    """Half-Cauchy standard deviations, flat correlations."""
    sizes = np.array([x for axis, x in zip(axes, at, strict=True) if not axis.is_correlation])
    return float(-np.log1p((sizes / PRIOR_SCALE) ** 2).sum())


@dataclass(frozen=True, slots=True)
class _Kept:
    """Of an evaluation, what is small."""

    deviance: float
    beta: FloatArray
    root: FloatArray
    sigma2: float


def _kept(at: Evaluation) -> _Kept:
    return _Kept(at.deviance, at.beta, at.root, at.sigma2)


Bounds = list[tuple[float, float]]


def _bounds(deviance: Deviance, axes: Sequence[Axis], start: FloatArray) -> Bounds:
    """Along each axis, the others as they are, where the posterior is gone."""

    def log_posterior(at: FloatArray) -> float:
        return -deviance(theta_of(deviance, axes, at)).deviance / 2 + _log_prior(axes, at)

    highest = log_posterior(start)
    found: Bounds = []
    for i, axis in enumerate(axes):
        if axis.is_correlation:
            found.append((-1.0, 1.0))
            continue

        def drop(x: float, i: int = i) -> float:
            there = start.copy()
            there[i] = x
            return highest - log_posterior(there)

        found.append((_lowest(drop, start[i]), _highest(drop, start[i])))
    return found


def _highest(drop: Callable[[float], float], start: float) -> float:
    step = 0.02 + 0.05 * start
    while drop(start + step) < GONE:
        step *= 1.5
    return float(start + step)


def _lowest(drop: Callable[[float], float], start: float) -> float:
    """Zero, where the posterior reaches so far."""
    step = 0.02 + 0.05 * start
    while step < start and drop(start - step) < GONE:
        step *= 1.5
    return float(max(start - step, 0.0))


def _widened(axes: Sequence[Axis], bounds: Bounds, weights: FloatArray) -> Bounds:
    """The bounds moved out where weight lies on an edge that is not the end of an axis."""
    found = []
    for i, (axis, (low, high)) in enumerate(zip(axes, bounds, strict=True)):
        own = weights.sum(axis=tuple(j for j in range(len(bounds)) if j != i))
        if axis.is_correlation:
            found.append((low, high))
            continue
        lower = max(low - (high - low) / 2, 0.0) if own[0] > EDGE else low
        found.append((lower, 2 * high if own[-1] > EDGE else high))
    return found
