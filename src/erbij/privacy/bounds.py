"""What linear programming can say about one pupil from everything that was told.

The attacker knows who is in which group, every told mean up to its rounding, every told gap, and the ends
of the scale; asked is for the smallest and the largest answer that a pupil can have given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from erbij.errors import ProtectionError
from erbij.stats.design import BoolArray, FloatArray, IntArray

HIGHEST = 100.0
ROUNDS = 6
"""Programs with random aims, before pupils are asked about one by one."""

ROOM = 1e-6
"""What binary dust may be off, in points of a total."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told about the answers of N pupils.

    `sets`: sparse, shape (N, S), the weight of a pupil in each set, 0 outside it. `low`, `high`: shape (S,),
    within which the mean of each lies. `pairs`: shape (P, 2), two sets of which the difference of the means
    lies within `pair_low` and `pair_high`.
    """

    sets: sparse.csc_matrix
    low: FloatArray
    high: FloatArray
    pairs: IntArray
    pair_low: FloatArray
    pair_high: FloatArray

    def of(self, columns: IntArray) -> "Facts":
        """The facts about some of the sets only."""
        place = np.full(self.sets.shape[1], -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        pairs = place[self.pairs]
        known = (pairs >= 0).all(axis=1)
        return Facts(
            self.sets[:, columns],
            self.low[columns],
            self.high[columns],
            pairs[known],
            self.pair_low[known],
            self.pair_high[known],
        )

    @property
    def digest(self) -> bytes:
        """A digest of all of it: the same facts leave the same answers open."""
        sets = (self.sets.indptr, self.sets.indices, self.sets.data)
        digest = blake2b(digest_size=16)
        for part in (*sets, self.low, self.high, self.pairs, self.pair_low, self.pair_high):
            digest.update(len(part).to_bytes(8, "little") + np.ascontiguousarray(part).tobytes())
        return digest.digest()


def within(facts: Facts, unit: IntArray | None) -> Iterator[IntArray]:
    """The sets of each block: `unit` (N,) says in which a pupil is. All sets together where it is None."""
    if unit is None:
        yield np.arange(facts.sets.shape[1])
        return
    start = facts.sets.indptr[:-1]
    units = unit[facts.sets.indices]
    lowest, highest = np.minimum.reduceat(units, start), np.maximum.reduceat(units, start)
    for each in np.unique(unit):
        yield np.flatnonzero((lowest == each) & (highest == each))


def narrow(facts: Facts, least: float) -> IntArray:
    """The pupils whose answer is left open over fewer points than `least`: all are tried.

    Raises
    ------
    ProtectionError
        The solver came to no answer: what can't be tried can't be called safe.

    Notes
    -----
    A solution of the program is one school that fits; pupils who differ enough between two are safe.
    A few programs with random aims settle nearly everyone; who is left is asked about alone.
    """
    pupils = np.flatnonzero(np.diff(facts.sets.tocsr().indptr))
    program = _Program(facts, pupils)
    rng = np.random.default_rng(5)
    for _ in range(ROUNDS):
        open_ = program.open(least)
        if not open_.any():
            break
        aim = np.where(open_, rng.uniform(0.5, 1.5, len(open_)) * rng.choice([-1.0, 1.0], len(open_)), 0.0)
        program.try_both(aim)
    for kind in np.flatnonzero(program.open(least)).tolist():
        program.try_both(np.eye(1, len(program.low), kind)[0])
    return pupils[program.open(least)[program.kind]]


def behind(facts: Facts, pupil: int) -> IntArray:
    """The sets without which a pupil's answer would be left more open: those whose told ends bind it."""
    pupils = np.flatnonzero(np.diff(facts.sets.tocsr().indptr))
    program = _Program(facts, pupils)
    kind = int(program.kind[np.searchsorted(pupils, pupil)])
    found = np.zeros(facts.sets.shape[1], dtype=bool)
    for sign in (1.0, -1.0):
        of_sets, of_pairs = program.prices(kind, sign)
        found |= of_sets > ROOM
        found[facts.pairs[of_pairs > ROOM].ravel()] = True
    return np.flatnonzero(found)


