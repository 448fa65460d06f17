"""What decides about one block of pupils, and keeps what has been decided of all."""

from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np
from scipy import sparse

from erbij.privacy import elimination, system
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.elimination import Chosen
from erbij.privacy.policy import Policy
from erbij.privacy.workers import Workers
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS

Memory = dict[bytes, tuple[IntArray, BoolArray]]
"""What blocks came to: what they leave of wide columns, and what they tell; by all that they were given."""


@dataclass(frozen=True, slots=True)
class Part:
    """All that one block is decided by, and nothing of another: P pupils and the C domains that are theirs.

    `wide`, `forced`, `kept`: sparse, shape (P, any), as in `Solver`; domains that reach beyond the block are
    only carried. `may_leave`, `is_hidden`: shape (C,).
    """

    catalogue: Catalogue
    policy: Policy
    wide: sparse.csr_matrix
    forced: sparse.csr_matrix
    kept: sparse.csr_matrix
    may_leave: BoolArray
    is_hidden: BoolArray


def has_nothing_to_keep(part: Part) -> bool:
    """Whether there is no total in it that may not be derived: then all that may leave does."""
    block = system.block(part.catalogue.members, wide=part.wide, forced=part.forced, kept=part.kept)
    return not system.primaries(block, part.catalogue, part.policy, is_hidden=part.is_hidden).shape[1]


def decide(part: Part) -> tuple[BoolArray, Chosen]:
    """The domains of a block that leave, shape (C,), and what they leave of wide columns and of primaries."""
    catalogue, policy = part.catalogue, part.policy
    block = system.block(catalogue.members, wide=part.wide, forced=part.forced, kept=part.kept)
    protected = system.primaries(block, catalogue, policy, is_hidden=part.is_hidden)
    may = part.may_leave & ~part.is_hidden & (block.n >= thresholds(policy)[catalogue.level])
    # Most wanted first, and of those the larger.
    order = np.lexsort((-block.n, catalogue.wanted))
    order = order[may[order]]
    chosen = elimination.choose(block.X[:, order], protected, forced=block.forced, carried=block.wide)
    is_published = np.zeros_like(may)
    is_published[order[chosen.is_published]] = True
    return is_published, chosen


@dataclass(slots=True)
class Solver:
    """The system of one pattern of answers: shape (D,) for what holds of domains.

    `forced` and `kept`: sparse, a row for each of `members`, totals that are known already and sets of pupils
    that may never be. `may_leave`: among which is chosen. `is_hidden`: never derivable. `is_published`: what
    was chosen. `memory` and `workers` go from system to system of one release.
    """

    catalogue: Catalogue
    policy: Policy
    members: sparse.csr_matrix
    forced: sparse.csr_matrix
    kept: sparse.csr_matrix
    may_leave: BoolArray
    is_hidden: BoolArray
    memory: Memory
    workers: Workers
    is_published: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        self.is_published = np.zeros_like(self.may_leave)

    def part(self, pupils: IntArray, domains: IntArray, wide: IntArray) -> Part:
        """What decides about the domains of some pupils; `wide` domains reach beyond them."""
        here = replace(self.catalogue, members=self.members).part(pupils, domains)
        beyond, forced, kept = self.members[pupils][:, wide], self.forced[pupils], self.kept[pupils]
        kept = kept[:, np.unique(kept.indices)]
        return Part(here, self.policy, beyond, forced, kept, self.may_leave[domains], self.is_hidden[domains])

    def asked(self, pupils: IntArray, domains: IntArray, wide: IntArray) -> bytes:
        """A digest of all that `part` holds, of what can differ within one release."""
        kept = self.kept[pupils].tocsc()
        parts = (pupils, domains, wide, self.may_leave[domains], self.is_hidden[domains], kept.indices)
        digest = blake2b(digest_size=16)
        for part in (*parts, np.diff(kept.indptr)[np.diff(kept.indptr) > 0]):
            digest.update(len(part).to_bytes(8, "little") + np.ascontiguousarray(part).tobytes())
        return digest.digest()


def thresholds(policy: Policy) -> IntArray:
    """Fewest pupils behind a number, in the order of `LEVELS`."""
    return np.array([policy.threshold_at(level) for level in LEVELS], dtype=np.int64)
