"""Nearly the second derivatives of the profiled deviance, without any trace: average information.

The mean of observed and expected second derivatives needs products with vectors only (Gilmour, Thompson &
Cullis 1995, Biometrics 51); where the gradient takes a factorisation and an inverse it costs next to nothing.
"""

from collections.abc import Sequence

import numpy as np

from erbij.stats.absorption import gram
from erbij.stats.design import FloatArray
from erbij.stats.profiled_deviance import Deviance, Evaluation, directions_of, seen_through

LEAST = 1e-3
"""Of a variance relative to the residual's, where a step of scoring would end below it."""


def near_hessian(deviance: Deviance, at: Evaluation) -> FloatArray:
    """Nearly the second derivatives in theta. Shape (P, P)."""
    t, lambdas = deviance.template, deviance.template.lambdas(at.theta)
    turns = []
    for f, r, c in zip(t.factor, t.row, t.column, strict=True):
        D = np.zeros_like(lambdas[f])  # the derivative of Lambda Lambda'
        D[r] += lambdas[f][:, c]
        D[:, r] += lambdas[f][:, c]
        turns.append(D)
    H = _information(deviance, at, turns)
    slopes = [slope(deviance, at, f) for f in range(len(lambdas))]
    same = (t.factor[:, None] == t.factor) & (t.column[:, None] == t.column)
    for k, m in np.argwhere(same):
        H[k, m] += 2 * slopes[t.factor[k]][t.row[k], t.row[m]]
    return H


def scored(deviance: Deviance, at: Evaluation) -> FloatArray:
    """One step in Lambda Lambda' itself, as theta, shape (P,): near the minimum from far away.

    There the deviance is much closer to a parabola than in theta; but there it has edges, so only the first
    step is taken so.
    """
    t, lambdas = deviance.template, deviance.template.lambdas(at.theta)
    turns = [_symmetric(len(lambdas[f]), r, c) for f, r, c in zip(t.factor, t.row, t.column, strict=True)]
    slopes = [slope(deviance, at, f) for f in range(len(lambdas))]
    downhill = -np.array([(slopes[f] * E).sum() for f, E in zip(t.factor, turns, strict=True)])
    step = np.linalg.lstsq(_information(deviance, at, turns), downhill, rcond=None)[0]
    found = np.empty(t.row.size)
    for f, L in enumerate(lambdas):
        own = t.factor == f
        G = L @ L.T + sum(
            s * E for s, E in zip(step[own], [turns[k] for k in np.flatnonzero(own)], strict=True)
        )
        values, vectors = np.linalg.eigh(G)
        root = np.linalg.cholesky((vectors * np.maximum(values, LEAST)) @ vectors.T)
        found[own] = root[t.row[own], t.column[own]]
    return found


def _symmetric(q: int, r: int, c: int) -> FloatArray:
    E = np.zeros((q, q))
    E[r, c] = E[c, r] = 1.0
    return E


def _information(deviance: Deviance, at: Evaluation, turns: Sequence[FloatArray]) -> FloatArray:
    """Average information along turns of the factors' Lambda Lambda', one for each theta. Shape (P, P)."""
    factors, of = at.absorbed.factors, deviance.template.factor
    onto = directions_of(at)
    seen = [seen_through(factor, onto) for factor in factors]
    effects = []
    for f, x in enumerate(seen):
        own = [
            D @ (x[:, -1] / np.sqrt(at.sigma2)) if of[k] == f else 0 * x[:, -1] for k, D in enumerate(turns)
        ]
        effects.append(np.stack(own, axis=1))
    answers = deviance.structure.answered(at.absorbed, effects)
    H = np.sum([gram(v, answer) for v, answer in zip(effects, answers, strict=True)], axis=0)
    met = np.sum([gram(x, v) for x, v in zip(seen, effects, strict=True)], axis=0)
    fixed, ofy = met[:-1], met[-1] / np.sqrt(at.sigma2)
    return np.asarray(H - fixed.T @ fixed - np.outer(ofy, ofy) / deviance.df)


def slope(deviance: Deviance, at: Evaluation, f: int) -> FloatArray:
    """The derivative of the deviance in Lambda Lambda' of a factor. Shape (q, q)."""
    factor = at.absorbed.factors[f]
    seen = seen_through(factor, directions_of(at)).transpose(1, 0, 2)
    found = factor.T - gram(seen[-1:], seen[-1:]) / at.sigma2
    return np.asarray(found - gram(seen[:-1], seen[:-1]) if deviance.is_reml else found)
