"""Intervals of variance components and their shares by profile likelihood: they end where the fit gets bad.

A variance near zero has no symmetric interval. For each value the other parameters are fitted again; the
interval holds the values at which -2 log-likelihood is within 3.84 of its minimum.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2

from erbij.errors import EstimationError
from erbij.stats import newton
from erbij.stats.design import FloatArray
from erbij.stats.intervals import LEVEL
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.mixed_layout import Arranged, Block, Layout, arrange
from erbij.stats.profiled_deviance import Deviance, Evaluation, template
from erbij.stats.search import search
from erbij.stats.structure import structure_of
from erbij.stats.sums import Sums

CUT = float(chi2.ppf(LEVEL, 1))
PRECISION = 1e-7
"""Of the ends, relative to the estimate."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its 95 % profile interval; `group` is None for the rows themselves."""

    group: str | None
    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Point:
    """A deviance under a constraint, as `newton` asks for it: `theta` are the free parameters."""

    theta: FloatArray
    deviance: float
    gradient: FloatArray


def standard_deviations(sums: Sums, fit: MixedFit) -> list[Interval]:
    """Profile intervals of the standard deviations of random effects, and of the rows.

    Parameters
    ----------
    sums
        Those that were fitted.

    Notes
    -----
    By the criterion of the fit. R's ``confint(method = "profile")`` takes maximum likelihood throughout.
    """
    found = []
    for number, block in enumerate(fit.solution.layout.blocks):
        for column, name in enumerate(block.names):
            layout = _with_first(fit.solution.layout, number, column)
            deviance = _deviance(sums, layout, fit.criterion == "REML")
            f = [factor.name for factor in deviance.model.factors].index(block.factor)
            value = next(
                c.value for c in fit.variances if (c.group, c.name1, c.name2) == (block.factor, name, None)
            )
            low, high = _of_random(deviance, f, sd=np.sqrt(value))
            found.append(Interval(block.factor, name, float(np.sqrt(value)), low, high))
    low, high = _of_rows(fit.solution.deviance, fit)
    return [*found, Interval(None, "rows", float(np.sqrt(fit.sigma2)), low, high)]


def variance_shares(fit: MixedFit) -> list[Interval]:
    """The share of all variance that lies between the groups of each factor (VPC), with profile intervals.

    Raises
    ------
    EstimationError
        Random slopes: the share depends on where it is taken.
    """
    deviance, at = fit.solution.deviance, fit.solution.at
    if any(factor.q > 1 or factor.blocks[0].names != ("Intercept",) for factor in deviance.model.factors):
        raise EstimationError("a share of variance needs random intercepts only", found=list(fit.groups))
    size = np.array([float(factor.back[0, 0]) for factor in deviance.model.factors])
    relative = (size * at.theta) ** 2
    found = []
    for f, factor in enumerate(deviance.model.factors):
        value = float(relative[f] / (1 + relative.sum()))
        low, high = _of_share(deviance, f, size, value=value, at=at)
        found.append(Interval(factor.name, "Intercept", value, low, high))
    return found


def _deviance(sums: Sums, layout: Layout, is_reml: bool) -> Deviance:
    """The criterion with random columns as they are, so that each standard deviation is one theta."""
    model: Arranged = arrange(sums, layout)
    mixed = [factor.name for factor in model.factors if np.abs(factor.back[0, 1:]).max(initial=0) > 0]
    if mixed:
        model = arrange(sums, layout, as_they_are=mixed)
    return Deviance(model, structure_of(model), template(model), is_reml)


def _with_first(layout: Layout, number: int, column: int) -> Layout:
    """The same model with one random column first in the first block of its factor."""
    block = layout.blocks[number]
    order = [column, *(i for i in range(len(block.names)) if i != column)]
    turned = Block(block.factor, tuple(block.names[i] for i in order), block.coefficients[:, order])
    others = [b for i, b in enumerate(layout.blocks) if i != number]
    return replace(layout, blocks=(turned, *others))


