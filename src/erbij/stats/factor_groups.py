"""One factor in several groups at once, by maximum likelihood on means and covariances."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.factor_model import FIXED, Pairs, Places, directions, lay_out, moments_of

MOST_STEPS = 500
SETTLED = 1e-14
"""What a last step promises of the discrepancy: times N far below what is shown of chi-square."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupMoments:
    """What is needed of one group: n pupils, means (p,) and covariances (p, p), divisor n."""

    n: int
    mean: FloatArray
    S: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class FactorGroups:
    """A fitted factor: items have mean ``intercepts + loadings mean`` and covariance
    ``variance loadings loadings' + diag(uniquenesses) + residual covariances`` in each group.

    Arrays have shape (G, p), (G, r) for r residual covariances, or (G,). The first group has factor mean 0
    and variance 1. `implied` are the moments that the model gives each group. `objective` is the discrepancy,
    ``chi2 / N``; `free` counts parameters.
    """

    loadings: FloatArray
    uniquenesses: FloatArray
    residuals: FloatArray
    intercepts: FloatArray
    variances: FloatArray
    means: FloatArray
    implied: tuple[GroupMoments, ...]
    objective: float
    free: int
    converged: bool
    steps: int

    @property
    def has_heywood(self) -> bool:
        """Whether a uniqueness is below zero."""
        return bool((self.uniquenesses <= 0).any())


def moments(answers: FloatArray, groups: IntArray) -> list[GroupMoments]:
    """Means and covariances of each group from the pupils who answered every item.

    Parameters
    ----------
    answers
        Shape (n, p); NaN is missing.
    groups
        Shape (n,), codes from 0 on; -1 is unknown, and left out.

    Raises
    ------
    EstimationError
        A group with no more complete pupils than items, an infinite answer.
    """
    known = ~np.isnan(answers).any(axis=1) & (groups >= 0)
    if np.isinf(answers).any():
        raise EstimationError("an answer is infinite", advice="Mark it as missing.")
    found = []
    for g in range(int(groups.max(initial=-1)) + 1):
        part = answers[known & (groups == g)]
        if len(part) <= answers.shape[1]:
            raise EstimationError(
                "too few pupils answered every item",
                where=[f"group {g + 1}"],
                found=len(part),
                allowed=[f"{answers.shape[1] + 1} or more"],
            )
        mean = part.mean(axis=0)
        found.append(GroupMoments(len(part), mean, (part - mean).T @ (part - mean) / len(part)))
    return found


def fit_groups(
    groups: Sequence[GroupMoments], equal: Collection[str] = (), *, pairs: Pairs = ()
) -> FactorGroups:
    """Fit one factor to two groups or more.

    Parameters
    ----------
    groups
        Of the same p >= 3 items.
    equal
        What is the same in all groups: `loadings`, `intercepts`, `uniquenesses`. With equal loadings the
        factor's variance is free in all groups but the first, with equal intercepts as well its mean.
    pairs
        Items whose residuals may go together, in each group by as much as they do there.

    Raises
    ------
    EstimationError
        Covariances that are not positive definite, a model with more parameters than there are moments.

    Notes
    -----
    Joreskog (1971), Psychometrika 36, 409-426. Fisher scoring on means and covariances in units of the
    pooled standard deviation. Uniquenesses have no bound, as in lavaan.
    """
    _check(groups)
    centre, scale = _pooled(groups)
    scaled = [GroupMoments(g.n, (g.mean - centre) / scale, g.S / np.outer(scale, scale)) for g in groups]
    places = lay_out(len(groups), len(centre), equal, pairs)
    p = len(centre)
    if places.free > len(groups) * p * (p + 3) // 2:
        raise EstimationError("too few items for this model", found=p)
    theta, objective, steps = _scoring(_start(scaled, places), scaled, places)
    implied = [moments_of(theta, places, g) for g in range(len(groups))]
    pair_scale = np.array([scale[i] * scale[j] for i, j in pairs])
    unit = np.outer(scale, scale)
    return FactorGroups(
        loadings=theta[places.loadings] * scale,
        uniquenesses=theta[places.uniquenesses] * scale**2,
        residuals=theta[places.residuals] * pair_scale,
        intercepts=theta[places.intercepts] * scale + centre,
        variances=np.array([each.variance for each in implied]),
        means=np.array([each.mean for each in implied]),
        implied=tuple(
            GroupMoments(group.n, each.mu * scale + centre, each.Sigma * unit)
            for group, each in zip(groups, implied, strict=True)
        ),
        objective=objective,
        free=places.free,
        converged=steps > 0,
        steps=abs(steps),
    )


