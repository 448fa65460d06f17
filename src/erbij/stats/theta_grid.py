"""The posterior of the variance parameters of a linear mixed model, on a grid.

With flat fixed effects and 1 / sigma2 for the residual variance, both integrate out exactly, and what remains
of the likelihood is the restricted one (Harville 1974). So a sum over theta is all there is to do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from erbij.errors import EstimationError
from erbij.stats import quadrature
from erbij.stats.design import FloatArray
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.profiled_deviance import Deviance, Evaluation
from erbij.stats.quadrature import POINTS, Axis, Points

PRIOR_SCALE = 1.0
"""Of the half-Cauchy prior of each relative standard deviation: half of it lies below the residual's own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an evaluation: `beta` (p,) and `root` (p, p) as there."""

    log_posterior: float
    log_sigma2: float
    beta: FloatArray
    root: FloatArray

    @property
    def sigma2(self) -> float:
        """The residual variance."""
        return float(np.exp(self.log_sigma2))


@dataclass(frozen=True, slots=True)
class Grid:
    """The restricted deviance of a model, the axes of its parameters, and the posterior on them."""

    deviance: Deviance
    axes: tuple[Axis, ...]
    points: Points[Kept]

    def evaluations(self) -> Iterator[Evaluation]:
        """The evaluation at each point, computed again: they are large."""
        for at in self.points.at:
            yield self.deviance(theta_of(self.deviance, self.axes, at))


def grid(fit: MixedFit) -> Grid:
    """The posterior of theta around a fit.

    Raises
    ------
    EstimationError
        More than three variance parameters.
    """
    deviance = replace(fit.solution.deviance, is_reml=True)
    axes = _axes(deviance)

    def posterior(at: FloatArray) -> Kept:
        there = deviance(theta_of(deviance, axes, at))
        log = quadrature.half_cauchy(axes, at, PRIOR_SCALE) - there.deviance / 2
        return Kept(log, float(np.log(there.sigma2)), there.beta, there.root)

    start = _start(deviance, axes, fit.solution.at.theta)
    return Grid(deviance, axes, quadrature.explored(posterior, axes, start))


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