def _of_random(deviance: Deviance, f: int, *, sd: float) -> tuple[float, float]:
    fitted = search(deviance)
    t = deviance.template
    k = int(np.flatnonzero((t.factor == f) & (t.row == 0) & (t.column == 0))[0])
    size = float(deviance.model.factors[f].back[0, 0])
    free = np.delete(np.arange(t.row.size), k)
    start = np.append(fitted.at.theta[free], np.log(fitted.at.sigma2) / 2)

    def least(value: float) -> float:
        def point(phi: FloatArray) -> _Point:
            theta = np.insert(phi[:-1], k, value / (size * np.exp(phi[-1])))
            d, slope, slope_of_log_sigma = _unprofiled(deviance, theta, phi[-1])
            return _Point(phi, d, np.append(slope[free], slope_of_log_sigma - theta[k] * slope[k]))

        return newton.minimise(point, start).at.deviance

    return _ends(least, sd, fitted.at.deviance, scale=np.sqrt(fitted.at.sigma2))


def _of_rows(deviance: Deviance, fit: MixedFit) -> tuple[float, float]:
    def least(value: float) -> float:
        def point(phi: FloatArray) -> _Point:
            d, slope, _ = _unprofiled(deviance, phi, np.log(value))
            return _Point(phi, d, slope)

        return newton.minimise(point, fit.solution.at.theta).at.deviance

    sigma = np.sqrt(fit.sigma2)
    return _ends(least, sigma, fit.solution.at.deviance, scale=sigma, within=(1e-3 * sigma, np.inf))


def _unprofiled(deviance: Deviance, theta: FloatArray, log_sigma: float) -> tuple[float, FloatArray, float]:
    """The deviance at a given sigma, and its derivatives in theta and log sigma."""
    at, df = deviance(theta), deviance.df
    ratio = at.sigma2 / np.exp(2 * log_sigma)  # what the profile would take for sigma2, over what is taken
    value = at.deviance + df * (ratio - 1 - np.log(ratio))
    return float(value), at.gradient + df * (ratio - 1) * at.log_sigma2_slope, float(2 * df * (1 - ratio))


def _of_share(
    deviance: Deviance, f: int, size: FloatArray, *, value: float, at: Evaluation
) -> tuple[float, float]:
    free = np.delete(np.arange(size.size), f)

    def profile(share: float) -> float:
        ratio = share / (1 - share)

        def point(phi: FloatArray) -> _Point:
            own = np.sqrt(ratio * (1 + ((size[free] * phi) ** 2).sum())) / size[f]
            there = deviance(np.insert(phi, f, own))
            turned = ratio * size[free] ** 2 * phi / (size[f] ** 2 * own) if own > 0 else 0 * phi
            return _Point(phi, there.deviance, there.gradient[free] + there.gradient[f] * turned)

        if not free.size:
            return point(np.zeros(0)).deviance
        return newton.minimise(point, at.theta[free]).at.deviance

    return _ends(profile, value, at.deviance, scale=0.05, within=(0.0, 1 - 1e-9))


def _ends(
    profile: Callable[[float], float],
    value: float,
    least: float,
    *,
    scale: float,
    within: tuple[float, float] = (0.0, np.inf),
) -> tuple[float, float]:
    """Where the profile crosses its minimum plus the cut, below and above an estimate."""

    def above(x: float) -> float:
        return profile(x) - least - CUT

    floor, ceiling = within
    precision = PRECISION * max(value, 1e-3 * scale)
    low = floor
    if value > floor and above(floor) > 0:
        low = brentq(above, floor, value, xtol=precision)
    step = max(value, 0.1 * scale)
    inside, outside = value, min(value + step, (value + ceiling) / 2)
    while above(outside) < 0:
        step *= 2
        inside, outside = outside, min(outside + step, (outside + ceiling) / 2)
        if step > 1e9 * max(value, scale):
            return float(low), float("inf")
    return float(low), float(brentq(above, inside, outside, xtol=precision))
