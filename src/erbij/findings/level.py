"""How many belong? Mean and share below the line of everyone in each unit, for every scale."""

import polars as pl

from erbij.findings import domains, shares
from erbij.findings.cells import Numbers, cells, measure_of
from erbij.findings.domains import Domains
from erbij.instruments.schema import Scale
from erbij.stats.design import FloatArray
from erbij.stats.domains import DomainMeans, domain_means
from erbij.stats.intervals import mean_interval
from erbij.studies.study import Study


def find(study: Study) -> pl.DataFrame:
    """Measures `mean` and `below` of the main scale, `mean:SCALE` and `below:SCALE` of the others."""
    return pl.concat(
        frame
        for everyone in (domains.everyone(study, level) for level in study.units)
        for scale in study.scores
        for frame in of_scale(study, study.instrument.scales[scale], everyone)
    )


def of_scale(
    study: Study, scale: Scale, where: Domains, means: DomainMeans | None = None
) -> tuple[pl.DataFrame, ...]:
    """Mean and, where low is worse, share below the line, in each domain."""
    means = means or mean_of(study, scale, where)
    name = measure_of("mean", scale.id, study.instrument.main_scale)
    frame = _frame(where, name, means, mean_interval(means.value, means.se, means.df))
    return (frame, _below(study, scale, where)) if scale.high_is_good else (frame,)


def mean_of(study: Study, scale: Scale, where: Domains) -> DomainMeans:
    """The mean score in each domain, ready for contrasts."""
    return domain_means(study.scores[scale.id], where.members, where.design, parents=where.parents)


def _below(study: Study, scale: Scale, where: Domains) -> pl.DataFrame:
    below = domains.below_line(study.scores[scale.id], scale.line)
    return shares.find(where, measure_of("below", scale.id, study.instrument.main_scale), below)


def _frame(
    where: Domains, name: str, means: DomainMeans, interval: tuple[FloatArray, FloatArray]
) -> pl.DataFrame:
    low, high = interval
    return cells(where.keys, name, Numbers(means.n, means.value, low, high))
