from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.findings import gaps
from erbij.stats.design import SamplingDesign

PUPILS = st.lists(
    st.tuples(
        st.none() | st.integers(0, 100).map(float),
        st.sampled_from(["s", "t"]),
        st.integers(-1, 2),
        st.floats(0.1, 9.0),
    ),
    min_size=1,
    max_size=40,
)


def test_gap_is_the_group_minus_everyone(make_study, values):
    study = make_study([20.0, 40.0, 90.0, None], groups={"gender": [0, 0, 1, 1]})
    found = gaps.find(study)
    assert values(found, "group", measure="mean") == pytest.approx({"a": 30, "b": 90})
    assert values(found, "group", measure="gap") == pytest.approx({"a": -20, "b": 40})
    assert values(found, "group", measure="n") == {"a": 2, "b": 1}
    assert values(found, "group", measure="below") == pytest.approx({"a": 100, "b": 0})


def test_everyone_includes_pupils_in_no_group(make_study, values):
    study = make_study([20.0, 40.0, 90.0], groups={"gender": [0, 1, -1]})
    found = gaps.find(study)
    assert values(found, "group", measure="gap") == pytest.approx({"a": -30, "b": -10})


@settings(max_examples=60)
@given(pupils=PUPILS)
def test_gaps_of_all_groups_and_those_outside_weigh_up_to_zero(make_study, pupils):
    scores, schools, codes, weights = (list(column) for column in zip(*pupils, strict=True))
    design = SamplingDesign(np.array(weights))
    study = make_study(scores, places={"school": schools}, groups={"g": [*codes]}, design=design)
    y, code, w = study.scores["belonging"], study.breakdowns[0].codes, design.weights
    found = gaps.find(study).filter(pl.col("measure") == "gap")
    for level, unit in [("all", "all"), *(("school", s) for s in study.units["school"].names)]:
        here = (np.array(schools) == unit) | (level == "all")
        scored = here & ~np.isnan(y)
        if not scored.any():
            continue
        everyone = np.average(y[scored], weights=w[scored])
        outside = scored & (code < 0)
        total = (w[outside] * (y[outside] - everyone)).sum()
        shown = found.filter(pl.col("level") == level, pl.col("unit") == unit)
        for i, gap in enumerate(shown["value"]):
            total += w[scored & (code == i)].sum() * (gap or 0.0)
        assert total == pytest.approx(0.0, abs=1e-8 * (1 + 100 * w.sum()))


def test_without_a_reference_no_group_is_the_norm(make_study):
    found = gaps.find(make_study([20.0, 40.0], groups={"gender": [0, 1]}))
    assert set(found["measure"]) == {"mean", "below", "n", "gap"}


def test_reference_compares_every_other_group_with_it(make_study, values):
    study = make_study([20.0, 40.0, 90.0, 80.0], groups={"origin": [0, 1, 2, 2]}, reference="b")
    found = gaps.find(study)
    assert values(found, "group", measure="difference:b") == pytest.approx({"a": -20, "c": 45})


def test_reference_differences_stay_within_their_unit(make_study, values):
    study = make_study(
        [10.0, 20.0, 50.0, 90.0],
        places={"school": ["s", "s", "t", "t"]},
        groups={"origin": [0, 1, 0, 1]},
        reference="a",
    )
    found = gaps.find(study)
    assert values(found, "unit", measure="difference:a", level="school") == pytest.approx({"s": 10, "t": 40})


def test_reference_that_nobody_is_in_gives_no_difference(make_study, values):
    study = make_study([20.0, 40.0], groups={"origin": [1, 1]}, reference="a")
    assert values(gaps.find(study), "group", measure="difference:a") == {"b": None}


def test_reference_at_a_level_where_no_unit_is_known_is_no_trouble(make_study):
    study = make_study([20.0, 40.0], places={"class": [None, None]}, groups={"origin": [0, 1]}, reference="a")
    assert set(gaps.find(study)["level"]) == {"all"}


def test_interval_of_a_gap_counts_that_the_group_is_part_of_everyone(make_study, values):
    rng = np.random.default_rng(0)
    scores = rng.integers(0, 101, 60).astype(float)
    codes = np.repeat([0, 1], 30)
    found = gaps.find(make_study(scores, groups={"g": codes}))
    # Mean of a minus mean of all, halves of one size: half of (mean a - mean b).
    y = scores
    residual = np.where(codes == 0, (y - y[:30].mean()) / 30, 0) - (y - y.mean()) / 60
    se = np.sqrt(60 / 59 * ((residual - residual.mean()) ** 2).sum())
    half = [values(found, "group", measure="gap", column=side)["a"] for side in ("low", "high")]
    assert (half[1] - half[0]) / 2 == pytest.approx(2.0452296 * se, rel=1e-6)  # t with 29 df


def test_no_breakdowns_no_gaps(make_study):
    assert gaps.find(make_study([20.0, 40.0])) is None


def test_pupils_told_together_are_one_more_group(make_study, values):
    study = make_study([20.0, 40.0, 90.0, 60.0], groups={"gender": [0, 0, 1, -1]})
    together = {"all": np.array([False, False, True, True])}
    study = replace(study, breakdowns=(replace(study.breakdowns[0], together=together),))
    found = gaps.find(study)
    assert values(found, "group", measure="mean") == pytest.approx({"a": 30, "b": 90, "together": 75})
