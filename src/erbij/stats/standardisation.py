"""What a gap between two groups would be if both were spread alike over strata: direct standardisation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array, issparse

from erbij.errors import EstimationError
from erbij.stats.design import BoolArray, FloatArray, SamplingDesign
from erbij.stats.domains import DomainMeans, domain_means
from erbij.stats.regression import Estimate

EVERYONE, ONE, OTHER, ONE_LOW, ONE_HIGH, OTHER_LOW, OTHER_HIGH = range(7)
FEWEST = 2
"""Pupils in each of the four cells."""


@dataclass(frozen=True, slots=True)
class Standardised:
    """A gap as it is (`crude`), at equal strata (`equal`), and the part that goes with the strata (`due`)."""

    crude: Estimate
    equal: Estimate
    due: Estimate


def standardised_gap(
    y: FloatArray, is_one: BoolArray, is_high: BoolArray, design: SamplingDesign
) -> Standardised:
    """Find the mean of one group less that of the other, as it is and at equal strata.

    Parameters
    ----------
    y
        Shape (n,), any unit; NaN takes no part, also where the group or the stratum is not known.
    is_one
        Shape (n,): in the one group, otherwise in the other.
    is_high
        Shape (n,): in the high stratum, otherwise in the low one.
    design
        As in `domain_means`.

    Returns
    -------
    Standardised
        `equal` gives both groups the strata of everyone together (Rothman 2008, chapter 3); its error counts
        that these shares are estimated too (delta method). `due` is `crude` less `equal`.

    Raises
    ------
    EstimationError
        A cell holds fewer than two pupils.

    Notes
    -----
    `equal` is the coefficient of the group in a regression on group, stratum and their product, the stratum
    centred on its mean; no model is behind it.

    Examples
    --------
    >>> one = np.array([1, 1, 1, 1, 0, 0, 0, 0], dtype=bool)
    >>> high = np.array([1, 1, 0, 0, 1, 1, 0, 0], dtype=bool)
    >>> y = np.array([40.0, 44, 60, 64, 50, 54, 60, 64])
    >>> found = standardised_gap(y, one, high, SamplingDesign(np.ones(8)))
    >>> found.crude.value, found.equal.value, found.due.value
    (-5.0, -5.0, 0.0)
    """
    known = ~np.isnan(y)
    columns = [
        known,
        is_one,
        ~is_one,
        *(group & stratum for group in (is_one, ~is_one) for stratum in (~is_high, is_high)),
    ]
    members = csc_array(np.column_stack(columns) & known[:, None])
    parents = np.zeros(len(columns), dtype=np.int64)
    means = domain_means(y, members, design, parents=parents)
    if means.n.min() < FEWEST:
        raise EstimationError("too few pupils in a cell", found=int(means.n.min()), allowed=[FEWEST])
    share = domain_means(np.where(known, is_high, np.nan).astype(float), members, design, parents=parents)
    crude = np.zeros(len(columns))
    crude[[ONE, OTHER]] = 1.0, -1.0
    high = float(share.value[EVERYONE])
    equal = np.zeros(len(columns))
    equal[[ONE_LOW, ONE_HIGH, OTHER_LOW, OTHER_HIGH]] = 1 - high, high, high - 1, -high
    change = float(means.value[[ONE_HIGH, ONE_LOW, OTHER_HIGH, OTHER_LOW]] @ [1.0, -1.0, -1.0, 1.0])
    moved = change * _columns(share.deviations)[:, EVERYONE]
    parts = _columns(means.deviations)
    return Standardised(
        crude=_estimate(means, crude, parts @ crude),
        equal=_estimate(means, equal, parts @ equal + moved),
        due=_estimate(means, crude - equal, parts @ (crude - equal) - moved),
    )


def _columns(deviations: Any) -> FloatArray:
    return np.asarray(deviations.toarray() if issparse(deviations) else deviations, dtype=np.float64)


def _estimate(means: DomainMeans, weights: FloatArray, deviation: FloatArray) -> Estimate:
    value, se = float(weights @ means.value), float(np.sqrt(deviation @ deviation))
    return Estimate(value, se, int(means.df[ONE_LOW:].min()), int(means.n[EVERYONE]))
