"""What goes with belonging? Each condition on its own, within units and between units apart.

A condition is a scale of the instrument that is no part of belonging (the opportunities, trust), or a part
of belonging that a school can act upon (teachers' support, voice), beside which stands the rest of the scale.
Mundlak (1978): the score is regressed on the pupil's distance from the mean of the unit and on that mean.
Nothing here says what would happen if a condition changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.findings import domains
from erbij.findings.cells import Numbers, cells
from erbij.findings.domains import FEWEST_CLUSTERS
from erbij.findings.told import is_carried_by_many, told_units
from erbij.instruments.schema import Item, Scale
from erbij.instruments.scoring import score
from erbij.stats import strata
from erbij.stats.design import BoolArray, FloatArray, IntArray, SamplingDesign
from erbij.stats.intervals import student_quantile
from erbij.stats.regression import Regression, survey_regression
from erbij.studies.study import Level, Study

KINDS = ("opportunity", "conditions", "trust")
LEVELS: tuple[Level, ...] = ("class", "school")
"""The units that are kept apart: the first of which ten or more are told."""

STEP = 10.0
"""Points of a condition for which the difference in belonging is told."""

FEWEST_TO_SHRINK = 3
SIDES = ("within", "between")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the main scale that is a condition too. `told_as`: the scale that has to be told with it."""

    id: str
    facet: str
    source: str | None
    told_as: str


PARTS = (
    Part("teacher-support", "support", "teachers", "facet-support"),
    Part("voice", "autonomy", None, "facet-autonomy"),
)


@dataclass(frozen=True, slots=True)
class _Condition:
    """What goes with what: x and y, shape (n,), NaN where missing."""

    id: str
    scale: str
    x: FloatArray
    y: FloatArray


def model(study: Study, told: pl.DataFrame) -> pl.DataFrame | None:
    """Measures `within-LEVEL:ID` and `between-LEVEL:ID`: points of belonging for ten of a condition."""
    for level in LEVELS:
        found = [] if level not in study.units else list(_fitted(study, level, told))
        if found:
            scales = [each for each in found if each[0] in study.scores]
            parts = [each for each in found if each[0] not in study.scores]
            sides = enumerate((f"{side}-{level}" for side in SIDES), start=1)
            return pl.concat(
                _cells(study, side, each, i) for i, side in sides for each in (scales, parts) if each
            )
    return None


def _fitted(study: Study, level: Level, told: pl.DataFrame) -> Iterator[tuple[str, Regression]]:
    for condition in _conditions(study):
        counted = told_units(study, level, told, condition.scale)
        counted &= ~np.isnan(condition.x) & ~np.isnan(condition.y)
        codes = study.units[level].codes
        if len(np.unique(codes[counted])) < FEWEST_CLUSTERS:
            continue
        if not _is_carried_by_many(condition, counted, codes):
            continue
        try:
            yield condition.id, _mundlak(study, condition, counted, codes)
        except EstimationError:
            continue  # everyone of each unit answered alike: no slope


def _is_carried_by_many(condition: _Condition, counted: BoolArray, codes: IntArray) -> bool:
    """Within units: nobody's answers may stand out by being the only ones that differ."""
    _, unit = np.unique(codes[counted], return_inverse=True)
    sides = (side[counted] for side in (condition.x, condition.y))
    return all(is_carried_by_many(v - (np.bincount(unit, v) / np.bincount(unit))[unit]) for v in sides)


def _mundlak(study: Study, condition: _Condition, counted: BoolArray, codes: IntArray) -> Regression:
    design = _of(domains.design_at(study, "all"), counted, codes)
    _, unit = np.unique(codes[counted], return_inverse=True)
    x, w = condition.x[counted], design.weights
    means = (np.bincount(unit, w * x) / np.bincount(unit, w))[unit]
    X = np.column_stack([np.ones(len(x)), (x - means) / STEP, means / STEP])
    return survey_regression(condition.y[counted], X, design, names=["mean", *SIDES])


def _of(design: SamplingDesign, counted: BoolArray, codes: IntArray) -> SamplingDesign:
    """The design of some pupils; without replicates the units are the clusters."""
    if design.replicates is not None:
        return replace(design, weights=design.weights[counted], replicates=design.replicates[counted])
    return replace(design, weights=design.weights[counted], clusters=codes[counted])


def _conditions(study: Study) -> Iterator[_Condition]:
    """In the order of the instrument."""
    main = study.scores[study.instrument.main_scale]
    for scale in study.instrument.scales.values():
        if scale.kind in KINDS and scale.id in study.scores:
            yield _Condition(scale.id, scale.id, study.scores[scale.id], main)
    for part in PARTS:
        if part.told_as in study.scores:
            yield from _of_part(study, part)


def _of_part(study: Study, part: Part) -> Iterator[_Condition]:
    items = [i for i in study.instrument.items_of(study.instrument.main_scale) if i.id in study.answers]
    chosen = [i for i in items if i.facet == part.facet and part.source in (None, i.source)]
    rest = [i for i in items if i.facet != part.facet]
    if chosen and len(rest) >= len(chosen):
        yield _Condition(part.id, part.told_as, _mean(study, chosen), _mean(study, rest))


def _mean(study: Study, items: Sequence[Item]) -> FloatArray:
    """The score on some items, as if they were a scale."""
    scale = Scale("part", "belonging", {}, tuple(item.id for item in items))
    return score(replace(study.instrument, scales={"part": scale}), study.answers)["part"]


def _cells(study: Study, measure: str, found: Sequence[tuple[str, Regression]], column: int) -> pl.DataFrame:
    """The slopes of one side, drawn towards each other as far as their uncertainty asks.

    Parts of belonging stay by themselves: they share its wording, and would draw the others up.
    """
    top = domains.everyone(study, "all").keys
    beta = np.array([fit.beta[column] for _, fit in found])
    se = np.array([fit.se[column] * student_quantile(fit.df) / strata.NORMAL for _, fit in found])
    value, low, high = beta, beta - strata.NORMAL * se, beta + strata.NORMAL * se
    if len(found) >= FEWEST_TO_SHRINK:
        together = np.ones((len(found), 1))
        shrunk = strata.decompose(beta, np.diag(se**2), together, other=1.0).predicted
        value, low, high = shrunk.value, shrunk.low, shrunk.high
    return pl.concat(
        cells(top, f"{measure}:{name}", Numbers(np.array([fit.n]), value[[i]], low[[i]], high[[i]]))
        for i, (name, fit) in enumerate(found)
    )
