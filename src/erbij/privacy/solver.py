"""What decides about one block of pupils, and keeps what has been decided of all."""

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from erbij.privacy import elimination, system
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.policy import Policy
from erbij.privacy.system import Block
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS


@dataclass(frozen=True, slots=True)
class Left:
    """What a block's own columns leave of the wide ones and of its primaries: shape (rows, any)."""

    wide: IntArray
    primaries: IntArray


@dataclass(slots=True)
class Solver:
    """The system of one pattern of answers: shape (D,) for what holds of domains.

    `forced` and `kept`: sparse, a row for each of `members`, totals that are known already and sets of pupils
    that may never be. `may_leave`: among which is chosen. `is_hidden`: never derivable. `is_published`: what
    was chosen.
    """

    catalogue: Catalogue
    policy: Policy
    members: sparse.csr_matrix
    forced: sparse.csr_matrix
    kept: sparse.csr_matrix
    may_leave: BoolArray
    is_hidden: BoolArray
    is_published: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        self.is_published = np.zeros_like(self.may_leave)

    def solve(self, pupils: IntArray, domains: IntArray, wide: IntArray) -> Left:
        """Decide about the domains of some pupils; `wide` domains reach beyond them and are only reduced."""
        every = np.concatenate([domains, wide])
        both = system.block(self.members, pupils, every, forced=self.forced, kept=self.kept)
        width = len(domains)
        block = Block(both.X[:, :width], both.size, domains, both.forced, both.kept)
        protected = system.primaries(block, self.catalogue, self.policy, is_hidden=self.is_hidden[domains])
        order = self._order(block)
        chosen = elimination.choose(
            block.X[:, order], protected, forced=block.forced, carried=both.X[:, width:]
        )
        self.is_published[domains] = False
        self.is_published[domains[order[chosen.is_published]]] = True
        return Left(chosen.carried, chosen.primaries[:, ~chosen.is_revealed])

    def _order(self, block: Block) -> IntArray:
        """The columns that may leave, most wanted first, and of those the larger."""
        n, domains = block.n, block.domains
        may = self.may_leave[domains] & ~self.is_hidden[domains]
        may &= n >= thresholds(self.policy)[self.catalogue.level[domains]]
        order = np.lexsort((domains, -n, self.catalogue.wanted[domains]))
        return np.asarray(order[may[order]])


def thresholds(policy: Policy) -> IntArray:
    """Fewest pupils behind a number, in the order of `LEVELS`."""
    return np.array([policy.threshold_at(level) for level in LEVELS], dtype=np.int64)
