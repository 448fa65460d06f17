"""The questions a school asks of a Study. To add one: copy a neighbour, add its line here."""

from collections.abc import Callable, Iterable

import polars as pl

from erbij.findings import (
    conditions,
    discrimination,
    distribution,
    emblem,
    gap_spread,
    gaps,
    intersections,
    level,
    outcomes,
    participation,
    quality,
    reliability,
    systemic,
)
from erbij.findings.cells import SCHEMA
from erbij.findings.domains import Offer
from erbij.studies.study import Study

FINDINGS: tuple[Callable[[Study], pl.DataFrame | None], ...] = (
    participation.find,
    quality.find,
    reliability.find,
    level.find,
    distribution.find,
    gaps.find,
    emblem.find,
    intersections.find,
)

MODELS: tuple[Callable[[Study, pl.DataFrame], pl.DataFrame | None], ...] = (
    systemic.find,
    intersections.model,
    discrimination.model,
    conditions.model,
    outcomes.model,
    gap_spread.model,
)
"""Questions that a model answers. It is given only the pupils of domains that are told: see `model`."""

OFFERS: tuple[Callable[[Study], Iterable[Offer]], ...] = (
    gaps.offers,
    emblem.offers,
    intersections.offers,
)
"""The divisions of pupils that findings tell. One that is not offered here is withheld by the gate."""


def offers(study: Study) -> tuple[Offer, ...]:
    """Every division of pupils that a finding tells, with its levels; no answer is looked at."""
    return tuple(offer for find in OFFERS for offer in find(study))


def answer(study: Study) -> pl.DataFrame:
    """Every cell of every finding, unprotected, in the schema of `erbij.findings.cells`."""
    found = [frame for frame in (find(study) for find in FINDINGS) if frame is not None]
    return pl.concat(found).select(SCHEMA.names())


def model(study: Study, told: pl.DataFrame) -> pl.DataFrame:
    """Every cell that a model estimates, from the domains that are told (level, unit, breakdown, group)."""
    found = [frame for frame in (find(study, told) for find in MODELS) if frame is not None]
    return pl.concat(found).select(SCHEMA.names()) if found else pl.DataFrame(schema=SCHEMA)
