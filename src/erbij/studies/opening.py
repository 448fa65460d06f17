"""From an answer file and STUDY.toml to a Study. Nothing is dropped without being counted."""

from collections.abc import Collection
from pathlib import Path

import numpy as np

from erbij.errors import StudyError
from erbij.instruments import registry, scoring
from erbij.instruments.schema import Instrument
from erbij.stats.design import FloatArray
from erbij.studies import answer_labels, files, places, recode, several_answers, weighting
from erbij.studies.answer_file import AnswerFile
from erbij.studies.recode import AnswerColumn
from erbij.studies.study import Breakdown, Discrimination, Exclusion, Outcome, Source, Study
from erbij.studies.study_file import DiscriminationPlan, StudyFile, read_study_file
from erbij.studies.table import Table

Scores = dict[str, FloatArray]


def open_study(file: str | Path, study_file_path: str | Path) -> Study:
    """Read, check, recode and score an answer file.

    Parameters
    ----------
    file, study_file_path
        The answers, in any format of `files.EXTENSIONS`, and STUDY.toml, which says what the columns are.

    Returns
    -------
    Study
        n pupils: all rows of the file, less those without a weight. NaN and -1 mark what is missing, and
        `exclusions` counts it: `item-not-in-file`, `missing-code`, `no-weight`, `no-unit`, `no-group`,
        `too-few-answers`, `no-discrimination-answer`, `no-outcome`.

    Raises
    ------
    StudyError, InstrumentError
        Naming file, row and column or key, what was found and what is allowed.
    """
    return study_of(Path(file), read_study_file(study_file_path))


def study_of(file: AnswerFile, plan: StudyFile) -> Study:
    """Read, check, recode and score an answer file by a STUDY.toml that was read already; as `open_study`."""
    instrument = registry.load(_instrument(plan))
    table, sought, others = _read(file, plan, instrument)
    source = Source(table.file, table.sha256, table.frame.height, plan.attribution, plan.is_made_up)
    design, table, no_weight = weighting.design(table, plan.weights)
    answers, no_answer = recode.item_answers(table, instrument, sought)
    scores = scoring.score(instrument, answers)
    units, no_unit = places.units(table, plan.unit_columns, asked=plan.asked, file=plan.path.name)
    breakdowns = _breakdowns(table, plan)
    discrimination, no_measure = _discrimination(table, plan, instrument, scores, breakdowns)
    outcomes, no_outcome = _outcomes(table, plan, instrument)
    no_group = _no_group(breakdowns)
    counted = (
        *no_weight,
        *_together(others, no_answer),
        *without_score(scores),
        *no_unit,
        *no_group,
        *no_measure,
        *no_outcome,
    )
    return Study(
        title=plan.title,
        instrument=instrument,
        n=table.frame.height,
        answers=answers,
        scores=scores,
        units=units,
        breakdowns=breakdowns,
        design=design,
        source=source,
        discrimination=discrimination,
        intersections=plan.intersections,
        outcomes=outcomes,
        exclusions=counted,
        policy=plan.policy,
    )


def without_score(scores: Scores) -> list[Exclusion]:
    """Count, per scale, the pupils who answered too few of its items."""
    counts = {scale: int(np.isnan(values).sum()) for scale, values in scores.items()}
    return [Exclusion("too-few-answers", scale, count) for scale, count in counts.items() if count]


def _instrument(plan: StudyFile) -> str | Path:
    # A path is meant from where STUDY.toml stands, so that both can move together.
    return plan.path.parent / plan.instrument if plan.instrument.endswith(".toml") else plan.instrument


def _together(others: list[Exclusion], no_answer: list[Exclusion]) -> list[Exclusion]:
    """What counts under one name in one column is one count."""
    counts: dict[tuple[str, str], int] = {}
    for each in (*no_answer, *others):
        counts[each.what, each.where] = counts.get((each.what, each.where), 0) + each.count
    return [Exclusion(what, where, count) for (what, where), count in counts.items()]


def _read(
    file: AnswerFile, plan: StudyFile, instrument: Instrument
) -> tuple[Table, list[AnswerColumn], list[Exclusion]]:
    """The columns that are needed, where each item is sought, and answers that no list knows."""
    sought = recode.answer_columns(
        instrument, columns=plan.item_columns, missing=plan.missing, file=plan.path.name
    )
    named = _named(plan, instrument)

    def choose(names: tuple[str, ...]) -> Collection[str]:
        items = {answer.column for answer in sought}.intersection(names)
        weights = plan.weights
        if weights is None or weights.replicates is None:
            return named | items
        return named | items | set(weighting.replicate_columns(names, weights.replicates, file.name))

    layout = plan.layout
    table = files.read_table(
        file,
        columns=choose,
        as_text=tuple(plan.unit_columns.values()),
        delimiter=layout.delimiter,
        encoding=layout.encoding,
        sheet=layout.sheet,
    )
    answer_labels.check(plan, instrument)
    past = table.only(np.arange(table.frame.height) >= layout.skip) if layout.skip else table
    apart, others = several_answers.taken_apart(past, instrument, plan)
    coded = answer_labels.coded(apart, instrument, sought, plan.answers)
    if plan.others_are_missing:
        coded, more = answer_labels.only_known(coded, sought)
        others = [*others, *more]
    return coded, sought, others


