"""How well the items of a scale hang together: alpha, and omega from a one-factor model."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, fdtri, logit, ndtri

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray

LOWEST_UNIQUENESS = 0.005
"""Share of an item's variance below which its uniqueness may not fall: the usual guard in Heywood cases."""


@dataclass(frozen=True, slots=True)
class OneFactor:
    """A one-factor model by maximum likelihood, and how the search ended.

    `loadings` and `uniquenesses` have shape (k,), in the unit of S, loadings adding up to more than zero.
    `objective` is ``log|Sigma| + tr(S inv(Sigma)) - log|S| - k``. `has_heywood` tells that a uniqueness
    stopped at its lower bound.
    """

    loadings: FloatArray
    uniquenesses: FloatArray
    objective: float
    converged: bool
    evaluations: int
    gradient_norm: float
    has_heywood: bool


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega total with its standard error, its 95 % interval on the logit scale, and the fit behind it."""

    value: float
    se: float
    low: float
    high: float
    fit: OneFactor


def alpha(S: FloatArray) -> float:
    """Cronbach's alpha from a covariance matrix; two items are enough.

    Parameters
    ----------
    S
        Shape (k, k), k >= 2, items turned the same way.

    Raises
    ------
    EstimationError
        Fewer than two items, or a sum score that does not vary.

    Notes
    -----
    Cronbach (1951), Psychometrika 16, 297-334.

    Examples
    --------
    >>> round(alpha(np.array([[1.0, 0.5], [0.5, 1.0]])), 4)
    0.6667
    """
    k = S.shape[0]
    _check_items(S, least=2)
    total = float(S.sum())
    if total <= 0:
        raise EstimationError("the sum of the items does not vary", found=total)
    return float(k / (k - 1) * (1.0 - np.trace(S) / total))


def alpha_interval(value: float, n: int, k: int) -> tuple[float, float]:
    """Feldt's 95 % interval of alpha.

    Parameters
    ----------
    value
        Alpha, at most 1.
    n, k
        Number of pupils and of items.

    Notes
    -----
    Feldt, Woodruff & Salih (1987), Applied Psychological Measurement 11, 93-103.

    Examples
    --------
    >>> low, high = alpha_interval(0.857, 200, 6)
    >>> round(low, 3), round(high, 3)
    (0.824, 0.886)
    """
    if n < 2 or k < 2:
        raise EstimationError("an interval of alpha needs two pupils and two items", found=(n, k))
    df1, df2 = n - 1, (n - 1) * (k - 1)
    low = 1.0 - (1.0 - value) * float(fdtri(df1, df2, 0.975))
    return low, 1.0 - (1.0 - value) * float(fdtri(df1, df2, 0.025))


def one_factor(S: FloatArray, n: int) -> OneFactor:
    """Fit one common factor by maximum likelihood.

    Parameters
    ----------
    S
        Shape (k, k), positive definite covariance matrix of k >= 3 items.
    n
        Number of pupils, more than k.

    Raises
    ------
    EstimationError
        Fewer than three items, too few pupils, an item that does not vary, S not positive definite.

    Notes
    -----
    Joreskog (1967), Psychometrika 32, 443-482: for given uniquenesses the loadings follow from the largest
    eigenvalue, so only the logarithms of the uniquenesses are searched, with the exact gradient. The
    search runs on correlations (maximum likelihood does not depend on the scale of the items).

    Examples
    --------
    >>> S = np.outer([0.6, 0.7, 0.8], [0.6, 0.7, 0.8])
    >>> np.fill_diagonal(S, 1.0)
    >>> one_factor(S, 500).loadings.round(5)
    array([0.6, 0.7, 0.8])
    """
    _check_items(S, least=3)
    if n <= S.shape[0]:
        raise EstimationError("too few pupils for a factor", found=n, allowed=[f"{S.shape[0] + 1} or more"])
    scale = np.sqrt(np.diag(S))
    return _searched(S / np.outer(scale, scale), scale)


def _searched(C: FloatArray, scale: FloatArray) -> OneFactor:
    """The factor of a correlation matrix, in the units that `scale` gives the items."""
    lowest = float(np.log(LOWEST_UNIQUENESS))
    found = minimize(
        _profile,
        _start(C),
        args=(C,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(lowest, None)] * C.shape[0],
        options={"ftol": 0.0, "gtol": 1e-9, "maxiter": 500},
    )
    free = (found.x > lowest + 1e-6) | (found.jac < 0)
    gradient = float(np.abs(found.jac[free]).max(initial=0.0))
    return OneFactor(
        loadings=_loadings(found.x, C) * scale,
        uniquenesses=np.exp(found.x) * scale**2,
        objective=float(found.fun),
        # The line search stops at rounding error before gtol is met; the gradient itself decides.
        converged=gradient < 1e-6,
        evaluations=int(found.nfev),
        gradient_norm=gradient,
        has_heywood=bool((found.x <= lowest + 1e-6).any()),
    )


def omega_total(
    S: FloatArray,
    n: int,
    *,
    standardised: bool = True,
    total: Literal["observed", "model"] = "observed",
) -> Omega:
    """Find omega total: the share of the sum score's variance that the common factor explains.

    Parameters
    ----------
    S
        Shape (k, k), positive definite covariance or correlation matrix of k >= 3 items.
    n
        Number of pupils.
    standardised
        Of the sum of standardised items, as ``psych::omega`` reports; otherwise of the raw sum score.
    total
        What the unique variance is divided into: the variance of the sum score as `observed` (psych), or
        as the `model` implies (McDonald, lavaan).

    Returns
    -------
    `se`, `low` and `high` are NaN where a uniqueness sits at its bound: the delta method fails there.

    Raises
    ------
    EstimationError
        As `one_factor`; the search did not converge; the items have no factor in common.

    Notes
    -----
    McDonald (1999), Test theory, chapter 6. Standard error by the delta method from the expected
    information and the normal-theory covariance of S.

    Examples
    --------
    >>> S = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    >>> omega = omega_total(S, 300)
    >>> round(omega.value, 4), round(omega.se, 4)
    (0.8, 0.0189)
    """
    fit = one_factor(S, n)
    if not fit.converged:
        raise EstimationError("the factor model did not converge", found=fit.gradient_norm)
    scale = np.sqrt(np.diag(S)) if standardised else np.ones(S.shape[0])
    loadings: FloatArray = fit.loadings / scale
    psi: FloatArray = fit.uniquenesses / scale**2
    variance = float((S / np.outer(scale, scale)).sum()) if total == "observed" else None
    value = 1.0 - psi.sum() / (variance or loadings.sum() ** 2 + psi.sum())
    if value < 1e-9:
        raise EstimationError("the items have no factor in common", found=value)
    if fit.has_heywood:
        return Omega(float(value), float("nan"), float("nan"), float("nan"), fit)
    se = _omega_error(loadings, psi, variance, n=n, standardised=standardised)
    half = float(ndtri(0.975)) * se / (value * (1 - value))
    return Omega(float(value), se, float(expit(logit(value) - half)), float(expit(logit(value) + half)), fit)


def _omega_error(
    loadings: FloatArray, psi: FloatArray, variance: float | None, *, n: int, standardised: bool
) -> float:
    G = _omega_slope(loadings, psi, variance)
    Sigma = np.outer(loadings, loadings) + np.diag(psi)
    if standardised:
        # A change of an item's variance moves no correlation: its part of the slope is taken out.
        G = G - np.diag(np.diag(G @ Sigma))
    return float(np.sqrt(2.0 / n * np.trace(G @ Sigma @ G @ Sigma)))


def _check_items(S: FloatArray, *, least: int) -> None:
    if S.ndim != 2 or S.shape[0] != S.shape[1] or S.shape[0] < least:
        raise EstimationError(f"this needs {least} items or more", found=S.shape)
    flat = np.flatnonzero(~(np.diag(S) > 0))
    if flat.size:
        raise EstimationError("an item does not vary", where=[f"item {i + 1}" for i in flat])


def _start(C: FloatArray) -> FloatArray:
    try:
        root = np.linalg.cholesky(C)
    except np.linalg.LinAlgError:
        raise EstimationError(
            "the covariances are not positive definite", advice="Use the pupils who answered every item."
        ) from None
    if np.log(np.diag(root)).sum() > -1e-9:
        # log|C| = 0: any loading on a single item fits, so the search would end anywhere.
        raise EstimationError("the items have no factor in common")
    # Half of what the other items leave unexplained: the customary start of factor analysis.
    start = (1.0 - 0.5 / C.shape[0]) / np.diag(np.linalg.inv(C))
    return np.asarray(np.log(np.clip(start, 2 * LOWEST_UNIQUENESS, 0.99)), dtype=np.float64)


def _profile(log_psi: FloatArray, C: FloatArray) -> tuple[float, FloatArray]:
    """The discrepancy with the best loadings for these uniquenesses, and its gradient."""
    root = np.exp(-log_psi / 2)
    theta, vectors = np.linalg.eigh(C * np.outer(root, root))
    # Eigenvalues ascend; the last one is the factor where it exceeds 1, and nothing where it does not.
    rest = theta if theta[-1] <= 1 else theta[:-1]
    objective = float((rest - np.log(rest) - 1).sum())
    gradient = (vectors[:, : rest.size] ** 2) @ (1 - rest)
    return objective, gradient


def _loadings(log_psi: FloatArray, C: FloatArray) -> FloatArray:
    root = np.exp(-log_psi / 2)
    theta, vectors = np.linalg.eigh(C * np.outer(root, root))
    loadings = np.sqrt(max(theta[-1] - 1, 0.0)) * vectors[:, -1] / root
    return np.asarray(loadings if loadings.sum() >= 0 else -loadings, dtype=np.float64)


def _omega_slope(loadings: FloatArray, psi: FloatArray, variance: float | None) -> FloatArray:
    """How omega moves with each element of S, shape (k, k); `variance` None for the model's own total."""
    k = psi.size
    common, unique = loadings.sum(), psi.sum()
    total = variance or common**2 + unique
    if variance is None:
        a = np.concatenate([np.full(k, 2 * common * unique), np.full(k, -(common**2))]) / total**2
    else:
        a = np.concatenate([np.zeros(k), np.full(k, -1 / total)])
    P = np.asarray(np.linalg.inv(np.outer(loadings, loadings) + np.diag(psi)), dtype=np.float64)
    b = np.linalg.solve(_information(loadings, P), a)
    along = np.outer(b[:k], loadings)
    slope = P @ (along + along.T + np.diag(b[k:])) @ P / 2
    return np.asarray(slope + (0.0 if variance is None else unique / total**2), dtype=np.float64)


def _information(loadings: FloatArray, P: FloatArray) -> FloatArray:
    """Expected information of loadings and uniquenesses for one pupil, shape (2k, 2k); P inverts Sigma."""
    q = P @ loadings
    by_loading = (loadings @ q) * P + np.outer(q, q)
    mixed = P * q[:, None]
    return np.asarray(np.block([[by_loading, mixed.T], [mixed, P**2 / 2]]), dtype=np.float64)
