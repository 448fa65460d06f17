"""The questions a school asks of a Study. To add one: copy a neighbour, add its line here."""

from collections.abc import Callable

import polars as pl

from erbij.findings import emblem, gaps, level, participation, quality, reliability
from erbij.findings.cells import SCHEMA
from erbij.studies.study import Study

FINDINGS: tuple[Callable[[Study], pl.DataFrame | None], ...] = (
    participation.find,
    quality.find,
    reliability.find,
    level.find,
    gaps.find,
    emblem.find,
)


def answer(study: Study) -> pl.DataFrame:
    """Every cell of every finding, unprotected, in the schema of `erbij.findings.cells`."""
    found = [frame for frame in (find(study) for find in FINDINGS) if frame is not None]
    return pl.concat(found).select(SCHEMA.names())
