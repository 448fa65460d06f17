"""What goes with belonging in how pupils feel, live together and learn? A correlation for each outcome.

Outcomes are the scales of that kind and the columns that STUDY.toml names. A correlation says how closely two
things go together, and nothing of which comes first.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.findings import domains
from erbij.findings.cells import EVERYONE, Numbers, cells
from erbij.findings.told import are_told, is_carried_by_many
from erbij.stats.correlations import correlation_interval, survey_correlation
from erbij.stats.design import FloatArray
from erbij.studies.study import Study

KIND = "outcome"


def model(study: Study, told: pl.DataFrame) -> pl.DataFrame | None:
    """Measure `with:ID` of everyone: the correlation of an outcome with the main scale, -1 to 1."""
    found = [frame for name, values in _outcomes(study, told) for frame in _cell(study, name, values)]
    return pl.concat(found) if found else None


def _outcomes(study: Study, told: pl.DataFrame) -> Iterator[tuple[str, FloatArray]]:
    """Name and values, shape (n,): of a scale only where everyone's mean on it is told."""
    for scale in study.instrument.scales.values():
        is_outcome = scale.kind == KIND and scale.id in study.scores
        if is_outcome and are_told(told, EVERYONE, [EVERYONE], scale=scale.id):
            yield scale.id, study.scores[scale.id]
    if are_told(told, EVERYONE, [EVERYONE]):
        yield from ((outcome.id, outcome.values) for outcome in study.outcomes)


def _cell(study: Study, name: str, values: FloatArray) -> Iterator[pl.DataFrame]:
    y = study.scores[study.instrument.main_scale]
    both = ~np.isnan(values) & ~np.isnan(y)
    if not (is_carried_by_many(values[both]) and is_carried_by_many(y[both])):
        return
    where = domains.everyone(study, "all")
    try:
        found = survey_correlation(values, y, where.design)
    except EstimationError:
        return  # one of the two does not vary in some replicate
    low, high = correlation_interval(found)
    numbers = (np.array([number]) for number in (found.n, found.value, low, high))
    yield cells(where.keys, f"with:{name}", Numbers(*numbers))
