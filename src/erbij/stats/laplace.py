"""The likelihood of a logistic mixed model, by Laplace's approximation or adaptive quadrature.

Given theta and beta the random effects have a mode, found by Newton's method; the integral over them is taken
as that of a normal density there (Laplace), or for one random intercept by Gauss-Hermite points around it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log1p, logsumexp

from erbij.stats.design import FloatArray, IntArray
from erbij.stats.penalty import Curvature, RandomColumns, curvature

MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Counts:
    """The data, collapsed: `yes` of `trials` in each pattern, shape (n,), and the columns X (n, p).

    `columns` (n, k) are the random columns and `at` (n, k) the effects they belong to, N in all. `factor`,
    `row`, `column` (P,) say where each theta stands; `places` for each factor where its columns are among k.
    """

    yes: FloatArray
    trials: FloatArray
    X: FloatArray
    columns: FloatArray
    at: IntArray
    N: int
    groups: int | None
    factor: IntArray
    row: IntArray
    column: IntArray
    places: tuple[IntArray, ...]


@dataclass(frozen=True, slots=True)
class Approximation:
    """-2 log-likelihood at theta and beta together (`theta`), its gradient, and the modes, shape (N,)."""

    theta: FloatArray
    deviance: float
    gradient: FloatArray
    modes: FloatArray


class Laplace:
    """-2 log-likelihood as a function of theta and beta, one after the other; starts from the last modes."""

    def __init__(self, counts: Counts, points: int = 1) -> None:
        self.counts = counts
        self.points = points
        self._modes = np.zeros(counts.N)

    def __call__(self, parameters: FloatArray) -> Approximation:
        """Evaluate with the exact gradient."""
        return self._laplace(parameters) if self.points == 1 else self._quadrature(parameters)

    def _split(self, parameters: FloatArray) -> tuple[FloatArray, FloatArray, list[FloatArray]]:
        c = self.counts
        P = c.row.size
        lambdas = [np.zeros((place.size, place.size)) for place in c.places]
        for value, f, r, k in zip(parameters[:P].tolist(), c.factor, c.row, c.column, strict=True):
            lambdas[f][r, k] = value
        return parameters[:P], parameters[P:], lambdas

    def _random(self, lambdas: list[FloatArray]) -> RandomColumns:
        """Z Lambda."""
        c = self.counts
        values = np.empty_like(c.columns)
        for place, L in zip(c.places, lambdas, strict=True):
            values[:, place] = c.columns[:, place] @ L
        return RandomColumns(c.at, values, c.N, c.groups)

    def _mode(self, Z: RandomColumns, offset: FloatArray) -> tuple[FloatArray, FloatArray, Curvature]:
        """The random effects with the highest penalised likelihood, their predictor and curvature."""
        c, u = self.counts, self._modes
        eta = offset + Z.times(u)
        value = self._penalised(eta, u)
        for _ in range(MOST_STEPS):
            p = expit(eta)
            H = curvature(Z, c.trials * p * (1 - p))
            slope = Z.gathered(c.yes - c.trials * p) - u
            step = H.solve(slope)
            if slope @ step < 1e-18 * (1 + abs(value)):
                break
            share = 1.0
            while True:
                there = u + share * step
                eta_there = offset + Z.times(there)
                value_there = self._penalised(eta_there, there)
                if value_there <= value + 1e-12 * abs(value) or share < 1e-6:
                    break
                share /= 2
            u, eta, value = there, eta_there, value_there
        self._modes = u
        p = expit(eta)
        return u, eta, curvature(Z, c.trials * p * (1 - p))

    def _penalised(self, eta: FloatArray, u: FloatArray) -> float:
        return float(-2 * _log_likelihood(self.counts, eta).sum() + u @ u)

    def _laplace(self, parameters: FloatArray) -> Approximation:
        c = self.counts
        _, beta, lambdas = self._split(parameters)
        Z = self._random(lambdas)
        u, eta, H = self._mode(Z, c.X @ beta)
        p = expit(eta)
        W = c.trials * p * (1 - p)
        value = self._penalised(eta, u) + H.log_det
        k = c.at.shape[1]
        # What the data leave uncertain of each row's random part, and how W turns with the predictor.
        reach = np.zeros((p.size, k))
        for a in range(k):
            for b in range(k):
                reach[:, a] += H.pairs(c.at[:, a], c.at[:, b]) * Z.values[:, b]
        leverage = np.einsum("ik,ik->i", Z.values, reach)
        bend = W * (1 - 2 * p) * leverage
        residual = c.yes - c.trials * p
        back = H.solve(Z.gathered(bend))
        through = W * Z.times(back)
        toward = -2 * residual + bend - through  # by the predictor of each row, modes following
        gradient = [self._slope_theta(i, u, back, (toward, residual)) for i in range(c.row.size)]
        gradient = [g + 2 * t for g, t in zip(gradient, self._traces(W, reach), strict=True)]
        return Approximation(parameters, value, np.concatenate([gradient, c.X.T @ toward]), u)

    def _slope_theta(
        self,
        i: int,
        u: FloatArray,
        back: FloatArray,
        rows: tuple[FloatArray, FloatArray],
    ) -> float:
        """By one theta: what it adds to the predictor, and to how the modes follow."""
        c = self.counts
        toward, residual = rows
        place = c.places[c.factor[i]]
        column, effect = c.columns[:, place[c.row[i]]], c.at[:, place[c.column[i]]]
        return float(toward @ (column * u[effect]) + residual @ (column * back[effect]))

    def _traces(self, W: FloatArray, reach: FloatArray) -> list[float]:
        """The trace of H^-1 Lambda' Z'WZ dLambda for each theta."""
        c = self.counts
        found = []
        for f, r, k in zip(c.factor, c.row, c.column, strict=True):
            place = c.places[f]
            found.append(float(np.sum(W * reach[:, place[k]] * c.columns[:, place[r]])))
        return found

    def _quadrature(self, parameters: FloatArray) -> Approximation:
        """One random column: Gauss-Hermite points around the mode of each group."""
        c, J = self.counts, self.counts.N
        group, z = c.at[:, 0], c.columns[:, 0]
        _, beta, lambdas = self._split(parameters)
        scale = float(lambdas[0][0, 0])
        offset = c.X @ beta
        u, eta, H = self._mode(RandomColumns(c.at, scale * c.columns, J, c.groups), offset)
        spread = np.sqrt(H.pairs(np.arange(J), np.arange(J)))
        nodes, weights = np.polynomial.hermite.hermgauss(self.points)
        there = u + np.sqrt(2.0) * spread * nodes[:, None]
        etas = offset + scale * z * there[:, group]
        own = np.array([np.bincount(group, _log_likelihood(c, x), J) for x in etas])
        terms = own - there**2 / 2 + (nodes**2 + np.log(weights))[:, None]
        value = logsumexp(terms, axis=0)
        share = np.exp(terms - value)
        value = value + np.log(spread) - np.log(np.pi) / 2
        # By the parameters at each point, and by how the points move with the mode and its spread.
        residual = c.yes - c.trials * expit(etas)
        slope = scale * np.array([np.bincount(group, z * r, J) for r in residual]) - there
        by_mode = (share * slope).sum(axis=0)
        by_spread = (share * slope * np.sqrt(2.0) * spread * nodes[:, None]).sum(axis=0) + 1
        seen = (share[:, group] * residual).sum(axis=0)
        of_scale = (share[:, group] * residual * z * there[:, group]).sum()
        gradient = np.append(of_scale, c.X.T @ seen) + _moved(c, scale, (u, eta), (by_mode, by_spread))
        return Approximation(parameters, float(-2 * value.sum()), -2 * gradient, u)


def _moved(
    counts: Counts,
    scale: float,
    at: tuple[FloatArray, FloatArray],
    by: tuple[FloatArray, FloatArray],
) -> FloatArray:
    """What the moving of modes and spreads adds to the gradient of the log-likelihood; one random column."""
    (u, eta), J = at, counts.N
    group, z = counts.at[:, 0], counts.columns[:, 0]
    p = expit(eta)
    W = counts.trials * p * (1 - p)
    H = 1 + scale**2 * np.bincount(group, W * z**2, J)
    residual = counts.yes - counts.trials * p
    directions = np.column_stack([z * u[group], counts.X])
    found = np.zeros(directions.shape[1])
    for i, direction in enumerate(directions.T):
        force = scale * np.bincount(group, z * W * direction, J)
        if i == 0:
            force -= np.bincount(group, z * residual, J)
        mode = -force / H
        eta_moves = direction + scale * z * mode[group]
        of_H = scale**2 * np.bincount(group, W * (1 - 2 * p) * z**2 * eta_moves, J)
        if i == 0:
            of_H += 2 * scale * np.bincount(group, W * z**2, J)
        found[i] = by[0] @ mode - by[1] @ (of_H / H) / 2
    return found


def _log_likelihood(counts: Counts, eta: FloatArray) -> FloatArray:
    """Of each pattern: yes eta - trials log(1 + exp(eta)), without overflow."""
    return np.asarray(counts.yes * eta - counts.trials * (np.maximum(eta, 0) + log1p(np.exp(-np.abs(eta)))))
