"""What has treatment to do with it? Majority and minority, little and much discrimination.

The emblem is majority; minority, little; minority, much. The same split of the majority stands beside it,
so that nobody reads treatment as something that only a minority meets. After Agirdag, Konings & De
Leersnyder (2022).
"""

from collections.abc import Iterable

import numpy as np
import polars as pl

from erbij.findings import gaps
from erbij.findings.domains import Offer, Partition
from erbij.studies.study import Discrimination, Level, Study

BREAKDOWN = "discrimination"
GROUPS = ("majority", "minority-little", "minority-much", "majority-little", "majority-much")
LEVELS: tuple[Level, ...] = ("all", "school")
"""Two divisions at once: never below a school."""

AGAINST = {"minority-little": ("minority-much",), "majority-little": ("majority-much", "minority-little")}
"""Much beside little within each origin, and origin beside origin at little."""


def find(study: Study) -> pl.DataFrame | None:
    """The measures of `gaps` for the five groups, and the differences of `AGAINST`."""
    if study.discrimination is None:
        return None
    levels = [level for level in LEVELS if level in study.units]
    return gaps.of_partition(study, _partition(study.discrimination), levels, against=AGAINST)


def offers(study: Study) -> Iterable[Offer]:
    """The emblem, for the schools and everyone together."""
    if study.discrimination is not None:
        levels = tuple(level for level in LEVELS if level in study.units)
        yield Offer(_partition(study.discrimination), levels, is_two_way=True)


def _partition(discrimination: Discrimination) -> Partition:
    much, majority = discrimination.is_much, discrimination.is_majority
    known = ~np.isnan(much) & ~np.isnan(majority)
    is_much, is_majority = known & (much == 1), known & (majority == 1)
    is_little, is_minority = known & ~is_much, known & ~is_majority
    members = (
        is_majority,
        is_minority & is_little,
        is_minority & is_much,
        is_majority & is_little,
        is_majority & is_much,
    )
    return Partition(BREAKDOWN, GROUPS, np.column_stack(members))
