"""The profiled deviance of a linear mixed model as a function of theta, with its exact gradient.

Notation: y = X beta + Z b + e, b ~ N(0, sigma2 Lambda Lambda'), e ~ N(0, sigma2 / w); Omega is the variance
of y divided by sigma2. theta holds the free entries of the lower triangles in Lambda, block by block and by
columns (Bates, Maechler, Bolker & Walker 2015). theta has no bounds here: the deviance is the same at -theta,
smooth through zero, and a variance of zero is an ordinary stationary point.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dtrtri

from erbij.errors import EstimationError
from erbij.stats.absorption import Absorbed, AbsorbedFactor, Structure
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.stats.mixed_layout import Arranged


@dataclass(frozen=True, slots=True)
class Template:
    """Where each theta stands: factor, row and column of its Lambda. All shape (P,)."""

    factor: IntArray
    row: IntArray
    column: IntArray
    sizes: tuple[int, ...]

    def lambdas(self, theta: FloatArray) -> list[FloatArray]:
        """The lower triangles, one (q, q) for each factor."""
        found = [np.zeros((q, q)) for q in self.sizes]
        if len(found) == 1:
            found[0][self.row, self.column] = theta
            return found
        for value, f, r, c in zip(theta.tolist(), self.factor, self.row, self.column, strict=True):
            found[f][r, c] = value
        return found

    @property
    def is_diagonal(self) -> BoolArray:
        """Which theta stand on a diagonal."""
        return np.asarray(self.row == self.column)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The deviance at one theta and what it was computed from.

    `deviance` is -2 times the profiled log-likelihood (of the residuals where `is_reml`), `gradient` and
    `log_sigma2_slope`, the derivative of log sigma2, have shape (P,). `beta` (p,) and `root` (p, p), the
    inverse of the lower Cholesky factor of X' Omega^-1 X, belong to the working columns.
    """

    theta: FloatArray
    deviance: float
    gradient: FloatArray
    log_sigma2_slope: FloatArray
    beta: FloatArray
    root: FloatArray
    sigma2: float
    absorbed: Absorbed


def template(model: Arranged) -> Template:
    """The free entries of Lambda of a model."""
    factors, rows, columns = [], [], []
    for f, factor in enumerate(model.factors):
        at = 0
        for width in factor.widths:
            for c in range(width):
                for r in range(c, width):
                    factors.append(f)
                    rows.append(at + r)
                    columns.append(at + c)
            at += width
    sizes = tuple(factor.q for factor in model.factors)
    return Template(np.array(factors), np.array(rows), np.array(columns), sizes)


@dataclass(frozen=True, slots=True)
class Deviance:
    """The criterion of one model: REML or ML."""

    model: Arranged
    structure: Structure
    template: Template
    is_reml: bool

    @property
    def df(self) -> int:
        """What r2 is divided by to get sigma2."""
        return self.model.n - len(self.model.names) if self.is_reml else self.model.n

    def __call__(self, theta: FloatArray) -> Evaluation:
        """Evaluate it with its gradient."""
        lambdas = self.template.lambdas(theta)
        absorbed = self.structure.absorb(lambdas)
        p = len(self.model.names)
        L = _cholesky(absorbed.total)
        r2 = L[p, p] ** 2
        inverse = dtrtri(L[:p, :p], lower=1)[0]
        beta = L[p, :p] @ inverse
        value = self._value(absorbed.log_det, L, r2)
        gradient, slope = self._gradient(absorbed, lambdas, directions(beta, inverse), r2=r2)
        return Evaluation(theta, value, gradient, slope, beta, inverse, r2 / self.df, absorbed)

    def _value(self, log_det: float, L: FloatArray, r2: float) -> float:
        value = log_det - self.model.log_weights + self.df * (1 + np.log(2 * np.pi * r2 / self.df))
        if self.is_reml:
            value += 2 * float(np.log(L.diagonal()[:-1]).sum()) + self.model.log_scale
        return float(value)

    def _gradient(
        self, absorbed: Absorbed, lambdas: Sequence[FloatArray], onto: FloatArray, *, r2: float
    ) -> tuple[FloatArray, FloatArray]:
        by_factor = []
        slopes = []
        for factor, L in zip(absorbed.factors, lambdas, strict=True):
            seen, twice = seen_through(factor, onto), 2 * L
            ofy = seen[:, -1]
            slope = (ofy @ ofy.T) @ twice / -r2
            inner = factor.T
            if self.is_reml:
                ofx = seen[:, :-1].reshape(len(seen), -1)
                inner = inner - ofx @ ofx.T
            by_factor.append(inner @ twice + self.df * slope)
            slopes.append(slope)
        return self._free(by_factor), self._free(slopes)

    def _free(self, matrices: Sequence[FloatArray]) -> FloatArray:
        t = self.template
        found = [matrices[f][r, c] for f, r, c in zip(t.factor, t.row, t.column, strict=True)]
        return np.array(found)


def directions(beta: FloatArray, root: FloatArray) -> FloatArray:
    """Combinations of the working columns: orthonormal fixed directions and, last, the residual."""
    p = beta.size
    found = np.zeros((p + 1, p + 1))
    found[:p, :p] = root
    found[p, :p], found[p, p] = -beta, 1.0
    return found


def directions_of(at: Evaluation) -> FloatArray:
    """See `directions`."""
    return directions(at.beta, at.root)


def seen_through(factor: AbsorbedFactor, directions: FloatArray) -> FloatArray:
    """Z' Omega^-1 of orthonormal fixed directions and, last, the residual. Shape (q, p + 1, J)."""
    return np.asarray(np.matmul(directions, factor.scores))


def _cholesky(total: FloatArray) -> FloatArray:
    L, failed = dpotrf(total, lower=1, clean=1)
    if failed or not L[-1, -1] ** 2 > 1e-14 * total[-1, -1]:
        raise EstimationError(
            "the outcome is determined by the columns: no variance is left to estimate", where=["outcome"]
        )
    return np.asarray(L)
