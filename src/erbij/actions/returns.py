"""What hours bring, with diminishing returns, and the exact way to divide hours among places.

In each place the actions together make one concave, piecewise linear curve: hours first go where an hour
helps the largest share of those below the line. Dividing a budget over such curves is a concave separable
problem with a lower and an upper bound for each place, which filling the best pieces first solves exactly
(checked against linear programming and against trying everything in tests/actions/test_returns.py).
"""

from dataclasses import dataclass

import numpy as np

from erbij.errors import ActionError
from erbij.stats.design import FloatArray, IntArray

TIES = 12
"""Values that agree in so many digits are equal: no place comes first for its row."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The curve of each place in pieces, each of shape (pieces,), best first within a place.

    `place` and `action`: indices; `start`: hours in the place before the piece; `length`: its hours; `rate`:
    the share of the pupils below the line that one hour of it helps.
    """

    places: int
    actions: int
    place: IntArray
    action: IntArray
    start: FloatArray
    length: FloatArray
    rate: FloatArray


def pieces(lengths: FloatArray, rates: FloatArray, *, places: int, cap: float = 1.0) -> Pieces:
    """The curves of places in which the same actions may run.

    Parameters
    ----------
    lengths, rates
        Shape (actions, steps): hours of each step and the share that an hour of it helps, not rising along an
        action.
    cap
        The share of those below that all actions of a place help at most, together.

    Raises
    ------
    ActionError
        The rates of an action rise: returns that grow would make the division arbitrary.
    """
    if (np.diff(rates, axis=1) > 0).any() or (rates < 0).any() or (lengths < 0).any():
        raise ActionError("what hours bring may not rise", found=rates.tolist())
    order = np.argsort(-rates.ravel(), kind="stable")
    rate, length = rates.ravel()[order], lengths.ravel()[order]
    helped = np.cumsum(rate * length) - rate * length
    room = np.maximum(cap - helped, 0.0)
    length = np.minimum(length, np.divide(room, rate, out=np.zeros_like(rate), where=rate > 0))
    keep = length > 0
    action = np.repeat(np.arange(len(rates)), rates.shape[1])[order][keep]
    rate, length = rate[keep], length[keep]
    return Pieces(
        places,
        len(rates),
        np.repeat(np.arange(places), len(rate)),
        np.tile(action, places),
        np.tile(np.cumsum(length) - length, places),
        np.tile(length, places),
        np.tile(rate, places),
    )


def fill(
    of: Pieces, weights: FloatArray, budget: float, *, least: FloatArray, most: FloatArray
) -> FloatArray:
    """The hours of each place, shape (places,), that help most by weight; equal pieces share alike.

    Parameters
    ----------
    weights
        Shape (places,): what helping everyone below the line in a place is worth; not negative.
    budget
        Hours in all; what would help nobody stays unspent.
    least, most
        Shape (places,): hours that a place gets in any case, and at most.

    Raises
    ------
    ActionError
        The least is above the most somewhere, or more than the budget together.
    """
    if (least > most).any() or (least < 0).any():
        raise ActionError("the least of a place is above its most, or below 0", found=least.tolist()[:5])
    if least.sum() > budget * (1 + 1e-12):
        raise ActionError("the least of all places is more than the budget", found=float(least.sum()))
    end = of.start + of.length
    low, high = least[of.place], most[of.place]
    free = np.clip(np.minimum(end, high) - np.maximum(of.start, low), 0.0, None)
    value = weights[of.place] * of.rate
    worth = free > 0
    worth &= value > 0
    taken = _taken(value[worth], free[worth], budget - float(least.sum()))
    return np.asarray(least + np.bincount(of.place[worth], taken, of.places))


def _taken(value: FloatArray, free: FloatArray, budget: float) -> FloatArray:
    """How much of each piece is taken, best first, pieces of equal value in the same proportion."""
    if not len(value):
        return free
    scale = value.max()
    _, group = np.unique(-np.round(value / scale, TIES), return_inverse=True)
    sizes = np.bincount(group, free)
    before = np.cumsum(sizes) - sizes
    part = np.clip(budget - before, 0.0, sizes) / np.maximum(sizes, np.finfo(float).tiny)
    return np.asarray(free * part[group])


def helped(of: Pieces, hours: FloatArray) -> FloatArray:
    """The share of those below that hours help, by place and action: shape (places, actions)."""
    spent = np.clip(hours[of.place] - of.start, 0.0, of.length)
    cells = of.place * of.actions + of.action
    shape = (of.places, of.actions)
    return np.asarray(np.bincount(cells, spent * of.rate, of.places * of.actions).reshape(shape), dtype=float)


def spent(of: Pieces, hours: FloatArray) -> FloatArray:
    """The hours of each action in each place, shape (places, actions); what helps nobody is in none."""
    by_piece = np.clip(hours[of.place] - of.start, 0.0, of.length)
    cells = of.place * of.actions + of.action
    shape = (of.places, of.actions)
    return np.asarray(np.bincount(cells, by_piece, of.places * of.actions).reshape(shape), dtype=float)
