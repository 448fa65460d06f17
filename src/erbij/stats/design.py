"""The sampling design: which pupils stand for how many, and what varies between samples."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from erbij.errors import EstimationError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Replication:
    """How replicates tell the variance: ``sum(coefficients * (r - estimate)**2)`` with `df` of freedom.

    Deviations are taken from the estimate of the full sample, not from the mean of the replicates.
    """

    coefficients: FloatArray
    df: int


def balanced(R: int, fay: float = 0.0) -> Replication:
    """Balanced repeated replication, of Fay's kind where `fay` is above 0: as in PISA, with 0.5.

    >>> balanced(80, 0.5).coefficients[0], balanced(80, 0.5).df
    (np.float64(0.05), 79)

    Notes
    -----
    Judkins (1990), Journal of Official Statistics 6, 223-239.
    """
    if not 0 <= fay < 1:
        raise EstimationError("Fay's factor is out of range", found=fay, allowed=["0 <= fay < 1"])
    return Replication(np.full(R, 1 / (R * (1 - fay) ** 2)), R - 1)


Jackknife = Literal["jk1", "jk2", "jk2-both", "jkn"]
JACKKNIVES: tuple[Jackknife, ...] = ("jk1", "jk2", "jk2-both", "jkn")


def jackknife(kind: Jackknife, R: int, factors: FloatArray | None = None) -> Replication:
    """Replicates that each leave some pupils out.

    Parameters
    ----------
    kind
        `jk1`: each leaves one of R groups out, ``(R - 1) / R`` times the squares. `jk2`: each doubles one
        half of one of R zones, at random (TIMSS until 2011, PIRLS until 2011): the squares. `jk2-both`:
        two replicates for each zone, one for each half (TIMSS and PIRLS since): half of the squares.
        `jkn`: each leaves one unit of a stratum out, ``(n - 1) / n`` times the squares, n its units.
    R
        The number of replicates.
    factors
        Shape (R,) or (1,), what each square counts for; for `jkn`, and only there.

    Raises
    ------
    EstimationError
        Factors that are lacking, too many or not above zero; an odd number of replicates in pairs.

    Examples
    --------
    >>> jackknife("jk2-both", 150).df
    75

    Notes
    -----
    Wolter (2007), Introduction to variance estimation, chapter 4. Degrees of freedom as the rank of the
    replicate weights less one, which R's survey counts, where no replicate depends on the others.
    """
    if kind == "jkn":
        return Replication(_factors(factors, R), R - 1)
    if factors is not None:
        raise EstimationError("only jkn takes factors", found=kind, allowed=["jkn"])
    if kind == "jk2-both":
        if R % 2:
            raise EstimationError("two replicates for each zone make an even number", found=R)
        return Replication(np.full(R, 0.5), R // 2)
    return Replication(np.full(R, (R - 1) / R if kind == "jk1" else 1.0), R - 1)


def _factors(factors: FloatArray | None, R: int) -> FloatArray:
    if factors is None or factors.size not in (1, R):
        found = None if factors is None else factors.size
        raise EstimationError(
            "jkn needs a factor for each replicate, or one for all", found=found, allowed=[R]
        )
    if not (factors.min() > 0 and factors.max() < np.inf):
        raise EstimationError("a factor of jkn must be above zero", found=factors.min())
    return np.broadcast_to(factors, (R,)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class SamplingDesign:
    """Weights, and how the uncertainty of an estimate is found.

    Parameters
    ----------
    weights
        Shape (n,), positive; all ones where every pupil stands for itself.
    replicates
        Shape (n, R), or None. What their squared deviations count for says `replication`.
    fay
        Fay's factor of balanced replicates, 0 <= fay < 1; unused where a jackknife is given.
    clusters
        Shape (n,), codes of the groups in which pupils were drawn, or None for pupils on their own.
        Used where there are no replicates: linearised (Taylor) variance between cluster totals.
    jackknife
        How the replicates leave pupils out; None where they are balanced.
    """

    weights: FloatArray
    replicates: FloatArray | None = None
    fay: float = 0.0
    clusters: IntArray | None = None
    jackknife: Replication | None = None

    @property
    def is_jackknife(self) -> bool:
        """Whether the replicates leave pupils out: quantiles need another way then."""
        return self.jackknife is not None

    def only(self, rows: BoolArray) -> "SamplingDesign":
        """The design of some of the pupils, shape (n,)."""
        if rows.all():
            return self
        replicates = None if self.replicates is None else self.replicates[rows]
        clusters = None if self.clusters is None else self.clusters[rows]
        return SamplingDesign(self.weights[rows], replicates, self.fay, clusters, self.jackknife)


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
        if replication(design).coefficients.size != design.replicates.shape[1]:
            raise EstimationError("the jackknife is of another number of replicates", where=["replicates"])
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


def replication(design: SamplingDesign) -> Replication:
    """What the replicates of a design count for.

    >>> replication(SamplingDesign(np.ones(3), np.ones((3, 4)))).coefficients
    array([0.25, 0.25, 0.25, 0.25])
    """
    if design.replicates is None:
        raise EstimationError("the design has no replicates")
    return design.jackknife or balanced(design.replicates.shape[1], design.fay)


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
