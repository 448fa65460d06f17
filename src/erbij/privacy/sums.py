"""What a school adds to a pooled fit: sums of classes, merged and counted before they leave for a network."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from erbij.errors import ProtectionError
from erbij.privacy.policy import Policy
from erbij.stats import sums as sums_of_rows
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.stats.sums import Sums

CLOSE = 1e-9
"""How near, relatively, a sum of squares is to a sum to count as one of zeros and ones."""


def contribute(sums: Sums, policy: Policy) -> Sums:
    """Merge cells, the smallest first, until nothing in them is about a few pupils.

    Parameters
    ----------
    sums
        The sums of one school by class, as `erbij sums` makes them.

    Returns
    -------
    Sums
        Of at least `pupils_per_parameter` pupils for each column, and in each group that a column marks
        either none or at least the threshold, as well as outside it. A factor of one level, such as the
        school, keeps its name (two of them are told together); levels of others are numbered in order of
        size, after that name or a digest of the sums, so that no class of one school is taken for that of
        another. The total is that of `sums`.

    Raises
    ------
    ProtectionError
        The whole school is too small for so many columns, or has a group of a few pupils.
    """
    least = max(policy.most, policy.pupils_per_parameter * len(sums.columns))
    if sums.n < least:
        raise ProtectionError(
            f"too few pupils for sums of {len(sums.columns)} columns: single answers could be worked out",
            found=sums.n,
            allowed=[f"{least} or more"],
            advice="Take fewer predictors, or join a larger group of schools.",
        )
    marked = _marked(sums)
    _check_groups(sums, marked, policy.most)
    return _merged(sums, _parts(sums.counts, marked, least=least, few=policy.most), policy)


def _marked(sums: Sums) -> FloatArray:
    """How many pupils of each cell are in the group that a column marks: shape (J, m); 0 for other columns.

    A column of zeros and ones has a sum of squares that is its sum.
    """
    raw = sums_of_rows.reshifted(sums, {}).products
    m = len(sums.columns)
    place = sums_of_rows.places(m)
    total, squares = raw[:, place[0]], raw[:, np.diag(place)]
    is_mark = np.isclose(total.sum(axis=0), squares.sum(axis=0), rtol=CLOSE, atol=CLOSE)
    return np.asarray(np.where(is_mark, total, 0.0))


def _is_few(n: float, marked: FloatArray, few: int) -> BoolArray:
    """Which columns mark a few pupils of n, or all but a few: shape (m,)."""
    smaller = np.minimum(marked, n - marked)
    return np.asarray((smaller > 0.5) & (smaller < few - 0.5))


def _check_groups(sums: Sums, marked: FloatArray, few: int) -> None:
    is_few = _is_few(sums.n, marked.sum(axis=0), few)
    if is_few.any():
        column = sums.columns[int(np.argmax(is_few))]
        raise ProtectionError(
            f"the sums of “{':'.join(column)}” would be about a few pupils",
            allowed=[f"none, or {few} or more, in the group and outside it"],
            advice="Leave that column out, or take a coarser group.",
        )


def _parts(counts: IntArray, marked: FloatArray, *, least: int, few: int) -> list[list[int]]:
    """Cells together, from the smallest on, until they are enough; a last remainder joins the one before."""
    parts: list[list[int]] = [[]]
    for cell in np.argsort(counts, kind="stable").tolist():
        parts[-1].append(cell)
        n = counts[parts[-1]].sum()
        if n >= least and not _is_few(n, marked[parts[-1]].sum(axis=0), few).any():
            parts.append([])
    rest = parts.pop()
    # What is left over may make the part before it one of a few pupils: then that one goes on too.
    while rest and parts and _spoils(rest, counts, marked, least=least, few=few):
        rest = parts.pop() + rest
    return [*parts, rest] if rest else parts


def _spoils(cells: Sequence[int], counts: IntArray, marked: FloatArray, *, least: int, few: int) -> bool:
    n = counts[cells].sum()
    return bool(n < least or _is_few(n, marked[cells].sum(axis=0), few).any())


def _merged(sums: Sums, parts: Sequence[Sequence[int]], policy: Policy) -> Sums:
    place = np.zeros(len(sums.counts), dtype=np.int64)
    for number, part in enumerate(parts):
        place[part] = number
    products = np.zeros((len(parts), sums.products.shape[1]))
    np.add.at(products, place, sums.products)
    is_one = [len(levels) == 1 for levels in sums.levels]
    whose = "/".join(str(names[0]) for names, one in zip(sums.levels, is_one, strict=True) if one)
    whose = whose or sha256(products.tobytes()).hexdigest()[:8]
    numbers = np.array([f"{whose} {number}" for number in range(1, len(parts) + 1)], dtype=np.str_)
    whole = np.zeros(len(parts), dtype=np.int64)
    return replace(
        sums,
        levels=tuple(np.array([whose], dtype=np.str_) if one else numbers for one in is_one),
        codes=np.array([whole if one else np.arange(len(parts)) for one in is_one], dtype=np.int64),
        counts=np.bincount(place, sums.counts, len(parts)).astype(np.int64),
        products=products,
        excluded={
            why: policy.count_step * round(count / policy.count_step)
            for why, count in sums.excluded.items()
            if count >= policy.most
        },
    )
