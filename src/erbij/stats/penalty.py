"""The penalised curvature of random effects, H = I + Lambda' Z'WZ Lambda: by group, or as one matrix.

With one factor H falls apart into a small matrix for each group; with more it is kept dense.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri

from erbij.errors import EstimationError
from erbij.stats.absorption import inverses
from erbij.stats.design import FloatArray, IntArray

MOST_DENSE = 6000
"""Random effects that one dense matrix may hold: 300 MB."""


@dataclass(frozen=True, slots=True)
class RandomColumns:
    """The random columns of each row, the few that are not zero.

    `at` (n, k): which of the N random effects; `values` (n, k). `groups` is J where there is one factor: its
    effects stand column by column, else None.
    """

    at: IntArray
    values: FloatArray
    N: int
    groups: int | None

    def times(self, u: FloatArray) -> FloatArray:
        """Z u. Shape (n,)."""
        return np.asarray(np.einsum("ik,ik->i", self.values, u[self.at]))

    def gathered(self, x: FloatArray) -> FloatArray:
        """Z' x. Shape (N,)."""
        weights = (self.values * x[:, None]).ravel()
        return np.bincount(self.at.ravel(), weights, self.N).astype(np.float64)


class Curvature(Protocol):
    """An inverse of H in one of its shapes."""

    @property
    def log_det(self) -> float:
        """The log determinant of H."""
        ...

    def solve(self, x: FloatArray) -> FloatArray:
        """H^-1 x for x of shape (N,) or (N, c)."""
        ...

    def pairs(self, a: IntArray, b: IntArray) -> FloatArray:
        """The entries (a, b) of the inverse."""
        ...


@dataclass(frozen=True, slots=True)
class ByGroup:
    """The inverse by group. Shape (q, q, J)."""

    inverse: FloatArray
    log_det: float

    def solve(self, x: FloatArray) -> FloatArray:
        """H^-1 x."""
        q, _, J = self.inverse.shape
        return np.asarray(np.einsum("abj,bj...->aj...", self.inverse, x.reshape(q, J, *x.shape[1:]))).reshape(
            x.shape
        )

    def pairs(self, a: IntArray, b: IntArray) -> FloatArray:
        """The entries (a, b), of the same group."""
        J = self.inverse.shape[2]
        return np.asarray(self.inverse[a // J, b // J, a % J])


@dataclass(frozen=True, slots=True)
class Dense:
    """The inverse as one matrix. Shape (N, N)."""

    inverse: FloatArray
    log_det: float

    def solve(self, x: FloatArray) -> FloatArray:
        """H^-1 x."""
        return np.asarray(self.inverse @ x)

    def pairs(self, a: IntArray, b: IntArray) -> FloatArray:
        """The entries (a, b)."""
        return np.asarray(self.inverse[a, b])


def curvature(Z: RandomColumns, W: FloatArray) -> Curvature:
    """H at weights W, shape (n,), inverted; Z has Lambda in it already."""
    return _by_group(Z, W) if Z.groups is not None else _dense(Z, W)


def _by_group(Z: RandomColumns, W: FloatArray) -> ByGroup:
    J = Z.groups or 1
    q = Z.N // J
    M = np.empty((q, q, J))
    group = Z.at[:, 0] % J
    for a in range(q):
        for b in range(a, q):
            M[a, b] = M[b, a] = np.bincount(group, W * Z.values[:, a] * Z.values[:, b], J)
    M[np.arange(q), np.arange(q)] += 1.0
    return ByGroup(*inverses(M))


def _dense(Z: RandomColumns, W: FloatArray) -> Dense:
    k = Z.at.shape[1]
    H = np.zeros(Z.N * Z.N)
    for a in range(k):
        for b in range(k):
            H += np.bincount(Z.at[:, a] * Z.N + Z.at[:, b], W * Z.values[:, a] * Z.values[:, b], Z.N * Z.N)
    M = H.reshape(Z.N, Z.N)
    M[np.arange(Z.N), np.arange(Z.N)] += 1.0
    factor, failed = dpotrf(M, lower=1)
    if failed:
        raise EstimationError("the random effects can't be told apart")
    half, _ = dpotri(factor, lower=1)
    inverse = np.tril(half) + np.tril(half, -1).T
    return Dense(inverse, 2 * float(np.log(np.diagonal(factor)).sum()))