class _Program:
    """The linear program of some facts, with the lowest and highest answer of each kind of pupil so far."""

    def __init__(self, facts: Facts, pupils: IntArray) -> None:
        sets, self.kind, self.size = _merged(facts, pupils)
        total = np.asarray(facts.sets.sum(axis=0)).ravel()
        self.rules = LinearConstraint(_rows(facts, sets, total), *_limits(facts))
        # One variable for each kind of pupils, their answers together, and one for the total of each set.
        self.bounds = Bounds(
            np.concatenate([np.zeros(len(self.size)), facts.low * total - ROOM]),
            np.concatenate([HIGHEST * self.size, facts.high * total + ROOM]),
        )
        self.low, self.high = np.full(len(self.size), np.inf), np.full(len(self.size), -np.inf)

    def open(self, least: float) -> BoolArray:
        """The kinds of which no two answers so far apart have been seen."""
        return np.asarray(~(self.high - self.low >= least))

    def try_both(self, aim: FloatArray) -> None:
        """Look for the smallest and the largest value of a sum over the kinds."""
        cost = np.concatenate([aim, np.zeros(len(self.bounds.lb) - len(aim))])
        for sign in (1.0, -1.0):
            found = milp(sign * cost, constraints=self.rules, bounds=self.bounds)
            if not found.success:
                raise ProtectionError("the attack came to no answer: the release was not made")
            together = found.x[: len(aim)]
            # Of pupils who are alike one may have as little, or as much, as the others leave.
            self.low = np.minimum(self.low, np.maximum(together - HIGHEST * (self.size - 1), 0.0))
            self.high = np.maximum(self.high, np.minimum(together, HIGHEST))

    def prices(self, kind: int, sign: float) -> tuple[FloatArray, FloatArray]:
        """What each set and pair does to the lowest (1) or highest (-1) answer of a kind: dual values."""
        kinds, rows = len(self.low), self.rules.A
        sets = len(self.bounds.lb) - kinds
        apart = rows[sets:]
        found = linprog(
            sign * np.eye(1, len(self.bounds.lb), kind)[0],
            A_eq=rows[:sets],
            b_eq=np.zeros(sets),
            A_ub=sparse.vstack([apart, -apart]),
            b_ub=np.concatenate([self.rules.ub[sets:], -self.rules.lb[sets:]]),
            bounds=np.column_stack([self.bounds.lb, self.bounds.ub]),
        )
        if not found.success:
            raise ProtectionError("the attack came to no answer: the release was not made")
        ends = abs(found.lower.marginals) + abs(found.upper.marginals)
        above, below = np.split(abs(found.ineqlin.marginals), 2)
        return ends[kinds:], above + below


def _rows(facts: Facts, sets: sparse.csr_matrix, total: FloatArray) -> sparse.csr_matrix:
    """Each set is its pupils; each pair differs by what is told."""
    count, pairs = len(total), len(facts.pairs)
    sums = sparse.hstack([sets, -sparse.eye_array(count)])
    place = np.repeat(np.arange(pairs), 2)
    signs = np.tile([1.0, -1.0], pairs) / total[facts.pairs.ravel()]
    apart = sparse.csr_matrix((signs, (place, facts.pairs.ravel())), shape=(pairs, count))
    nothing = sparse.csr_matrix((pairs, sets.shape[1]))
    return sparse.vstack([sums, sparse.hstack([nothing, apart])], format="csr")


def _limits(facts: Facts) -> tuple[FloatArray, FloatArray]:
    same = np.zeros(len(facts.low))
    return np.concatenate([same, facts.pair_low]), np.concatenate([same, facts.pair_high])


def _merged(facts: Facts, pupils: IntArray) -> tuple[sparse.csr_matrix, IntArray, FloatArray]:
    """Pupils who are alike in all sets as one variable: the sets over the kinds, the kind of each, sizes."""
    sets = facts.sets.tocsr()[pupils]
    marks = sets @ np.random.default_rng(5).normal(size=(sets.shape[1], 2))
    _, first, kind = np.unique(np.round(marks, 9), axis=0, return_index=True, return_inverse=True)
    kind = np.asarray(kind).ravel()
    return sets[first].T.tocsr(), kind, np.bincount(kind).astype(float)
