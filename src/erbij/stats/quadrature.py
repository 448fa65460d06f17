"""Sums over one to three variance parameters instead of integrals, on a grid that finds its own ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, Protocol, TypeVar

import numpy as np
from scipy.interpolate import CubicSpline

from erbij.stats.design import FloatArray

POINTS = (40, 18, 12)
"""For each axis, with one, two and three of them."""
FINER = (20, 10, 5)
"""How many times as many there are where theta alone counts."""
GONE = 12.0
"""Below the highest log posterior: where the grid may end."""
EDGE = 2e-4
"""Of the weight, that may lie on an edge of the grid."""
MOST_WIDENINGS = 8
COARSER = 2
"""How many times fewer points tell where the grid has to end."""
LEAST_WEIGHT = 1e-8


class Weighed(Protocol):
    """What is kept of one point; `log_sigma2` is that of the residual variance, zero where there is none."""

    @property
    def log_posterior(self) -> float: ...  # noqa: D102

    @property
    def log_sigma2(self) -> float: ...  # noqa: D102


AnyWeighed = TypeVar("AnyWeighed", bound=Weighed)


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
class Points(Generic[AnyWeighed]):
    """K points that weigh anything: where they are, (K, A), their `weights` (K,), and what was kept of them.

    `low` (A,) is where the axes begin.
    """

    at: FloatArray
    weights: FloatArray
    kept: list[AnyWeighed]
    low: FloatArray
    fine: Fine


def half_cauchy(axes: Sequence[Axis], at: FloatArray, scale: float) -> float:
    """The log density of half-Cauchy standard deviations and flat correlations."""
    sizes = np.array([x for axis, x in zip(axes, at, strict=True) if not axis.is_correlation])
    return float(-np.log1p((sizes / scale) ** 2).sum())


def explored(
    posterior: Callable[[FloatArray], AnyWeighed], axes: Sequence[Axis], start: FloatArray
) -> Points[AnyWeighed]:
    """Lay a grid over a posterior.

    Parameters
    ----------
    posterior
        Of a point on the axes.
    start
        Shape (A,): where it is not negligible, off the ends of the axes.
    """
    points = POINTS[len(axes) - 1]
    bounds = _bounds(posterior, axes, start)
    for _ in range(MOST_WIDENINGS):
        coarse = _laid(posterior, axes, bounds, points // COARSER)
        wider = _widened(axes, bounds, coarse.weights)
        if wider == bounds:
            break
        bounds = wider
    laid = _laid(posterior, axes, bounds, points)
    found, weights = laid.found, laid.weights
    kept = np.flatnonzero(weights.ravel() > LEAST_WEIGHT)
    logs = np.array([(point.log_posterior, point.log_sigma2) for point in found])
    both = logs.T.reshape(2, *weights.shape)
    return Points(
        laid.at[kept],
        weights.ravel()[kept] / weights.ravel()[kept].sum(),
        [found[k] for k in kept],
        np.array([low for low, _ in bounds]),
        _fine(axes, bounds, both),
    )


@dataclass(frozen=True, slots=True)
class _Laid(Generic[AnyWeighed]):
    """All points of a grid; `weights` has a dimension for each axis."""

    at: FloatArray
    found: list[AnyWeighed]
    weights: FloatArray


def _laid(
    posterior: Callable[[FloatArray], AnyWeighed], axes: Sequence[Axis], bounds: "Bounds", points: int
) -> _Laid[AnyWeighed]:
    sides = [_side(axis, points, *ends) for axis, ends in zip(axes, bounds, strict=True)]
    at = np.array(list(product(*(side.values for side in sides))))
    found = [posterior(point) for point in at]
    logs = np.array([point.log_posterior for point in found]).reshape([points] * len(axes))
    return _Laid(at, found, _weights(logs, sides))


def _weights(logs: FloatArray, sides: Sequence[Side]) -> FloatArray:
    weights = np.exp(logs - logs.max())
    for i, side in enumerate(sides):
        weights *= side.lengths.reshape([-1 if j == i else 1 for j in range(len(sides))])
    return np.asarray(weights / weights.sum())


def _fine(axes: Sequence[Axis], bounds: "Bounds", both: FloatArray) -> Fine:
    """Interpolate log posterior and log sigma2 by cubic splines along one axis after the other."""
    points, times = both.shape[1], FINER[len(axes) - 1]
    middles = (np.arange(points * times) + 0.5) / times - 0.5
    for i in range(len(axes)):
        both = CubicSpline(np.arange(points), both, axis=i + 1)(middles)
    sides = tuple(_side(axis, points * times, *ends) for axis, ends in zip(axes, bounds, strict=True))
    return Fine(sides, _weights(both[0], sides), np.exp(both[1]))


def _side(axis: Axis, points: int, low: float, high: float) -> Side:
    """The cells of one axis.

    Standard deviations go with the hyperbolic sine: evenly near zero, where the posterior is an even function
    and so a sum over evenly spaced middles is very nearly the integral; ever wider in the long upper tail.
    """
    bend = 1.0 if axis.is_correlation else (high + low) / 8
    ends = np.arcsinh(np.array([low, high]) / bend) if not axis.is_correlation else np.array([low, high])
    x = ends[0] + (np.arange(points) + 0.5) / points * (ends[1] - ends[0])
    return Side(x, np.ones(points)) if axis.is_correlation else Side(bend * np.sinh(x), np.cosh(x))


Bounds = list[tuple[float, float]]


def _bounds(posterior: Callable[[FloatArray], AnyWeighed], axes: Sequence[Axis], start: FloatArray) -> Bounds:
    """Along each axis, the others as they are, where the posterior is gone."""
    highest = posterior(start).log_posterior
    found: Bounds = []
    for i, axis in enumerate(axes):
        if axis.is_correlation:
            found.append((-1.0, 1.0))
            continue

        def drop(x: float, i: int = i) -> float:
            there = start.copy()
            there[i] = x
            return highest - posterior(there).log_posterior

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


def tails(points: Points[AnyWeighed], i: int, level: float) -> tuple[float, float]:
    """The share of the posterior below either end of an interval of a standard deviation, or of its share.

    Where zero is as likely as the upper end, the interval begins at zero, and all that it leaves out lies
    above: it always holds `level` of the posterior.
    """
    usual = (1 - level) / 2, (1 + level) / 2
    if points.low[i] > 0:
        return usual
    density, side = points.fine.density(i), points.fine.sides[i]
    upper = weighted_quantile(side.values, density * side.lengths, level)
    return (0.0, level) if density[0] >= np.interp(upper, side.values, density) else usual


def weighted_quantile(values: FloatArray, weights: FloatArray, p: float) -> float:
    """Of weighted points, each spread half to either side.

    >>> round(weighted_quantile(np.array([2.0, 1.0, 3.0]), np.array([0.2, 0.4, 0.4]), 0.5), 9)
    2.0
    """
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) - weights[order] / 2
    return float(np.interp(p * weights.sum(), reached, values[order]))
