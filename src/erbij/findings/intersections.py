"""Which combinations of groups belong less, and is that more than the sum of its parts?

MAIHDA over the told combinations: how much of the differences lies between them (VPC), how much of that the
groups add up to (PCV), and each combination taken apart. A combination that is not told takes no part.
"""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.findings import domains, gaps
from erbij.findings.cells import KEY_SCHEMA, Numbers, cells
from erbij.findings.domains import FEWEST_CLUSTERS, Offer, Partition
from erbij.findings.told import told_units
from erbij.stats import frame_rows, mixed_fit, strata
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.stats.strata import Estimate
from erbij.studies.study import Breakdown, Study

BREAKDOWN = "intersections"
JOINED = "+"
"""Stands between the groups of a combination, as in `girls+native`."""

FEWEST_STRATA = 6
"""With fewer combinations the variance between them says nothing."""

MOST_STRATA = 200


def offers(study: Study) -> Iterable[Offer]:
    """The combinations, for everyone together only."""
    if (partition := _partition(study)) is not None:
        yield Offer(partition, ("all",), is_two_way=True, is_last=True)


def find(study: Study) -> pl.DataFrame | None:
    """Measures `n` and `mean` of each combination, as they are."""
    if (partition := _partition(study)) is None:
        return None
    found = gaps.of_partition(study, partition, ("all",), against={})
    return found.filter(pl.col("measure").is_in(["n", "mean"]))


def model(study: Study, told: pl.DataFrame) -> pl.DataFrame | None:
    """Measures `vpc` and `pcv` (per cent); `predicted`, `additive` and `rest` of each told combination."""
    if (partition := _partition(study)) is None:
        return None
    here = told.filter(pl.col("level") == "all", pl.col("breakdown") == BREAKDOWN)["group"].to_list()
    places = [i for i, group in enumerate(partition.groups) if group in here]
    members = partition.members[:, places] & study.has_score[:, None]
    groups = [partition.groups[i] for i in places]
    if len(groups) < FEWEST_STRATA:
        return None
    additive = _additive(groups, _chosen(study))
    if len(groups) < np.linalg.matrix_rank(additive) + 2:
        return None
    return _cells(study, members, groups, additive, told)


def _chosen(study: Study) -> tuple[Breakdown, ...]:
    by_id = {breakdown.id: breakdown for breakdown in study.breakdowns}
    return tuple(by_id[name] for name in study.intersections if name in by_id)


def _partition(study: Study) -> Partition | None:
    """The combinations that occur among pupils with all answers, in the order of their groups."""
    chosen = _chosen(study)
    if len(chosen) < 2:
        return None
    combinations = list(product(*(range(len(breakdown.groups)) for breakdown in chosen)))
    if len(combinations) > MOST_STRATA:
        return None
    codes = np.column_stack([breakdown.codes for breakdown in chosen])
    columns = [(codes == np.array(combination)).all(axis=1) for combination in combinations]
    names = tuple(
        JOINED.join(b.groups[i].id for b, i in zip(chosen, combination, strict=True))
        for combination in combinations
    )
    return Partition(BREAKDOWN, names, np.column_stack(columns))


def _additive(groups: Sequence[str], chosen: Sequence[Breakdown]) -> FloatArray:
    """Indicators of the groups of each breakdown, or of an ordered one the place, shape (J, q)."""
    parts = np.array([group.split(JOINED) for group in groups]).reshape(len(groups), -1)
    columns = [_columns(column, breakdown) for column, breakdown in zip(parts.T, chosen, strict=True)]
    return np.column_stack([np.ones(len(groups)), *columns]).astype(float)


def _columns(groups: np.ndarray, breakdown: Breakdown) -> np.ndarray:
    if not breakdown.is_ordered:
        return np.asarray(groups[:, None] == np.unique(groups))
    order = [group.id for group in breakdown.groups]
    return np.array([[order.index(group)] for group in groups])


def _cells(
    study: Study, members: BoolArray, groups: list[str], additive: FloatArray, told: pl.DataFrame
) -> pl.DataFrame | None:
    y = study.scores[study.instrument.main_scale]
    counted, stratum = members.any(axis=1), members.argmax(axis=1)
    n = members.sum(axis=0).astype(np.int64)
    means = np.array([y[column].mean() for column in members.T])
    within = float(((y[counted] - means[stratum[counted]]) ** 2).sum() / (counted.sum() - len(groups)))
    if within <= 0:
        return None
    error, other = _error(study, members, n, within, told)
    found = strata.decompose(means, error, additive, other=other)
    top = domains.everyone(study, "all").keys
    each = pl.DataFrame(
        {"level": "all", "unit": top["unit"][0], "breakdown": BREAKDOWN, "group": groups},
        schema=KEY_SCHEMA,
    )
    total = np.array([n.sum()])
    shares = [
        cells(top, name, _told(total, share, times=100.0))
        for name, share in (("vpc", found.vpc), ("pcv", found.pcv))
    ]
    parts = {"predicted": found.predicted, "additive": found.additive, "rest": found.rest}
    return pl.concat([*shares, *(cells(each, name, _told(n, part)) for name, part in parts.items())])


def _told(n: IntArray, estimate: Estimate, *, times: float = 1.0) -> Numbers:
    value, low, high = (np.atleast_1d(times * end) for end in (estimate.value, estimate.low, estimate.high))
    return Numbers(n, value, low, high)


def _error(
    study: Study, members: BoolArray, n: IntArray, within: float, told: pl.DataFrame
) -> tuple[FloatArray, float]:
    """The covariance of the means of the combinations by pupils and schools, and the variance within.

    Schools cross the combinations where ten or more are told; pupils of other schools then count as if in
    a school of their own.
    """
    alone = np.diag(within / n), within
    if "school" not in study.units:
        return alone
    counted = members.any(axis=1) & told_units(study, "school", told)
    codes = study.units["school"].codes
    if len(np.unique(codes[counted])) < FEWEST_CLUSTERS:
        return alone
    y = study.scores[study.instrument.main_scale]
    frame = pl.DataFrame({"y": y[counted], "s": members.argmax(axis=1)[counted], "school": codes[counted]})
    try:
        sums, plan = frame_rows.sums_of("y ~ 1 + C(s) + (1 | school)", frame)
        fit = mixed_fit.fit(sums, plan.layout)
    except EstimationError:
        return alone
    between = fit.variances[0].value
    weight = np.array(
        [np.bincount(codes[column & counted], minlength=codes.max() + 1) for column in members.T]
    )
    shared = weight / n[:, None]
    return between * shared @ shared.T + np.diag(fit.sigma2 / n), between + fit.sigma2
