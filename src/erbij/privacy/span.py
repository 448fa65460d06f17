"""The rank attack: does a protected total lie in the span of what is told?

Works from sets of pupils: those that are told, and those that may not be known. Modulo two primes, since
what vanishes by accident modulo one does not modulo the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from erbij.privacy import elimination, system
from erbij.privacy.elimination import PRIME, SECOND_PRIME, kernel, row_basis
from erbij.stats.design import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of N pupils, as columns. `told` and `kept`: sparse 0/1, shape (N, any); `least`: how many may be
    known together. Every single pupil, and every small difference of two told sets, is kept too.
    """

    told: sparse.csr_matrix
    kept: sparse.csr_matrix
    least: int


@dataclass(frozen=True, slots=True)
class Found:
    """How many kept sets, single pupils and small differences of told sets follow from what is told."""

    sets: int
    pupils: int
    differences: int

    @property
    def is_safe(self) -> bool:
        """Nothing follows."""
        return not (self.sets or self.pupils or self.differences)


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns over the kinds of pupils of one block: what is told in it, what may not be known, the rest."""

    told: IntArray
    wanted: IntArray
    wide: IntArray
    ends: tuple[int, int]


def attack(sets: Sets, unit: IntArray | None = None) -> Found:
    """What follows from the told sets. `unit`: shape (N,), in which block each pupil is, if there are many.

    A told set that lies within one block is used there; the others are used in all blocks at once.
    """
    found = [_attack(sets, unit, prime) for prime in (PRIME, SECOND_PRIME)]
    return Found(*np.max(found, axis=0).tolist())


def _attack(sets: Sets, unit: IntArray | None, prime: int) -> IntArray:
    unit = np.zeros(sets.told.shape[0], dtype=np.int64) if unit is None else unit
    home, kept_home = (_home(columns, unit) for columns in (sets.told, sets.kept))
    units = np.unique(unit).tolist()
    counts, rows = np.zeros(3, dtype=np.int64), []
    for each in units:
        block = _block(sets, unit, each, home=home, kept_home=kept_home)
        left, revealed = _reduced(block, block.told, prime)
        rows.append(row_basis(left, prime=prime))
        counts += _counted(revealed, block)
    for number, others in enumerate(_others(rows, prime)) if len(units) > 1 else ():
        ways = kernel(others, prime=prime)
        if elimination.product(rows[number], ways, prime=prime).any():
            block = _block(sets, unit, units[number], home=home, kept_home=kept_home)
            more = np.hstack([block.told, elimination.product(block.wide, ways, prime=prime)])
            counts += _counted(_reduced(block, more, prime)[1], block)
    return counts


def _home(columns: sparse.csr_matrix, unit: IntArray) -> IntArray:
    """The block in which all pupils of a column are; -2 where they are in several, -3 where in none."""
    found = columns.tocsc()
    home = np.full(columns.shape[1], -3, dtype=np.int64)
    filled = np.flatnonzero(np.diff(found.indptr))
    if len(filled):
        units, start = unit[found.indices], found.indptr[filled]
        lowest, highest = np.minimum.reduceat(units, start), np.maximum.reduceat(units, start)
        home[filled] = np.where(lowest == highest, lowest, -2)
    return home


def _block(sets: Sets, unit: IntArray, each: int, *, home: IntArray, kept_home: IntArray) -> _Block:
    pupils = np.flatnonzero(unit == each)
    parts = [
        sets.told[pupils][:, np.flatnonzero(home == each)],
        sets.kept[pupils][:, np.flatnonzero(kept_home == each)],
        sets.told[pupils][:, np.flatnonzero(home == -2)],
    ]
    first, size = system.alike(sparse.hstack(parts, format="csr"))
    told, kept, wide = (part[first].astype(np.int64).tocsc() for part in parts)
    single = sparse.eye(len(size), dtype=np.int64, format="csc")[:, np.flatnonzero(size == 1)]
    few = system.differences(told, size, sets.least)
    wanted = sparse.hstack([kept, single, few], format="csc")
    return _Block(told.toarray(), wanted, wide.toarray(), (kept.shape[1], kept.shape[1] + single.shape[1]))


def _reduced(block: _Block, told: IntArray, prime: int) -> tuple[IntArray, BoolArray]:
    """What is left of the wide columns, and which of the wanted ones are revealed."""
    chosen = elimination.choose(told[:, :0], block.wanted, forced=told, carried=block.wide, prime=prime)
    return chosen.carried, chosen.is_revealed


def _counted(revealed: BoolArray, block: _Block) -> IntArray:
    parts = np.split(revealed, block.ends)
    return np.array([part.sum() for part in parts], dtype=np.int64)


def _others(rows: list[IntArray], prime: int) -> Iterator[IntArray]:
    """For each block, a basis of the rows that all others leave."""
    after = [rows[0][:0]]
    for own in reversed(rows):
        after.append(row_basis(np.concatenate([after[-1], own]), prime=prime))
    before = after[0]
    for number, own in enumerate(rows):
        yield row_basis(np.concatenate([before, after[len(rows) - 1 - number]]), prime=prime)
        before = row_basis(np.concatenate([before, own]), prime=prime)
