"""The gate: the only way out. A Study goes in, a Release comes out, or nothing does."""

from collections.abc import Iterator

import polars as pl

import erbij
from erbij.instruments.schema import Instrument, Text
from erbij.privacy import audit, policy, protection
from erbij.privacy import ledger as ledgers
from erbij.privacy import sums as sums_for_network
from erbij.privacy.ledger import Ledger
from erbij.privacy.policy import USUAL, Policy
from erbij.privacy.release import (
    FORMAT,
    BreakdownCard,
    Card,
    DiscriminationCard,
    ExclusionCard,
    GroupCard,
    InstrumentCard,
    OutcomeCard,
    PolicyCard,
    Release,
    ScaleCard,
    SourceCard,
)
from erbij.privacy.suppression import Given, Progress, no_progress
from erbij.privacy.workers import at_work
from erbij.stats.sums import Sums
from erbij.studies.study import TOGETHER, Breakdown, Study

OF_THE_ASKING = ("undecodable", "item-not-in-file")
"""Exclusions that say nothing about what anyone answered."""

IN_WORDS: Text = {"nl": "alle anderen samen", "en": "all others together", "fr": "tous les autres ensemble"}
"""What the pupils are called who are told together, because they are in no group that can be told."""


def release(
    study: Study,
    *,
    preset: str = USUAL,
    ledger: Ledger | None = None,
    progress: Progress = no_progress,
    processes: int = 1,
) -> Release:
    """Answer every question, protect all answers together, and attack the result before anything leaves.

    Parameters
    ----------
    preset
        Which policy; a study that names one itself has its own.
    ledger
        The earlier releases of the same school. It is only read: who keeps the release adds it there.
    progress
        Told how many blocks of pupils are done, and how many there are.
    processes
        How many work on the blocks of a large study at a time. With more than one, a script that calls this
        needs `if __name__ == "__main__":`, since each process reads it. The release is the same.

    Raises
    ------
    ProtectionError
        The policy of the study is unknown or too loose, or the release would not be safe.
    WaitingError
        It differs from an earlier release by a few pupils.
    """
    rules = policy.with_changes(policy.named(preset), study.policy)
    entries = () if ledger is None else ledger.entries()
    previous = ledgers.check_chain(entries)
    known = None if ledger is None or not entries else ledgers.known(study, entries, ledger.salt(), rules)
    with at_work(processes) as workers:
        cells, listed = protection.protect(study, rules, known=known, workers=workers, progress=progress)
        audit.examine(cells, rules)
        audit.span_of(cells, study, Given(listed, rules, known, workers=workers))
    return Release(_card(study, rules, cells, previous), cells)


def contribution(sums: Sums, *, preset: str = USUAL) -> Sums:
    """What a school may add to a pooled fit: its sums, merged until they are about many pupils.

    Raises
    ------
    ProtectionError
        As `erbij.privacy.sums.contribute`, or the policy is unknown.
    """
    return sums_for_network.contribute(sums, policy.named(preset))


def _card(study: Study, rules: Policy, cells: pl.DataFrame, previous: str) -> Card:
    measure = study.discrimination
    return Card(
        format=FORMAT,
        software=f"erbij {erbij.__version__}",
        title=study.title,
        source=_source(study),
        instrument=_instrument(study.instrument),
        policy=PolicyCard(rules.id, rules.least, rules.levels),
        scales=tuple(_scale(study, scale) for scale in study.scores),
        breakdowns=tuple(_breakdown(breakdown, cells) for breakdown in study.breakdowns),
        discrimination=DiscriminationCard(measure.label, measure.line) if measure else None,
        exclusions=tuple(_exclusions(study, rules)),
        previous=previous,
        intersections=study.intersections,
        outcomes=tuple(OutcomeCard(each.id, each.label, each.about) for each in study.outcomes),
    )


def _source(study: Study) -> SourceCard:
    source, design = study.source, study.design
    return SourceCard(
        source.file,
        source.sha256,
        source.rows,
        source.attribution,
        source.is_made_up,
        is_weighted=bool((design.weights != design.weights[:1]).any()),
        replicates=0 if design.replicates is None else design.replicates.shape[1],
    )


def _instrument(instrument: Instrument) -> InstrumentCard:
    names = (name for name in InstrumentCard.__slots__)
    return InstrumentCard(**{name: getattr(instrument, name) for name in names})


def _scale(study: Study, scale_id: str) -> ScaleCard:
    scale = study.instrument.scales[scale_id]
    told = {name: getattr(scale, name) for name in ScaleCard.__slots__ if name != "items"}
    return ScaleCard(**told, items=len(scale.items))


def _breakdown(breakdown: Breakdown, cells: pl.DataFrame) -> BreakdownCard:
    groups = [GroupCard(group.id, group.label) for group in breakdown.groups]
    if cells.filter(pl.col("breakdown") == breakdown.id, pl.col("group") == TOGETHER).height:
        groups.append(GroupCard(TOGETHER, IN_WORDS))
    return BreakdownCard(
        breakdown.id, breakdown.label, tuple(groups), breakdown.reference, breakdown.is_ordered
    )


def _exclusions(study: Study, rules: Policy) -> Iterator[ExclusionCard]:
    """In steps, and only those of at least as many as stand behind any number.

    What tells of the asking and of nobody's answer is told as it is: nothing may be lost in silence.
    """
    for each in study.exclusions:
        if each.what in OF_THE_ASKING:
            yield ExclusionCard(each.what, each.where, each.count)
        elif each.count >= rules.most:
            count = rules.count_step * round(each.count / rules.count_step)
            yield ExclusionCard(each.what, each.where, count)
