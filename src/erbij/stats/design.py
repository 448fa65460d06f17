"""The sampling design: which pupils stand for how many, and what varies between samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
