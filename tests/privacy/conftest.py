from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl
import pytest

from erbij.findings.cells import SCHEMA
from erbij.instruments import registry
from erbij.privacy import gate
from erbij.privacy.policy import Policy, careful
from erbij.privacy.release import CELL_COLUMNS, Release
from erbij.stats.design import SamplingDesign
from erbij.studies.study import Breakdown, Discrimination, Exclusion, Group, Source, Study, Units

INSTRUMENT = registry.load("pisa-2015-belonging")
ITEMS = tuple(INSTRUMENT.items)

USUAL = {
    "level": "school",
    "unit": "north",
    "breakdown": "gender",
    "group": "girls",
    "measure": "mean",
    "n": 30,
    "value": 60.0,
    "low": 55.0,
    "high": 65.0,
    "counted": None,
}


@pytest.fixture(scope="session")
def rules() -> Policy:
    return careful()


@pytest.fixture(scope="session")
def raw() -> Callable[..., pl.DataFrame]:
    """Unprotected cells: each row says only what is unusual about it."""
    more = {"may_leave": True, "is_sample": False}
    schema = {**SCHEMA, "may_leave": pl.Boolean, "is_sample": pl.Boolean}
    return lambda *rows: pl.DataFrame([{**USUAL, **more, **row} for row in rows], schema=schema)


@pytest.fixture(scope="session")
def told() -> Callable[..., pl.DataFrame]:
    """Protected cells: each row says only what is unusual about it."""
    usual = {name: USUAL.get(name) for name in CELL_COLUMNS.names()} | {"status": "shown", "reason": None}
    return lambda *rows: pl.DataFrame([{**usual, **row} for row in rows], schema=CELL_COLUMNS)


def coded(names: Sequence[str]) -> Units:
    found, codes = np.unique(np.array(names, dtype=str), return_inverse=True)
    return Units(tuple(str(name) for name in found), codes.astype(np.int64), np.bincount(codes))


@pytest.fixture(scope="session")
def make_study() -> Callable[..., Study]:
    """A study in memory of pupils with scores (NaN: none), classes, and codes per breakdown (-1: none)."""

    def make(
        scores: Sequence[float],
        *,
        classes: Sequence[str] | None = None,
        groups: Mapping[str, Sequence[int]] | None = None,
        count: int = 3,
        treatment: tuple[Sequence[float], Sequence[float]] | None = None,
        policy: Mapping[str, object] | None = None,
    ) -> Study:
        y = np.array(scores, dtype=float)
        answers = np.random.default_rng(3).integers(1, 5, (len(y), len(ITEMS))).astype(float)
        answers[np.isnan(y)] = np.nan
        much, majority = (np.array(codes, dtype=float) for codes in treatment or ((), ()))
        units = {"all": coded(["all"] * len(y))} | ({"class": coded(classes)} if classes is not None else {})
        return Study(
            title={"nl": "Klein", "en": "Small", "fr": "Petit"},
            instrument=INSTRUMENT,
            n=len(y),
            answers=dict(zip(ITEMS, answers.T, strict=True)),
            scores={"belonging": y},
            units=units,
            breakdowns=tuple(
                Breakdown(
                    name,
                    {"en": name},
                    tuple(Group(g, {"en": g}) for g in "abcde"[:count]),
                    np.array(codes, dtype=np.int64),
                )
                for name, codes in (groups or {}).items()
            ),
            design=SamplingDesign(np.ones(len(y))),
            source=Source("small.csv", "0" * 64, len(y), "", is_made_up=True),
            discrimination=Discrimination(much, majority, 9.0, {"en": "unfair"}) if treatment else None,
            exclusions=(Exclusion("no-group", "gender", 3),),
            policy=policy or {},
        )

    return make


@pytest.fixture(scope="session")
def released(make_study: Callable[..., Study]) -> Release:
    """A release in which some cells are shown and some withheld."""
    rng = np.random.default_rng(9)
    return gate.release(
        make_study(
            rng.integers(0, 101, 60).astype(float),
            classes=["a"] * 40 + ["b"] * 20,
            groups={"gender": rng.integers(0, 2, 60), "language": [0] * 40 + [1] * 15 + [2] * 5},
        )
    )
