"""Which groups of the other factors the groups of the first one share, and sums over such pairs.

Where each group of the first factor meets few groups of the others the pairs that meet are listed once: each
step is then a few passes over that list. Where it meets most of them the cross-products are kept whole.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array

from erbij.stats.design import FloatArray, IntArray

FULL = 0.25
"""Share of the cross-products that are not zero from which they are kept whole."""


class SharedGroups(Protocol):
    """Sums over what the J groups of the first factor share of N random columns of the others."""

    def tied(self, spread: FloatArray) -> FloatArray:
        """The sum over groups of cross' spread cross. Shape (N, N), of which the lower triangle counts."""
        ...

    def reach(self, spread: FloatArray) -> FloatArray:
        """For each group cross spread cross', of the lower triangle of `spread`. Shape (q, q, J)."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs s >= t of columns of the others that some group of the first factor has both.

    Group by group: `at` is where a pair stands in a matrix (N, N), `pairs` (J,) how many each group has,
    `same` which of them are s = t, and `products` (q, q, pairs) the cross-products c_as c_bt of the group.
    """

    N: int
    at: IntArray
    pairs: IntArray
    same: IntArray
    products: FloatArray

    def tied(self, spread: FloatArray) -> FloatArray:
        """The sum over groups of cross' spread cross."""
        q = len(self.products)
        weights = np.repeat(spread[0, 0], self.pairs)
        weights *= self.products[0, 0]
        for a, b in list(np.ndindex(q, q))[1:]:
            weights += np.repeat(spread[a, b], self.pairs) * self.products[a, b]
        return np.asarray(np.bincount(self.at, weights, self.N**2).reshape(self.N, self.N), dtype=np.float64)

    def reach(self, spread: FloatArray) -> FloatArray:
        """For each group cross spread cross'."""
        entries = spread.ravel()[self.at]
        entries[self.same] /= 2
        starts = np.cumsum(self.pairs) - self.pairs
        half: FloatArray = np.add.reduceat(self.products * entries, starts, axis=-1)
        return np.asarray(half + half.transpose(1, 0, 2))


@dataclass(frozen=True, slots=True)
class Full:
    """Cross-products of the first factor with the others. Shape (q, J, N)."""

    cross: FloatArray

    def tied(self, spread: FloatArray) -> FloatArray:
        """The sum over groups of cross' spread cross."""
        q, J, N = self.cross.shape
        weighted = np.einsum("abj,bjn->ajn", spread, self.cross).reshape(q * J, N)
        return np.asarray(self.cross.reshape(q * J, N).T @ weighted)

    def reach(self, spread: FloatArray) -> FloatArray:
        """For each group cross spread cross'."""
        return np.asarray(np.einsum("ajn,bjn->abj", self.cross @ mirrored(spread), self.cross))


def mirrored(lower: FloatArray) -> FloatArray:
    """A symmetric matrix of which the lower triangle is given."""
    found = np.tril(lower)
    return np.asarray(found + np.tril(lower, -1).T)


def shared_groups(cross: csr_array, q: int) -> SharedGroups:
    """Arrange them. `cross`: shape (q J, N), column by column of the first factor."""
    J, N = cross.shape[0] // q, cross.shape[1]
    if cross.nnz > FULL * cross.shape[0] * N:
        return Full(cross.toarray().reshape(q, J, N))
    entries = cross.tocoo()
    a, key = entries.row // J, (entries.row % J).astype(np.int64) * N + entries.col
    # Every column that a group touches, whichever of its q columns does.
    keys = np.unique(key)
    values = np.zeros((q, keys.size))
    values[a, np.searchsorted(keys, key)] = entries.data
    touched, column = keys // N, keys % N
    right, left = _pairs_within(touched)
    at = column[left] * N + column[right]
    pairs = np.bincount(touched[left], minlength=J)
    products = values[:, None, left] * values[None, :, right]
    return Listed(N, at, pairs, np.flatnonzero(left == right), products)


def _pairs_within(groups: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of places i <= k in the same group; `groups` is sorted.

    >>> [p.tolist() for p in _pairs_within(np.array([0, 0, 3]))]
    [[0, 0, 1, 2], [0, 1, 1, 2]]
    """
    ends = np.searchsorted(groups, groups, side="right")
    counts = ends - np.arange(groups.size)
    left = np.repeat(np.arange(groups.size), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return left, left + within