def _named(plan: StudyFile, instrument: Instrument) -> set[str]:
    """Columns that STUDY.toml names, and that must therefore be there, but for those that will be made."""
    in_one_cell = several_answers.in_one_cell(instrument, plan.item_columns)
    made = {name for item, _ in in_one_cell for name in several_answers.columns_of(instrument, item).values()}
    named = {*plan.item_columns.values(), *plan.unit_columns.values()}
    named |= {breakdown.column for breakdown in plan.breakdowns} - made
    if plan.weights is not None:
        named |= {plan.weights.column} | ({plan.weights.clusters} if plan.weights.clusters else set())
    named |= {outcome.column for outcome in plan.outcomes}
    if plan.discrimination is not None and plan.discrimination.column is not None:
        named.add(plan.discrimination.column)
    return named


def _breakdowns(table: Table, plan: StudyFile) -> tuple[Breakdown, ...]:
    return tuple(
        Breakdown(
            id=breakdown.id,
            label=breakdown.label,
            groups=tuple(group.group for group in breakdown.groups),
            codes=recode.group_codes(table, breakdown),
            reference=breakdown.reference,
            is_ordered=breakdown.is_ordered,
        )
        for breakdown in plan.breakdowns
    )


def _no_group(breakdowns: tuple[Breakdown, ...]) -> list[Exclusion]:
    counts = {breakdown.id: int((breakdown.codes < 0).sum()) for breakdown in breakdowns}
    return [Exclusion("no-group", name, count) for name, count in counts.items() if count]


def _discrimination(
    table: Table, plan: StudyFile, instrument: Instrument, scores: Scores, breakdowns: tuple[Breakdown, ...]
) -> tuple[Discrimination | None, list[Exclusion]]:
    if (wish := plan.discrimination) is None:
        return None, []
    measure, where, coded = _measure(table, plan, wish, instrument, scores)
    is_much = np.where(np.isnan(measure), np.nan, (measure > wish.little_up_to).astype(np.float64))
    breakdown = next(b for b in breakdowns if b.id == wish.majority_breakdown)
    places_ = [i for i, group in enumerate(breakdown.groups) if group.id in wish.majority_groups]
    is_majority = np.where(breakdown.codes < 0, np.nan, np.isin(breakdown.codes, places_).astype(np.float64))
    unknown = int(np.isnan(measure).sum())
    exclusions = [Exclusion("missing-code", where, coded)] if coded else []
    if unknown:
        exclusions.append(Exclusion("no-discrimination-answer", where, unknown))
    return Discrimination(is_much, is_majority, wish.little_up_to, wish.label), exclusions


def _outcomes(
    table: Table, plan: StudyFile, instrument: Instrument
) -> tuple[tuple[Outcome, ...], list[Exclusion]]:
    found, exclusions = [], []
    for wish in plan.outcomes:
        if wish.id in instrument.scales:
            where = (plan.path.name, f"outcomes.{wish.id}")
            raise StudyError(
                "a scale of the instrument is called so", where=where, advice="Choose another id."
            )
        values, coded = recode.numbers(table, wish.column, missing=wish.missing)
        found.append(Outcome(wish.id, wish.label, values, wish.about))
        unknown = int(np.isnan(values).sum())
        exclusions += [Exclusion("missing-code", wish.column, coded)] if coded else []
        exclusions += [Exclusion("no-outcome", wish.id, unknown)] if unknown else []
    return tuple(found), exclusions


def _measure(
    table: Table, plan: StudyFile, wish: DiscriminationPlan, instrument: Instrument, scores: Scores
) -> tuple[FloatArray, str, int]:
    """The measure, the column or scale it comes from, and how many of its values were missing codes."""
    if wish.column is not None:
        values, coded = recode.numbers(table, wish.column, missing=wish.missing)
        return values, wish.column, coded
    where = (plan.path.name, "discrimination.scale")
    known = [scale.id for scale in instrument.scales.values() if scale.kind == "discrimination"]
    if wish.scale not in known:
        raise StudyError(
            "not a scale of discrimination of this instrument", where=where, found=wish.scale, allowed=known
        )
    if wish.scale not in scores:
        items = instrument.scales[wish.scale].items
        raise StudyError("the file holds too few of its items", where=where, found=wish.scale, allowed=items)
    return scores[wish.scale], wish.scale, 0
