"""Which scales are told apart: the main scale, its parts together, and each other scale."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from erbij.privacy.catalogue import Catalogue
from erbij.privacy.policy import Policy
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.studies.study import LEVELS, Study

HIGHEST = 100.0
"""Scores run from 0 to 100."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Who answered: `is_valid`, shape (N,), and the domains that are told of them, shape (D,)."""

    is_valid: BoolArray
    is_told: BoolArray


@dataclass(frozen=True, slots=True)
class Family:
    """Scales whose domains leave together or not at all."""

    scales: tuple[str, ...]
    patterns: tuple[Pattern, ...]


def of(study: Study, catalogue: Catalogue) -> Iterator[Family]:
    """The families of a study, that of the main scale first.

    A part of the main scale is what the rest of it leaves, so the parts stand or fall together. Groups are
    told of the main scale only, other scales of everyone in a unit.
    """
    main = study.instrument.main_scale
    others = [scale for scale in study.scores if scale != main]
    parts = tuple(scale for scale in others if study.instrument.scales[scale].part)
    alone = ((scale,) for scale in others if scale not in parts)
    for scales in ((main,), *((parts,) if parts else ()), *alone):
        yield _family(study, catalogue, scales)


def _family(study: Study, catalogue: Catalogue, scales: tuple[str, ...]) -> Family:
    patterns: list[Pattern] = []
    for scale in scales:
        is_valid = ~np.isnan(study.scores[scale])
        if any(np.array_equal(is_valid, pattern.is_valid) for pattern in patterns):
            continue
        is_main = scale == study.instrument.main_scale
        everywhere = np.ones_like(catalogue.is_everyone)
        patterns.append(Pattern(is_valid, everywhere if is_main else catalogue.is_everyone))
    return Family(scales, tuple(patterns))


def is_pinned(study: Study, catalogue: Catalogue, family: Family, policy: Policy) -> BoolArray:
    """Domains whose mean or interval alone would pin an answer: shape (D,).

    All pupils gave the same answer or nearly so, or the mean lies so near an end of the scale that nobody
    can be far from it.
    """
    found = np.zeros(len(catalogue.level), dtype=bool)
    for scale in family.scales:
        is_told = catalogue.is_everyone | (scale == study.instrument.main_scale)
        found |= is_told & pins(study.scores[scale], catalogue.members, catalogue.level, policy)
    return found


def pins(score: FloatArray, members: sparse.csr_matrix, level: IntArray, policy: Policy) -> BoolArray:
    """Whether the mean of this score and its interval would pin an answer, for each column of `members`.

    An empty domain pins nothing. `level`: shape (D,), the level at which each is told.
    """
    is_valid = ~np.isnan(score)
    y = np.where(is_valid, score, 0.0)
    n, total, squares = (members.T @ np.column_stack([is_valid, y, y * y])).T
    half = np.array([rounding(policy, name) for name in LEVELS])[level] / 2
    slack = np.minimum(total, HIGHEST * n - total) + n * half
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.maximum(squares - total**2 / n, 0.0)
        # Nobody is further from the mean of n than this (Samuelson 1968), to either side.
        reach = 2.0 * np.sqrt(spread * (n - 1) / n)
    return np.asarray((n > 0) & ((slack < policy.narrowest) | (reach < policy.narrowest)))


def rounding(policy: Policy, level: str) -> float:
    """The step in which a mean is told at a level."""
    return float(10.0 ** -policy.decimals[level])
