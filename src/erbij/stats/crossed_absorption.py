"""Crossed factors: the largest is absorbed group by group, what remains in one dense matrix.

Groups of the largest factor, pupils say, are independent given the others. Their absorption ties together the
groups of the others that they share: teachers and items become one matrix, factored as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, coo_array, csr_array, diags_array

from erbij.errors import EstimationError
from erbij.stats import dense_effects
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
from erbij.stats.dense_effects import MOST_DENSE, Dense, Slot
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.mixed_layout import Arranged
from erbij.stats.moment_start import moments
from erbij.stats.shared_groups import SharedGroups, shared_groups


@dataclass(frozen=True, slots=True)
class CrossedAbsorbed(Absorbed):
    """Also the relative variances given the data: `spread` (q, q, J) of the first factor given the others."""

    spread: FloatArray
    others: Dense


@dataclass(frozen=True, slots=True)
class Crossed:
    """The sums of a model with crossed factors.

    `first` is the factor that is absorbed by group: C (q, q, J) and B (q, p + 1, J). `others` are the rest;
    their N random columns stand factor by factor, in each factor column by column: S (N, N) and D (N, p + 1).
    `cross` (q J, N) are the cross-products of the first factor, column by column, with the others.
    """

    total: FloatArray
    first: int
    C: FloatArray
    B: FloatArray
    others: tuple[tuple[int, Slot], ...]
    S: csr_array
    D: FloatArray
    cross: csr_array
    shared: SharedGroups

    def absorb(self, lambdas: Sequence[FloatArray]) -> CrossedAbsorbed:
        """The groups of the first factor, then the others together."""
        L, q = lambdas[self.first], len(self.C)
        M = np.matmul(L.T, by_each(L.T, self.C))
        M[np.arange(q), np.arange(q)] += 1.0
        inverse, log_det = inverses(M)
        spread = np.matmul(L, by_each(L, inverse))
        placed = [(slot, lambdas[f]) for f, slot in self.others]
        others = dense_effects.absorbed(self._tied(spread), placed, lambda: self._tied(spread))
        modes, scores = self._solved(spread, others, self.B, self.D)
        factors = dict(zip([f for f, _ in self.others], self._rest(others, modes, scores), strict=True))
        factors[self.first] = self._first(spread, others, modes[0], scores[0])
        total = self.total - gram(self.B, modes[0]) - self.D.T @ modes[1]
        ordered = tuple(factors[f] for f in sorted(factors))
        return CrossedAbsorbed(total, log_det + others.log_det, ordered, spread, others)

    def answered(self, absorbed: Absorbed, effects: Sequence[FloatArray]) -> list[FloatArray]:
        """Z' Omega^-1 Z of effects, (q, k, J) of each factor."""
        assert isinstance(absorbed, CrossedAbsorbed)  # noqa: S101 - narrows the type: it comes from here
        own = effects[self.first]
        v = np.concatenate([by_rows(effects[f]) for f, _ in self.others])
        b = times(self.C, own) + self._by_group(self.cross @ v)
        d = self.cross.T @ by_rows(own) + self.S @ v
        scores = self._solved(absorbed.spread, absorbed.others, b, d)[1]
        found = {self.first: scores[0]}
        for f, slot in self.others:
            found[f] = slot.by_group(scores[1])
        return [found[f] for f in sorted(found)]

    def variances_by_moments(self, n: int) -> FloatArray:
        """Of every random column, relative to the residual's: where a search may start."""
        return moments(*self.stacked(), total=self.total, n=n)

    def stacked(self) -> tuple[coo_array, FloatArray, IntArray]:
        """Cross-products of all random columns by group, with each other and with the fixed columns.

        And which random column of the model each belongs to, counted in the order of the factors.
        """
        q, J = self.C.shape[1:]
        own = block_array([[diags_array(self.C[a, b]) for b in range(q)] for a in range(q)])
        whole = coo_array(block_array([[own, self.cross], [self.cross.T, self.S]]))
        slots = {self.first: Slot(0, q, J), **dict(self.others)}
        start = np.cumsum([0, *(slots[f].q for f in sorted(slots))])
        labels = [np.repeat(start[f] + np.arange(slot.q), slot.J) for f, slot in slots.items()]
        return whole, np.concatenate([by_rows(self.B), self.D]), np.concatenate(labels)

    def _by_group(self, rows: FloatArray) -> FloatArray:
        """(q J, k) as (q, k, J)."""
        q, _, J = self.C.shape
        return rows.reshape(q, J, -1).transpose(0, 2, 1)

    def _tied(self, spread: FloatArray) -> FloatArray:
        """What the others' cross-products are when the first factor is absorbed; the lower triangle."""
        found = self.shared.tied(spread)
        np.negative(found, out=found)
        S = self.S.tocoo()
        found[S.row, S.col] += S.data
        return found

    def _solved(
        self, spread: FloatArray, others: Dense, b: FloatArray, d: FloatArray
    ) -> tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
        """Modes and scores of the first factor, (q, k, J), and of the others, (N, k).

        From the cross-products b and d of the random columns with k columns.
        """
        d = d - self.cross.T @ by_rows(times(spread, b))
        rest = others.times(d)
        met = self._by_group(self.cross @ rest)
        b = b - met
        own = times(spread, b)
        left = d - self.S @ rest + self.cross.T @ by_rows(times(spread, met))
        return (own, rest), (b - times(self.C, own), left)

    def _rest(
        self, others: Dense, modes: tuple[FloatArray, FloatArray], scores: tuple[FloatArray, FloatArray]
    ) -> list[AbsorbedFactor]:
        return [
            AbsorbedFactor(slot.by_group(scores[1]), slot.by_group(modes[1]), T, spread)
            for (_, slot), T, spread in zip(self.others, others.T, others.own, strict=True)
        ]

    def _first(
        self, spread: FloatArray, others: Dense, modes: FloatArray, scores: FloatArray
    ) -> AbsorbedFactor:
        """The effects of the first factor, given those of the others."""
        # How the uncertainty of the others reaches each group: cross @ spread of the others @ cross'.
        reach = self.shared.reach(others.spread)
        kept = unexplained(self.C, spread)
        T = np.einsum("abj,bcj->ac", kept, self.C) - times(times(kept, reach), turned(kept)).sum(axis=-1)
        return AbsorbedFactor(scores, modes, T, spread + times(times(spread, reach), spread))


