"""Random effects of factors that are absorbed together, in one dense matrix that is factored as a whole.

Matrices are symmetric and only their lower triangles are filled: each pass over a thousand by a thousand
numbers takes as long as a tenth of their factorisation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import dsymm
from scipy.linalg.lapack import dpotrf, dpotri

from erbij.errors import EstimationError
from erbij.stats.blas_threads import few_threads
from erbij.stats.design import FloatArray
from erbij.stats.shared_groups import mirrored

MOST_DENSE = 10_000
"""Random effects that the one dense matrix may hold: 800 MB, and half a minute for each evaluation."""
REGULAR = 1e-6
"""Smallest relative standard deviation in a Lambda that may be divided by."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the effects of one factor stand: from `start`, for each of q columns J groups."""

    start: int
    q: int
    J: int

    @property
    def columns(self) -> list[slice]:
        """The effects of each of the q columns."""
        return [slice(self.start + a * self.J, self.start + (a + 1) * self.J) for a in range(self.q)]

    def by_group(self, rows: FloatArray) -> FloatArray:
        """(N, k) as (q, k, J), of this factor."""
        own = rows[self.start : self.start + self.q * self.J]
        return own.reshape(self.q, self.J, -1).transpose(0, 2, 1)


Placed = Sequence[tuple[Slot, FloatArray]]
"""Each factor's slot, and its Lambda."""


@dataclass(frozen=True, slots=True)
class Dense:
    """N effects, absorbed: `spread` (N, N), lower triangle, is their relative variance given the data.

    By factor `T` (q, q), the sum over groups of Z' Omega^-1 Z, and `own` (q, q, J), each group's part of the
    spread.
    """

    spread: FloatArray
    log_det: float
    T: list[FloatArray]
    own: list[FloatArray]

    def times(self, B: FloatArray) -> FloatArray:
        """The spread by B, of shape (N, k)."""
        with few_threads(len(B)):
            return np.asarray(dsymm(1.0, self.spread.T, B, lower=0))


def absorbed(S: FloatArray, placed: Placed, again: Callable[[], FloatArray]) -> Dense:
    """Absorb them.

    Parameters
    ----------
    S
        Z' Omega^-1 Z before they are absorbed, shape (N, N), lower triangle; overwritten.
    again
        Gives S once more; only asked for where some effects do not vary.
    """
    M = _between_lambdas(S, placed)
    M.flat[:: len(M) + 1] += 1.0
    inverse, log_det = _inverse(M)
    inner = [_own(inverse, slot) for slot, _ in placed]
    own = [np.einsum("ab,bcj,dc->adj", L, part, L) for (_, L), part in zip(placed, inner, strict=True)]
    spread = _between_lambdas(inverse, [(slot, L.T) for slot, L in placed])
    if all(np.linalg.svd(L, compute_uv=False)[-1] > REGULAR for _, L in placed):
        # Lambda' Z' Omega^-1 Z Lambda is I - M^-1.
        T = [_divided(slot, L, part) for (slot, L), part in zip(placed, inner, strict=True)]
    else:
        T = _multiplied(mirrored(again()), mirrored(spread), placed)
    return Dense(spread, log_det, T, own)


def _divided(slot: Slot, L: FloatArray, inner: FloatArray) -> FloatArray:
    """The sum over groups of Z' Omega^-1 Z of a factor from its parts of M^-1."""
    back = np.linalg.inv(L)
    return np.asarray(back.T @ (slot.J * np.eye(slot.q) - inner.sum(axis=-1)) @ back)


def _multiplied(S: FloatArray, spread: FloatArray, placed: Placed) -> list[FloatArray]:
    """The same of every factor, where a Lambda can't be divided by."""
    T = S - S @ spread @ S
    return [_own(T, slot).sum(axis=-1) for slot, _ in placed]


def _own(A: FloatArray, slot: Slot) -> FloatArray:
    """The small matrix of each group of a factor, from a lower triangle. Shape (q, q, J)."""
    found = np.empty((slot.q, slot.q, slot.J))
    for a, rows in enumerate(slot.columns):
        for b, columns in enumerate(slot.columns[: a + 1]):
            found[a, b] = found[b, a] = np.diagonal(A[rows, columns])
    return found


def _between_lambdas(A: FloatArray, placed: Placed) -> FloatArray:
    """Lambda' A Lambda, of lower triangles; A is overwritten."""
    if all(np.array_equal(np.diag(np.diag(L)), L) for _, L in placed):
        size = np.concatenate([np.repeat(np.diag(L), slot.J) for slot, L in placed])
        A *= size[:, None]
        A *= size
        return A
    return _by_lambda(_by_lambda(mirrored(A), placed).T, placed).T.copy()


def _by_lambda(A: FloatArray, placed: Placed) -> FloatArray:
    """A times the block diagonal of a matrix for each factor."""
    found = np.zeros_like(A)
    for slot, L in placed:
        for r, c in zip(*np.nonzero(L), strict=True):
            found[:, slot.columns[c]] += A[:, slot.columns[r]] * L[r, c]
    return found


def _inverse(M: FloatArray) -> tuple[FloatArray, float]:
    """The inverse and the log determinant, of lower triangles; M is overwritten."""
    with few_threads(len(M)):
        # LAPACK reads by columns: the lower triangle is its upper one.
        factor, failed = dpotrf(M.T, lower=0, overwrite_a=1, clean=0)
        if failed:
            problem = "the crossed random effects can't be told apart"
            raise EstimationError(problem, advice="Take fewer of them.")
        log_det = 2 * float(np.log(np.diagonal(factor)).sum())
        inverse, _ = dpotri(factor, lower=0, overwrite_c=1)
    return np.asarray(inverse.T), log_det
