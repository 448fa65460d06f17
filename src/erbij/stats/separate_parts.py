"""Crossed factors that fall apart: pupils and teachers of one school never meet those of another.

Each part is absorbed alone, so that what remains beside its largest factor is a small dense matrix, however
many schools there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import block_diag, coo_array
from scipy.sparse.csgraph import connected_components

from erbij.stats.absorption import Absorbed, AbsorbedFactor
from erbij.stats.crossed_absorption import Crossed, crossed
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.mixed_layout import Arranged
from erbij.stats.moment_start import moments

TOGETHER = 600
"""Random effects beside the largest factor up to which parts are taken together: fewer, fuller steps."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some parts of a model; `groups`: which groups of each factor are in them."""

    structure: Crossed
    groups: tuple[IntArray, ...]


@dataclass(frozen=True, slots=True)
class PartsAbsorbed(Absorbed):
    """Also what each part came to."""

    parts: tuple[Absorbed, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A model in parts. `sizes`: random columns and groups of each factor."""

    total: FloatArray
    sizes: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...]

    def absorb(self, lambdas: Sequence[FloatArray]) -> PartsAbsorbed:
        """Absorb every part; sums add, groups are put back in their places."""
        found = tuple(part.structure.absorb(lambdas) for part in self.parts)
        total = self.total + np.sum([each.total for each in found], axis=0)
        log_det = sum(each.log_det for each in found)
        return PartsAbsorbed(total, log_det, tuple(self._factors(found)), found)

    def answered(self, absorbed: Absorbed, effects: Sequence[FloatArray]) -> list[FloatArray]:
        """Z' Omega^-1 Z of effects, (q, k, J) of each factor."""
        assert isinstance(absorbed, PartsAbsorbed)  # noqa: S101 - narrows the type: it comes from here
        answers = []
        for part, each in zip(self.parts, absorbed.parts, strict=True):
            own = [effect[..., groups] for effect, groups in zip(effects, part.groups, strict=True)]
            answers.append(part.structure.answered(each, own))
        return [self._placed(f, [answer[f] for answer in answers]) for f in range(len(self.sizes))]

    def variances_by_moments(self, n: int) -> FloatArray:
        """Of every random column, relative to the residual's: where a search may start."""
        stacks = [part.structure.stacked() for part in self.parts]
        gram = coo_array(block_diag([stack[0] for stack in stacks]))
        onto, labels = (np.concatenate([stack[i] for stack in stacks]) for i in (1, 2))
        return moments(gram, onto, labels, total=self.total, n=n)

    def _factors(self, found: Sequence[Absorbed]) -> Iterator[AbsorbedFactor]:
        for f in range(len(self.sizes)):
            own = [each.factors[f] for each in found]
            yield AbsorbedFactor(
                scores=self._placed(f, [each.scores for each in own]),
                modes=self._placed(f, [each.modes for each in own]),
                T=np.sum([each.T for each in own], axis=0),
                spread=self._placed(f, [each.spread for each in own]),
            )

    def _placed(self, f: int, own: Sequence[FloatArray]) -> FloatArray:
        """Arrays (q, k, groups of the part) as one, (q, k, J)."""
        found = np.empty((*own[0].shape[:-1], self.sizes[f][1]))
        for part, values in zip(self.parts, own, strict=True):
            found[..., part.groups[f]] = values
        return found


def parts_of(model: Arranged) -> Parts | None:
    """The parts into which crossed factors fall, small ones together; None where it is all one."""
    batches = _batches(model)
    if batches is None:
        return None
    sizes = tuple((factor.q, factor.J) for factor in model.factors)
    return Parts(model.total, sizes, tuple(_part(model, cells) for cells in batches))


def _batches(model: Arranged) -> list[IntArray] | None:
    """The cells of parts that are taken together."""
    offsets = np.cumsum([0, *(factor.J for factor in model.factors)])
    nodes = [factor.codes + start for factor, start in zip(model.factors, offsets, strict=False)]
    ends = np.array([np.concatenate([nodes[0]] * (len(nodes) - 1)), np.concatenate(nodes[1:])])
    N = int(offsets[-1])
    meet = coo_array((np.ones(ends.shape[1]), ends), shape=(N, N))
    count, part = connected_components(meet, directed=False)
    effects = np.array(
        [
            factor.q * np.bincount(part[start : start + factor.J], minlength=count)
            for factor, start in zip(model.factors, offsets, strict=False)
        ]
    )
    beside = effects.sum(axis=0) - effects.max(axis=0)
    if count == 1 or beside.sum() <= TOGETHER:
        return None
    batch = ((np.cumsum(beside) - 1) // TOGETHER)[part[nodes[0]]]
    order = np.argsort(batch, kind="stable")
    return np.split(order, 1 + np.flatnonzero(np.diff(batch[order])))


def _part(model: Arranged, cells: IntArray) -> Part:
    factors, groups = [], []
    for factor in model.factors:
        here, codes = np.unique(factor.codes[cells], return_inverse=True)
        factors.append(replace(factor, levels=factor.levels[here], codes=codes))
        groups.append(here)
    # What rows come to in all is added once, for all parts.
    own = replace(
        model, factors=tuple(factors), products=model.products[cells], total=np.zeros_like(model.total)
    )
    return Part(crossed(own), tuple(groups))
