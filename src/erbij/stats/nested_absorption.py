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
    order of the nesting; None where both are the same.
    """

    factor: int
    q: int
    parents: IntArray
    starts: IntArray
    position: IntArray | None

    def in_order_of_factor(self, values: FloatArray) -> FloatArray:
        """Values by group, last, from the order of the nesting."""
        return values if self.position is None else values[..., self.position]

    def in_order_of_nesting(self, values: FloatArray) -> FloatArray:
        """The way back."""
        if self.position is None:
            return values
        ordered = np.empty_like(values)
        ordered[..., self.position] = values
        return ordered


@dataclass(frozen=True, slots=True)
class _Pass:
    """What a level leaves behind on the way up: its sums [C B], Lambda M^-1 Lambda', and their product."""

    sums: FloatArray
    spread: FloatArray
    explained: FloatArray

    @property
    def C(self) -> FloatArray:  # noqa: N802 - a matrix
        """Z'Z of each group. Shape (q, q, J)."""
        return self.sums[:, : len(self.sums)]

    @property
    def B(self) -> FloatArray:  # noqa: N802 - a matrix
        """Z' of all other columns of each group. Shape (q, any, J)."""
        return self.sums[:, len(self.sums) :]


@dataclass(frozen=True, slots=True)
class NestedAbsorbed(Absorbed):
    """Also what each level left behind, finest first, and Z' Omega^-1 Z of the coarsest groups, (q, q, J)."""

    passes: list[_Pass]
    coarsest: FloatArray


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
            sums = S[:q]
            M = np.matmul(L.T, by_each(L.T, sums[:, :q]))
            M.reshape(q * q, -1)[:: q + 1] += 1.0
            inverse, log_of_level = inverses(M)
            log_det += log_of_level
            spread = np.matmul(L, by_each(L, inverse))
            explained = times(spread, sums)
            passes.append(_Pass(sums, spread, explained))
            total = total - gram(sums[:, -width:], explained[:, -width:])
            if S.shape[0] > q:
                left = S[q:, q:] - times(turned(sums[:, q:-width]), explained[:, q:])
                S = np.add.reduceat(left, level.starts, axis=-1)
        left = sums - times(sums[:, :q], explained)
        return NestedAbsorbed(total, log_det, self._down(passes, left), passes, left[:, :q])

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
            found[level.factor] = level.in_order_of_factor(b - times(at.C, modes))
            above = np.concatenate([modes, above])
        return found

    def variances_by_moments(self, n: int) -> None:
        """One step of scoring is as cheap here."""

    def _met(self, effects: Sequence[FloatArray]) -> FloatArray:
        """Z'Z of effects by finest group: (r, k, J), the columns of all levels."""
        parts: list[FloatArray] = []
        chain = np.arange(self.finest.shape[-1])
        for level in self.levels:
            parts.append(level.in_order_of_nesting(effects[level.factor])[..., chain])
            chain = level.parents[chain]
        together = np.concatenate(parts)
        return times(self.finest[:, : len(together)], together)

    def _down(self, passes: Sequence[_Pass], left: FloatArray) -> tuple[AbsorbedFactor, ...]:
        """All levels, coarsest first; `left` is what the coarsest leaves of its own sums."""
        found: dict[int, AbsorbedFactor] = {}
        above: tuple[FloatArray, FloatArray] | None = None
        width = len(self.total)
        for level, at in zip(reversed(self.levels), reversed(passes), strict=True):
            if above is None:
                of_level, above = _coarsest(at, left)
            else:
                of_level, above = _descend(at, above, parents=level.parents, width=width)
            found[level.factor] = AbsorbedFactor(
                level.in_order_of_factor(of_level.scores),
                level.in_order_of_factor(of_level.modes),
                of_level.T,
                level.in_order_of_factor(of_level.spread),
            )
        return tuple(found[f] for f in range(len(self.levels)))


def _coarsest(at: _Pass, left: FloatArray) -> tuple[AbsorbedFactor, tuple[FloatArray, FloatArray]]:
    q = len(left)
    modes = at.explained[:, q:]
    return AbsorbedFactor(left[:, q:], modes, left[:, :q].sum(axis=-1), at.spread), (modes, at.spread)


def _descend(
    at: _Pass, above: tuple[FloatArray, FloatArray], *, parents: IntArray, width: int
) -> tuple[AbsorbedFactor, tuple[FloatArray, FloatArray]]:
    """One level down, given modes (r, p + 1, J) and joint spread (r, r, J) of all levels above."""
    kept = unexplained(at.C, at.spread)
    modes_above, spread_above = above[0][..., parents], above[1][..., parents]
    cross = at.B[:, :-width]
    B = at.B[:, -width:] - times(cross, modes_above)
    modes = times(at.spread, B)
    scores = B - times(at.C, modes)
    seen = times(kept, cross)  # Z' Omega^-1 of the level with the columns above
    T = np.einsum("abj,bcj->ac", kept, at.C) - gram(turned(times(seen, spread_above)), turned(seen))
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
        position = _positions(chain[i].codes[by_nesting][starts])
        levels.append(Level(f, chain[i].q, parents, np.searchsorted(starts, above), position))
    return Nested(model.total, np.ascontiguousarray(finest.transpose(1, 2, 0)), tuple(levels))


def _positions(codes: IntArray) -> IntArray | None:
    """Where each group stands; None where groups stand by number."""
    by_number = np.arange(codes.size)
    if np.array_equal(codes, by_number):
        return None
    position = np.empty_like(by_number)
    position[codes] = by_number
    return position


def _starts(codes: IntArray) -> IntArray:
    return np.concatenate([[0], 1 + np.flatnonzero(np.diff(codes))])