def by_rows(A: FloatArray) -> FloatArray:
    """(q, c, J) as (q J, c), column by column of the factor."""
    return A.transpose(0, 2, 1).reshape(-1, A.shape[1])


def crossed(model: Arranged) -> Crossed:
    """Arrange the sums of crossed factors; the one with the most random effects is absorbed by group."""
    factors = model.factors
    first = max(range(len(factors)), key=lambda f: factors[f].q * factors[f].J)
    rest = [f for f in range(len(factors)) if f != first]
    _check_size(model, rest)
    offsets = np.cumsum([0, *(factor.q for factor in factors)])
    columns = [np.arange(offsets[f], offsets[f + 1]) for f in range(len(factors))]
    fixed = np.arange(offsets[-1], model.coefficients.shape[1])

    def on_fixed(f: int) -> FloatArray:
        return by_group(model.cross_products(columns[f], fixed), factors[f].codes, factors[f].J)

    def between(f: int, g: int) -> csr_array:
        return _between(model, (f, g), (columns[f], columns[g]))

    own = factors[first]
    cross = csr_array(block_array([[between(first, g) for g in rest]]))
    return Crossed(
        total=model.total,
        first=first,
        C=by_group(model.cross_products(columns[first], columns[first]), own.codes, own.J),
        B=on_fixed(first),
        others=_slots(model, rest),
        S=csr_array(block_array([[between(f, g) for g in rest] for f in rest])),
        D=np.concatenate([by_rows(on_fixed(f)) for f in rest]),
        cross=cross,
        shared=shared_groups(cross, own.q),
    )


def _check_size(model: Arranged, rest: Sequence[int]) -> None:
    N = sum(model.factors[f].q * model.factors[f].J for f in rest)
    if N > MOST_DENSE:
        raise EstimationError(
            "crossed factors that are both very large are not supported",
            where=[f"grouping factor {model.factors[f].name}" for f in rest],
            found=N,
            allowed=[f"at most {MOST_DENSE} random effects beside the largest factor"],
        )


def _slots(model: Arranged, rest: Sequence[int]) -> tuple[tuple[int, Slot], ...]:
    found, start = [], 0
    for f in rest:
        q, J = model.factors[f].q, model.factors[f].J
        found.append((f, Slot(start, q, J)))
        start += q * J
    return tuple(found)


def by_group(cells: FloatArray, codes: IntArray, J: int) -> FloatArray:
    """Sums over the cells of each group: (cells, a, b) gives (a, b, J)."""
    flat = cells.reshape(len(cells), -1)
    found = np.array([np.bincount(codes, column, J) for column in flat.T])
    return found.reshape(*cells.shape[1:], J)


def _between(model: Arranged, factors: tuple[int, int], columns: tuple[IntArray, IntArray]) -> csr_array:
    """Cross-products of two factors' random columns by group, both column by column. (q J, q' J')."""
    left, right = (model.factors[f] for f in factors)
    cells = model.cross_products(*columns)
    a, b = np.indices((left.q, right.q)).reshape(2, -1)
    rows = (a[:, None] * left.J + left.codes).ravel()
    others = (b[:, None] * right.J + right.codes).ravel()
    values = cells.reshape(len(cells), -1).T.ravel()
    return coo_array((values, (rows, others)), shape=(left.q * left.J, right.q * right.J)).tocsr()
