"""95 % intervals from an estimate, its standard error and its degrees of freedom."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, stdtrit

from erbij.stats.design import FloatArray

LEVEL = 0.95
SCALE = (0.0, 100.0)

TAIL = (1 - LEVEL) / 2
"""What lies beyond each end."""


def mean_interval(
    value: ArrayLike, se: ArrayLike, df: ArrayLike, *, bounds: tuple[float, float] = SCALE
) -> tuple[FloatArray, FloatArray]:
    """Student t interval of a mean, kept within its scale.

    Parameters
    ----------
    value, se, df
        Shape (D,) or scalars, in the unit of the scale; a NaN in any of them, or df < 1, gives NaN.
    bounds
        Lowest and highest value of the scale; infinite where it has no end.

    Examples
    --------
    >>> low, high = mean_interval(66.8, 0.33, 79)
    >>> round(float(low), 2), round(float(high), 2)
    (66.14, 67.46)
    """
    half = student_quantile(df) * np.asarray(se, dtype=np.float64)
    middle = np.asarray(value, dtype=np.float64)
    return np.clip(middle - half, *bounds), np.clip(middle + half, *bounds)


def difference_interval(
    value: ArrayLike, se: ArrayLike, df: ArrayLike, *, bounds: tuple[float, float] = (-100.0, 100.0)
) -> tuple[FloatArray, FloatArray]:
    """Student t interval of a difference between two means on the scale from 0 to 100.

    Parameters
    ----------
    value, se, df, bounds
        As in `mean_interval`; `bounds` holds the largest differences that the scale allows.
    """
    return mean_interval(value, se, df, bounds=bounds)


def share_interval(
    p: ArrayLike, se: ArrayLike, df: ArrayLike, *, n: ArrayLike = np.nan
) -> tuple[FloatArray, FloatArray]:
    """Logit interval of a share in per cent, which never leaves 0 to 100.

    Parameters
    ----------
    p, se
        Shape (D,) or scalars, in per cent.
    df
        Degrees of freedom; NaN in any of the three, or df < 1, gives NaN.
    n
        Pupils behind the share. Where p is 0 or 100 the standard error is 0 and says nothing about the
        certainty: with n the interval is the exact one of Clopper and Pearson (1934), without it NaN.

    Notes
    -----
    The interval that ``svyciprop(method = "logit")`` of R's survey gives: t on the logit scale with the
    standard error ``se / (p (1 - p))`` (delta method).

    Examples
    --------
    >>> low, high = share_interval(14.5, 0.6, 79)
    >>> round(float(low), 2), round(float(high), 2)
    (13.35, 15.74)
    """
    share = np.asarray(p, dtype=np.float64) / 100.0
    inside = np.where((share > 0) & (share < 1), share, np.nan)
    half = student_quantile(df) * np.asarray(se, dtype=np.float64) / 100.0 / (inside * (1.0 - inside))
    middle = logit(inside)
    none_low, none_high = _of_none(n)
    is_none, is_all = share == 0, share == 1
    low = np.select([is_none, is_all], [none_low, 100.0 - none_high], 100.0 * expit(middle - half))
    high = np.select([is_none, is_all], [none_high, 100.0 - none_low], 100.0 * expit(middle + half))
    return low, high


def _of_none(n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The exact interval of a share of 0 among n pupils; NaN where n is not known."""
    pupils = np.where(np.asarray(n) > 0, n, np.nan)
    highest = 100.0 * (1.0 - TAIL ** (1.0 / pupils))
    return 0.0 * highest, highest


def student_quantile(df: ArrayLike) -> Any:
    """The t quantile of a two-sided 95 % interval; NaN where df < 1.

    >>> round(float(student_quantile(79)), 4)
    1.9905
    """
    freedom = np.asarray(df, dtype=np.float64)
    return stdtrit(np.where(freedom >= 1, freedom, np.nan), 0.5 + LEVEL / 2)
