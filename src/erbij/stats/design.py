"""The sampling design: which pupils stand for how many, and what varies between samples."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from erbij.errors import EstimationError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SamplingDesign:
    """Weights, and how the uncertainty of an estimate is found.

    Parameters
    ----------
    weights
        Shape (n,), positive; all ones where every pupil stands for itself.
    replicates
        Shape (n, R) of balanced repeated replicates, or None. With replicates the variance of an
        estimate is ``sum((r - estimate)**2) / (R * (1 - fay)**2)`` (Judkins 1990).
    fay
        Fay's factor, 0 <= fay < 1.
    clusters
        Shape (n,), codes of the groups in which pupils were drawn, or None for pupils on their own.
        Used where there are no replicates: linearised (Taylor) variance between cluster totals.
    """

    weights: FloatArray
    replicates: FloatArray | None = None
    fay: float = 0.0
    clusters: IntArray | None = None


def check_design(design: SamplingDesign, n: int) -> None:
    """Refuse a design that can't belong to n pupils.

    Raises
    ------
    EstimationError
        Lengths differ, a weight is missing or not positive, a replicate weight is missing or negative,
        or `fay` is outside 0 <= fay < 1.
    """
    _check_length("weights", design.weights, n)
    # `not (min > 0)` also catches NaN, without a temporary array as long as the data.
    if n and not (design.weights.min() > 0 and design.weights.max() < np.inf):
        raise EstimationError("a weight is missing, zero, negative or infinite", where=["weights"])
    if design.replicates is not None:
        _check_replicates(design.replicates, n)
        if not 0 <= design.fay < 1:
            raise EstimationError("Fay's factor is out of range", found=design.fay, allowed=["0 <= fay < 1"])
    elif design.clusters is not None:
        _check_length("clusters", design.clusters, n)


def _check_replicates(replicates: FloatArray, n: int) -> None:
    _check_length("replicate weights", replicates, n)
    if replicates.ndim != 2 or replicates.shape[1] < 2:
        raise EstimationError("replicate weights need two columns or more", found=replicates.shape)
    if n and not (replicates.min() >= 0 and replicates.max() < np.inf):
        raise EstimationError("a weight is missing, negative or infinite", where=["replicate weights"])


def _check_length(name: str, values: NDArray[Any], n: int) -> None:
    if values.shape[0] != n:
        raise EstimationError("the number of rows differs", where=[name], found=values.shape[0], allowed=[n])


def replicate_scale(design: SamplingDesign) -> float:
    """What the sum of squared replicate deviations is divided by: ``R * (1 - fay)**2`` (Judkins 1990).

    >>> replicate_scale(SamplingDesign(np.ones(3), np.ones((3, 80)), 0.5))
    20.0
    """
    if design.replicates is None:
        return float("nan")
    return float(design.replicates.shape[1] * (1.0 - design.fay) ** 2)


def cluster_codes(design: SamplingDesign, rows: IntArray) -> IntArray:
    """The cluster of each row as codes from 0 on without holes; pupils on their own are their own cluster.

    Parameters
    ----------
    rows
        Shape (m,), which pupils. Pupils who share a code share a cluster, also a code such as -1 for a
        class that is not known.

    Returns
    -------
    Shape (m,).
    """
    if design.clusters is None:
        return np.arange(rows.size, dtype=np.int64)
    return np.unique(design.clusters[rows], return_inverse=True)[1].astype(np.int64)
