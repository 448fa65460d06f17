"""What absorbing random effects gives, and the batched algebra it rests on.

Groups stand last: an array of shape (q, q, J) holds J small matrices, so that every step is one vector
operation over all groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from erbij.stats.design import FloatArray


@dataclass(frozen=True, slots=True)
class AbsorbedFactor:
    """One factor with q random columns and J groups, seen through the marginal precision Omega^-1.

    With V the p + 1 working columns, Z the random columns of a group and Lambda the relative factor:
    `scores` (q, p + 1, J) is Z' Omega^-1 V, `modes` (q, p + 1, J) is Lambda Lambda' Z' Omega^-1 V, `T` (q, q)
    the sum over groups of Z' Omega^-1 Z, and `spread` (q, q, J) the relative variance of the random effects
    given the data.
    """

    scores: FloatArray
    modes: FloatArray
    T: FloatArray
    spread: FloatArray


@dataclass(frozen=True, slots=True)
class Absorbed:
    """`total` (p + 1, p + 1) is V' Omega^-1 V, `log_det` the log determinant of Omega times the weights."""

    total: FloatArray
    log_det: float
    factors: tuple[AbsorbedFactor, ...]


class Structure(Protocol):
    """How the random effects of a model are absorbed: nested or crossed."""

    def absorb(self, lambdas: Sequence[FloatArray]) -> Absorbed:
        """Absorb them at these relative factors, one (q, q) lower triangle for each factor."""
        ...

    def answered(self, absorbed: Absorbed, effects: Sequence[FloatArray]) -> list[FloatArray]:
        """Z' Omega^-1 Z of k effects for each random column and group. Shape (q, k, J) of each factor."""
        ...

    def variances_by_moments(self, n: int) -> FloatArray | None:
        """Of every random column, relative to the residual's: where a search may start, if that is cheap."""
        ...


def inverses(M: FloatArray) -> tuple[FloatArray, float]:
    """Inverses of J positive definite matrices, shape (q, q, J), and the sum of their log determinants.

    >>> inverse, log_det = inverses(np.array([[[4.0, 1.0]]]))
    >>> inverse.ravel().tolist(), round(log_det, 4)
    ([0.25, 1.0], 1.3863)
    """
    if len(M) == 1:
        return 1.0 / M, float(np.log(M).sum())
    if len(M) == 2:
        determinant = M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]
        turned_over = np.array([[M[1, 1], -M[0, 1]], [-M[1, 0], M[0, 0]]])
        return turned_over / determinant, float(np.log(determinant).sum())
    M, log_det = M.copy(), 0.0
    for k in range(len(M)):  # Gauss-Jordan, all groups at once
        pivot = M[k, k].copy()
        log_det += float(np.log(pivot).sum())
        row, column = M[k] / pivot, M[:, k].copy()
        M -= column[:, None] * row
        M[k], M[:, k] = row, column / -pivot
        M[k, k] = 1.0 / pivot
    return M, log_det


def times(A: FloatArray, B: FloatArray) -> FloatArray:
    """Matrix products group by group: (a, b, J) by (b, c, J) gives (a, c, J)."""
    if A.shape[1] == 1:
        return A * B
    found: FloatArray = A[:, 0, None] * B[0]
    for k in range(1, A.shape[1]):
        found += A[:, k, None] * B[k]
    return found


def by_each(L: FloatArray, B: FloatArray) -> FloatArray:
    """One matrix (a, b) by J matrices (b, c, J)."""
    return np.asarray((L @ B.reshape(len(B), -1)).reshape(len(L), *B.shape[1:]))


def turned(A: FloatArray) -> FloatArray:
    """The transposes of J matrices."""
    return A.transpose(1, 0, 2)


def unexplained(C: FloatArray, spread: FloatArray) -> FloatArray:
    """I - C spread of each group: what absorbing its effects leaves. Shape (q, q, J)."""
    kept = -times(C, spread)
    kept.reshape(len(C) ** 2, -1)[:: len(C) + 1] += 1.0
    return kept


def gram(A: FloatArray, B: FloatArray) -> FloatArray:
    """The sum over groups and rows of A'B: (q, a, J) and (q, b, J) give (a, b)."""
    return np.asarray(np.matmul(A, B.transpose(0, 2, 1)).sum(axis=0))
