"""Estimates on several versions of the same answers become one: plausible values, imputed values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray


@dataclass(frozen=True, slots=True)
class Pooled:
    """Estimates of M versions together, shape (k,), and their covariance, shape (k, k).

    `df` has shape (k,). `between` is the part of each variance that comes from the differences between the
    versions, (1 + 1/M) B / T.
    """

    beta: FloatArray
    se: FloatArray
    df: FloatArray
    covariance: FloatArray
    between: FloatArray
    versions: int


def pool(betas: Sequence[FloatArray], covariances: Sequence[FloatArray], df: float) -> Pooled:
    """Combine estimates by Rubin's rules.

    Parameters
    ----------
    betas, covariances
        Of each of the M versions, shapes (k,) and (k, k); the covariance is that of the sampling design.
    df
        Degrees of freedom of each estimate on its own.

    Raises
    ------
    EstimationError
        Fewer than two versions.

    Notes
    -----
    Rubin (1987), Multiple imputation for nonresponse in surveys; degrees of freedom as Barnard & Rubin
    (1999), Biometrika 86, 948-955. The OECD averages the sampling variance over all plausible values, as is
    done here; TIMSS until 2011 took that of the first one only.

    Examples
    --------
    >>> pooled = pool([np.array([1.0]), np.array([3.0])], [np.eye(1), np.eye(1)], df=79)
    >>> pooled.beta, pooled.covariance, pooled.df.round(2)
    (array([2.]), array([[4.]]), array([1.63]))
    """
    M = len(betas)
    if M < 2:
        raise EstimationError("pooling needs two versions or more", found=M)
    each = np.stack(betas)
    within = np.mean(np.stack(covariances), axis=0)
    spread = np.atleast_2d(np.cov(each, rowvar=False))
    covariance = within + (1 + 1 / M) * spread
    total = np.diag(covariance)
    between = np.divide((1 + 1 / M) * np.diag(spread), total, out=np.zeros(total.size), where=total > 0)
    observed = (df + 1) / (df + 3) * df * (1 - between)
    # 1/df adds up: what the sample leaves uncertain, and what so few versions do.
    inverse = between**2 / (M - 1) + np.divide(
        1, observed, out=np.full(total.size, np.inf), where=observed > 0
    )
    return Pooled(each.mean(axis=0), np.sqrt(total), 1 / inverse, covariance, between, M)
