"""Degrees of freedom of fixed effects: how uncertain the variance of a coefficient itself is."""

import numpy as np

from erbij.stats import deviance_hessian, newton
from erbij.stats.design import FloatArray
from erbij.stats.profiled_deviance import Deviance, Evaluation, directions_of, seen_through

FLAT = 1e-8
"""Curvature of the deviance below which a direction tells nothing."""


def degrees_of_freedom(deviance: Deviance, at: Evaluation) -> FloatArray:
    """Satterthwaite's degrees of freedom of each fixed coefficient, at the minimum. Shape (p,).

    Notes
    -----
    ``2 v^2 / (g' A g)``: v the variance of the coefficient, g its derivatives in theta and log sigma, A the
    covariance of those, twice the inverse Hessian of the deviance (Kuznetsova, Brockhoff & Christensen 2017).
    """
    back = at.root @ deviance.model.fixed_back.T
    variance = np.einsum("ki,ki->i", back, back)
    slopes = np.einsum("ki,Pkl,li->iP", back, _derivatives(deviance, at), back)
    g = np.column_stack([slopes, 2 * variance])
    A = 2 * variances(deviance, at)
    return np.asarray(2 * variance**2 / np.einsum("ia,ab,ib->i", g, A, g))


def variances(deviance: Deviance, at: Evaluation) -> FloatArray:
    """Half the covariance of theta and log sigma, (P + 1, P + 1): the inverse Hessian of the deviance."""
    if deviance_hessian.is_exact(deviance):
        hessian = deviance_hessian.exact_hessian(deviance, at)
    else:
        hessian = newton.differences(deviance, at.theta)
    return _inverse(_unprofiled(deviance, at, hessian))


def _derivatives(deviance: Deviance, at: Evaluation) -> FloatArray:
    """Of (X' Omega^-1 X)^-1 in theta, between its own Cholesky directions. Shape (P, p, p)."""
    t, p = deviance.template, at.beta.size
    found = np.zeros((t.row.size, p, p))
    for f, (factor, L) in enumerate(zip(at.absorbed.factors, t.lambdas(at.theta), strict=True)):
        q = len(L)
        seen = seen_through(factor, directions_of(at))[:, :p].reshape(q * p, -1)
        Q = np.tensordot(L, (seen @ seen.T).reshape(q, p, q, p), axes=(0, 2))  # (column, row, p, p)
        for k in np.flatnonzero(t.factor == f):
            half = Q[t.column[k], t.row[k]]
            found[k] = half + half.T
    return found


def _unprofiled(deviance: Deviance, at: Evaluation, hessian: FloatArray) -> FloatArray:
    """The Hessian in theta and log sigma. Shape (P + 1, P + 1)."""
    slope, df = at.log_sigma2_slope, deviance.df
    P = slope.size
    H = np.empty((P + 1, P + 1))
    H[:P, :P] = hessian + df * np.outer(slope, slope)
    H[P, :P] = H[:P, P] = -2 * df * slope
    H[P, P] = 4 * df
    return H


def _inverse(H: FloatArray) -> FloatArray:
    values, vectors = np.linalg.eigh(H)
    kept = values > FLAT
    return np.asarray((vectors[:, kept] / values[kept]) @ vectors[:, kept].T)
