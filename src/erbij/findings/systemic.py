"""How much of the differences lies between classes, between schools, and between groups?

Variance components of the main scale: pupils within classes within schools, without any predictor. Only the
pupils of told units count, so that the shares follow from nothing but what is told besides.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from scipy.optimize import brentq
from scipy.special import ncfdtr

from erbij.errors import EstimationError
from erbij.findings import domains
from erbij.findings.cells import Numbers, cells
from erbij.findings.domains import FEWEST_CLUSTERS
from erbij.findings.told import told_units
from erbij.stats import frame_rows, mixed_fit, theta_posterior
from erbij.stats.design import BoolArray
from erbij.stats.intervals import LEVEL
from erbij.studies.study import Breakdown, Level, Study

NESTED: tuple[Level, ...] = ("school", "class")
"""The levels between which pupils differ, the widest first."""


def find(study: Study, told: pl.DataFrame) -> pl.DataFrame | None:
    """Measures `share:LEVEL` and `between:BREAKDOWN`, per cent of all variance, of everyone together.

    A level takes part where ten or more of its units are told; a breakdown where all its groups are. A school
    with ten told classes or more has its own `share:class`.
    """
    found = [*_levels(study, told), *_groups(study, told), *_schools(study, told)]
    return pl.concat(found) if found else None


def _levels(study: Study, told: pl.DataFrame) -> Iterator[pl.DataFrame]:
    counted = study.has_score
    names: list[Level] = []
    for level in NESTED:
        if level not in study.units:
            continue
        here = counted & told_units(study, level, told)
        if len(np.unique(study.units[level].codes[here])) >= FEWEST_CLUSTERS:
            counted, names = here, [*names, level]
    if not names:
        return
    top = domains.everyone(study, "all").keys
    for name, shares in _shares(study, counted, names):
        yield _cell(top, f"share:{name}", int(counted.sum()), *shares)


def _schools(study: Study, told: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """What part lies between the classes of one school, where that school tells ten or more."""
    if not {"school", "class"} <= set(study.units):
        return
    school, class_ = study.units["school"], study.units["class"].codes
    known = told_units(study, "school", told) & told_units(study, "class", told)
    pairs = np.unique(np.column_stack([school.codes, class_])[known], axis=0)
    many = np.bincount(pairs[:, 0], minlength=len(school.names)) >= FEWEST_CLUSTERS
    keys = domains.everyone(study, "school").keys
    for place in np.flatnonzero(many).tolist():
        counted = known & (school.codes == place)
        for name, shares in _shares(study, counted, ["class"]):
            yield _cell(keys[[place]], f"share:{name}", int(counted.sum()), *shares)


def _shares(
    study: Study, counted: BoolArray, names: Sequence[Level]
) -> Iterator[tuple[Level, tuple[float, float, float]]]:
    """For each level its share of the variance, and the ends of the interval."""
    columns = [pl.Series(name, study.units[name].codes[counted]) for name in names]
    frame = pl.DataFrame([pl.Series("y", study.scores[study.instrument.main_scale][counted]), *columns])
    formula = "y ~ 1 + " + " + ".join(f"(1 | {name})" for name in names)
    try:
        sums, plan = frame_rows.sums_of(formula, frame)
        fit = mixed_fit.fit(sums, plan.layout)
        known = theta_posterior.posterior(fit)
    except EstimationError:
        return  # all scores alike: nothing to divide
    total = fit.sigma2 + sum(part.value for part in fit.variances)
    for name in names:
        value = next(part.value for part in fit.variances if part.group == name) / total
        between = theta_posterior.share(known, name)
        yield name, (value, float(np.ravel(between.low)[0]), float(np.ravel(between.high)[0]))


def _groups(study: Study, told: pl.DataFrame) -> Iterator[pl.DataFrame]:
    at_top = told.filter(pl.col("level") == "all")
    for breakdown in study.breakdowns:
        groups = at_top.filter(pl.col("breakdown") == breakdown.id)["group"].to_list()
        if len(breakdown.groups) > 1 and {group.id for group in breakdown.groups} <= set(groups):
            yield from _between(study, breakdown)


def _between(study: Study, breakdown: Breakdown) -> Iterator[pl.DataFrame]:
    """Epsilon squared (Kelley 1935), its interval by the noncentral F (Smithson 2003)."""
    counted = study.has_score & (breakdown.codes >= 0)
    y, codes = study.scores[study.instrument.main_scale][counted], breakdown.codes[counted]
    n, J = len(y), len(breakdown.groups)
    sizes = np.bincount(codes, minlength=J)
    means = np.bincount(codes, y, J) / np.maximum(sizes, 1)
    within, total = float(((y - means[codes]) ** 2).sum()), float(((y - y.mean()) ** 2).sum())
    if n <= J or within <= 0:
        return
    f = ((total - within) / (J - 1)) / (within / (n - J))
    value = max(0.0, 1 - (within / (n - J)) / (total / (n - 1)))
    tail = (1 - LEVEL) / 2
    low, high = (_noncentrality(f, J - 1, n - J, p) for p in (1 - tail, tail))
    top = domains.everyone(study, "all").keys
    yield _cell(top, f"between:{breakdown.id}", n, value, low / (low + n), high / (high + n))


def _noncentrality(f: float, df1: int, df2: int, p: float) -> float:
    """The noncentrality under which a share p of all F lie below this one; 0 where there is none."""

    def above(delta: float) -> float:
        below = float(ncfdtr(df1, df2, delta, f))
        # The series gives up some sixteen standard deviations away: there it is all or nothing.
        return (float(delta < f * df1) if np.isnan(below) else below) - p

    if above(1e-9) <= 0:
        return 0.0
    highest = 10.0 + 4 * f * df1
    while above(highest) > 0:
        highest *= 2
    return float(brentq(above, 1e-9, highest))


def _cell(keys: pl.DataFrame, measure: str, n: int, *shares: float) -> pl.DataFrame:
    numbers = (np.array([100.0 * share]) for share in shares)
    return cells(keys, measure, Numbers(np.array([n]), *numbers))
