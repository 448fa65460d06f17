"""Does a scale measure the same thing in every group? One factor, step by step with more held equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from erbij.errors import EstimationError
from erbij.stats.factor_groups import FactorGroups, GroupMoments, fit_groups
from erbij.stats.factor_model import Pairs

Step = Literal["configural", "metric", "scalar", "strict"]
STEPS: dict[Step, tuple[str, ...]] = {
    "configural": (),
    "metric": ("loadings",),
    "scalar": ("loadings", "intercepts"),
    "strict": ("loadings", "intercepts", "uniquenesses"),
}
"""What is equal in all groups at each step."""
MOST_CFI_LOST = 0.01
"""By a step that still holds (Cheung & Rensvold 2002)."""
LEAST_CFI = 0.90
"""Of the first step: below it one factor is no description of the items to begin with."""


@dataclass(frozen=True, slots=True)
class StepFit:
    """How well one step fits. `cfi_lost` is what it lost on the step before; 0 for the first."""

    step: Step
    chi2: float
    df: int
    p: float
    cfi: float
    rmsea: float
    srmr: float
    cfi_lost: float
    fit: FactorGroups


@dataclass(frozen=True, slots=True)
class Invariance:
    """The steps, and the last one that holds with all before it; `none` where the first does not."""

    steps: tuple[StepFit, ...]
    holds: Step | Literal["none"]


def invariance(groups: Sequence[GroupMoments], *, pairs: Pairs = ()) -> Invariance:
    """Find how far a scale measures alike in all groups.

    Parameters
    ----------
    groups
        Two or more, of the same p >= 3 items turned the same way.
    pairs
        Items, from 0 on, whose residuals may go together: such as those worded the other way.

    Raises
    ------
    EstimationError
        As `fit_groups`; a step that did not settle (named).

    Notes
    -----
    `configural`: one factor in each group. `metric`: equal loadings, so that relations may be compared.
    `scalar`: equal intercepts too, so that means may be. `strict`: equal uniquenesses too. A step holds
    where CFI falls by no more than 0.01 (Cheung & Rensvold 2002, Structural Equation Modeling 9, 233-255).
    Maximum likelihood for normal items; chi-square is ``N`` times the discrepancy, as lavaan's.
    """
    found: list[StepFit] = []
    for step, equal in STEPS.items():
        fit = fit_groups(groups, equal, pairs=pairs)
        if not fit.converged:
            raise EstimationError("the factor model did not settle", where=[step])
        found.append(_step(step, fit, groups, before=found[-1] if found else None))
    return Invariance(tuple(found), _held(found))


def _step(
    step: Step, fit: FactorGroups, groups: Sequence[GroupMoments], *, before: StepFit | None
) -> StepFit:
    p, G, N = len(groups[0].mean), len(groups), sum(group.n for group in groups)
    chi2, df = N * fit.objective, G * p * (p + 3) // 2 - fit.free
    excess = max(chi2 - df, 0.0)
    alone = max(_independence(groups) - G * p * (p - 1) // 2, excess)
    cfi = 1.0 - excess / alone if alone > 0 else 1.0
    return StepFit(
        step=step,
        chi2=chi2,
        df=df,
        p=float(chdtrc(df, chi2)) if df else float("nan"),
        cfi=cfi,
        rmsea=float(np.sqrt(G * excess / (df * N))) if df else 0.0,
        srmr=_srmr(fit, groups),
        cfi_lost=before.cfi - cfi if before else 0.0,
        fit=fit,
    )


def _independence(groups: Sequence[GroupMoments]) -> float:
    """Chi-square of items that have nothing in common, with means of their own: what CFI compares with."""
    return float(sum(g.n * (np.log(np.diag(g.S)).sum() - np.linalg.slogdet(g.S)[1]) for g in groups))


def _srmr(fit: FactorGroups, groups: Sequence[GroupMoments]) -> float:
    """Of standardised means and covariances (Bentler 1995), averaged over groups by their size."""
    each = [_residual(group, implied) for group, implied in zip(groups, fit.implied, strict=True)]
    return float(np.average(each, weights=[group.n for group in groups]))


def _residual(group: GroupMoments, implied: GroupMoments) -> float:
    sd = np.sqrt(np.diag(group.S))
    gaps = ((group.S - implied.S) / np.outer(sd, sd))[np.tril_indices(sd.size)]
    return float(np.sqrt(np.mean(np.concatenate([gaps, (group.mean - implied.mean) / sd]) ** 2)))


def _held(steps: Sequence[StepFit]) -> Step | Literal["none"]:
    holds: Step | Literal["none"] = "none"
    for fit in steps:
        if fit.cfi < LEAST_CFI if fit.step == "configural" else fit.cfi_lost > MOST_CFI_LOST:
            break
        holds = fit.step
    return holds
