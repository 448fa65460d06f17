"""Covariances and correlations of items, with what to do about missing answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from erbij.errors import EstimationError
from erbij.stats.design import BoolArray, FloatArray

Missing = Literal["complete", "pairwise"]


@dataclass(frozen=True, slots=True)
class Covariance:
    """The covariance matrix S of k items, shape (k, k), and how many pupils stand behind it.

    With `pairwise` n is the smallest number of pupils behind any pair.
    """

    names: tuple[str, ...]
    S: FloatArray
    n: int


def covariance(answers: FloatArray, *, names: Sequence[str], missing: Missing = "complete") -> Covariance:
    """Find the covariances of items, divisor n - 1.

    Parameters
    ----------
    answers
        Shape (n, k), all items turned the same way; NaN is missing.
    names
        The k names of the items.
    missing
        `complete` uses the pupils who answered every item; `pairwise` every pupil who answered both.

    Raises
    ------
    EstimationError
        Fewer than two items or pupils, or an item that everyone answered alike (named).

    Examples
    --------
    >>> covariance(np.array([[1.0, 2], [2, 4], [3, np.nan]]), names=["a", "b"]).S
    array([[0.5, 1. ],
           [1. , 2. ]])
    """
    answered = _answered(answers, names, missing)
    pilot = np.nanmean(answers, axis=0)
    S, _, N = _pair_moments(answers - pilot, answered)
    return Covariance(tuple(names), S, int(N.min()))


def correlation(answers: FloatArray, *, names: Sequence[str], missing: Missing = "complete") -> Covariance:
    """Find the correlations of items; with `pairwise` each from the pupils who answered both.

    Parameters
    ----------
    answers, names, missing
        As in `covariance`. Pairwise correlations use the standard deviations of those same pupils, so
        they are not the pairwise covariances divided by the items' standard deviations.

    Examples
    --------
    >>> correlation(np.array([[1.0, 2], [2, 4], [3, np.nan]]), names=["a", "b"]).S
    array([[1., 1.],
           [1., 1.]])
    """
    answered = _answered(answers, names, missing)
    S, own, N = _pair_moments(answers - np.nanmean(answers, axis=0), answered)
    # Rounding can leave a variance of nothing a little over or under it.
    if not (own > 1e-12 * own.max()).all():
        raise EstimationError("an item does not vary among the pupils who answered another", where=names)
    return Covariance(tuple(names), S / np.sqrt(own * own.T), int(N.min()))


def _answered(answers: FloatArray, names: Sequence[str], missing: Missing) -> BoolArray:
    if len(names) < 2 or answers.shape[1] != len(names):
        raise EstimationError("reliability needs two items or more", found=len(names))
    answered = ~np.isnan(answers)
    if missing == "complete":
        answered &= answered.all(axis=1, keepdims=True)
    fewest = int((answered.T.astype(np.int64) @ answered).min())
    if fewest < 2:
        raise EstimationError("too few pupils answered the same items", found=fewest, allowed=["2 or more"])
    _check_vary(answers, answered, names)
    return answered


def _pair_moments(shifted: FloatArray, answered: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """For each pair of items: covariance, variance of the first, and number of pupils; shape (k, k) each."""
    counts = answered.astype(np.float64)
    filled = np.where(answered, shifted, 0.0)
    N, sums = counts.T @ counts, filled.T @ counts
    S = (filled.T @ filled - sums * sums.T / N) / (N - 1)
    return S, ((filled**2).T @ counts - sums**2 / N) / (N - 1), N


def _check_vary(answers: FloatArray, answered: BoolArray, names: Sequence[str]) -> None:
    lows = np.where(answered, answers, np.inf).min(axis=0)
    highs = np.where(answered, answers, -np.inf).max(axis=0)
    flat = [name for name, low, high in zip(names, lows, highs, strict=True) if low == high]
    if flat:
        raise EstimationError(
            "everyone gave the same answer", where=flat, advice="Leave the item out of the scale."
        )
