"""MAIHDA: how much of the differences lies between combinations of groups, and how much of that adds up.

Strata are all combinations of breakdowns that occur. The null model has strata only; the main-effects model
adds each breakdown. What strata still differ then is more than the sum of its parts (Evans, Williams, Onnela
& Subramanian 2018; Merlo 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.stats import logistic_mixed, mixed_fit, mixed_profile
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.frame_rows import sums_of
from erbij.stats.intervals import LEVEL, TAIL
from erbij.stats.logistic_mixed import LogisticFit
from erbij.stats.mixed_fit import MixedFit
from erbij.stats.mixed_layout import Layout
from erbij.stats.mixed_profile import Interval
from erbij.stats.profiled_deviance import Evaluation
from erbij.stats.sums import Column, Sums, places, with_columns

LOGISTIC = np.pi**2 / 3
"""Variance of the logistic distribution: what rows vary on the scale of log odds."""
DRAWS = 100
GRID = 24
SEED = 20261122
NORMAL = 1.959963984540054
FEW_STRATA = 20


@dataclass(frozen=True, slots=True)
class Stratum:
    """One combination: its rows, what is predicted, and the parts of that, each with a 95 % interval.

    `additive` is what the main effects say, `rest` what the combination adds, shrunken: few rows, small rest.
    The intervals hold what is uncertain about coefficients and about the variance between strata.
    """

    groups: tuple[str, ...]
    n: int
    predicted: Interval
    additive: Interval
    rest: Interval


@dataclass(frozen=True, slots=True)
class Maihda:
    """The two models and what they say. `notes` are ids of the reading rules that apply.

    `vpc` is the share of variance between strata in the null model, `pcv` the share of that variance which
    main effects explain (it may be negative). Their intervals are NaN for a logistic model.
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
    The interval of the PCV comes from data drawn from the main-effects model, both models fitted again.
    """
    null_formula, main_formula = _checked(frame, outcome, breakdowns, crossed)
    null_sums, null_plan = sums_of(null_formula, _complete(frame, outcome, breakdowns, crossed))
    sums, plan = sums_of(main_formula, _complete(frame, outcome, breakdowns, crossed))
    null = mixed_fit.fit(null_sums, null_plan.layout, is_reml=is_reml)
    main = mixed_fit.fit(sums, plan.layout, is_reml=is_reml)
    shares = mixed_profile.variance_shares(null)
    name = ":".join(breakdowns)
    vpc = next(share for share in shares if share.group == name)
    drawn = _drawn_pcv(sums, main, null_plan.layout, is_reml=is_reml)
    low, high = np.quantile(drawn, [TAIL, TAIL + LEVEL]) if drawn.size else (np.nan, np.nan)
    pcv = Interval(name, "PCV", _pcv(null, main, name), float(low), float(high))
    strata = _strata(sums, main, breakdowns)
    return Maihda(tuple(breakdowns), null, main, vpc, pcv, strata, _notes(vpc, pcv, len(strata), main))


def logistic_maihda(
    frame: pl.DataFrame, outcome: str, breakdowns: Sequence[str], *, crossed: str | None = None
) -> Maihda:
    """The same for an outcome of yes and no, on the scale of log odds, by Laplace's approximation.

    Shares take pi^2 / 3 for the variance of the rows. Strata are not taken apart.
    """
    null_formula, main_formula = _checked(frame, outcome, breakdowns, crossed)
    complete = _complete(frame, outcome, breakdowns, crossed)
    null, main = (logistic_mixed.fit(f, complete) for f in (null_formula, main_formula))
    name = ":".join(breakdowns)
    total = sum(c.value for c in null.variances) + LOGISTIC
    share = _variance(null, name) / total
    nan = float("nan")
    vpc, pcv = (
        Interval(name, "Intercept", share, nan, nan),
        Interval(name, "PCV", _pcv(null, main, name), nan, nan),
    )
    return Maihda(tuple(breakdowns), null, main, vpc, pcv, (), _notes(vpc, pcv, null.groups[name], main))


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


def _strata(sums: Sums, main: MixedFit, breakdowns: Sequence[str]) -> tuple[Stratum, ...]:
    """Each stratum, taken apart."""
    model = main.solution.deviance.model
    f = [factor.name for factor in model.factors].index(":".join(breakdowns))
    factor = model.factors[f]
    X = _fixed_columns(sums, main.solution.layout, factor.codes, factor.J)
    weighed = _possible(main, f)
    points = [_parts(main, at, f, X) for at, _ in weighed]
    weights = np.array([weight for _, weight in weighed])
    means, variances = (np.array([point[i] for point in points]) for i in (0, 1))
    value = np.einsum("g,gpj->pj", weights, means)
    spread = np.einsum("g,gpj->pj", weights, variances + (means - value) ** 2)
    half = NORMAL * np.sqrt(spread)
    counts = np.bincount(factor.codes, sums.counts, factor.J).astype(int)
    names = ("predicted", "additive", "rest")
    return tuple(
        Stratum(
            tuple(str(level).split(":")),
            int(counts[j]),
            *(
                Interval(factor.name, what, float(v), float(v - h), float(v + h))
                for what, v, h in zip(names, value[:, j], half[:, j], strict=True)
            ),
        )
        for j, level in enumerate(factor.levels)
    )


def _possible(main: MixedFit, f: int) -> list[tuple[Evaluation, float]]:
    """What the variance between strata may be, and how likely each value is; other variances as fitted.

    On a grid of theta up to where the likelihood is gone, with a flat prior on the standard deviation. So no
    interval collapses where the best single value is zero.
    """
    deviance, at = main.solution.deviance, main.solution.at
    theta = at.theta.copy()
    highest = max(float(theta[f]), 0.02)
    for _ in range(40):
        theta[f] = highest
        if deviance(theta).deviance - at.deviance > 12:
            break
        highest *= 1.4
    found = []
    for value in (np.arange(GRID) + 0.5) * highest / GRID:
        theta[f] = value
        found.append(deviance(theta.copy()))
    weights = np.exp([(at.deviance - there.deviance) / 2 for there in found])
    return list(zip(found, weights / weights.sum(), strict=True))


def _parts(main: MixedFit, at: Evaluation, f: int, X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Predicted, additive and rest of each stratum, and their variances at one theta. Shape (3, J) each."""
    model = main.solution.deviance.model
    absorbed, back = at.absorbed.factors[f], float(model.factors[f].back[0, 0])
    E = back * absorbed.modes[0]  # (p + 1, J): how modes answer to each working column
    root = at.root @ model.fixed_back.T
    covariance = at.sigma2 * root.T @ root
    answers = np.linalg.solve(model.fixed_back.T, E[:-1]).T  # the same, to the model's own columns
    rest = E[-1] - E[:-1].T @ at.beta
    additive = X @ (model.fixed_back @ at.beta + model.fixed_shift)
    own = at.sigma2 * back**2 * absorbed.spread[0, 0]

    def variance(of: FloatArray) -> FloatArray:
        return np.asarray(np.einsum("ja,ab,jb->j", of, covariance, of))

    parts = np.array([additive + rest, additive, rest])
    return parts, np.array([variance(X - answers) + own, variance(X), variance(answers) + own])


