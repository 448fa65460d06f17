"""Who answered? Pupils asked, pupils with a score, and their share, in each unit."""

import numpy as np
import polars as pl

from erbij.findings import domains
from erbij.findings.cells import Numbers, cells
from erbij.studies.study import Level, Study


def find(study: Study) -> pl.DataFrame:
    """Measures `asked`, `n` and `response` (per cent); counts, so without interval."""
    return pl.concat(frame for level in study.units for frame in _at(study, level))


def _at(study: Study, level: Level) -> tuple[pl.DataFrame, ...]:
    units = study.units[level]
    answered = np.bincount(units.codes[study.has_score & (units.codes >= 0)], minlength=len(units.names))
    response = np.divide(
        100.0 * answered, units.asked, out=np.full(len(answered), np.nan), where=units.asked > 0
    )
    keys = domains.everyone(study, level).keys
    return (
        cells(keys, "asked", Numbers(units.asked, units.asked.astype(float))),
        cells(keys, "n", Numbers(answered, answered.astype(float))),
        cells(keys, "response", Numbers(answered, response)),
    )
