"""What decides about one block of pupils, and keeps what has been decided of all."""

from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from scipy import sparse

from erbij.privacy import elimination, system
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.elimination import Chosen
from erbij.privacy.policy import Policy
from erbij.privacy.system import Block
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS

Memory = dict[bytes, tuple[IntArray, BoolArray]]
"""What blocks came to: what they leave of wide columns, and what they tell; by all that they were given."""


@dataclass(slots=True)
class Solver:
    """The system of one pattern of answers: shape (D,) for what holds of domains.

    `forced` and `kept`: sparse, a row for each of `members`, totals that are known already and sets of pupils
    that may never be. `may_leave`: among which is chosen. `is_hidden`: never derivable. `is_published`: what
    was chosen. `memory` goes from system to system of one release.
    """

    catalogue: Catalogue
    policy: Policy
    members: sparse.csr_matrix
    forced: sparse.csr_matrix
    kept: sparse.csr_matrix
    may_leave: BoolArray
    is_hidden: BoolArray
    memory: Memory
    is_published: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        self.is_published = np.zeros_like(self.may_leave)

    def solve(self, pupils: IntArray, domains: IntArray, wide: IntArray) -> Chosen:
        """Decide about the domains of some pupils; `wide` domains reach beyond them and are only carried."""
        every = np.concatenate([domains, wide])
        both = system.block(self.members, pupils, every, forced=self.forced, kept=self.kept)
        width = len(domains)
        block = Block(both.X[:, :width], both.size, both.n[:width], domains, both.forced, both.kept)
        protected = system.primaries(block, self.catalogue, self.policy, is_hidden=self.is_hidden[domains])
        order = self._order(block)
        chosen = elimination.choose(
            block.X[:, order], protected, forced=block.forced, carried=both.X[:, width:]
        )
        self.is_published[domains] = False
        self.is_published[domains[order[chosen.is_published]]] = True
        return chosen

    def asked(self, pupils: IntArray, domains: IntArray, wide: IntArray) -> bytes:
        """A digest of all that `solve` goes by, of what can differ within one release."""
        kept = self.kept[pupils].tocsc()
        parts = (pupils, domains, wide, self.may_leave[domains], self.is_hidden[domains], kept.indices)
        digest = blake2b(digest_size=16)
        for part in (*parts, np.diff(kept.indptr)[np.diff(kept.indptr) > 0]):
            digest.update(len(part).to_bytes(8, "little") + np.ascontiguousarray(part).tobytes())
        return digest.digest()

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
