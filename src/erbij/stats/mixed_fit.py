"""Fit a linear mixed model from sums, and say how the fit ended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from erbij.stats import satterthwaite
from erbij.stats.design import FloatArray
from erbij.stats.mixed_layout import Arranged, Layout, arrange
from erbij.stats.newton import Search
from erbij.stats.profiled_deviance import Deviance, Evaluation, template
from erbij.stats.search import is_singular, search
from erbij.stats.structure import structure_of
from erbij.stats.sums import Sums


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

    `beta`, `se` (p,) and `covariance` (p, p) belong to `names`. `groups` counts the groups of each factor,
    `excluded` the rows that were left out by reason.
    """

    n: int
    groups: Mapping[str, int]
    names: tuple[str, ...]
    beta: FloatArray
    se: FloatArray
    covariance: FloatArray
    variances: tuple[Component, ...]
    sigma2: float
    loglik: float
    criterion: str
    ending: Ending
    excluded: Mapping[str, int]
    solution: "Solution"

    @property
    def df(self) -> FloatArray:
        """Satterthwaite's degrees of freedom, (p,); with several factors as much work as the fit was."""
        return satterthwaite.degrees_of_freedom(self.solution.deviance, self.solution.at)

    @property
    def objective(self) -> float:
        """-2 times the log-likelihood, which was made as small as possible."""
        return -2.0 * self.loglik


@dataclass(frozen=True, slots=True)
class Solution:
    """What a fit was computed from, for what is asked of it later."""

    layout: Layout
    deviance: Deviance
    at: Evaluation

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
    deviance = Deviance(model, structure_of(model), template(model), is_reml)
    return replace(_told(layout, deviance, search(deviance)), excluded=dict(sums.excluded))


def _told(layout: Layout, deviance: Deviance, found: Search[Evaluation]) -> MixedFit:
    model, at = deviance.model, found.at
    solution = Solution(layout, deviance, at)
    root = at.root @ model.fixed_back.T
    covariance = at.sigma2 * root.T @ root
    return MixedFit(
        n=model.n,
        groups={factor.name: factor.J for factor in model.factors},
        names=model.names,
        beta=model.fixed_back @ at.beta + model.fixed_shift,
        se=np.sqrt(np.diag(covariance)),
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
