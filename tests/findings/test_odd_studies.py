"""Every finding answers an odd study without falling over, and says nothing where there is nothing."""

import numpy as np
import polars as pl
import pytest

from erbij.findings import registry
from erbij.findings.cells import SCHEMA

KNOWN = {"much": [1.0, 0, 1, 0], "majority": [1.0, 1, 0, 0]}


@pytest.fixture(
    params=[
        ("one pupil", [50.0], {"groups": {"g": [0]}, "much": [1.0], "majority": [0.0]}),
        ("everyone missing", [None] * 4, {"groups": {"g": [0, 0, 1, 1]}, **KNOWN}),
        ("no breakdowns", [10.0, 20, 30, 40], {}),
        ("class but no school", [10.0, 20, 30, 40], {"places": {"class": list("aabb")}, **KNOWN}),
        ("all alike", [50.0] * 4, {"answers": np.full((4, 6), 2.0), "groups": {"g": [0, 0, 1, 1]}}),
        ("nobody in a group", [10.0, 20, 30, 40], {"groups": {"g": [-1] * 4}, **KNOWN}),
        ("no unit is known", [10.0, 20, 30, 40], {"places": {"class": [None] * 4}, "groups": {"g": [0] * 4}}),
    ],
    ids=lambda p: p[0],
)
def odd(request, make_study):
    _, scores, rest = request.param
    return make_study(scores, **rest)


def test_every_finding_answers_an_odd_study(odd):
    found = registry.answer(odd)
    assert found.schema == SCHEMA
    assert found.height > 0
    numbers = found.select("value", "low", "high")
    assert not any(column.is_nan().any() or column.is_infinite().any() for column in numbers)


def test_no_cell_is_made_twice(odd):
    found = registry.answer(odd)
    keys = found.select("level", "unit", "breakdown", "group", "measure")
    assert keys.is_duplicated().sum() == 0


def test_where_nobody_counts_there_is_no_value(odd):
    found = registry.answer(odd).filter(
        pl.col("n") == 0, ~pl.col("measure").is_in(["n", "asked", "response"])
    )
    assert found["value"].is_null().all()


def test_low_value_high_stand_in_order(odd):
    found = registry.answer(odd).drop_nulls(["value", "low", "high"])
    assert (found["low"] <= found["value"] + 1e-9).all()
    assert (found["value"] <= found["high"] + 1e-9).all()
