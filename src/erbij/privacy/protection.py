"""From a study to protected cells: what leaves is decided, the answers are found, told and attacked.

The order is fixed: the catalogue before any answer is seen; then what may not be known; then which domains
leave, as one joint system; then the numbers; then rounding; then the attack. What the attack finds is
withheld too, and everything starts again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy import sparse

from erbij.errors import ProtectionError
from erbij.findings import registry
from erbij.findings.cells import EVERYONE
from erbij.findings.domains import hides_totals
from erbij.privacy import audit, catalogue, families, suppression, telling, together
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.families import Family
from erbij.privacy.policy import Policy
from erbij.privacy.suppression import Given, Known, Progress
from erbij.privacy.workers import Workers
from erbij.stats.design import BoolArray
from erbij.studies.study import TOGETHER, Level, Study

AT_ONCE = 200_000
"""Cells that are told together: what is needed on the way takes several times as much as a cell."""

MOST_ROUNDS = 20
"""How often the attack may find something before nothing is released."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Which domains leave, shape (D,), for each family of scales decided so far; and who is told together.

    `together`: per division and level, shape (N,).
    """

    told: tuple[tuple[Family, BoolArray], ...]
    together: dict[tuple[int, Level], BoolArray]


def protect(
    study: Study, policy: Policy, *, known: Known | None, workers: Workers, progress: Progress
) -> tuple[pl.DataFrame, Catalogue]:
    """The cells of a study as they leave, and what they were chosen from.

    Raises
    ------
    ProtectionError
        The attack still finds something after `MOST_ROUNDS` rounds.
    """
    listed = catalogue.of(study, registry.offers(study), policy)
    kinds = tuple(families.of(study, listed))
    given = Given(listed, policy, known, progress, workers)
    pinned = [families.is_pinned(study, listed, family, policy) for family in kinds]
    safe: set[bytes] = set()
    for _ in range(MOST_ROUNDS):
        main = _decide(study, given, kinds[0], pinned[0])
        found = registry.answer(_with_together(study, main))
        facts = _cells(found.filter(audit.IS_FACT), study, listed, main, policy)
        weak = audit.weak(facts, study, given, safe=safe)
        if not len(weak):
            decision = _with_others(given, main, kinds[1:], pinned[1:])
            # Only what is told goes into a model, so that a model tells nothing besides.
            models = registry.model(study, _told(listed, decision))
            return _cells(pl.concat([found, models]), study, listed, decision, policy), listed
        pinned[0][weak] = True
    raise ProtectionError("an answer could still be pinned down: the release was not made")


def _decide(study: Study, given: Given, main: Family, is_hidden: BoolArray) -> Decision:
    """What leaves of the main scale."""
    kept = sparse.csr_matrix((study.n, 0), dtype=np.int8)
    for _ in range(MOST_ROUNDS):
        told = suppression.decide(
            given, main.patterns, is_hidden=is_hidden, may_leave=given.catalogue.is_offered, kept=kept
        )
        rest = together.find(study, given.catalogue, given.policy, told)
        if not rest.weak.shape[1] and not len(rest.hide):
            break
        is_hidden[rest.hide] = True
        kept = sparse.hstack([kept, rest.weak], format="csr")
    else:
        raise ProtectionError("no safe choice of groups was found: the release was not made")
    return Decision(((main, told),), rest.told)


def _with_others(
    given: Given, main: Decision, kinds: Sequence[Family], pinned: Sequence[BoolArray]
) -> Decision:
    """Another scale leaves only where the main one does."""
    told = main.told[0][1]
    others = [
        (family, suppression.decide(given, family.patterns, is_hidden=hidden, may_leave=told))
        for family, hidden in zip(kinds, pinned, strict=True)
    ]
    return replace(main, told=(*main.told, *others))


def _cells(
    found: pl.DataFrame, study: Study, listed: Catalogue, decision: Decision, policy: Policy
) -> pl.DataFrame:
    """The numbers of a decision, told as the policy says."""
    starts = range(0, max(found.height, 1), AT_ONCE)
    parts = [found.slice(start, AT_ONCE) for start in starts]
    told = pl.concat([_judged(part, study, listed, decision, policy) for part in parts])
    return telling.whole_or_not(told)


def _judged(
    found: pl.DataFrame, study: Study, listed: Catalogue, decision: Decision, policy: Policy
) -> pl.DataFrame:
    judged = found.with_columns(
        may_leave=pl.Series(_may_leave(found, study, listed, decision)),
        is_sample=(pl.col("level") == "all") & pl.lit(hides_totals(study.design)),
    )
    told = telling.tell(judged, policy)
    # Nothing about the pupils told together where there are none that may be told.
    return told.filter((pl.col("group") != TOGETHER) | (pl.col("status") == "shown"))


def _told(listed: Catalogue, decision: Decision) -> pl.DataFrame:
    """The domains that are told, each with the list of `scales` that are told of it."""
    masks = np.array([told for _, told in decision.told])
    codes, which = np.unique((masks * (1 << np.arange(len(masks)))[:, None]).sum(axis=0), return_inverse=True)
    found = [
        [scale for i, (family, _) in enumerate(decision.told) if code >> i & 1 for scale in family.scales]
        for code in codes.tolist()
    ]
    scales = pl.Series("scales", found, dtype=pl.List(pl.String)).gather(which.ravel())
    return listed.keys.with_columns(scales).filter(pl.Series(masks[0]))


def _with_together(study: Study, decision: Decision) -> Study:
    offers = registry.offers(study)
    by_breakdown: dict[str, dict[Level, BoolArray]] = {}
    for (number, level), rest in decision.together.items():
        by_breakdown.setdefault(offers[number - 1].partition.id, {})[level] = rest
    return replace(
        study,
        breakdowns=tuple(replace(b, together=by_breakdown.get(b.id, {})) for b in study.breakdowns),
    )


def _may_leave(found: pl.DataFrame, study: Study, listed: Catalogue, decision: Decision) -> BoolArray:
    """Whether the domains behind each cell leave: its own, and the one that it is compared with."""
    domain = listed.position(found)
    allowed = (found["group"] == TOGETHER).to_numpy()
    scales = _scales(found["measure"].unique(), study.instrument.main_scale)
    for family, told in decision.told:
        measures = [measure for measure, scale in scales.items() if scale in family.scales]
        allowed |= found["measure"].is_in(measures).to_numpy() & (domain >= 0) & told[domain]
    main = decision.told[0][1]
    for is_compared, against in (_everyone_of(found), _other_group(found)):
        other = listed.position(against)
        allowed[is_compared] &= (other >= 0) & main[other]
    return np.asarray(allowed)


def _scales(measures: pl.Series, main: str) -> dict[str, str]:
    """The scale of each measure; whatever names none belongs to the main scale."""
    parts = {measure: measure.split(":", 1) for measure in measures}
    return {
        measure: part[1] if part[0] in {"mean", "below"} and len(part) > 1 else main
        for measure, part in parts.items()
    }


def _everyone_of(found: pl.DataFrame) -> tuple[BoolArray, pl.DataFrame]:
    """Which cells are gaps, and of each of those the domain of everyone in its unit."""
    is_gap = found["measure"] == "gap"
    everyone = pl.lit(EVERYONE, pl.Categorical)
    return is_gap.to_numpy(), found.filter(is_gap).with_columns(breakdown=everyone, group=everyone)


def _other_group(found: pl.DataFrame) -> tuple[BoolArray, pl.DataFrame]:
    """Which cells are differences, and of each of those the domain of the group that it names."""
    is_difference = found["measure"].cat.starts_with("difference:")
    named = pl.col("measure").cast(pl.String).str.strip_prefix("difference:").cast(pl.Categorical)
    return is_difference.to_numpy(), found.filter(is_difference).with_columns(group=named)
