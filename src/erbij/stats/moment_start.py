"""Where the search of a crossed model starts: variances by moments, without a single factorisation.

Sums of squares of group sums of residuals are set equal to what they are expected to be, as if only the rows
varied: minimum norm estimation with prior value zero (Rao 1971; Hartley, Rao & LaMotte 1978).
"""

import numpy as np
from scipy.sparse import coo_array

from erbij.stats.design import FloatArray, IntArray


def moments(gram: coo_array, onto: FloatArray, labels: IntArray, *, total: FloatArray, n: int) -> FloatArray:
    """Variances of the effects of each label, relative to the rows'. Shape (K,), negative ones included.

    Parameters
    ----------
    gram, onto
        Cross-products of the N random columns by group with each other, (N, N), and with the p fixed columns
        and the outcome, (N, p + 1).
    labels
        Shape (N,): whose variance an effect has.
    total
        Cross-products of the fixed columns and the outcome.
    """
    p, K = len(total) - 1, int(labels.max()) + 1
    root = np.linalg.inv(np.linalg.cholesky(total[:p, :p]))
    X = onto[:, :p] @ root.T
    fixed = root @ total[:p, p]
    y = onto[:, p] - X @ fixed
    # What fixed columns take: the cross-products of what they leave of random columns are gram - X X'.
    data = gram.data * (gram.data - 2 * np.einsum("ik,ik->i", X[gram.row], X[gram.col]))
    squares = np.bincount(labels[gram.row] * K + labels[gram.col], data, K * K).reshape(K, K)
    inner = np.array([X[labels == k].T @ X[labels == k] for k in range(K)])
    is_diagonal = gram.row == gram.col
    sizes = np.bincount(labels[gram.row[is_diagonal]], gram.data[is_diagonal], K) - np.einsum("kaa->k", inner)
    A = np.empty((K + 1, K + 1))
    A[:K, :K] = squares + np.einsum("kab,lab->kl", inner, inner)
    A[:K, K] = A[K, :K] = sizes
    A[K, K] = n - p
    found = np.linalg.lstsq(
        A, np.append(np.bincount(labels, y**2, K), total[p, p] - fixed @ fixed), rcond=None
    )[0]
    return np.asarray(found[:K] / found[K]) if found[K] > 0 else np.zeros(K)
