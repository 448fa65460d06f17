"""Factors nested in each other, absorbed from the finest to the coarsest, all groups of a level at once.

Absorbing a level turns the sums of its groups into the sums of their parents: marginal cross-products add
just as plain ones do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from erbij.stats.absorption import Absorbed, AbsorbedFactor, by_each, gram, inverses, times, turned
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.mixed_layout import Arranged


@dataclass(frozen=True, slots=True)
class Level:
    """A factor in the nesting: its place in the model, its columns, the parent of each group.

    `starts`: the first group of each parent. `position` (J,): where each group of the factor stands in the
    order of the nesting.
    """

    factor: int
    q: int
    parents: IntArray
    starts: IntArray
    position: IntArray


@dataclass(frozen=True, slots=True)
class _Pass:
    """What a level leaves behind on the way up: its C and B, Lambda M^-1 and Lambda M^-1 Lambda'."""

    C: FloatArray
    B: FloatArray
    LM: FloatArray
    spread: FloatArray


@dataclass(frozen=True, slots=True)
class Nested:
    """Sums of the finest groups, shape (r, r + p + 1, J): r random columns, finest first, against all."""

    total: FloatArray
    finest: FloatArray
    levels: tuple[Level, ...]

    def absorb(self, lambdas: Sequence[FloatArray]) -> Absorbed:
        """Up: absorb each level into its parents. Down: what each group's effects come to."""
        S, total, log_det = self.finest, self.total, 0.0
        passes = []
        width = len(total)
        for level in self.levels:
            L, q = lambdas[level.factor], level.q
            C, B = S[:q, :q], S[:q, q:]
            M = np.matmul(L.T, by_each(L.T, C))
            M[np.arange(q), np.arange(q)] += 1.0
            inverse, log_of_level = inverses(M)
            log_det += log_of_level
            LM = by_each(L, inverse)
            spread = np.matmul(L, LM)
            passes.append(_Pass(C, B, LM, spread))
            explained = times(spread, B)
            total = total - gram(B[:, -width:], explained[:, -width:])
            if S.shape[0] > q:
                left = S[q:, q:] - times(turned(B[:, :-width]), explained)
                S = np.add.reduceat(left, level.starts, axis=-1)
        return Absorbed(total, log_det, self._down(passes, lambdas))

    def _down(self, passes: Sequence[_Pass], lambdas: Sequence[FloatArray]) -> tuple[AbsorbedFactor, ...]:
        found: dict[int, AbsorbedFactor] = {}
        above: tuple[FloatArray, FloatArray] | None = None
        width = len(self.total)
        for level, at in zip(reversed(self.levels), reversed(passes), strict=True):
            of_level, above = _descend(at, lambdas[level.factor], above, parents=level.parents, width=width)
            place = level.position
            found[level.factor] = AbsorbedFactor(
                of_level.scores[..., place],
                of_level.modes[..., place],
                of_level.traced,
                of_level.spread[..., place],
            )
        return tuple(found[f] for f in range(len(self.levels)))


def _descend(
    at: _Pass, L: FloatArray, above: tuple[FloatArray, FloatArray] | None, *, parents: IntArray, width: int
) -> tuple[AbsorbedFactor, tuple[FloatArray, FloatArray]]:
    """One level down, given modes (r, p + 1, J) and joint spread (r, r, J) of all levels above."""
    B = at.B[:, -width:]
    traced = np.einsum("abj,bcj->ac", at.C, at.LM)
    if above is None:
        modes = times(at.spread, B)
        scores = B - times(at.C, modes)
        return AbsorbedFactor(scores, modes, traced, at.spread), (modes, at.spread)
    modes_above, spread_above = above[0][..., parents], above[1][..., parents]
    cross = at.B[:, :-width]
    B = B - times(cross, modes_above)
    modes = times(at.spread, B)
    scores = B - times(at.C, modes)
    seen = cross - times(at.C, times(at.spread, cross))  # Z' Omega^-1 of the level with the columns above
    traced = traced - np.einsum("abj,bcj,dcj->ad", seen, spread_above, seen) @ L
    onto = -times(at.spread, cross)
    shared = times(onto, spread_above)
    spread = at.spread + times(shared, turned(onto))
    joint = np.concatenate(
        [
            np.concatenate([spread, shared], axis=1),
            np.concatenate([turned(shared), spread_above], axis=1),
        ]
    )
    return (
        AbsorbedFactor(scores, modes, traced, spread),
        (np.concatenate([modes, modes_above]), joint),
    )


def nesting(model: Arranged) -> list[int] | None:
    """The factors from the finest to the coarsest where each lies within the next, else None."""
    order = sorted(range(len(model.factors)), key=lambda f: -model.factors[f].J)
    for finer, coarser in pairwise(order):
        fine, coarse = model.factors[finer], model.factors[coarser]
        if np.unique(fine.codes * np.int64(coarse.J) + coarse.codes).size != fine.J:
            return None
    return order


def nested(model: Arranged, order: Sequence[int]) -> Nested:
    """Arrange the sums of the finest groups in the order of the nesting."""
    chain = [model.factors[f] for f in order]
    by_nesting = np.lexsort([factor.codes for factor in chain])  # the last one, the coarsest, counts first
    starts_of_cells = [_starts(factor.codes[by_nesting]) for factor in chain]
    offsets = np.cumsum([0, *(factor.q for factor in model.factors)])
    random = np.concatenate([np.arange(offsets[f], offsets[f + 1]) for f in order])
    others = np.arange(offsets[-1], model.coefficients.shape[1])
    cells = model.cross_products(random, np.concatenate([random, others]))[by_nesting]
    finest = np.add.reduceat(cells, starts_of_cells[0], axis=0)
    levels = []
    for i, f in enumerate(order):
        starts = starts_of_cells[i]
        above = starts_of_cells[i + 1] if i + 1 < len(order) else starts[:1]
        parents = np.searchsorted(above, starts, side="right") - 1
        position = np.empty(chain[i].J, dtype=np.int64)
        position[chain[i].codes[by_nesting][starts]] = np.arange(starts.size)
        levels.append(Level(f, chain[i].q, parents, np.searchsorted(starts, above), position))
    return Nested(model.total, np.ascontiguousarray(finest.transpose(1, 2, 0)), tuple(levels))


def _starts(codes: IntArray) -> IntArray:
    return np.concatenate([[0], 1 + np.flatnonzero(np.diff(codes))])
