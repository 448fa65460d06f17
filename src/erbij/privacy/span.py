"""The rank attack: does a protected total lie in the span of what is told?

Works from sets of pupils: those that are told, and those that may not be known. Modulo two primes, since
what vanishes by accident modulo one does not modulo the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from erbij.privacy import elimination, system
from erbij.privacy.elimination import PRIME, SECOND_PRIME, Columns, kernel, row_basis
from erbij.privacy.workers import ALONE, Workers
from erbij.stats.design import BoolArray, IntArray

PRIMES = (PRIME, SECOND_PRIME)


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

    told: sparse.csc_matrix
    wanted: sparse.csc_matrix
    wide: sparse.csc_matrix
    ends: tuple[int, int]


Left = tuple[IntArray, IntArray]
"""A basis of what a block leaves of the wide columns, and how many of each kind follow within it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The sets over the pupils of one block: those that lie within it, and the `wide` ones."""

    told: sparse.csr_matrix
    kept: sparse.csr_matrix
    wide: sparse.csr_matrix
    least: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """The sets, and in which block each told and each kept one is, to be given out block by block."""

    sets: Sets
    unit: IntArray
    home: IntArray
    kept_home: IntArray

    def of(self, each: int) -> _Part:
        """The sets over the pupils of one block."""
        pupils = np.flatnonzero(self.unit == each)
        told, kept = self.sets.told[pupils], self.sets.kept[pupils]
        return _Part(
            told[:, np.flatnonzero(self.home == each)],
            kept[:, np.flatnonzero(self.kept_home == each)],
            told[:, np.flatnonzero(self.home == -2)],
            self.sets.least,
        )


def attack(sets: Sets, unit: IntArray | None = None, workers: Workers = ALONE) -> Found:
    """What follows from the told sets. `unit`: shape (N,), in which block each pupil is, if there are many.

    A told set that lies within one block is used there; the others are used in all blocks at once.
    """
    unit = np.zeros(sets.told.shape[0], dtype=np.int64) if unit is None else unit
    parts = _Parts(sets, unit, _home(sets.told, unit), _home(sets.kept, unit))
    units = np.unique(unit).tolist()
    found = list(workers.each(_alone, map(parts.of, units), total=len(units)))
    counts = [
        _together(parts, units, [left[place] for left in found], prime) for place, prime in enumerate(PRIMES)
    ]
    return Found(*np.max(counts, axis=0).tolist())


def _alone(part: _Part) -> list[Left]:
    """What a block gives away by itself, and what it leaves of the wide columns, for each prime."""
    block, found = _block(part), []
    for prime in PRIMES:
        left, revealed = _reduced(block, block.told, prime)
        found.append((row_basis(left, prime=prime), _counted(revealed, block)))
    return found


def _together(parts: _Parts, units: list[int], found: list[Left], prime: int) -> IntArray:
    """How many follow of each kind, with the wide columns that all other blocks leave nothing of as well."""
    counts = np.sum([np.zeros(3, dtype=np.int64), *(count for _, count in found)], axis=0)
    rows = [left for left, _ in found]
    for number, others in enumerate(_others(rows, prime)) if len(units) > 1 else ():
        ways = kernel(others, prime=prime)
        if elimination.product(rows[number], ways, prime=prime).any():
            block = _block(parts.of(units[number]))
            wide = elimination.product(block.wide.toarray(), ways, prime=prime)
            more = np.hstack([block.told.toarray(), wide])
            counts += _counted(_reduced(block, more, prime)[1], block)
    return np.asarray(counts)


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


def _block(part: _Part) -> _Block:
    parts = (part.told, part.kept, part.wide)
    first, size = system.alike(sparse.hstack(parts, format="csr"))
    told, kept, wide = (each[first].astype(np.int64).tocsc() for each in parts)
    single = sparse.eye(len(size), dtype=np.int64, format="csc")[:, np.flatnonzero(size == 1)]
    few = system.differences(told, size, part.least)
    wanted = sparse.hstack([kept, single, few], format="csc")
    return _Block(told, wanted, wide, (kept.shape[1], kept.shape[1] + single.shape[1]))


def _reduced(block: _Block, told: Columns, prime: int) -> tuple[IntArray, BoolArray]:
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
