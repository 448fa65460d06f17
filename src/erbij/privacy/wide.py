"""The columns of everyone, over many blocks, decided after each block has decided about its own.

What a block published leaves a remainder of each wide column. An attacker who wants something of one block
has to combine wide columns so that nothing is left of them in any other block. That is possible for few
blocks only; for those the combinations are found and tried. Where one gives something away, another block
withholds the same group, so that the total of everyone can stand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from erbij.errors import ProtectionError
from erbij.privacy import elimination
from erbij.privacy import solver as solvers
from erbij.privacy.elimination import PRIME, kernel, row_basis
from erbij.privacy.solver import Part, Solver, thresholds
from erbij.stats.design import BoolArray, IntArray

MOST_ROUNDS = 200


@dataclass(slots=True)
class _Blocks:
    """Pupils and domains of each block, and the `wide` domains over them, shape (W,).

    `n`: shape (D,), pupils of each domain. `home`: shape (blocks, W), the domain of a block that is the wide
    one within it, -1 where there is none. `unions`: shape (blocks, W, U), further sets of few pupils, as
    combinations of the wide columns. `rows`: what each block leaves of wide columns and unions.
    """

    solver: Solver
    pupils: list[IntArray]
    domains: list[IntArray]
    wide: IntArray
    n: IntArray
    home: IntArray
    unions: IntArray
    rows: dict[int, IntArray] = field(default_factory=dict)

    def part(self, number: int) -> Part:
        """What decides about a block."""
        return self.solver.part(self.pupils[number], self.domains[number], self.wide)

    def decide(self, numbers: Sequence[int]) -> Iterator[int]:
        """Let blocks decide, and keep what they leave of the wide columns; the number of each that is done.

        One that was given the same before comes to the same: most rounds change a few blocks.
        """
        solver = self.solver
        asked = {number: self._asked(number) for number in numbers}
        new = [number for number in numbers if asked[number] not in solver.memory]
        given = ((self.part(number), self.unions[number]) for number in new)
        found = solver.workers.each(_decided, given, total=len(new))
        for number in numbers:
            if asked[number] not in solver.memory:
                solver.memory[asked[number]] = next(found)
            self.rows[number], solver.is_published[self.domains[number]] = solver.memory[asked[number]]
            yield number

    def _asked(self, number: int) -> bytes:
        unions: bytes = self.unions[number].tobytes()
        return self.solver.asked(self.pupils[number], self.domains[number], self.wide) + unions


def _decided(given: tuple[Part, IntArray]) -> tuple[IntArray, BoolArray]:
    """A basis of what a block leaves of the wide columns and their unions, and what it tells."""
    part, unions = given
    is_published, left = solvers.decide(part)
    return row_basis(np.hstack([left.carried, left.carried @ unions % PRIME])), is_published


def solve(
    solver: Solver,
    pupils: IntArray,
    domains: IntArray,
    *,
    unit: IntArray,
    progress: Callable[[int, int], None],
) -> None:
    """Decide about all domains; `unit`, shape (N,), tells the block of each pupil (a domain), -1 none.

    Raises
    ------
    ProtectionError
        No safe choice was found.
    """
    blocks = _blocks(solver, pupils, domains, unit)
    changed, dropped = list(range(len(blocks.pupils))), np.zeros(len(blocks.wide), dtype=bool)
    for _ in range(MOST_ROUNDS):
        for done, _ in enumerate(blocks.decide(changed), start=1):
            progress(done, len(changed))
        told = _choose(blocks, np.flatnonzero(~dropped))
        conflicts = list(_conflicts(blocks, told))
        if not conflicts:
            solver.is_published[blocks.wide[told]] = True
            return
        changed = []
        for number, column in conflicts:
            other = _hide_elsewhere(blocks, number, column)
            if other is None:
                dropped[column] = True
            elif other not in changed:
                changed.append(other)
    raise ProtectionError("no safe choice of totals was found: the release was not made")


def _blocks(solver: Solver, pupils: IntArray, domains: IntArray, unit: IntArray) -> _Blocks:
    catalogue = solver.catalogue
    valid = np.zeros(solver.members.shape[0], dtype=np.int64)
    valid[pupils] = 1
    n = np.asarray(solver.members.T @ valid, dtype=np.int64)
    is_wide = catalogue.level[domains] == 0
    wide, own = domains[is_wide & (n[domains] > 0)], domains[~is_wide]
    units = np.unique(unit[pupils])
    first = _first_pupil(solver, pupils, own)
    home_unit = np.where(first >= 0, unit[first], -1)
    found = _Blocks(
        solver=solver,
        pupils=[pupils[unit[pupils] == each] for each in units],
        domains=[own[(home_unit == each) & (first >= 0)] for each in units],
        wide=wide,
        n=n,
        home=_homes(solver, units, wide),
        unions=np.zeros((len(units), len(wide), 0), dtype=np.int64),
    )
    _hide_nearly_all(found)
    found.unions = _unions(found)
    return found


def _first_pupil(solver: Solver, pupils: IntArray, domains: IntArray) -> IntArray:
    """A pupil of each domain, -1 where there is none."""
    members = solver.members[pupils][:, domains].tocsc()
    first = np.full(len(domains), -1, dtype=np.int64)
    filled = np.diff(members.indptr) > 0
    first[filled] = pupils[members.indices[members.indptr[:-1][filled]]]
    return first


def _homes(solver: Solver, units: IntArray, wide: IntArray) -> IntArray:
    """The domain with the same group in each unit: shape (units, wide), -1 where there is none."""
    catalogue = solver.catalogue
    groups = catalogue.group
    place = {
        (int(catalogue.level[d]), int(catalogue.unit[d]), int(catalogue.division[d]), int(groups[d])): d
        for d in range(len(catalogue.level))
    }
    homes = np.full((len(units), len(wide)), -1, dtype=np.int64)
    for row, unit in enumerate(units.tolist()):
        for column, top in enumerate(wide.tolist()):
            key = (catalogue.level[unit], catalogue.unit[unit], catalogue.division[top], groups[top])
            homes[row, column] = place.get(key, -1) if unit >= 0 else -1
    return homes


def _hide_nearly_all(blocks: _Blocks) -> None:
    """A unit that holds nearly all of a group would give the few others away, so the unit hides it."""
    outside = blocks.n[blocks.wide][None, :] - blocks.n[blocks.home]
    is_few = (outside >= 1) & (outside < blocks.solver.policy.most) & (blocks.home >= 0)
    blocks.solver.is_hidden[blocks.home[is_few]] = True


def _unions(blocks: _Blocks) -> IntArray:
    """For each wide column, the units in which few belong to it, where these are few together as well."""
    n = np.where(blocks.home >= 0, blocks.n[blocks.home], 0)
    level = blocks.solver.catalogue.level[np.maximum(blocks.home, 0)]
    is_small = (n > 0) & (n < thresholds(blocks.solver.policy)[level])
    together = np.where(is_small, n, 0).sum(axis=0)
    few = np.flatnonzero((together > 0) & (together < blocks.solver.policy.most))
    unions = np.zeros((len(blocks.pupils), len(blocks.wide), len(few)), dtype=np.int64)
    for place, column in enumerate(few.tolist()):
        unions[is_small[:, column], column, place] = 1
    return unions


def _choose(blocks: _Blocks, columns: IntArray) -> IntArray:
    """The wide columns (places in `wide`) that may be told beside what the blocks told.

    Raises
    ------
    ProtectionError
        The blocks alone would give a few pupils away.
    """
    rows = row_basis(np.concatenate(list(blocks.rows.values())))
    solver, wide, n = blocks.solver, blocks.wide, blocks.n[blocks.wide]
    level = solver.catalogue.level[wide]
    may = solver.may_leave[wide] & ~solver.is_hidden[wide] & (n >= thresholds(solver.policy)[level])
    order = columns[np.lexsort((wide[columns], -n[columns], solver.catalogue.wanted[wide[columns]]))]
    order = order[may[order]]
    inner, outer = _nested(blocks, np.flatnonzero(may))
    differences = (rows[:, outer] - rows[:, inner]) % PRIME
    protected = np.hstack([rows[:, np.flatnonzero(~may)], differences, rows[:, len(wide) :]])
    protected = protected[:, protected.any(axis=0)]
    chosen = elimination.choose(rows[:, order], protected)
    return np.asarray(order[chosen.is_published])


def _nested(blocks: _Blocks, places: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of wide columns of which the second holds the first and few others."""
    valid = np.concatenate(blocks.pupils)
    members = blocks.solver.members[valid][:, blocks.wide[places]].astype(np.int64)
    both = (members.T @ members).toarray()
    n = np.diag(both)
    more = n[None, :] - n[:, None]
    inner, outer = np.nonzero((both == n[:, None]) & (more >= 1) & (more < blocks.solver.policy.most))
    return places[inner], places[outer]


