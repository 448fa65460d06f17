"""How much differences differ: one difference for each of J units, each with its error, and what lies behind.

The model of random slopes in two steps (after DerSimonian & Laird 1986), averaged over all that the spread
may be, so that no interval collapses where the best value is zero.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray
from erbij.stats.intervals import LEVEL

GRID = 400
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """Value, low and high of the usual difference, and of the standard deviation of true ones around it.

    `units`: shape (3, J), value, low and high of how far each unit lies from the usual difference, drawn
    towards nothing. `sd` is the restricted likelihood's best value; its interval starts at zero where zero is
    as likely as its upper end.
    """

    usual: tuple[float, float, float]
    sd: tuple[float, float, float]
    units: FloatArray


def spread_of(values: FloatArray, se: FloatArray, *, level: float = LEVEL) -> Spread:
    """Find the usual difference, how much differences differ, and where each unit lies.

    Parameters
    ----------
    values, se
        Shape (J,): the difference in each unit and its standard error, above zero, taken as known.
    level
        Of the intervals.

    Raises
    ------
    EstimationError
        Fewer than three units, or a standard error that is not above zero.

    Notes
    -----
    Prior of the standard deviation: flat. Given it, all is normal.

    Examples
    --------
    >>> found = spread_of(np.array([-9.0, -1.0, -5.0, -8.0, -2.0, -5.0]), np.full(6, 1.0))
    >>> round(found.usual[0], 2), round(found.sd[0], 1), bool(found.units[0, 0] < 0 < found.units[0, 1])
    (-5.0, 3.0, True)
    """
    if values.size < FEWEST or not (np.isfinite(values).all() and (se > 0).all()):
        raise EstimationError("needs three differences or more, each with an error", found=values.size)
    sd, log = _posterior(values, se)
    weights = np.exp(log - log.max())
    weights /= weights.sum()
    tail = (1 - level) / 2
    low, high = (float(np.interp(p, np.cumsum(weights), sd)) for p in (tail, 1 - tail))
    if log[0] >= np.interp(high, sd, log):
        low = 0.0
    precision = 1 / (se[None, :] ** 2 + sd[:, None] ** 2)
    total = precision.sum(axis=1)
    centre = precision @ values / total
    z = float(ndtri((1 + level) / 2))
    kept = sd[:, None] ** 2 * precision  # how much of its own difference each unit keeps
    own = kept * (values - centre[:, None])
    variance = kept * se**2 + kept**2 / total[:, None]
    return Spread(
        usual=_three(_ends(weights, centre, 1 / total, z)),
        sd=(float(sd[np.argmax(log)]), low, high),
        units=_ends(weights, own, variance, z),
    )


def _three(ends: FloatArray) -> tuple[float, float, float]:
    value, low, high = ends.tolist()
    return value, low, high


def _posterior(values: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A grid of standard deviations from zero to where none fits, and the log of how likely each is."""
    highest = float(values.std() + se.mean())
    for _ in range(40):
        sd = np.linspace(0.0, highest, GRID)
        log = _log_likelihood(values, se, sd)
        if log.max() - log[-1] > -np.log(1e-4):
            break
        highest *= 1.5
    return sd, log


def _log_likelihood(values: FloatArray, se: FloatArray, sd: FloatArray) -> FloatArray:
    precision = 1 / (se[None, :] ** 2 + sd[:, None] ** 2)
    total = precision.sum(axis=1)
    centre = precision @ values / total
    misfit = (precision * (values - centre[:, None]) ** 2).sum(axis=1)
    return np.asarray((np.log(precision).sum(axis=1) - np.log(total) - misfit) / 2)


def _ends(weights: FloatArray, values: FloatArray, variances: FloatArray, z: float) -> FloatArray:
    """Value, low and high of mixtures of normals: of shape (3,) or (3, J)."""
    value = weights @ values
    half = z * np.sqrt(weights @ (variances + (values - value) ** 2))
    return np.array([value, value - half, value + half])
