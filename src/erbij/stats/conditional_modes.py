"""What each group's random effects come to, given its data: shrunken towards the mean, with their spread."""

from dataclasses import dataclass

import numpy as np

from erbij.stats.design import FloatArray
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.sums import TextArray


@dataclass(frozen=True, slots=True, eq=False)
class Modes:
    """The effects of the J groups of one factor on q random columns.

    `modes` (J, q), in the units of the outcome per unit of the column; `covariances` (J, q, q), given the
    data and at the fitted coefficients and variances, as R's lme4 reports them.
    """

    group: str
    names: tuple[str, ...]
    levels: TextArray
    modes: FloatArray
    covariances: FloatArray


def conditional_modes(fit: MixedFit) -> tuple[Modes, ...]:
    """The modes of every factor.

    Notes
    -----
    Also known as best linear unbiased predictions.
    """
    at = fit.solution.at
    found = []
    for factor, absorbed in zip(fit.solution.deviance.model.factors, at.absorbed.factors, strict=True):
        working = absorbed.modes[:, -1] - np.einsum("qpJ,p->qJ", absorbed.modes[:, :-1], at.beta)
        spread = np.einsum("ab,bcJ,dc->Jad", factor.back, absorbed.spread, factor.back)
        names = tuple(name for block in factor.blocks for name in block.names)
        found.append(Modes(factor.name, names, factor.levels, (factor.back @ working).T, at.sigma2 * spread))
    return tuple(found)
