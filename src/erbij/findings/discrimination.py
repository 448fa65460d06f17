"""Who meets discrimination, by whom and on which ground, and how much of a gap goes with it?

The emblem tells the means of majority and minority at little and at much discrimination. Here stands what
the difference between majority and minority would be if both met much equally often: the weighted
difference at little and at much, not a prediction of what would happen.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.findings import domains, emblem, shares
from erbij.findings.cells import EVERYONE, Numbers, cells, keys_of
from erbij.findings.told import are_told
from erbij.instruments.schema import Scale
from erbij.stats.design import FloatArray
from erbij.stats.intervals import difference_interval
from erbij.stats.standardisation import standardised_gap
from erbij.studies.study import Discrimination, Study

KIND = "discrimination"
GROUNDS = "grounds"
"""The answer format of the question about reasons."""

NO_GROUND = ("none", "not-said")
"""Options of it that name no ground."""

ORIGINS = ("minority", "majority")


def model(study: Study, told: pl.DataFrame) -> pl.DataFrame | None:
    """Of everyone `met:SOURCE`, `ground:CODE`, `origin`, `origin-equal`, `origin-due`; and `exposed`.

    `exposed` stands at the groups `minority-much` and `majority-much`: how many of the minority, and of the
    majority, meet much.
    """
    found = [*_asked(study, told)]
    if study.discrimination is not None and are_told(told, emblem.BREAKDOWN, emblem.GROUPS):
        found += [*_exposed(study, study.discrimination), *_standardised(study, study.discrimination)]
    return pl.concat(found) if found else None


def _asked(study: Study, told: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """By source and by ground, where everyone's score on discrimination is told."""
    for scale in study.instrument.scales.values():
        is_asked = scale.kind == KIND and scale.id in study.scores
        if is_asked and are_told(told, EVERYONE, [EVERYONE], scale=scale.id):
            for source, met in _by_source(study, scale).items():
                yield _share(study, f"met:{source}", met)
            for ground, named in _by_ground(study, scale).items():
                yield _share(study, f"ground:{ground}", named)


def _by_source(study: Study, scale: Scale) -> dict[str, FloatArray]:
    """For each source, 100 where a pupil picked the middle option or a higher one, else 0. Shape (n,)."""
    found: dict[str, list[FloatArray]] = {}
    known = ~np.isnan(study.scores[scale.id])
    for item in study.instrument.items_of(scale.id):
        if item.source is not None and item.id in study.answers:
            codes = [float(code) for code in study.instrument.format_of(item).codes]
            answers = study.answers[item.id]
            met = 100.0 * (answers >= codes[len(codes) // 2])
            found.setdefault(item.source, []).append(np.where(known & ~np.isnan(answers), met, np.nan))
    return {source: np.max(each, axis=0) for source, each in found.items()}


def _by_ground(study: Study, scale: Scale) -> dict[str, FloatArray]:
    """For each ground, 100 where a pupil names it, else 0; NaN for who said nothing. Shape (n,)."""
    asked = [i for i in study.instrument.items.values() if i.format == GROUNDS]
    codes = [(i.id, str(code)) for i in asked for code in study.instrument.format_of(i).codes]
    answers = {code: study.answers[f"{i}.{code}"] for i, code in codes if f"{i}.{code}" in study.answers}
    if not answers:
        return {}
    says = ~np.isnan(np.column_stack(list(answers.values()))).all(axis=1)
    says &= answers.get("not-said", np.zeros(study.n)) != 1
    # Who never meets it is not asked why, and names no ground.
    never = study.scores[scale.id] == 0
    known = ~np.isnan(study.scores[scale.id]) & (says | never)
    return {
        code: np.where(known, 100.0 * (answer == 1), np.nan)
        for code, answer in answers.items()
        if code not in NO_GROUND
    }


def _share(study: Study, measure: str, share: FloatArray) -> pl.DataFrame:
    return shares.find(domains.everyone(study, "all"), measure, share)


def _exposed(study: Study, measure: Discrimination) -> Iterator[pl.DataFrame]:
    where = domains.everyone(study, "all")
    much = np.where(study.has_score, 100.0 * measure.is_much, np.nan)
    for origin, is_majority in zip(ORIGINS, (0.0, 1.0), strict=True):
        of_origin = np.where(measure.is_majority == is_majority, much, np.nan)
        keys = keys_of("all", where.keys["unit"].to_list(), emblem.BREAKDOWN, [f"{origin}-much"])
        yield shares.find(replace(where, keys=keys), "exposed", of_origin)


def _standardised(study: Study, measure: Discrimination) -> Iterator[pl.DataFrame]:
    known = study.has_score & ~np.isnan(measure.is_much) & ~np.isnan(measure.is_majority)
    y = np.where(known, study.scores[study.instrument.main_scale], np.nan)
    where = domains.everyone(study, "all")
    is_minority, is_much = (measure.is_majority == 0) & known, (measure.is_much == 1) & known
    try:
        found = standardised_gap(y, is_minority, is_much, where.design)
    except EstimationError:
        return  # told all the same: a drawn sample may hold a group of one cluster
    named = {"origin": found.crude, "origin-equal": found.equal, "origin-due": found.due}
    for name, each in named.items():
        low, high = difference_interval([each.value], [each.se], [each.df])
        yield cells(where.keys, name, Numbers(np.array([each.n]), np.array([each.value]), low, high))
