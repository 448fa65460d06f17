"""The system of one block of pupils: rows of pupils who are alike, a column for each domain.

A block is a school, or the whole study. What may never be derived in it, the primaries, are columns too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import sparse

from erbij.privacy.catalogue import Catalogue
from erbij.privacy.policy import Policy
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS

MOST_SMALL = 3
"""Small groups of one division of which every union is looked at."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pupils who take part, alike ones merged.

    `X`: sparse, shape (rows, C), 1 where the pupils of a row belong to a domain; `size`: pupils in each row;
    `n`: shape (C,), pupils in each domain. `wide`: shape (rows, W), the same for domains that reach beyond
    the block. `forced`: shape (rows, F), totals that an earlier release told. `kept`: shape (rows, any),
    further sets of pupils that may never be derived.
    """

    X: sparse.csc_matrix
    size: IntArray
    n: IntArray
    wide: sparse.csc_matrix
    forced: sparse.csc_matrix
    kept: sparse.csc_matrix


def block(
    members: sparse.csr_matrix,
    *,
    wide: sparse.csr_matrix,
    forced: sparse.csr_matrix,
    kept: sparse.csr_matrix,
) -> Block:
    """The block of all pupils (rows) and the domains that are looked at (columns of `members`)."""
    parts = (members, wide, forced, kept)
    first, size = alike(sparse.hstack(parts, format="csr"))
    X, beyond, known, never = (part[first].astype(np.int64).tocsc() for part in parts)
    return Block(X, size, X.T @ size, beyond, known, never)


def alike(rows: sparse.csr_matrix) -> tuple[IntArray, IntArray]:
    """The first of each kind of row, and how many there are of the kind."""
    _, first, kind, size = np.unique(_marks(rows), return_index=True, return_inverse=True, return_counts=True)
    if (rows != rows[first[kind]]).nnz:
        # Two kinds have the same mark by accident: compare them in full.
        _, first, size = np.unique(rows.toarray(), axis=0, return_index=True, return_counts=True)
    return first, size.astype(np.int64)


def _marks(rows: sparse.csr_matrix) -> IntArray:
    """A number of 64 bits for each row, the same where rows are alike and hardly ever where they are not."""
    weights = np.random.default_rng(3).integers(-(2**62), 2**62, rows.shape[1])
    return np.asarray(rows.astype(np.int64) @ weights)


def primaries(
    block: Block, catalogue: Catalogue, policy: Policy, *, is_hidden: BoolArray
) -> sparse.csc_matrix:
    """Columns that may never be derived: shape (rows, P), no two alike. `catalogue`: that of the block.

    Small domains and those in `is_hidden` (shape (C,)), rows of few pupils, small differences between two
    domains of which one holds the other, unions of small groups that are small themselves, and, after an
    earlier release, what few pupils changed.
    """
    is_small = _is_small(block, catalogue, policy) | is_hidden
    may_leave = catalogue.is_offered & ~is_small & (block.n > 0)
    few_alike = np.flatnonzero(block.size < policy.most)
    found = [
        block.X[:, np.flatnonzero(is_small)],
        block.kept,
        sparse.eye(len(block.size), dtype=np.int64, format="csc")[:, few_alike],
        differences(block.X[:, np.flatnonzero(may_leave)], block.size, policy.most),
        _changes(block, np.flatnonzero(may_leave), policy.most),
        _unions(block, catalogue, np.flatnonzero(is_small), policy.most),
    ]
    return _unlike(sparse.hstack(found, format="csc"))


def _is_small(block: Block, catalogue: Catalogue, policy: Policy) -> BoolArray:
    thresholds = np.array([policy.threshold_at(level) for level in LEVELS])
    return np.asarray(block.n < thresholds[catalogue.level])


def differences(X: sparse.csc_matrix, size: IntArray, least: int) -> sparse.csc_matrix:
    """Of two columns one of which holds the other, what the larger has more, where those are few.

    A set of nobody lies within all others; what they have more is all of them, and no difference.
    """
    n = X.T @ size
    both = (X.multiply(size[:, None]).T @ X).tocoo()
    more = n[both.col] - n[both.row]
    is_few = (both.data == n[both.row]) & (more >= 1) & (more < least)
    return X[:, both.col[is_few]] - X[:, both.row[is_few]]


def _changes(block: Block, may_leave: IntArray, least: int) -> sparse.csc_matrix:
    """A domain less one that an earlier release told, where few pupils stand in one and not in the other."""
    X, F = block.X[:, may_leave], block.forced
    # Two small sets that share nobody count too, so what is not shared is written out.
    both = (X.multiply(block.size[:, None]).T @ F).toarray()
    changed = block.n[may_leave][:, None] + F.T @ block.size - 2 * both
    now, before = np.nonzero((changed >= 1) & (changed < least))
    return X[:, now] - F[:, before]


def _unions(block: Block, catalogue: Catalogue, small: IntArray, least: int) -> sparse.csc_matrix:
    """Small groups of one division in one unit, and of one group in the units of a coarser unit, together.

    Of more than `MOST_SMALL` only all together: if some of them followed, so would the others.
    """
    filled = small[block.n[small] > 0]
    some = [s for columns in _of_divisions(catalogue, filled) for s in _subsets(columns)]
    some += [tuple(columns) for columns in _of_units(block, catalogue, filled)]
    few = [columns for columns in some if block.n[list(columns)].sum() < least]
    unions = block.X @ _choices(few, block.X.shape[1])
    # The groups of the emblem overlap; what counts a pupil twice is no set of pupils.
    return unions[:, np.flatnonzero(unions.max(axis=0).toarray().ravel() <= 1)] if few else unions


def _choices(choices: Sequence[Sequence[int]], count: int) -> sparse.csc_matrix:
    """Each choice of columns as a column of zeros and ones: shape (count, choices)."""
    starts = np.cumsum([0, *map(len, choices)])
    chosen = np.array([column for columns in choices for column in columns], dtype=np.int64)
    ones = np.ones(len(chosen), dtype=np.int64)
    return sparse.csc_matrix((ones, chosen, starts), shape=(count, len(choices)))


def _subsets(columns: list[int]) -> Iterator[tuple[int, ...]]:
    least = 2 if len(columns) <= MOST_SMALL else len(columns)
    for count in range(least, len(columns) + 1):
        yield from combinations(columns, count)


def _of_divisions(catalogue: Catalogue, columns: IntArray) -> list[list[int]]:
    return _grouped(columns, catalogue.level[columns], catalogue.unit[columns], catalogue.division[columns])


def _of_units(block: Block, catalogue: Catalogue, columns: IntArray) -> list[list[int]]:
    """Small cells of one group in the finer units of each coarser unit."""
    divisions, groups = catalogue.division[columns], catalogue.group[columns]
    levels = catalogue.level[columns]
    found = []
    for level in np.unique(levels):
        at_level = levels == level
        for coarser in np.unique(catalogue.level):
            if coarser >= level:
                continue
            parents = _parents(block, catalogue, columns[at_level], int(coarser))
            found += _grouped(columns[at_level], parents, divisions[at_level], groups[at_level])
    return found


def _parents(block: Block, catalogue: Catalogue, columns: IntArray, coarser: int) -> IntArray:
    """The unit of a coarser level in which the first pupil of each column is; none may be empty."""
    is_unit = catalogue.is_everyone & (catalogue.level == coarser)
    units = block.X[:, np.flatnonzero(is_unit)].toarray()
    first = block.X.indices[block.X.indptr[columns]]
    return np.where(units[first].any(axis=1), units[first].argmax(axis=1), -1)


def _grouped(columns: IntArray, *keys: IntArray) -> list[list[int]]:
    """Columns that share all keys, where they are two or more."""
    found: dict[tuple[int, ...], list[int]] = {}
    for column, *key in zip(columns.tolist(), *(key.tolist() for key in keys), strict=True):
        found.setdefault(tuple(key), []).append(column)
    return [some for some in found.values() if len(some) > 1]


def _unlike(columns: sparse.csc_matrix) -> sparse.csc_matrix:
    """Each column once, and none that is empty."""
    columns = columns[:, np.flatnonzero(abs(columns).sum(axis=0))]
    _, first = np.unique(_marks(columns.T), return_index=True)
    return columns[:, np.sort(first)]
