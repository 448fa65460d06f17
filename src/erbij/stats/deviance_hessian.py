"""Exact second derivatives of the profiled deviance for models with one grouping factor.

The groups are independent given beta, and all second derivatives are sums over groups of products of three
small matrices: T = Z' Omega^-1 Z, and Z' Omega^-1 of the fixed columns and of the residual.
"""

import numpy as np
from scipy.linalg.lapack import dposv

from erbij.stats.design import FloatArray
from erbij.stats.nested_absorption import Nested, NestedAbsorbed
from erbij.stats.profiled_deviance import Deviance, Evaluation, directions_of, seen_through

LEAST = 1e-3
"""Of a variance relative to the residual's, where a step of scoring would end below it."""


def is_exact(deviance: Deviance) -> bool:
    """Whether second derivatives cost little more than the gradient."""
    return isinstance(deviance.structure, Nested) and len(deviance.model.factors) == 1


def exact_hessian(deviance: Deviance, at: Evaluation) -> FloatArray:
    """Second derivatives of the profiled deviance of a model with one factor. Shape (P, P)."""
    T, seen = _by_group(deviance, at)
    (L,) = deviance.template.lambdas(at.theta)
    q = len(L)
    rows, columns = deviance.template.row, deviance.template.column
    D = np.zeros((rows.size, q, q))  # the derivatives of G = Lambda Lambda'
    D[np.arange(rows.size), rows] = L[:, columns].T
    D += D.transpose(0, 2, 1)
    first, second = _first_derivative(T, seen, deviance), _second_derivative(T, seen, D, deviance)
    same = columns[:, None] == columns[None, :]
    return np.asarray(second + 2 * same * first[rows[:, None], rows[None, :]])


def scored(deviance: Deviance, at: Evaluation) -> FloatArray:
    """One step of Fisher scoring in Lambda Lambda', as theta, shape (P,): near the minimum from far away.

    In the covariance itself the deviance is much closer to a parabola than in theta; but there it has edges,
    so only the first steps are taken so.
    """
    T, seen = _by_group(deviance, at)
    (L,), t = deviance.template.lambdas(at.theta), deviance.template
    q, k = len(L), np.arange(t.row.size)
    E = np.zeros((k.size, q, q))
    E[k, t.row, t.column] = E[k, t.column, t.row] = 1.0
    along = E.reshape(k.size, -1)
    flat = np.ascontiguousarray(T).reshape(q * q, -1)
    trace = along @ flat.sum(axis=-1)
    expected = (flat @ flat.T).reshape(q, q, q, q).transpose(1, 2, 3, 0).reshape(q * q, q * q)
    information = along @ expected @ along.T - np.outer(trace, trace) / deviance.df
    slope = along @ _first_derivative(T, seen, deviance).ravel()
    _, step, failed = dposv(information, -slope)
    if failed:
        step = np.linalg.lstsq(information, -slope, rcond=None)[0]
    values, vectors = np.linalg.eigh(L @ L.T + (step @ along).reshape(q, q))
    root = np.linalg.cholesky((vectors * np.maximum(values, LEAST)) @ vectors.T)
    return np.asarray(root[t.row, t.column])


def is_inside(deviance: Deviance, theta: FloatArray) -> bool:
    """Whether every random direction varies more than the least that a step of scoring leaves."""
    (L,) = deviance.template.lambdas(theta)
    return bool(np.linalg.svd(L, compute_uv=False)[-1] ** 2 > 1.01 * LEAST)


def _by_group(deviance: Deviance, at: Evaluation) -> tuple[FloatArray, FloatArray]:
    """Z' Omega^-1 Z, shape (q, q, J), and Z' Omega^-1 of the fixed directions and the residual over sigma."""
    assert isinstance(at.absorbed, NestedAbsorbed)  # noqa: S101 - narrows the type; is_exact has looked
    (factor,) = at.absorbed.factors
    seen = seen_through(factor, directions_of(at))
    seen[:, -1] /= np.sqrt(at.sigma2)
    return at.absorbed.coarsest, seen


def _first_derivative(T: FloatArray, seen: FloatArray, deviance: Deviance) -> FloatArray:
    """The derivative in G, shape (q, q), of which the gradient in theta is made."""
    used = (seen if deviance.is_reml else seen[:, -1:]).reshape(len(seen), -1)
    return np.asarray(T.sum(axis=-1) - used @ used.T)


def _second_derivative(T: FloatArray, seen: FloatArray, D: FloatArray, deviance: Deviance) -> FloatArray:
    """Second derivatives in G along the P directions D, shape (P, q, q)."""
    q, width, J = seen.shape
    used = seen if deviance.is_reml else seen[:, -1:]
    flat, along = np.ascontiguousarray(T).reshape(q * q, J), D.reshape(len(D), -1)
    outer = 2 * np.einsum("akj,bkj->abj", used, used).reshape(q * q, J)
    # H_kl = sum over abcd of that at (da, bc) times D_k at (bc) and D_l at (da)
    curved = ((outer - flat) @ flat.T).reshape(q, q, q, q).transpose(1, 2, 3, 0).reshape(q * q, q * q)
    crossed = seen.reshape(q * width, J)
    Q = (crossed @ crossed.T).reshape(q, width, q, width).transpose(0, 2, 1, 3).reshape(q * q, -1)
    F = (along @ Q).reshape(-1, width, width)
    ofy, mixed = F[:, -1, -1], F[:, :-1, -1]
    H = along @ curved @ along.T - 2 * mixed @ mixed.T - np.outer(ofy, ofy) / deviance.df
    if deviance.is_reml:
        ofx = F[:, :-1, :-1].reshape(len(D), -1)
        H -= ofx @ ofx.T
    return np.asarray((H + H.T) / 2)
