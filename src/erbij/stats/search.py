"""Search for the theta of a linear mixed model, by the shortest way that its structure allows.

One factor: Newton's method with exact second derivatives, after two steps of Fisher scoring. Several: average
information, corrected by what each step tells, from a start by moments or after a step of scoring.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from erbij.stats import average_information, deviance_hessian, newton
from erbij.stats.design import FloatArray
from erbij.stats.newton import Search
from erbij.stats.profiled_deviance import Deviance, Evaluation

START = 0.3
"""Of theta, for columns of unit mean square: an intraclass correlation of 8 %."""
LEAST = 0.05
"""Of a relative standard deviation at the start, where moments give a smaller or a negative one."""
FLAT = 1e-7
"""Of the largest slope in a variance: less than that is none."""
SINGULAR = 1e-4
"""A random direction with a standard deviation below this share of the residual's counts as none."""


def search(deviance: Deviance) -> Search[Evaluation]:
    """The best theta, with positive diagonals and exact zeros on the boundary."""
    found = _one_factor(deviance) if deviance_hessian.is_exact(deviance) else _several(deviance)
    tidy = _tidied(deviance, found.at)
    if tidy is found.at:
        return found
    return Search(tidy, found.hessian, found.is_settled, found.evaluations + 1)


def _one_factor(deviance: Deviance) -> Search[Evaluation]:
    start = deviance_hessian.scored(deviance, deviance(_plain(deviance)))
    before = 1
    if deviance_hessian.is_inside(deviance, start):
        start, before = deviance_hessian.scored(deviance, deviance(start)), 2
    found = newton.minimise(deviance, start, lambda at: deviance_hessian.exact_hessian(deviance, at))
    return replace(found, evaluations=found.evaluations + before)


def _several(deviance: Deviance) -> Search[Evaluation]:
    start = _plain(deviance)
    relative = deviance.structure.variances_by_moments(deviance.model.n)
    if relative is None:
        start = average_information.scored(deviance, deviance(start))
    else:
        start[deviance.template.is_diagonal] = np.sqrt(np.maximum(relative, LEAST**2))
    found = newton.minimise(deviance, start, near=lambda at: average_information.near_hessian(deviance, at))
    evaluations = found.evaluations + int(relative is None)
    if not _is_on_saddle(deviance, found.at):
        return replace(found, evaluations=evaluations)
    again = newton.minimise(deviance, found.at.theta)
    return replace(again, evaluations=evaluations + again.evaluations)


def _plain(deviance: Deviance) -> FloatArray:
    return np.where(deviance.template.is_diagonal, START, 0.0)


def _tidied(deviance: Deviance, at: Evaluation) -> Evaluation:
    """Turn columns of Lambda the positive way, and take a diagonal that is nearly zero as zero."""
    t, theta = deviance.template, at.theta.copy()
    for k in np.flatnonzero(t.is_diagonal):
        column = (t.factor == t.factor[k]) & (t.column == t.column[k])
        theta[column] *= -1 if theta[k] < 0 else 1
        theta[k] = 0.0 if theta[k] < SINGULAR else theta[k]
    if np.array_equal(theta, at.theta):
        return at
    turned = deviance(theta)
    return turned if turned.deviance <= at.deviance + 1e-7 else at


def is_singular(deviance: Deviance, at: Evaluation) -> bool:
    """Whether some random direction does not vary."""
    return any(still.size for _, _, still in _still(deviance, at))


def _is_on_saddle(deviance: Deviance, at: Evaluation) -> bool:
    """Whether a direction that does not vary had better do so; the gradient in theta is zero there."""
    for f, block, still in _still(deviance, at):
        slope = average_information.slope(deviance, at, f)[block, block]
        if still.size and np.linalg.eigvalsh(still.T @ slope @ still)[0] < -FLAT * np.abs(slope).max():
            return True
    return False


def _still(deviance: Deviance, at: Evaluation) -> Iterator[tuple[int, slice, FloatArray]]:
    """The factor and place of each block of Lambda, and its directions that do not vary, (width, any)."""
    lambdas = deviance.template.lambdas(at.theta)
    for f, (factor, L) in enumerate(zip(deviance.model.factors, lambdas, strict=True)):
        for start, end in pairwise(np.cumsum([0, *factor.widths]).tolist()):
            block = slice(start, end)
            directions, sizes, _ = np.linalg.svd(L[block, block])
            yield f, block, directions[:, sizes < SINGULAR]
