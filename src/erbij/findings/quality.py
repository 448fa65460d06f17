"""How good are the answers? What is missing, and who gave the same answer throughout.

Careless answers are counted and reported, never dropped. Trust items are scales and stand in `level`.
"""

from collections import Counter

import numpy as np
import polars as pl

from erbij.findings import domains, shares
from erbij.stats.design import FloatArray
from erbij.studies.study import Level, Study

LEVELS: tuple[Level, ...] = ("all", "school")
FEWEST_ANSWERS = 5
"""With fewer answers, the same one throughout means little."""


def find(study: Study) -> pl.DataFrame:
    """Measures `missing` and `straight`, per cent with their intervals.

    `missing`: the share of the questions of the main scale left open, among pupils who answered one or
    more. `straight`: the share of pupils who gave one and the same answer to every rating question of the
    most used answer format, among those who answered at least five of them.
    """
    measures = {"missing": _missing(study), "straight": _straight(study)}
    return pl.concat(
        _share(study, level, name, share)
        for level in LEVELS
        if level in study.units
        for name, share in measures.items()
    )


def _missing(study: Study) -> FloatArray:
    """Per pupil, the per cent of main-scale questions left open; NaN where all are."""
    asked = [item.id for item in study.instrument.items_of(study.instrument.main_scale)]
    blank = np.column_stack([np.isnan(study.answers[i]) for i in asked if i in study.answers])
    share = 100.0 * blank.mean(axis=1)
    return np.where(blank.all(axis=1), np.nan, share)


def _straight(study: Study) -> FloatArray:
    """Per pupil, 100 where every answer is the same, else 0; NaN with fewer than five answers."""
    answers = np.column_stack([study.answers[i] for i in _alike(study)])
    enough = (~np.isnan(answers)).sum(axis=1) >= FEWEST_ANSWERS
    spread = np.zeros(study.n)
    spread[enough] = np.nanmax(answers[enough], axis=1) - np.nanmin(answers[enough], axis=1)
    return np.where(enough, 100.0 * (spread == 0), np.nan)


def _alike(study: Study) -> list[str]:
    """The rating items that share the most used answer format."""
    instrument = study.instrument
    ratings = [
        item
        for item in instrument.items.values()
        if item.id in study.answers and instrument.format_of(item).type == "rating"
    ]
    most_used, _ = Counter(item.format for item in ratings).most_common(1)[0]
    return [item.id for item in ratings if item.format == most_used]


def _share(study: Study, level: Level, name: str, share: FloatArray) -> pl.DataFrame:
    where = domains.everyone(study, level)
    # Open questions are counted in questions: only careless answers are a share of pupils.
    return shares.find(where, name, share, of_pupils=name == "straight")
