"""MAIHDA: how much of the differences lies between combinations of groups, and how much of that adds up.

Strata are all combinations of breakdowns that occur. The null model has strata only; the main-effects model
adds each breakdown. What strata still differ then is more than the sum of its parts (Evans, Williams, Onnela
& Subramanian 2018; Merlo 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy.special import expit

from erbij.errors import EstimationError
from erbij.stats import logistic_mixed, mixed_fit, strata_logistic, strata_parts, theta_posterior
from erbij.stats.additive_share import ends_of
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.frame_rows import sums_of
from erbij.stats.intervals import LEVEL
from erbij.stats.logistic_mixed import LogisticFit
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.mixed_profile import Interval
from erbij.stats.strata_parts import PARTS, Parts

LOGISTIC = np.pi**2 / 3
"""Variance of the logistic distribution: what rows vary on the scale of log odds."""
FEW_STRATA = 20


@dataclass(frozen=True, slots=True)
class Stratum:
    """One combination: its rows, what is predicted, and the parts of that, each with a 95 % interval.

    `additive` is what the main effects say, `rest` what the combination adds, shrunken: few rows, small rest.
    The intervals hold what is uncertain about coefficients and about the variances. For an outcome of yes and
    no all three are log odds, and `share` is the predicted share of yes in per cent.
    """

    groups: tuple[str, ...]
    n: int
    predicted: Interval
    additive: Interval
    rest: Interval
    share: Interval | None = None


@dataclass(frozen=True, slots=True)
class Maihda:
    """The two models and what they say. `notes` are ids of the reading rules that apply.

    `vpc` is the share of variance between strata in the null model, `pcv` the share of that variance which
    main effects explain (it may be negative). Estimates are those of the two models, intervals those of a
    posterior that is averaged over the variances; they begin at zero where no variance is as likely as much.
    """

    breakdowns: tuple[str, ...]
    null: MixedFit | LogisticFit
    main: MixedFit | LogisticFit
    vpc: Interval
    pcv: Interval
    strata: tuple[Stratum, ...]
    notes: tuple[str, ...]


def formulas(outcome: str, breakdowns: Sequence[str], crossed: str | None = None) -> tuple[str, str]:
    """The null and the main-effects model.

    >>> formulas("y", ["sex", "origin"], "school")[1]
    'y ~ 1 + C(sex) + C(origin) + (1 | sex:origin) + (1 | school)'
    """
    random = f"(1 | {':'.join(breakdowns)})" + (f" + (1 | {crossed})" if crossed else "")
    effects = " + ".join(f"C({name})" for name in breakdowns)
    return f"{outcome} ~ 1 + {random}", f"{outcome} ~ 1 + {effects} + {random}"


def maihda(
    frame: pl.DataFrame,
    outcome: str,
    breakdowns: Sequence[str],
    *,
    crossed: str | None = None,
    is_reml: bool = True,
) -> Maihda:
    """Fit both models to a table and take them apart.

    Parameters
    ----------
    frame
        Rows that lack the outcome, a breakdown or the crossed factor are left out of both models.
    breakdowns
        Two columns or more.
    crossed
        A factor that crosses the strata, such as the school.

    Raises
    ------
    EstimationError
        Fewer than two breakdowns, or a model that can't be fitted.

    Notes
    -----
    The interval of the PCV is that of the variance of what main effects say of the strata, over that and the
    variance of the rest.
    """
    name = ":".join(breakdowns)
    formulas_of = _checked(frame, outcome, breakdowns, crossed)
    complete = _complete(frame, outcome, breakdowns, crossed)
    (null_sums, null_plan), (sums, plan) = (sums_of(formula, complete) for formula in formulas_of)
    null = mixed_fit.fit(null_sums, null_plan.layout, is_reml=is_reml)
    main = mixed_fit.fit(sums, plan.layout, is_reml=is_reml)
    ends = theta_posterior.share(theta_posterior.posterior(null), name)
    vpc = Interval(name, "Intercept", vpc_of(null, name), float(ends.low), float(ends.high))
    found = theta_posterior.posterior(main)
    factors = main.solution.deviance.model.factors
    f = [factor.name for factor in factors].index(name)
    X = strata_parts.fixed_columns(sums, plan.layout, factors[f].codes, factors[f].J)
    pcv = _pcv_interval(null, main, name, strata_parts.explained(found, f, X))
    counts = np.bincount(factors[f].codes, sums.counts, factors[f].J).astype(np.int64)
    strata = _strata(
        name, [str(level) for level in factors[f].levels], counts, strata_parts.parts(found, f, X)
    )
    return Maihda(tuple(breakdowns), null, main, vpc, pcv, strata, _notes(vpc, pcv, len(strata), main))


def logistic_maihda(
    frame: pl.DataFrame, outcome: str, breakdowns: Sequence[str], *, crossed: str | None = None
) -> Maihda:
    """The same for an outcome of yes and no, on the scale of log odds.

    Shares take pi^2 / 3 for the variance of the rows. Estimates are by Laplace's approximation, intervals by
    the posterior of `logistic_posterior`.
    """
    name = ":".join(breakdowns)
    complete = _complete(frame, outcome, breakdowns, crossed)
    null, main = (logistic_mixed.fit(f, complete) for f in _checked(frame, outcome, breakdowns, crossed))
    vpc = Interval(
        name,
        "Intercept",
        vpc_of(null, name),
        *strata_logistic.share(strata_logistic.strata(null, name), LEVEL),
    )
    found = strata_logistic.strata(main, name)
    pcv = _pcv_interval(null, main, name, strata_logistic.explained(found))
    parts = strata_logistic.parts(found, LEVEL)
    counts = np.bincount(main.counts.at[:, found.f] - found.starts[found.f], main.counts.trials)
    counts = counts.astype(np.int64)
    strata = tuple(_with_share(s) for s in _strata(name, main.levels[name], counts, parts))
    return Maihda(tuple(breakdowns), null, main, vpc, pcv, strata, _notes(vpc, pcv, len(strata), main))


def vpc_of(null: MixedFit | LogisticFit, group: str) -> float:
    """The share of variance between strata."""
    rows = null.sigma2 if isinstance(null, MixedFit) else LOGISTIC
    return _variance(null, group) / (sum(c.value for c in null.variances) + rows)


def _pcv_interval(
    null: MixedFit | LogisticFit, main: MixedFit | LogisticFit, name: str, shares: FloatArray
) -> Interval:
    value = _pcv(null, main, name)
    return Interval(name, "PCV", value, *ends_of(shares, value, LEVEL))


def _strata(name: str, levels: Sequence[str], counts: IntArray, parts: Parts) -> tuple[Stratum, ...]:
    ends = np.stack([parts.value, parts.low, parts.high], axis=-1)
    return tuple(
        Stratum(
            tuple(level.split(":")),
            int(counts[j]),
            *(Interval(name, part, *ends[i, j].tolist()) for i, part in enumerate(PARTS)),
        )
        for j, level in enumerate(levels)
    )


def _with_share(stratum: Stratum) -> Stratum:
    """With the predicted share of yes, in per cent."""
    p = stratum.predicted
    low, value, high = (float(100 * expit(x)) for x in (p.low, p.value, p.high))
    return replace(stratum, share=Interval(p.group, "share", value, low, high))


def _checked(
    frame: pl.DataFrame, outcome: str, breakdowns: Sequence[str], crossed: str | None
) -> tuple[str, str]:
    if len(set(breakdowns)) < 2 or len(set(breakdowns)) < len(breakdowns):
        raise EstimationError("strata are made of two different columns or more", found=list(breakdowns))
    if crossed in breakdowns or outcome in (*breakdowns, crossed):
        raise EstimationError("a column stands in two places", found=[outcome, *breakdowns, crossed])
    return formulas(outcome, breakdowns, crossed)


def _complete(
    frame: pl.DataFrame, outcome: str, breakdowns: Sequence[str], crossed: str | None
) -> pl.DataFrame:
    return frame.select(outcome, *breakdowns, *([crossed] if crossed else []))


def _variance(fit: MixedFit | LogisticFit, group: str) -> float:
    return next(c.value for c in fit.variances if c.group == group)


def _pcv(null: MixedFit | LogisticFit, main: MixedFit | LogisticFit, group: str) -> float:
    """NaN where strata do not differ at all."""
    before = _variance(null, group)
    return float(1 - _variance(main, group) / before) if before > 0 else float("nan")


def _notes(vpc: Interval, pcv: Interval, strata: int, main: MixedFit | LogisticFit) -> tuple[str, ...]:
    """The reading rules that apply, as ids of messages."""
    notes = ["maihda-estimator"] if strata < FEW_STRATA else []
    if vpc.value < 0.05:
        notes.append("maihda-small-share-is-usual")
    if pcv.value > 0.9:
        notes.append("maihda-adds-up-and-is-real")
    if main.ending.boundary:
        notes.append("maihda-boundary")
    return (*notes, "maihda-system-is-also-within-schools")
