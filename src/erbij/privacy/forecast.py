"""What will probably be shown, said before anyone is asked: from class sizes and assumed shares alone.

A guess for the coordinator, not a promise: nothing is looked at but numbers of pupils.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from erbij.privacy.policy import Policy
from erbij.stats.design import BoolArray, IntArray

Chance = Literal["yes", "probably", "no"]

RESPONSE = 0.9
"""The share of pupils who are assumed to answer."""

TRIES = 200
YES, PROBABLY = 0.9, 0.5
"""From which share of the tries on something is called so."""

USUAL: Mapping[int, tuple[float, ...]] = {2: (0.6, 0.4), 3: (0.49, 0.48, 0.03)}
"""Assumed shares of the groups of a breakdown, by their number; of more, each half of the one before."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether the groups of a breakdown, or of any two at once, will probably be shown at a level."""

    breakdown: str
    level: str
    chance: Chance


def assumed(groups: int) -> tuple[float, ...]:
    """The assumed shares of so many groups, the largest first.

    >>> assumed(2), sum(assumed(5))
    ((0.6, 0.4), 1.0)
    """
    if groups in USUAL:
        return USUAL[groups]
    halves = [0.5**place for place in range(1, groups)]
    return (*halves, 1.0 - sum(halves))


def outlook(
    classes: Mapping[str, Sequence[int]], breakdowns: Mapping[str, Sequence[float]], policy: Policy
) -> tuple[Outlook, ...]:
    """Guess what a wave will be able to show.

    Parameters
    ----------
    classes
        Sizes of the classes of each grade.
    breakdowns
        Assumed shares of the groups of each breakdown.

    Returns
    -------
    tuple
        For each breakdown and the levels all, grade and class, whether the groups of at least one unit in two
        will be shown; and for two breakdowns at once, with an empty name, at level all.
    """
    rng = np.random.default_rng(1)
    sizes = {
        "all": np.array([sum(sum(grade) for grade in classes.values())]),
        "grade": np.array([sum(grade) for grade in classes.values()]),
        "class": np.array([size for grade in classes.values() for size in grade]),
    }
    levels = [level for level in sizes if level in policy.levels and level in policy.breakdown_levels]
    found = [
        Outlook(name, level, _chance(_divides(rng, sizes[level], shares, policy.threshold_at(level))))
        for name, shares in breakdowns.items()
        for level in levels
        if len(sizes[level])
    ]
    largest = [sorted(shares, reverse=True)[:2] for shares in breakdowns.values()]
    if len(largest) > 1 and "all" in policy.levels:
        both = np.median([np.outer(a, b).min() for a in largest for b in largest if a is not b])
        least = policy.threshold_at("all")
        answered = rng.binomial(sizes["all"], RESPONSE * both, (TRIES, 1))
        found.append(Outlook("", "all", _chance(answered >= least)))
    return tuple(found)


def _divides(rng: np.random.Generator, sizes: IntArray, shares: Sequence[float], least: int) -> BoolArray:
    """In each try and unit, whether two groups, or one and all the others together, are large enough."""
    groups = np.asarray(shares) * RESPONSE
    counts = rng.multinomial(sizes, [*groups, 1.0 - groups.sum()], (TRIES, len(sizes)))[..., :-1]
    largest = counts.max(axis=-1)
    return np.asarray((largest >= least) & (counts.sum(axis=-1) - largest >= least))


def _chance(shown: BoolArray) -> Chance:
    """Over the tries, how often at least half of the units are shown."""
    share = float((shown.mean(axis=1) >= 0.5).mean())
    return "yes" if share >= YES else "probably" if share >= PROBABLY else "no"
