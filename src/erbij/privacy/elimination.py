"""Complementary suppression by Gaussian elimination, exact modulo a prime.

Rows are pupils (or several alike), columns are totals over some of them. A protected total can be derived
from published ones exactly when it lies in their span, that is, when nothing of it is left after
elimination. Own description of the method of Langsrud (2024), doi 10.1007/978-3-031-69651-0_6.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse

from erbij.stats.design import BoolArray, IntArray

PRIME = 2**31 - 1
"""Products of two remainders fit in 63 bits."""

SECOND_PRIME = 2**31 - 19
"""The guard: a number that is 0 modulo one prime by accident is not so modulo the other."""

Columns: TypeAlias = IntArray | sparse.csc_matrix
"""Whole numbers, shape (rows, any)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What may be published.

    `is_published`: shape (candidates,). `is_revealed`: shape (primaries,), those that the forced columns
    gave away already. `carried` and `primaries`: shape (rows, as many columns), what is left of them.
    """

    is_published: BoolArray
    is_revealed: BoolArray
    carried: IntArray
    primaries: IntArray


def choose(
    candidates: Columns,
    primaries: Columns,
    *,
    forced: Columns | None = None,
    carried: Columns | None = None,
    prime: int = PRIME,
) -> Chosen:
    """Publish each candidate, in order, unless a primary could then be derived.

    Parameters
    ----------
    candidates
        Shape (rows, C), whole numbers, the most wanted first.
    primaries
        Shape (rows, P): totals that may never be derived.
    forced
        Shape (rows, F): totals that are known already, whatever they give away.
    carried
        Shape (rows, any): columns of which only the remainder is wanted.

    Examples
    --------
    Two groups and their total; the second group is protected, so the first is withheld.

    >>> chosen = choose(np.array([[1, 1], [1, 0]]), np.array([[0], [1]]))
    >>> chosen.is_published.tolist()
    [True, False]
    """
    none = candidates[:, :0]
    parts = [none if part is None else part for part in (forced, candidates, primaries, carried)]
    if not any(part.shape[1] for part in parts[2:]):
        # Nothing is protected and nothing is asked of what is left.
        nothing = np.zeros((candidates.shape[0], 0), dtype=np.int64)
        return Chosen(np.ones(candidates.shape[1], dtype=bool), np.zeros(0, dtype=bool), nothing, nothing)
    ends = np.cumsum([0, *(part.shape[1] for part in parts)])
    columns = sparse.hstack([sparse.csc_matrix(part) for part in parts], format="csr", dtype=np.int64)
    work = _Work(columns, slice(ends[2], ends[3]), prime)
    # The order of what is known anyway is free: sparse columns first fill in least.
    for column in np.argsort(np.count_nonzero(work.columns[:, : ends[1]], axis=0), kind="stable").tolist():
        work.publish(column)
    is_revealed = work.is_empty(slice(ends[2], ends[3]))
    published = [work.may_publish(column) for column in range(ends[1], ends[2])]
    left, carried_left = work.columns[:, ends[2] : ends[3]], work.columns[:, ends[3] :]
    return Chosen(np.array(published, dtype=bool), is_revealed, carried_left, left)


def is_derivable(published: IntArray, wanted: IntArray, *, prime: int = PRIME) -> BoolArray:
    """Which of the wanted totals lie in the span of the published ones: shape (wanted,).

    Examples
    --------
    >>> is_derivable(np.array([[1, 1], [1, 0]]), np.array([[0, 1], [1, 2]])).tolist()
    [True, True]
    """
    return choose(wanted[:, :0], wanted, forced=published, prime=prime).is_revealed


class _Work:
    """Columns under elimination: shape (rows, all columns)."""

    def __init__(self, columns: sparse.csr_matrix, primaries: slice, prime: int) -> None:
        # Nearly everything is 0: only what is not is divided.
        columns.data %= prime
        columns.eliminate_zeros()
        self.columns: IntArray = columns.toarray()
        self.touching: IntArray = np.diff(columns.indptr).astype(np.int64)
        self.primaries = primaries
        self.prime = prime
        # A random combination of the rows: proportional columns have proportional sums. A chance hit
        # (1 in 2**31) withholds one cell too many.
        weights = np.random.default_rng(7).integers(1, prime, size=columns.shape[0])
        columns.data = columns.data * np.repeat(weights, self.touching) % prime
        self.sums: IntArray = np.asarray(columns.sum(axis=0)).ravel() % prime

    def is_empty(self, where: slice) -> BoolArray:
        """Which columns have nothing left."""
        return np.asarray(~self.columns[:, where].any(axis=0))

    def may_publish(self, column: int) -> bool:
        """Publish a column unless it is what is left of a primary; True where it is published."""
        filled = np.flatnonzero(self.columns[:, column])
        if not len(filled):
            return True  # it could be derived already
        pivot = self._pivot(filled)
        # A primary is proportional to it if its random sum is, in the same ratio as at the pivot.
        of_primaries = self.columns[pivot, self.primaries]
        at_pivot = self.columns[pivot, column]
        ratio = (self.sums[self.primaries] * at_pivot - self.sums[column] * of_primaries) % self.prime
        if bool(((ratio == 0) & (of_primaries != 0)).any()):
            # It is asked about once: what is withheld takes no further part.
            self.columns[filled, column] = 0
            self.touching[filled] -= 1
            return False
        self._eliminate(column, pivot, filled)
        return True

    def publish(self, column: int) -> None:
        """Publish a column whatever it reveals."""
        filled = np.flatnonzero(self.columns[:, column])
        if len(filled):
            self._eliminate(column, self._pivot(filled), filled)

    def _pivot(self, filled: IntArray) -> int:
        """The row that the fewest columns touch: elimination then fills in least."""
        return int(filled[np.argmin(self.touching[filled])])

    def _eliminate(self, column: int, pivot: int, filled: IntArray) -> None:
        left, at_pivot = self.columns[filled, column], self.columns[pivot]
        touched = np.flatnonzero(at_pivot)
        factors = at_pivot[touched] * pow(int(at_pivot[column]), -1, self.prime) % self.prime
        block = np.ix_(filled, touched)
        before = self.columns[block]
        after = (before - left[:, None] * factors % self.prime) % self.prime
        self.columns[block] = after
        self.touching[filled] += np.count_nonzero(after, axis=1) - np.count_nonzero(before, axis=1)
        self.sums[touched] = (self.sums[touched] - factors * self.sums[column] % self.prime) % self.prime


def row_basis(rows: IntArray, *, prime: int = PRIME) -> IntArray:
    """A basis of the space that rows span, reduced: shape (rank, columns).

    Examples
    --------
    >>> row_basis(np.array([[1, 1], [2, 2]])).tolist()
    [[1, 1]]
    """
    left = rows[rows.any(axis=1)] % prime
    rank = 0
    for column in range(left.shape[1]):
        filled = np.flatnonzero(left[rank:, column])
        if not len(filled):
            continue
        left[[rank, rank + filled[0]]] = left[[rank + filled[0], rank]]
        left[rank] = left[rank] * pow(int(left[rank, column]), -1, prime) % prime
        others = np.flatnonzero(left[:, column])
        others = others[others != rank]
        left[others] = (left[others] - left[others, column][:, None] * left[rank] % prime) % prime
        rank += 1
    return left[:rank]


def kernel(rows: IntArray, *, prime: int = PRIME) -> IntArray:
    """The combinations of columns that leave nothing in any row: shape (columns, nullity).

    Examples
    --------
    >>> kernel(np.array([[1, 1]])).T.tolist()
    [[2147483646, 1]]
    """
    basis = row_basis(rows, prime=prime)
    pivots = (basis != 0).argmax(axis=1) if basis.size else np.zeros(0, dtype=np.int64)
    free = np.setdiff1d(np.arange(rows.shape[1]), pivots)
    found = np.zeros((rows.shape[1], len(free)), dtype=np.int64)
    found[free, np.arange(len(free))] = 1
    found[pivots] = -basis[:, free] % prime
    return found


def product(a: IntArray, b: IntArray, *, prime: int = PRIME) -> IntArray:
    """The matrix product of remainders modulo the prime; a column at a time, so that 63 bits are enough."""
    found = np.zeros((a.shape[0], b.shape[1]), dtype=np.int64)
    for column in range(a.shape[1]):
        found = (found + a[:, column, None] * b[column] % prime) % prime
    return found
