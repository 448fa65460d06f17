"""What a comparison can see, told before it starts: so that nobody expects an answer that cannot come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np
from scipy import optimize, stats

from erbij.actions.panel import Panel
from erbij.errors import ActionError
from erbij.stats.design import FloatArray
from erbij.words import Message

LEVEL = 0.95
CHANCE = 0.8
FEWEST = 2
"""Units on each side, to see how much they differ among themselves."""

Sides = Sequence[tuple[int, int]]
"""Of each draw how many units have the action, and with how many they are compared; one without draws."""


@dataclass(frozen=True, slots=True)
class Power:
    """What could be seen, as told beforehand: `smallest` change that is seen `chance` of the time."""

    ran: int
    compared: int
    smallest: float
    chance: float


def power(se: FloatArray, sides: Sides, *, drift: float = 0.0) -> Power:
    """What a comparison of so many units can see.

    Parameters
    ----------
    se
        Standard errors of released values of units, any shape; NaN is left out.
    sides
        Units where the action will run and units where it will not (yet), in each draw. Each draw has a mean
        of its own, which costs a degree of freedom; one with nobody on a side tells nothing.
    drift
        Standard deviation, in points, by which a unit moves from wave to wave by itself.

    Raises
    ------
    ActionError
        Fewer than two units on a side, or none that are compared within a draw.

    Examples
    --------
    >>> power(np.array([3.0]), [(3, 3)]).smallest
    13.1
    >>> power(np.array([3.0]), [(2, 1), (1, 2)]).smallest
    15.7
    """
    used = [(ran, compared) for ran, compared in sides if ran and compared]
    ran, compared = (sum(side) for side in zip(*used, strict=True)) if used else (0, 0)
    if min(ran, compared) < FEWEST:
        raise ActionError("needs two units or more on each side", found=[ran, compared])
    told = sum(one * other / (one + other) for one, other in used)
    variance = 2 * (float(np.nanmean(se**2)) + drift**2)
    df = max(ran + compared - 1 - len(used), 1)
    smallest = _noncentrality(df, CHANCE) * float(np.sqrt(variance / told))
    return Power(ran, compared, ceil(round(smallest * 10, 6)) / 10, CHANCE)


def of(panel: Panel, sides: Sides, *, drift: float = 0.0) -> Power:
    """The same from the waves before the action."""
    return power(panel.se[~np.isnan(panel.se)], sides, drift=drift)


def tell(found: Power) -> Message:
    """What can be seen with so many units, in a sentence for beforehand and afterwards."""
    values = {
        "units": found.ran + found.compared,
        "points": ceil(found.smallest),
        "chance": 100 * found.chance,
    }
    return Message("power", values)


@cache
def _noncentrality(df: int, chance: float) -> float:
    """How many standard errors a change must measure to be seen with such a chance."""
    line = stats.t.ppf((1 + LEVEL) / 2, df)

    def missing(size: float) -> float:
        # Being sure of the wrong direction is not seeing it.
        return float(stats.nct.sf(line, df, size)) - chance

    highest = 1.0
    while missing(highest) < 0:
        highest += 1.0
    return float(optimize.brentq(missing, highest - 1.0, highest))
