"""Which domains leave: all that the policy offers, less those from which a protected total would follow.

One joint system for all levels and divisions. A large study is solved school by school: a school's own
columns first, then the columns of everyone over what they left. docs/decisions/0011 proves that this is
the joint system or stricter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from erbij.privacy import solver as solvers
from erbij.privacy import wide
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.families import Pattern
from erbij.privacy.policy import Policy
from erbij.privacy.solver import Memory, Solver, thresholds
from erbij.privacy.workers import ALONE, Workers
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS

ROWS_AT_ONCE = 2500
"""A study with more pupils is solved unit by unit."""

Progress = Callable[[int, int], None]
"""Told how many blocks are done and how many there are."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier releases told: columns over the N pupils of the study and then the `former` ones.

    `columns`: sparse, shape (N + former, F). The former have left the study or answer otherwise now.
    """

    columns: sparse.csr_matrix
    former: int


@dataclass(frozen=True, slots=True)
class Given:
    """What is chosen from, under which policy, beside what is known; who works on it, and who is told."""

    catalogue: Catalogue
    policy: Policy
    known: Known | None = None
    progress: Progress = no_progress
    workers: Workers = ALONE
    memory: Memory = field(default_factory=dict)


def decide(
    given: Given,
    patterns: Sequence[Pattern],
    *,
    is_hidden: BoolArray,
    may_leave: BoolArray,
    kept: sparse.csr_matrix | None = None,
) -> BoolArray:
    """The domains that leave: shape (D,).

    Parameters
    ----------
    patterns
        Who answered which scale of one family. Each has a system of its own, and a domain leaves if it may
        in all of them: what fewer columns can't tell, fewer still can't either.
    is_hidden
        Domains that may not be known for another reason than their size.
    may_leave
        Domains among which is chosen.
    kept
        Sparse, shape (N, any): further sets of pupils that may never be derived, each within one block.
    """
    catalogue = given.catalogue
    hidden = is_hidden.copy()
    for pattern in patterns:
        hidden |= _is_few(catalogue, pattern, given.policy)
    published = may_leave & catalogue.is_offered & ~hidden & ~_is_whole(catalogue, patterns[0])
    for pattern in patterns:
        takes_part = pattern.is_told & ~catalogue.is_hidden_total
        solver = _solver(given, kept)
        solver.may_leave, solver.is_hidden = published & takes_part, hidden.copy()
        _solve(solver, pattern, np.flatnonzero(takes_part), given.progress)
        published = np.where(takes_part, solver.is_published, published)
    return published


def _is_few(catalogue: Catalogue, pattern: Pattern, policy: Policy) -> BoolArray:
    n = catalogue.members.T @ pattern.is_valid.astype(np.int64)
    return np.asarray(pattern.is_told & (n < thresholds(policy)[catalogue.level]))


def _is_whole(catalogue: Catalogue, pattern: Pattern) -> BoolArray:
    """Groups that hold every pupil of their unit: told as such, they would tell what each pupil is.

    Their totals are those of everyone, so nothing has to be kept; they are just not told.
    """
    n = catalogue.members.T @ pattern.is_valid.astype(np.int64)
    everyone = np.flatnonzero(catalogue.is_everyone)
    of_unit = dict(zip(_places(catalogue, everyone), n[everyone].tolist(), strict=True))
    whole = np.array([of_unit[place] for place in _places(catalogue, np.arange(len(n)))], dtype=np.int64)
    return np.asarray(~catalogue.is_everyone & (n == whole))


def _places(catalogue: Catalogue, domains: IntArray) -> list[tuple[int, int]]:
    return list(zip(catalogue.level[domains].tolist(), catalogue.unit[domains].tolist(), strict=True))


def _solver(given: Given, kept: sparse.csr_matrix | None) -> Solver:
    """Nothing is known or kept beside the catalogue, unless it is said; former pupils are in no domain."""
    members, known = given.catalogue.members, given.known
    nobody, former = np.zeros(members.shape[1], dtype=bool), 0 if known is None else known.former
    none = sparse.csr_matrix((members.shape[0] + former, 0), dtype=members.dtype)
    never = none if kept is None else longer(kept, former)
    forced = none if known is None else known.columns
    every = longer(members, former)
    return Solver(
        given.catalogue, given.policy, every, forced, never, nobody, nobody, given.memory, given.workers
    )


def longer(columns: sparse.csr_matrix, rows: int) -> sparse.csr_matrix:
    """Columns with so many empty rows after the others: pupils who are in none of them."""
    if not rows:
        return columns
    empty = sparse.csr_matrix((rows, columns.shape[1]), dtype=columns.dtype)
    return sparse.vstack([columns, empty], format="csr")


def _solve(solver: Solver, pattern: Pattern, domains: IntArray, progress: Progress) -> None:
    former = np.arange(len(pattern.is_valid), solver.members.shape[0])
    pupils = np.concatenate([np.flatnonzero(pattern.is_valid), former])
    # Without groups pupils of a finest unit are alike: there are as many rows as units.
    is_plain = solver.catalogue.is_everyone[domains].all()
    one = len(former) or (is_plain and _fits_together(solver, pupils, domains))
    unit = None if one else split(solver.catalogue, pupils)
    if unit is None:
        solver.is_published[domains], _ = solvers.decide(solver.part(pupils, domains, domains[:0]))
    else:
        wide.solve(solver, pupils, domains, unit=unit, progress=progress)


def _fits_together(solver: Solver, pupils: IntArray, domains: IntArray) -> bool:
    """Whether units without groups are few enough for one system, or need none as nothing has to be kept."""
    if len(domains) <= ROWS_AT_ONCE:
        return True
    return solvers.has_nothing_to_keep(solver.part(pupils, domains, domains[:0]))


def split(catalogue: Catalogue, pupils: IntArray) -> IntArray | None:
    """Which unit each pupil of a large study is solved with, -1 where none: shape (N,).

    Units of the coarsest level under `all` of which there are several, if finer units lie within them; None
    where the study is small or has no such level.
    """
    if len(pupils) <= ROWS_AT_ONCE:
        return None
    for level in range(1, len(LEVELS)):
        here = np.flatnonzero(catalogue.is_everyone & (catalogue.level == level))
        if len(here) > 1:
            unit = _unit_of(catalogue, here)
            return unit if _holds_finer(catalogue, unit, level) else None
    return None


def _unit_of(catalogue: Catalogue, units: IntArray) -> IntArray:
    members = catalogue.members[:, units].tocoo()
    unit = np.full(catalogue.members.shape[0], -1, dtype=np.int64)
    unit[members.row] = units[members.col]
    return unit


def _holds_finer(catalogue: Catalogue, unit: IntArray, level: int) -> bool:
    finer = np.flatnonzero(catalogue.is_everyone & (catalogue.level > level))
    members = catalogue.members[:, finer].tocoo()
    pairs = np.unique(np.column_stack([members.col, unit[members.row]]), axis=0)
    return len(np.unique(pairs[:, 0])) == len(pairs)