def _conflicts(blocks: _Blocks, told: IntArray) -> Iterator[tuple[int, int]]:
    """Blocks of which the wide columns give something away, each with a column that has part in it."""
    for number, others in _others(blocks):
        ways = kernel(others[:, told])
        own = blocks.rows[number][:, told]
        gives = (elimination.product(own, ways) != 0).any(axis=0)
        if not gives.any():
            continue
        _, left = solvers.decide(blocks.part(number))
        derived = elimination.product(left.carried[:, told], ways[:, gives])
        if elimination.is_derivable(derived, left.primaries[:, ~left.is_revealed]).any():
            has_part = (own != 0).any(axis=0) & (ways[:, gives] != 0).any(axis=1)
            yield number, int(told[np.flatnonzero(has_part)[-1]])


def _others(blocks: _Blocks) -> Iterator[tuple[int, IntArray]]:
    """For each block, a basis of the rows that all others leave."""
    numbers = sorted(blocks.rows)
    width = blocks.rows[numbers[0]].shape[1]
    after = [np.zeros((0, width), dtype=np.int64)]
    for number in reversed(numbers):
        after.append(row_basis(np.concatenate([after[-1], blocks.rows[number]])))
    before = after[0]
    for place, number in enumerate(numbers):
        yield number, row_basis(np.concatenate([before, after[len(numbers) - 1 - place]]))
        before = row_basis(np.concatenate([before, blocks.rows[number]]))


def _hide_elsewhere(blocks: _Blocks, number: int, column: int) -> int | None:
    """Let the block in which the group is smallest withhold it too; None where no other tells it."""
    home = blocks.home[:, column]
    tells = (home >= 0) & blocks.solver.is_published[home]
    tells[number] = False
    if not tells.any():
        return None
    candidates = np.flatnonzero(tells)
    other = int(candidates[np.argmin(blocks.n[home[candidates]])])
    blocks.solver.is_hidden[home[other]] = True
    return other