def _check(groups: Sequence[GroupMoments]) -> None:
    if len(groups) < 2:
        raise EstimationError("this needs two groups or more", found=len(groups))
    if len(groups[0].mean) < 3:
        raise EstimationError("this needs 3 items or more", found=len(groups[0].mean))
    for i, group in enumerate(groups):
        values = np.linalg.eigvalsh(group.S)
        if not values[0] > 1e-10 * values[-1]:
            raise EstimationError(
                "the covariances are not positive definite",
                where=[f"group {i + 1}"],
                advice="An item may be constant there, or the sum of others.",
            )


def _pooled(groups: Sequence[GroupMoments]) -> tuple[FloatArray, FloatArray]:
    weights = np.array([g.n for g in groups]) / sum(g.n for g in groups)
    centre = weights @ np.stack([g.mean for g in groups])
    return centre, np.sqrt(weights @ np.stack([np.diag(g.S) for g in groups]))


def _start(groups: Sequence[GroupMoments], places: Places) -> FloatArray:
    """From the first component of the pooled correlations: the customary start of a factor."""
    weights = np.array([g.n for g in groups], dtype=np.float64)
    S = np.einsum("g,gij->ij", weights / weights.sum(), np.stack([g.S for g in groups]))
    values, vectors = np.linalg.eigh(S)
    loadings = vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.3))
    loadings = loadings if loadings.sum() >= 0 else -loadings
    theta = np.zeros(places.free)
    for g, group in enumerate(groups):
        theta[places.loadings[g]] = loadings
        theta[places.uniquenesses[g]] = np.maximum(np.diag(group.S) - loadings**2, 0.3 * np.diag(group.S))
        theta[places.intercepts[g]] = group.mean
    theta[places.variances[places.variances != FIXED]] = 1.0
    return theta


def _scoring(
    theta: FloatArray, groups: Sequence[GroupMoments], places: Places
) -> tuple[FloatArray, float, int]:
    """Fisher scoring; steps are halved where they lead nowhere. Minus the steps where it did not settle."""
    objective = _discrepancy(theta, groups, places)
    for step in range(1, MOST_STEPS + 1):
        gradient, curvature = _slopes(theta, groups, places)
        try:
            move = np.asarray(-np.linalg.solve(curvature, gradient), dtype=np.float64)
        except np.linalg.LinAlgError:
            break
        promised = -float(gradient @ move)
        if promised < SETTLED:
            return theta, objective, step
        theta, better = _ahead(theta, move, groups, places, objective=objective)
        if better >= objective and promised > 1e-9:
            break
        objective = better
    return theta, objective, -MOST_STEPS


def _ahead(
    theta: FloatArray,
    move: FloatArray,
    groups: Sequence[GroupMoments],
    places: Places,
    *,
    objective: float,
) -> tuple[FloatArray, float]:
    for _ in range(30):
        found = _discrepancy(theta + move, groups, places)
        if found <= objective + 1e-15:
            return theta + move, found
        move = move / 2
    return theta, objective


def _discrepancy(theta: FloatArray, groups: Sequence[GroupMoments], places: Places) -> float:
    """Infinite where a covariance is not positive definite."""
    total = 0.0
    for g, group in enumerate(groups):
        implied = moments_of(theta, places, g)
        try:
            root = np.linalg.cholesky(implied.Sigma)
        except np.linalg.LinAlgError:
            return np.inf
        gap = np.linalg.solve(root, group.mean - implied.mu)
        inner = np.linalg.solve(root, np.linalg.solve(root, group.S).T)
        log_ratio = 2 * np.log(np.diag(root)).sum() - np.linalg.slogdet(group.S)[1]
        total += group.n * (log_ratio + np.trace(inner) - len(gap) + gap @ gap)
    return float(total / sum(group.n for group in groups))


def _slopes(
    theta: FloatArray, groups: Sequence[GroupMoments], places: Places
) -> tuple[FloatArray, FloatArray]:
    """The gradient of the discrepancy and its expected curvature, shapes (q,) and (q, q)."""
    N = sum(group.n for group in groups)
    gradient, curvature = np.zeros(theta.size), np.zeros((theta.size, theta.size))
    for g, group in enumerate(groups):
        implied = moments_of(theta, places, g)
        where, dS, dm = directions(implied, places, g)
        P = np.linalg.inv(implied.Sigma)
        gap = group.mean - implied.mu
        weight = P @ (implied.Sigma - group.S - np.outer(gap, gap)) @ P
        share = group.n / N
        gradient[where] += share * (np.einsum("ij,qij->q", weight, dS) - 2 * dm @ (P @ gap))
        turned = P @ dS
        part = np.einsum("aij,bji->ab", turned, turned, optimize=True) + 2 * dm @ P @ dm.T
        curvature[np.ix_(where, where)] += share * part
    return gradient, curvature