def _fixed_columns(sums: Sums, layout: Layout, codes: IntArray, J: int) -> FloatArray:
    """The fixed columns of each stratum, which are the same for all its rows. Shape (J, p)."""
    first = with_columns(sums, layout.columns).products[:, places(len(layout.columns))[0]]
    V = np.array([np.bincount(codes, column, J) for column in first.T])
    return np.asarray((V / V[0]).T @ layout.fixed)


def _drawn_pcv(sums: Sums, main: MixedFit, null: Layout, *, is_reml: bool) -> FloatArray:
    """The PCV of data drawn from the main-effects model. Shape (up to DRAWS,)."""
    rng = np.random.default_rng(SEED)
    layout = main.solution.layout
    group = main.solution.deviance.model.factors
    y = _outcome_column(layout)
    V = sums.products[:, places(len(sums.columns))[0]] / sums.products[:, :1]
    V[:, y] = 0.0
    mean = V @ layout.fixed @ main.beta
    found = []
    for _ in range(DRAWS):
        drawn = mean + rng.normal(size=mean.size) * np.sqrt(main.sigma2 / sums.counts)
        for factor in group:
            deviation = np.sqrt(_variance(main, factor.name))
            drawn = drawn + deviation * rng.normal(size=factor.J)[factor.codes]
        within = main.sigma2 * rng.chisquare(max(int((sums.counts - 1).sum()), 1))
        made = _with_outcome(sums, V, y, drawn, within=within)
        small = with_columns(made, null.columns)
        fits = [mixed_fit.fit(s, at, is_reml=is_reml) for s, at in ((small, null), (made, layout))]
        found.append(_pcv(fits[0], fits[1], ":".join(null.blocks[0].factor.split(":"))))
    kept = np.array(found)
    return np.asarray(kept[np.isfinite(kept)])


def _outcome_column(layout: Layout) -> int:
    outcome: Column = layout.outcome
    return int(layout.columns.index(outcome))


def _with_outcome(sums: Sums, V: FloatArray, y: int, mean: FloatArray, *, within: float) -> Sums:
    """The same sums with another outcome: its mean in each cell, and its variation within all of them."""
    where = places(len(sums.columns))
    products = sums.products.copy()
    products[:, where[y]] = V * (sums.counts * mean)[:, None]
    products[:, where[y, y]] = sums.counts * mean**2
    products[0, where[y, y]] += within
    shift = {name: value for name, value in sums.shift.items() if name != sums.columns[y][0]}
    return replace(sums, products=products, shift=shift)
