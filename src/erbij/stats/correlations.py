"""How closely two answers go together: a weighted correlation under the sampling design."""

import numpy as np

from erbij.errors import EstimationError
from erbij.stats.design import BoolArray, FloatArray, SamplingDesign, check_design, cluster_codes, replication
from erbij.stats.intervals import student_quantile
from erbij.stats.regression import Estimate

FEWEST = 4


def survey_correlation(x: FloatArray, y: FloatArray, design: SamplingDesign) -> Estimate:
    """Find Pearson's correlation and its standard error.

    Parameters
    ----------
    x, y
        Shape (n,), any units; a pupil who lacks one takes no part.
    design
        With replicates the correlation is taken again in each; otherwise its error is linearised between
        clusters, or between pupils where there are no clusters.

    Raises
    ------
    EstimationError
        Fewer than four pairs, or one of the two does not vary.

    Notes
    -----
    The influence of a pupil is ``zx zy - r (zx**2 + zy**2) / 2``, in standard units (Devlin, Gnanadesikan &
    Kettenring 1975): no normal distribution is assumed.

    Examples
    --------
    >>> x = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    >>> survey_correlation(x, np.array([2.0, 1.0, 4.0, 3.0, 5.0]), SamplingDesign(np.ones(5))).value
    0.8
    """
    check_design(design, y.size)
    complete = ~(np.isnan(x) | np.isnan(y))
    n = int(complete.sum())
    if n < FEWEST:
        raise EstimationError("too few pupils with both answers", found=n, allowed=[FEWEST])
    a, b = (v[complete] - v[complete].mean() for v in (x, y))
    w = design.weights[complete]
    r, za, zb = _correlation(a, b, w)
    if design.replicates is not None:
        spread = replication(design)
        again = np.array([_correlation(a, b, each)[0] for each in design.replicates[complete].T])
        variance, df = float(spread.coefficients @ (again - r) ** 2), spread.df
    else:
        influence = w * (za * zb - r * (za**2 + zb**2) / 2) / w.sum()
        variance, df = _between(influence, complete, design)
    return Estimate(round(r, 15), float(np.sqrt(variance)), df, n)


def correlation_interval(found: Estimate) -> tuple[float, float]:
    """The 95 % interval on Fisher's scale, which never leaves -1 to 1.

    >>> low, high = correlation_interval(Estimate(0.5, 0.05, 200, 300))
    >>> round(low, 3), round(high, 3)
    (0.395, 0.592)
    """
    if abs(found.value) >= 1 or found.df < 1:
        return np.nan, np.nan
    middle, half = np.arctanh(found.value), student_quantile(found.df) * found.se / (1 - found.value**2)
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


def _correlation(a: FloatArray, b: FloatArray, w: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """The correlation and both in standard units."""
    total = w.sum()
    a, b = a - w @ a / total, b - w @ b / total
    sizes = [float(np.sqrt(w @ v**2 / total)) for v in (a, b)]
    if min(sizes) <= 0:
        raise EstimationError("an answer that does not vary goes with nothing")
    za, zb = a / sizes[0], b / sizes[1]
    return float(w @ (za * zb) / total), za, zb


def _between(influence: FloatArray, complete: BoolArray, design: SamplingDesign) -> tuple[float, int]:
    if design.clusters is not None:
        codes = cluster_codes(design, np.flatnonzero(complete))
        influence = np.bincount(codes, influence).astype(np.float64)
    J = influence.size
    if J < 2:
        raise EstimationError("too few clusters", found=J, allowed=[2])
    return float(J / (J - 1) * (influence**2).sum()), J - 1
