from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.instruments import registry
from erbij.instruments.schema import Scale
from erbij.stats.design import SamplingDesign
from erbij.studies.study import Breakdown, Discrimination, Group, Source, Study, Units

INSTRUMENT = registry.load("pisa-2015-belonging")
ITEMS = tuple(INSTRUMENT.items)
OWN = {
    "stress": Scale("stress", "outcome", {"en": "stress"}, ITEMS[:2], high_is_good=False),
    "mood": Scale("mood", "outcome", {"en": "mood"}, ITEMS[2:4], line=40.0),
}


def units_of(places: Sequence[str | None], asked: Mapping[str, int]) -> Units:
    names = tuple(sorted({place for place in places if place is not None}))
    codes = np.array([names.index(p) if p is not None else -1 for p in places], dtype=np.int64)
    rows = np.bincount(codes[codes >= 0], minlength=len(names))
    return Units(names, codes, np.array([asked.get(n, rows[i]) for i, n in enumerate(names)], dtype=np.int64))


def answers_of(scores: np.ndarray) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    drawn = rng.integers(1, 5, (len(scores), len(ITEMS))).astype(float)
    drawn[np.isnan(scores)] = np.nan
    return dict(zip(ITEMS, drawn.T, strict=True))


@pytest.fixture(scope="session")
def make_study() -> Callable[..., Study]:
    """A study in memory: scores (None: none), places per level, group codes per breakdown (-1: none)."""

    def make(
        scores: Sequence[float | None],
        *,
        places: Mapping[str, Sequence[str | None]] | None = None,
        asked: Mapping[str, int] | None = None,
        groups: Mapping[str, Sequence[int]] | None = None,
        reference: str | None = None,
        answers: np.ndarray | None = None,
        more_scales: Mapping[str, Sequence[float]] | None = None,
        design: SamplingDesign | None = None,
        much: Sequence[float] | None = None,
        majority: Sequence[float] | None = None,
    ) -> Study:
        values = np.array([np.nan if s is None else s for s in scores], dtype=float)
        n = len(values)
        everywhere = {"all": ["all"] * n, **(places or {})}
        more = {name: np.array(s, dtype=float) for name, s in (more_scales or {}).items()}
        treatment = None
        if much is not None:
            treatment = Discrimination(
                np.array(much, float), np.array(majority, float), 9.0, {"en": "unfair"}
            )
        return Study(
            title={"en": "Tiny"},
            instrument=replace(INSTRUMENT, scales={**INSTRUMENT.scales, **OWN}),
            n=n,
            answers=answers_of(values) if answers is None else dict(zip(ITEMS, answers.T, strict=True)),
            scores={"belonging": values, **more},
            units={level: units_of(where, asked or {}) for level, where in everywhere.items()},
            breakdowns=tuple(
                Breakdown(
                    name,
                    {"en": name},
                    tuple(Group(g, {"en": g}) for g in "abcd"[: max(2, 1 + max(codes, default=0))]),
                    np.array(codes, dtype=np.int64),
                    reference,
                )
                for name, codes in (groups or {}).items()
            ),
            design=design or SamplingDesign(np.ones(n)),
            source=Source("tiny.csv", "0" * 64, n, "", is_made_up=True),
            discrimination=treatment,
        )

    return make


@pytest.fixture(scope="session")
def values() -> Callable[..., dict[str, float | None]]:
    """Values by the key that the chosen columns leave, of the cells that match."""

    def pick(frame: pl.DataFrame, *by: str, column: str = "value", **match: str) -> dict:
        rows = frame.filter(*(pl.col(name) == value for name, value in match.items()))
        keys = rows.select(by).rows()
        assert len(set(keys)) == len(keys), "the columns do not tell the cells apart"
        return {k[0] if len(by) == 1 else k: v for k, v in zip(keys, rows[column], strict=True)}

    return pick
