"""Crossed factors: the largest is absorbed group by group, what remains in one dense matrix.

Groups of the largest factor, pupils say, are independent given the others. Their absorption ties together the
groups of the others that they share: teachers and items become one matrix, factored as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import coo_array, csr_array

from erbij.errors import EstimationError
from erbij.stats.absorption import Absorbed, AbsorbedFactor, by_each, gram, inverses, times, turned
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.mixed_layout import Arranged
from erbij.stats.shared_groups import SharedGroups, shared_groups

MOST_DENSE = 6000
"""Random effects that the one dense matrix may hold: 300 MB, and some seconds for each evaluation."""


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
    others: tuple[tuple[int, int, int], ...]
    S: FloatArray
    D: FloatArray
    cross: csr_array
    shared: SharedGroups

    def absorb(self, lambdas: Sequence[FloatArray]) -> Absorbed:
        """The groups of the first factor, then the others together."""
        L, q = lambdas[self.first], len(self.C)
        M = np.matmul(L.T, by_each(L.T, self.C))
        M[np.arange(q), np.arange(q)] += 1.0
        inverse, log_det = inverses(M)
        LM = by_each(L, inverse)
        spread = np.matmul(L, LM)
        explained = times(spread, self.B)
        total = self.total - gram(self.B, explained)
        S = self.S - self.shared.tied(spread)
        D = self.D - self.cross.T @ by_rows(explained)
        rest = _absorb_rest(S, D, [(self._slice(i), lambdas[f]) for i, (f, _, _) in enumerate(self.others)])
        first = self._first(L, LM, spread, rest)
        factors = {self.first: first}
        for (f, _, _), absorbed in zip(self.others, rest.factors, strict=True):
            factors[f] = absorbed
        return Absorbed(
            total - D.T @ rest.modes, log_det + rest.log_det, tuple(factors[f] for f in sorted(factors))
        )

    def _slice(self, i: int) -> slice:
        sizes = [q * J for _, q, J in self.others]
        return slice(sum(sizes[:i]), sum(sizes[: i + 1]))

    def _first(self, L: FloatArray, LM: FloatArray, spread: FloatArray, rest: "_Rest") -> AbsorbedFactor:
        """The effects of the first factor, given those of the others."""
        q, width, J = self.B.shape
        B = self.B - (self.cross @ rest.modes).reshape(q, J, width).transpose(0, 2, 1)
        modes = times(spread, B)
        # How the uncertainty of the others reaches each group: cross @ spread of the others @ cross'.
        reach = self.shared.reach(rest.spread)
        kept = -times(self.C, spread)
        kept[np.arange(q), np.arange(q)] += 1.0
        traced = np.einsum("abj,bcj->ac", self.C, LM)
        traced = traced - times(times(kept, reach), turned(kept)).sum(axis=-1) @ L
        spread_of_all = spread + times(times(spread, reach), spread)
        return AbsorbedFactor(B - times(self.C, modes), modes, traced, spread_of_all)


@dataclass(frozen=True, slots=True)
class _Rest:
    """The others, absorbed: `modes` (N, p + 1), `spread` (N, N)."""

    modes: FloatArray
    spread: FloatArray
    log_det: float
    factors: list[AbsorbedFactor]


def _absorb_rest(S: FloatArray, D: FloatArray, slices: Sequence[tuple[slice, FloatArray]]) -> _Rest:
    SL = _by_lambda(S, slices)
    M = _by_lambda(SL.T, slices).T
    M[np.arange(len(M)), np.arange(len(M))] += 1.0
    inverse, log_det = _inverse(M)
    upper = [(where, L.T) for where, L in slices]
    spread = _by_lambda(_by_lambda(inverse, upper).T, upper)
    modes = spread @ D
    scores = D - S @ modes
    factors = []
    for where, L in slices:
        q, J = len(L), (where.stop - where.start) // len(L)
        at = [slice(where.start + a * J, where.start + (a + 1) * J) for a in range(q)]
        traced = np.array([[np.einsum("jk,kj->", SL[r], inverse[:, c]) for c in at] for r in at])
        own = np.array([[np.diagonal(spread[r, c]) for c in at] for r in at])
        shape = (q, J, D.shape[1])
        seen, of_factor = (x[where].reshape(shape).transpose(0, 2, 1) for x in (scores, modes))
        factors.append(AbsorbedFactor(seen, of_factor, traced, own))
    return _Rest(modes, spread, log_det, factors)


def _by_lambda(A: FloatArray, slices: Sequence[tuple[slice, FloatArray]]) -> FloatArray:
    """A times the block diagonal of a matrix for each factor."""
    found = np.zeros_like(A)
    for where, L in slices:
        J = (where.stop - where.start) // len(L)
        for r, c in zip(*np.nonzero(L), strict=True):
            to = slice(where.start + c * J, where.start + (c + 1) * J)
            found[:, to] += A[:, where.start + r * J : where.start + (r + 1) * J] * L[r, c]
    return found


def _inverse(M: FloatArray) -> tuple[FloatArray, float]:
    factor, failed = dpotrf(M, lower=1, overwrite_a=1)
    if failed:
        raise EstimationError("the crossed random effects can't be told apart", advice="Take fewer of them.")
    log_det = 2 * float(np.log(np.diagonal(factor)).sum())
    half, _ = dpotri(factor, lower=1, overwrite_c=1)
    inverse = np.tril(half)
    inverse += np.tril(half, -1).T
    return inverse, log_det


def by_rows(A: FloatArray) -> FloatArray:
    """(q, c, J) as (q J, c), column by column of the factor."""
    return A.transpose(0, 2, 1).reshape(-1, A.shape[1])


def crossed(model: Arranged) -> Crossed:
    """Arrange the sums of crossed factors; the one with the most random effects is absorbed by group."""
    factors = model.factors
    first = max(range(len(factors)), key=lambda f: factors[f].q * factors[f].J)
    offsets = np.cumsum([0, *(factor.q for factor in factors)])
    columns = [np.arange(offsets[f], offsets[f + 1]) for f in range(len(factors))]
    fixed = np.arange(offsets[-1], model.coefficients.shape[1])
    rest = [f for f in range(len(factors)) if f != first]
    starts = dict(zip(rest, np.cumsum([0, *(factors[f].q * factors[f].J for f in rest)]), strict=False))
    N = sum(factors[f].q * factors[f].J for f in rest)
    if N > MOST_DENSE:
        raise EstimationError(
            "crossed factors that are both very large are not supported",
            where=[f"grouping factor {factors[f].name}" for f in rest],
            found=N,
            allowed=[f"at most {MOST_DENSE} random effects beside the largest factor"],
        )
    S, D = np.zeros((N, N)), np.zeros((N, fixed.size))
    for f in rest:
        size = factors[f].q * factors[f].J
        D[starts[f] : starts[f] + size] = by_rows(
            by_group(model.cross_products(columns[f], fixed), factors[f].codes, factors[f].J)
        )
        for g in rest:
            block = _between(model, (f, g), (columns[f], columns[g])).toarray()
            S[starts[f] : starts[f] + size, starts[g] : starts[g] + block.shape[1]] = block
    own = factors[first]
    C = by_group(model.cross_products(columns[first], columns[first]), own.codes, own.J)
    B = by_group(model.cross_products(columns[first], fixed), own.codes, own.J)
    blocks = [_between(model, (first, g), (columns[first], columns[g])) for g in rest]
    cross = _beside(blocks, own.q * own.J)
    others = tuple((f, factors[f].q, factors[f].J) for f in rest)
    return Crossed(model.total, first, C, B, others, S, D, cross, shared_groups(cross, own.q))


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


def _beside(blocks: Sequence[csr_array], rows: int) -> csr_array:
    parts = [block.tocoo() for block in blocks]
    offsets = np.cumsum([0, *(block.shape[1] for block in blocks)])
    where = np.concatenate([part.row for part in parts])
    onto = np.concatenate([part.col + at for part, at in zip(parts, offsets, strict=False)])
    values = np.concatenate([part.data for part in parts])
    return coo_array((values, (where, onto)), shape=(rows, int(offsets[-1]))).tocsr()
