"""From the parameters of one factor in several groups to the moments they imply, and how these move."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from erbij.stats.design import FloatArray, IntArray

FIXED = -1
Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each number of each group stands among the parameters; `FIXED` where it is given."""

    loadings: IntArray
    uniquenesses: IntArray
    residuals: IntArray
    intercepts: IntArray
    variances: IntArray
    means: IntArray
    pairs: Pairs
    free: int


def lay_out(G: int, p: int, equal: Collection[str], pairs: Pairs) -> Places:
    """Give each number that a model of G groups and p items leaves free a place."""
    used = 0

    def take(width: int, *, is_equal: bool = False) -> IntArray:
        nonlocal used
        count = width if is_equal else G * width
        found = used + np.arange(count)
        used += count
        return np.broadcast_to(found, (G, width)) if is_equal else found.reshape(G, width)

    def take_later(is_free: bool) -> IntArray:
        """One for each group but the first."""
        nonlocal used
        found = np.full(G, FIXED)
        if is_free:
            found[1:] = used + np.arange(G - 1)
            used += G - 1
        return found

    has_loadings, has_intercepts = "loadings" in equal, "intercepts" in equal
    return Places(
        loadings=take(p, is_equal=has_loadings),
        uniquenesses=take(p, is_equal="uniquenesses" in equal),
        residuals=take(len(pairs)),
        intercepts=take(p, is_equal=has_intercepts),
        variances=take_later(has_loadings),
        means=take_later(has_loadings and has_intercepts),
        pairs=pairs,
        free=used,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Implied:
    """The moments of one group, and its factor's loadings, variance and mean."""

    Sigma: FloatArray
    mu: FloatArray
    loadings: FloatArray
    variance: float
    mean: float


def moments_of(theta: FloatArray, places: Places, g: int) -> Implied:
    """The moments of group g at these parameters."""
    loadings = theta[places.loadings[g]]
    variance = 1.0 if places.variances[g] == FIXED else float(theta[places.variances[g]])
    mean = 0.0 if places.means[g] == FIXED else float(theta[places.means[g]])
    Sigma = variance * np.outer(loadings, loadings) + np.diag(theta[places.uniquenesses[g]])
    for (i, j), residual in zip(places.pairs, theta[places.residuals[g]], strict=True):
        Sigma[i, j] += residual
        Sigma[j, i] += residual
    return Implied(Sigma, theta[places.intercepts[g]] + mean * loadings, loadings, variance, mean)


def directions(implied: Implied, places: Places, g: int) -> tuple[IntArray, FloatArray, FloatArray]:
    """Which parameters move group g, and how Sigma, (q, p, p), and mu, (q, p), move with each."""
    loadings, p, r = implied.loadings, implied.loadings.size, len(places.pairs)
    own, items = np.eye(p), np.arange(p)
    along = implied.variance * own[:, :, None] * loadings
    residual = np.zeros((r, p, p))
    for k, (i, j) in enumerate(places.pairs):
        residual[k, i, j] = residual[k, j, i] = 1.0
    unique = np.zeros((p, p, p))
    unique[items, items, items] = 1.0
    outer = np.outer(loadings, loadings)
    none, nowhere = np.zeros((p, p, p)), np.zeros((p, p))
    dS = [along + along.transpose(0, 2, 1), unique, residual, none, outer[None], none[:1]]
    dm = [implied.mean * own, nowhere, np.zeros((r, p)), own, nowhere[:1], loadings[None]]
    where = np.concatenate(
        [
            places.loadings[g],
            places.uniquenesses[g],
            places.residuals[g],
            places.intercepts[g],
            places.variances[g : g + 1],
            places.means[g : g + 1],
        ]
    )
    is_free = where != FIXED
    return where[is_free], np.concatenate(dS)[is_free], np.concatenate(dm)[is_free]
