"""Factors nested in each other, absorbed from the finest to the coarsest, all groups of a level at once.

Absorbing a level turns the sums of its groups into the sums of their parents: marginal cross-products add
just as plain ones do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from erbij.stats.absorption import (
    Absorbed,
    AbsorbedFactor,
    by_each,
    gram,
    inverses,
    times,
    turned,
    unexplained,
)
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
    """What a level leaves behind on the way up: its C and B, and Lambda M^-1 Lambda'."""

    C: FloatArray
    B: FloatArray
    spread: FloatArray


@dataclass(frozen=True, slots=True)
class NestedAbsorbed(Absorbed):
    """Also what each level left behind, finest first."""

    passes: list[_Pass]


@dataclass(frozen=True, slots=True)
class Nested:
    """Sums of the finest groups, shape (r, r + p + 1, J): r random columns, finest first, against all."""

    total: FloatArray
    finest: FloatArray
    levels: tuple[Level, ...]

    def absorb(self, lambdas: Sequence[FloatArray]) -> NestedAbsorbed:
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
            spread = np.matmul(L, by_each(L, inverse))
            passes.append(_Pass(C, B, spread))
            explained = times(spread, B)
            total = total - gram(B[:, -width:], explained[:, -width:])
            if S.shape[0] > q:
                left = S[q:, q:] - times(turned(B[:, :-width]), explained)
                S = np.add.reduceat(left, level.starts, axis=-1)
        return NestedAbsorbed(total, log_det, self._down(passes), passes)

    def answered(self, absorbed: Absorbed, effects: Sequence[FloatArray]) -> list[FloatArray]:
        """Z' Omega^-1 Z of effects, (q, k, J) of each factor."""
        assert isinstance(absorbed, NestedAbsorbed)  # noqa: S101 - narrows the type: it comes from here
        width, left = len(self.total), self._met(effects)
        own, found = [], list(effects)
        for level, at in zip(self.levels, absorbed.passes, strict=True):
            own.append(left[: level.q])
            left = left[level.q :] - times(turned(at.B[:, :-width]), times(at.spread, own[-1]))
            left = np.add.reduceat(left, level.starts, axis=-1) if len(left) else left
        above = left[..., :1]  # no effects above the coarsest
        for level, at, met in reversed(list(zip(self.levels, absorbed.passes, own, strict=True))):
            above = above[..., level.parents]
            b = met - times(at.B[:, :-width], above) if len(above) else met
            modes = times(at.spread, b)
            found[level.factor] = (b - times(at.C, modes))[..., level.position]
            above = np.concatenate([modes, above])
        return found

    def variances_by_moments(self, n: int) -> None:
        """One step of scoring is as cheap here."""

    def _met(self, effects: Sequence[FloatArray]) -> FloatArray:
        """Z'Z of effects by finest group: (r, k, J), the columns of all levels."""
        parts: list[FloatArray] = []
        chain = np.arange(self.finest.shape[-1])
        for level in self.levels:
            ordered = np.empty_like(effects[level.factor])
            ordered[..., level.position] = effects[level.factor]
            parts.append(ordered[..., chain])
            chain = level.parents[chain]
        together = np.concatenate(parts)
        return times(self.finest[:, : len(together)], together)

    def _down(self, passes: Sequence[_Pass]) -> tuple[AbsorbedFactor, ...]:
        found: dict[int, AbsorbedFactor] = {}
        above: tuple[FloatArray, FloatArray] | None = None
        width = len(self.total)
        for level, at in zip(reversed(self.levels), reversed(passes), strict=True):
            of_level, above = _descend(at, above, parents=level.parents, width=width)
            place = level.position
            found[level.factor] = AbsorbedFactor(
                of_level.scores[..., place],
                of_level.modes[..., place],
                of_level.T,
                of_level.spread[..., place],
            )
        return tuple(found[f] for f in range(len(self.levels)))


def _descend(
    at: _Pass, above: tuple[FloatArray, FloatArray] | None, *, parents: IntArray, width: int
) -> tuple[AbsorbedFactor, tuple[FloatArray, FloatArray]]:
    """One level down, given modes (r, p + 1, J) and joint spread (r, r, J) of all levels above."""
    B = at.B[:, -width:]
    kept = unexplained(at.C, at.spread)
    T = np.einsum("abj,bcj->ac", kept, at.C)
    if above is None:
        modes = times(at.spread, B)
        scores = B - times(at.C, modes)
        return AbsorbedFactor(scores, modes, T, at.spread), (modes, at.spread)
    modes_above, spread_above = above[0][..., parents], above[1][..., parents]
    cross = at.B[:, :-width]
    B = B - times(cross, modes_above)
    modes = times(at.spread, B)
    scores = B - times(at.C, modes)
    seen = times(kept, cross)  # Z' Omega^-1 of the level with the columns above
    T = T - gram(turned(times(seen, spread_above)), turned(seen))
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
        AbsorbedFactor(scores, modes, T, spread),
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
