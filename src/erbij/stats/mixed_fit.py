"""Fit a linear mixed model from sums, and say how the fit ended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from erbij.stats import deviance_hessian, newton, satterthwaite
from erbij.stats.crossed_absorption import crossed
from erbij.stats.design import FloatArray
from erbij.stats.mixed_layout import Arranged, Layout, arrange
from erbij.stats.nested_absorption import nested, nesting
from erbij.stats.newton import Search
from erbij.stats.profiled_deviance import Deviance, Evaluation, template
from erbij.stats.sums import Sums

START = 0.3
"""Of theta, for columns of unit mean square: an intraclass correlation of 8 %."""
SINGULAR = 1e-4
"""A random direction with a standard deviation below this share of the residual's counts as none."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a fit ended.

    `converged`: a Newton step promises nothing more. `gradient_norm` is the largest derivative of the
    deviance in theta, columns of unit mean square. `boundary`: some random effects do not vary, or depend on
    each other entirely.
    """

    converged: bool
    evaluations: int
    gradient_norm: float
    boundary: bool


@dataclass(frozen=True, slots=True)
class Component:
    """A variance, or with `name2` a covariance, of the random effects over the groups of a factor."""

    group: str
    name1: str
    name2: str | None
    value: float


@dataclass(frozen=True, slots=True)
class MixedFit:
    """A linear mixed model, fitted.

    `beta`, `se`, `df` (p,) and `covariance` (p, p) belong to `names`; `df` is Satterthwaite's. `groups`
    counts the groups of each factor, `excluded` the rows that were left out by reason.
    """

    n: int
    groups: Mapping[str, int]
    names: tuple[str, ...]
    beta: FloatArray
    se: FloatArray
    df: FloatArray
    covariance: FloatArray
    variances: tuple[Component, ...]
    sigma2: float
    loglik: float
    criterion: str
    ending: Ending
    excluded: Mapping[str, int]
    solution: "Solution"

    @property
    def objective(self) -> float:
        """-2 times the log-likelihood, which was made as small as possible."""
        return -2.0 * self.loglik


@dataclass(frozen=True, slots=True)
class Solution:
    """What a fit was computed from, for what is asked of it later; `hessian` (P, P) is in theta."""

    layout: Layout
    deviance: Deviance
    at: Evaluation
    hessian: FloatArray

    @property
    def covariances(self) -> list[FloatArray]:
        """The covariance of the random effects of each factor, (q, q), in the model's own columns."""
        lambdas = self.deviance.template.lambdas(self.at.theta)
        factors = self.deviance.model.factors
        roots = [factor.back @ L for factor, L in zip(factors, lambdas, strict=True)]
        return [self.at.sigma2 * root @ root.T for root in roots]


def fit(sums: Sums, layout: Layout, *, is_reml: bool = True) -> MixedFit:
    """Fit a linear mixed model by restricted or plain maximum likelihood.

    Parameters
    ----------
    sums
        By cell of the grouping factors.
    layout
        The model in terms of their columns.

    Raises
    ------
    EstimationError
        A model that these sums can't tell anything about, naming the column or factor.

    Notes
    -----
    Bates, Maechler, Bolker & Walker (2015), Journal of Statistical Software 67(1); Satterthwaite's degrees of
    freedom as Kuznetsova, Brockhoff & Christensen (2017), Journal of Statistical Software 82(13).
    """
    model = arrange(sums, layout)
    order = nesting(model)
    structure = crossed(model) if order is None else nested(model, order)
    deviance = Deviance(model, structure, template(model), is_reml)
    return replace(_told(layout, deviance, search(deviance)), excluded=dict(sums.excluded))


def search(deviance: Deviance) -> Search[Evaluation]:
    """The best theta, with positive diagonals and exact zeros on the boundary."""
    start = np.where(deviance.template.is_diagonal, START, 0.0)
    is_exact = deviance_hessian.is_exact(deviance)
    exact = (lambda at: deviance_hessian.exact_hessian(deviance, at)) if is_exact else None
    if is_exact:
        start = deviance_hessian.scored(deviance, deviance(start))
    found = newton.minimise(deviance, start, exact)
    evaluations = found.evaluations + int(is_exact)
    tidy = _tidied(deviance, found.at)
    if tidy is found.at:
        return replace(found, evaluations=evaluations)
    H = exact(tidy) if exact else newton.differences(deviance, tidy.theta)
    return Search(tidy, H, found.is_settled, evaluations + 1)


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


def _told(layout: Layout, deviance: Deviance, found: Search[Evaluation]) -> MixedFit:
    model, at = deviance.model, found.at
    solution = Solution(layout, deviance, at, found.hessian)
    root = at.root @ model.fixed_back.T
    covariance = at.sigma2 * root.T @ root
    return MixedFit(
        n=model.n,
        groups={factor.name: factor.J for factor in model.factors},
        names=model.names,
        beta=model.fixed_back @ at.beta + model.fixed_shift,
        se=np.sqrt(np.diag(covariance)),
        df=satterthwaite.degrees_of_freedom(deviance, at, found.hessian),
        covariance=covariance,
        variances=_components(model, solution),
        sigma2=at.sigma2,
        loglik=-at.deviance / 2,
        criterion="REML" if deviance.is_reml else "ML",
        ending=Ending(
            found.is_settled, found.evaluations, float(np.abs(at.gradient).max()), is_singular(deviance, at)
        ),
        excluded={},
        solution=solution,
    )


def is_singular(deviance: Deviance, at: Evaluation) -> bool:
    """Whether some random direction does not vary."""
    lambdas = deviance.template.lambdas(at.theta)
    for factor, L in zip(deviance.model.factors, lambdas, strict=True):
        ends = np.cumsum([0, *factor.widths])
        for start, end in pairwise(ends):
            if np.linalg.svd(L[start:end, start:end], compute_uv=False)[-1] < SINGULAR:
                return True
    return False


def _components(model: Arranged, solution: Solution) -> tuple[Component, ...]:
    found = []
    for factor, G in zip(model.factors, solution.covariances, strict=True):
        at = 0
        for block in factor.blocks:
            q = len(block.names)
            own = G[at : at + q, at : at + q]
            found += [Component(factor.name, block.names[i], None, float(own[i, i])) for i in range(q)]
            found += [
                Component(factor.name, block.names[i], block.names[j], float(own[i, j]))
                for i in range(q)
                for j in range(i + 1, q)
            ]
            at += q
    return tuple(found)
