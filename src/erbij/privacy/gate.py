"""The gate: the only way out. A Study goes in, a Release comes out, or nothing does."""

import polars as pl

import erbij
from erbij.findings import registry
from erbij.instruments.schema import Instrument
from erbij.privacy import audit, policy, suppression
from erbij.privacy.policy import Policy
from erbij.privacy.release import (
    CELL_COLUMNS,
    FORMAT,
    BreakdownCard,
    Card,
    DiscriminationCard,
    ExclusionCard,
    GroupCard,
    InstrumentCard,
    PolicyCard,
    Release,
    ScaleCard,
    SourceCard,
)
from erbij.studies.study import Breakdown, Study


def release(study: Study) -> Release:
    """Answer every question, protect all answers together, and look once more before anything leaves.

    Raises
    ------
    ProtectionError
        The policy of the study is unknown or too loose, or the release would not be safe.
    """
    rules = policy.with_changes(policy.careful(), study.policy)
    cells = protect(registry.answer(study), rules)
    audit.examine(cells, rules)
    return Release(_card(study, rules), cells)


def protect(cells: pl.DataFrame, rules: Policy) -> pl.DataFrame:
    """The steps of protection, in their order: withhold, then round."""
    withheld = suppression.withhold(cells, rules)
    return suppression.rounded(withheld, rules).select(CELL_COLUMNS.names())


def _card(study: Study, rules: Policy) -> Card:
    measure = study.discrimination
    return Card(
        format=FORMAT,
        software=f"erbij {erbij.__version__}",
        title=study.title,
        source=_source(study),
        instrument=_instrument(study.instrument),
        policy=PolicyCard(rules.id, rules.threshold, rules.levels),
        scales=tuple(_scale(study, scale) for scale in study.scores),
        breakdowns=tuple(_breakdown(breakdown) for breakdown in study.breakdowns),
        discrimination=DiscriminationCard(measure.label, measure.line) if measure else None,
        exclusions=tuple(ExclusionCard(e.what, e.where, e.count) for e in study.exclusions),
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


def _breakdown(breakdown: Breakdown) -> BreakdownCard:
    groups = tuple(GroupCard(group.id, group.label) for group in breakdown.groups)
    return BreakdownCard(breakdown.id, breakdown.label, groups, breakdown.reference)
