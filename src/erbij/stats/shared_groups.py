"""Which groups of the other factors the groups of the first one share, and sums over such pairs.

The pairs are the same at every step of a fit, so they are listed once: each step is then one product of a
sparse matrix with a vector.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from erbij.stats.design import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class SharedGroups:
    """Pairs s <= t of random columns of the others that some group of the first factor has both.

    `products` has a row for each pair that occurs and a column for each (a, b, j): c_as c_bt + c_at c_bs, or
    c_as c_bs where s = t, c the cross-products of group j's columns a and b with columns s and t.
    """

    N: int
    s: IntArray
    t: IntArray
    products: csr_array
    turned: csr_array
    shape: tuple[int, int, int]

    def tied(self, spread: FloatArray) -> FloatArray:
        """The sum over groups of cross' spread cross. Shape (N, N)."""
        values = self.products @ spread.ravel()
        values[self.s != self.t] /= 2
        found = np.zeros((self.N, self.N))
        found[self.s, self.t] = found[self.t, self.s] = values
        return found

    def reach(self, spread: FloatArray) -> FloatArray:
        """For each group cross spread cross', `spread` (N, N). Shape (q, q, J)."""
        found = (self.turned @ spread[self.s, self.t]).reshape(self.shape)
        return np.asarray((found + found.transpose(1, 0, 2)) / 2)


def shared_groups(cross: csr_array, q: int) -> SharedGroups:
    """List the pairs. `cross`: shape (q J, N), column by column of the first factor."""
    J, N = cross.shape[0] // q, cross.shape[1]
    entries = cross.tocoo()
    a, j = entries.row // J, entries.row % J
    # Every column that a group touches, whichever of its q columns does.
    keys = np.unique(j.astype(np.int64) * N + entries.col)
    touched, column = keys // N, keys % N
    values = np.zeros((q, keys.size))
    np.add.at(values, (a, np.searchsorted(keys, j.astype(np.int64) * N + entries.col)), entries.data)
    left, right = _pairs_within(touched)
    position = column[left] * N + column[right]
    pairs, row = np.unique(position, return_inverse=True)
    rows, columns, data = [], [], []
    is_same = left == right
    for x in range(q):
        for y in range(q):
            product = values[x, left] * values[y, right]
            other = values[x, right] * values[y, left]
            rows.append(row)
            columns.append((x * q + y) * J + touched[left])
            data.append(np.where(is_same, product, product + other))
    shape = (pairs.size, q * q * J)
    products = coo_array(
        (np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))), shape=shape
    ).tocsr()
    return SharedGroups(N, pairs // N, pairs % N, products, products.T.tocsr(), (q, q, J))


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
