"""How are the pupils spread over the scale? The share of everyone together in each quarter of it."""

from itertools import pairwise

import numpy as np
import polars as pl

from erbij.findings import domains, shares
from erbij.stats.design import FloatArray
from erbij.studies.study import Study

EDGES = (0.0, 25.0, 50.0, 75.0, 100.0)
"""Who knows in which quarter a pupil scores knows no more than the policy leaves open (`narrowest`)."""

FEWEST_IN_BAND = 20
"""Bands of fewer pupils go together with the smaller neighbour."""


def find(study: Study) -> pl.DataFrame | None:
    """Measures `band:LOW-HIGH` of the main scale at level `all`; nothing where all are in one band."""
    y = study.scores[study.instrument.main_scale]
    edges = _merged(np.histogram(y[~np.isnan(y)], EDGES)[0].tolist())
    if len(edges) < len(("low", "middle", "high")):
        return None
    where = domains.everyone(study, "all")
    return pl.concat(
        shares.find(where, f"band:{low:g}-{high:g}", _in_band(y, low, high)) for low, high in pairwise(edges)
    )


def _merged(counts: list[int]) -> list[float]:
    """The edges that are left when the smallest band has joined its smaller neighbour, again and again."""
    edges = list(EDGES)
    while len(counts) > 1 and min(counts) < FEWEST_IN_BAND:
        place = counts.index(min(counts))
        beside = [at for at in (place - 1, place + 1) if 0 <= at < len(counts)]
        first = min(place, min(beside, key=counts.__getitem__))
        counts[first : first + 2] = [sum(counts[first : first + 2])]
        del edges[first + 1]
    return edges


def _in_band(y: FloatArray, low: float, high: float) -> FloatArray:
    """100 from low up to high, which the last band holds too; NaN without a score."""
    is_in = (y >= low) & ((y < high) | (high == EDGES[-1]))
    return np.where(np.isnan(y), np.nan, 100.0 * is_in)
