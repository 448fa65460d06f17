"""Differential item functioning: do people with the same score answer an item alike, whatever their group?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.ordinal_regression import OrdinalFit, ordinal_regression

Match = Literal["rest", "total"]
Size = Literal["a", "b", "c"]
"""Effect sizes: negligible, moderate, large."""
JODOIN_GIERL = (0.035, 0.070)
"""Change of Nagelkerke's R2 from which an effect is moderate, and large (Jodoin & Gierl 2001)."""
ZUMBO_THOMAS = (0.13, 0.26)
"""The same by Zumbo & Thomas (1997)."""
SIGNIFICANT = 0.01
"""A change that chance makes more often than this is negligible, whatever its size: many items are tested."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a model gains by one step more: likelihood ratio test, and changes of R2."""

    chi2: float
    df: int
    p: float
    mcfadden: float
    nagelkerke: float


@dataclass(frozen=True, slots=True)
class ItemFunctioning:
    """Differential functioning of one item.

    `uniform`: groups differ by as much at every score. `non_uniform`: by more at some scores than at others.
    `total` both together. `effects`, shape (G,): log odds of a higher answer at the same score, of each group
    less those of everyone together. `size` by Jodoin & Gierl, `size_zumbo` by Zumbo & Thomas, of `total`.
    """

    item: str
    n: int
    uniform: Change
    non_uniform: Change
    total: Change
    effects: FloatArray
    size: Size
    size_zumbo: Size

    @property
    def is_uniform(self) -> bool:
        """Whether the part that differs with the score may be chance."""
        return self.non_uniform.p >= SIGNIFICANT


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts (P, C) of one item by pattern of score and group; both have shape (P,)."""

    counts: FloatArray
    score: FloatArray
    group: IntArray


def item_functioning(
    answers: FloatArray, groups: IntArray, *, names: Sequence[str], match: Match = "rest"
) -> list[ItemFunctioning]:
    """Find the differential functioning of every item of a scale.

    Parameters
    ----------
    answers
        Shape (n, k), k >= 3 items turned the same way, answers in whole steps; NaN is missing. Pupils who
        left an item out are left out: a score of fewer items matches nobody.
    groups
        Shape (n,), codes from 0 on; -1 is unknown, and left out.
    names
        The k names of the items.
    match
        Compare at the same sum of the other items (`rest`), or of all (`total`).

    Raises
    ------
    EstimationError
        Fewer than three items or two groups, an item that everyone answered alike (named).

    Notes
    -----
    Zumbo (1999), A handbook on the theory and methods of differential item functioning: ordinal logistic
    regression on score, score and group, and both with their product. Only counts by score, group and answer
    are needed. One pass, without purification of the score.
    """
    known = ~np.isnan(answers).any(axis=1) & (groups >= 0)
    answers, groups = answers[known], groups[known]
    _check(answers, groups, names)
    total = answers.sum(axis=1)
    found = []
    for j, name in enumerate(names):
        score = total - answers[:, j] if match == "rest" else total
        try:
            found.append(_item(name, _table(answers[:, j], score, groups)))
        except EstimationError as error:
            raise EstimationError(str(error).rstrip("."), where=[name]) from error
    return found


def _check(answers: FloatArray, groups: IntArray, names: Sequence[str]) -> None:
    if answers.shape[1] < 3 or answers.shape[1] != len(names):
        raise EstimationError("item functioning needs three items or more", found=answers.shape[1])
    if np.unique(groups).size < 2:
        raise EstimationError(
            "item functioning needs two groups with complete answers", found=np.unique(groups).size
        )
    if not np.isfinite(answers).all():
        raise EstimationError("an answer is infinite", advice="Mark it as missing.")
    if flat := [name for name, item in zip(names, answers.T, strict=True) if item.min() == item.max()]:
        raise EstimationError("everyone gave the same answer", where=flat, advice="Leave the item out.")


def _table(answer: FloatArray, score: FloatArray, groups: IntArray) -> _Table:
    levels, category = np.unique(answer, return_inverse=True)
    patterns, place = np.unique(np.column_stack([score, groups]), axis=0, return_inverse=True)
    cells = place.ravel() * levels.size + category
    counts = np.bincount(cells, minlength=len(patterns) * levels.size).reshape(len(patterns), levels.size)
    return _Table(counts.astype(np.float64), patterns[:, 0], patterns[:, 1].astype(np.int64))


def _item(name: str, table: _Table) -> ItemFunctioning:
    n = int(table.counts.sum())
    # Only the ranks and ratios matter to the likelihood; near zero the search is better conditioned.
    score = (table.score - table.score.mean()) / max(table.score.std(), 1e-12)
    present = np.unique(table.group)
    group = (table.group[:, None] == present[None, 1:]).astype(np.float64)
    columns = [score[:, None], group, group * score[:, None]]
    X = np.hstack(columns)
    fits = [ordinal_regression(table.counts, X[:, :width]) for width in (0, 1, present.size, X.shape[1])]
    if not all(fit.converged for fit in fits):
        raise EstimationError("the ordinal regression did not settle")
    steps = present.size - 1
    total = _change(fits, 1, 3, n=n, df=2 * steps)
    return ItemFunctioning(
        item=name,
        n=n,
        uniform=_change(fits, 1, 2, n=n, df=steps),
        non_uniform=_change(fits, 2, 3, n=n, df=steps),
        total=total,
        effects=_effects(fits[2].beta[1:], table, present),
        size=_size(total, JODOIN_GIERL),
        size_zumbo=_size(total, ZUMBO_THOMAS),
    )


def _change(fits: Sequence[OrdinalFit], before: int, after: int, *, n: int, df: int) -> Change:
    null, small, large = fits[0].loglik, fits[before].loglik, fits[after].loglik
    chi2 = max(2 * (large - small), 0.0)
    return Change(
        chi2=chi2,
        df=df,
        p=float(chdtrc(df, chi2)),
        mcfadden=(small - large) / null,
        nagelkerke=_nagelkerke(null, large, n) - _nagelkerke(null, small, n),
    )


def _nagelkerke(null: float, loglik: float, n: int) -> float:
    return float(np.expm1(2 * (null - loglik) / n) / np.expm1(2 * null / n))


def _effects(beta: FloatArray, table: _Table, present: IntArray) -> FloatArray:
    """Of each group against everyone together: nobody's group is the norm."""
    each = np.concatenate([[0.0], beta])
    sizes = np.array([table.counts[table.group == g].sum() for g in present])
    return np.asarray(each - each @ sizes / sizes.sum(), dtype=np.float64)


def _size(change: Change, bounds: tuple[float, float]) -> Size:
    moderate, large = bounds
    if change.p >= SIGNIFICANT or change.nagelkerke < moderate:
        return "a"
    return "b" if change.nagelkerke < large else "c"
