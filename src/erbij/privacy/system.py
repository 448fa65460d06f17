"""The system of one block of pupils: rows of pupils who are alike, a column for each domain.

A block is a school, or the whole study. What may never be derived in it, the primaries, are columns too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from erbij.privacy.catalogue import Catalogue
from erbij.privacy.policy import Policy
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.studies.study import LEVELS

MOST_SMALL = 3
"""Small groups of one division of which every union is looked at."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pupils who take part, alike ones merged.

    `X`: shape (rows, C), 1 where the pupils of a row belong to a domain; `size`: pupils in each row;
    `domains`: shape (C,), the domain of each column. `forced`: shape (rows, F), totals that an earlier
    release told. `kept`: shape (rows, any), further sets of pupils that may never be derived.
    """

    X: IntArray
    size: IntArray
    domains: IntArray
    forced: IntArray
    kept: IntArray

    @property
    def n(self) -> IntArray:
        """Pupils in each domain: shape (C,)."""
        return np.asarray(self.size @ self.X, dtype=np.int64)


def block(
    members: sparse.csr_matrix,
    pupils: IntArray,
    domains: IntArray,
    *,
    forced: sparse.csr_matrix,
    kept: sparse.csr_matrix,
) -> Block:
    """The block of some pupils (indices of rows of `members`) and the domains that are looked at."""
    parts = [members[pupils][:, domains].toarray(), forced[pupils].toarray(), kept[pupils].toarray()]
    first, size = alike(np.hstack(parts))
    X, known, never = (part[first].astype(np.int64) for part in parts)
    return Block(X, size, domains, known, never)


def alike(rows: NDArray[Any]) -> tuple[IntArray, IntArray]:
    """The first of each kind of row, and how many there are of the kind."""
    packed = np.packbits(rows.astype(bool), axis=1)
    if not packed.shape[1]:
        packed = np.zeros((len(rows), 1), dtype=np.uint8)
    kinds = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, size = np.unique(kinds, return_index=True, return_counts=True)
    return first, size.astype(np.int64)


def primaries(block: Block, catalogue: Catalogue, policy: Policy, *, is_hidden: BoolArray) -> IntArray:
    """Columns that may never be derived: shape (rows, P), no two alike.

    Small domains and those in `is_hidden` (shape (C,)), rows of few pupils, small differences between two
    domains of which one holds the other, unions of small groups that are small themselves, and, after an
    earlier release, what few pupils changed.
    """
    is_small = _is_small(block, catalogue, policy) | is_hidden
    may_leave = catalogue.is_offered[block.domains] & ~is_small & (block.n > 0)
    few_alike = np.flatnonzero(block.size < policy.most)
    found = [
        block.X[:, is_small],
        block.kept,
        np.eye(len(block.size), dtype=np.int64)[:, few_alike],
        _differences(block, may_leave, policy.most),
        _changes(block, may_leave, policy.most),
        *_unions(block, catalogue, np.flatnonzero(is_small), policy.most),
    ]
    return _unlike(np.concatenate(found, axis=1))


def _is_small(block: Block, catalogue: Catalogue, policy: Policy) -> BoolArray:
    thresholds = np.array([policy.threshold_at(level) for level in LEVELS])
    return np.asarray(block.n < thresholds[catalogue.level[block.domains]])


def _differences(block: Block, may_leave: BoolArray, least: int) -> IntArray:
    """Of two domains one of which holds the other, what the larger has more, where those are few."""
    X, n = block.X[:, may_leave], block.n[may_leave]
    both = _overlap(X, X, block.size)
    more = n[None, :] - n[:, None]
    inner, outer = np.nonzero((both == n[:, None]) & (more >= 1) & (more < least))
    return np.asarray(X[:, outer] - X[:, inner])


def _changes(block: Block, may_leave: BoolArray, least: int) -> IntArray:
    """A domain less one that an earlier release told, where few pupils stand in one and not in the other."""
    X, F = block.X[:, may_leave], block.forced
    changed = block.n[may_leave][:, None] + block.size @ F - 2 * _overlap(X, F, block.size)
    now, before = np.nonzero((changed >= 1) & (changed < least))
    return np.asarray(X[:, now] - F[:, before])


def _overlap(a: IntArray, b: IntArray, size: IntArray) -> IntArray:
    """Pupils in both, for each pair of columns; floating point is exact here and far faster."""
    weighted: FloatArray = a.astype(np.float64) * size[:, None]
    return np.rint(weighted.T @ b.astype(np.float64)).astype(np.int64)


def _unions(block: Block, catalogue: Catalogue, small: IntArray, least: int) -> Iterator[IntArray]:
    """Small groups of one division in one unit, and of one group in the units of a coarser unit, together.

    Of more than `MOST_SMALL` only all together: if some of them followed, so would the others.
    """
    n = block.n
    filled = small[n[small] > 0]
    for columns in _of_divisions(block, catalogue, filled):
        yield from (_union(block, some) for some in _subsets(columns) if n[list(some)].sum() < least)
    for columns in _of_units(block, catalogue, filled):
        if n[columns].sum() < least:
            yield _union(block, columns)


def _union(block: Block, columns: Sequence[int]) -> IntArray:
    union: IntArray = block.X[:, columns].sum(axis=1, keepdims=True)
    # The groups of the emblem overlap; what counts a pupil twice is no set of pupils.
    return union if union.max(initial=0) <= 1 else union[:, :0]


def _subsets(columns: list[int]) -> Iterator[tuple[int, ...]]:
    least = 2 if len(columns) <= MOST_SMALL else len(columns)
    for count in range(least, len(columns) + 1):
        yield from combinations(columns, count)


def _of_divisions(block: Block, catalogue: Catalogue, columns: IntArray) -> list[list[int]]:
    domains = block.domains[columns]
    return _grouped(columns, catalogue.level[domains], catalogue.unit[domains], catalogue.division[domains])


def _of_units(block: Block, catalogue: Catalogue, columns: IntArray) -> list[list[int]]:
    """Small cells of one group in the finer units of each coarser unit."""
    domains = block.domains[columns]
    divisions, groups = catalogue.division[domains], catalogue.group[domains]
    levels = catalogue.level[domains]
    found = []
    for level in np.unique(levels):
        at_level = levels == level
        for coarser in np.unique(catalogue.level[block.domains]):
            if coarser >= level:
                continue
            parents = _parents(block, catalogue, columns[at_level], int(coarser))
            found += _grouped(columns[at_level], parents, divisions[at_level], groups[at_level])
    return found


def _parents(block: Block, catalogue: Catalogue, columns: IntArray, coarser: int) -> IntArray:
    """The unit of a coarser level in which the first pupil of each column is."""
    is_unit = catalogue.is_everyone[block.domains] & (catalogue.level[block.domains] == coarser)
    units = block.X[:, is_unit]
    first = block.X[:, columns].argmax(axis=0)
    return np.where(units[first].any(axis=1), units[first].argmax(axis=1), -1)


def _grouped(columns: IntArray, *keys: IntArray) -> list[list[int]]:
    """Columns that share all keys, where they are two or more."""
    found: dict[tuple[int, ...], list[int]] = {}
    for column, *key in zip(columns.tolist(), *(key.tolist() for key in keys), strict=True):
        found.setdefault(tuple(key), []).append(column)
    return [some for some in found.values() if len(some) > 1]


def _unlike(columns: IntArray) -> IntArray:
    """Each column once, and none that is empty."""
    weights = np.random.default_rng(11).integers(1, 2**62, columns.shape[0])
    with np.errstate(over="ignore"):
        _, first = np.unique(weights @ columns, return_index=True)
    first = first[columns[:, first].any(axis=0)]
    return np.asarray(columns[:, np.sort(first)])
