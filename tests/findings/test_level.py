import numpy as np
import pytest
from scipy.stats import t

from erbij.findings import level
from erbij.stats.design import SamplingDesign

SCORES = [20.0, 40.0, 50.0, 90.0, None]


def test_level_is_mean_and_share_below_the_line(make_study, values):
    study = make_study(SCORES, places={"class": ["a", "a", "b", "b", "b"]})
    found = level.find(study)
    assert values(found, "unit", measure="mean") == pytest.approx({"all": 50, "a": 30, "b": 70})
    # 50 stands on the line and is not below it.
    assert values(found, "unit", measure="below") == pytest.approx({"all": 50, "a": 100, "b": 0})
    assert values(found, "unit", measure="mean", column="n") == {"all": 4, "a": 2, "b": 2}


def test_interval_of_the_mean_is_student_t(make_study, values):
    found = level.find(make_study(SCORES))
    half = t.ppf(0.975, 3) * np.std(SCORES[:4], ddof=1) / 2
    low = values(found, "measure", column="low")["mean"]
    assert low == pytest.approx(max(0.0, 50 - half), abs=1e-9)


def test_interval_of_a_share_holds_it_and_stays_on_the_scale(make_study, values):
    found = level.find(make_study(SCORES))
    low, high = (values(found, "measure", column=side)["below"] for side in ("low", "high"))
    assert 0 < low < 50 < high < 100


def test_scale_on_which_high_is_bad_has_no_share_below(make_study, values):
    more = {"stress": [10.0, 20, 30, 40, 50], "mood": [30.0, 39, 40, 80, 90]}
    found = values(level.find(make_study(SCORES, more_scales=more)), "measure")
    assert set(found) == {"mean", "below", "mean:stress", "mean:mood", "below:mood"}
    assert found["mean:stress"] == pytest.approx(30)
    assert found["below:mood"] == pytest.approx(40)  # two of five under the line of 40


def test_pupils_of_no_known_class_count_at_the_top_only(make_study, values):
    found = level.find(make_study([10.0, 30.0, 80.0], places={"class": ["a", "a", None]}))
    assert values(found, "unit", measure="mean") == pytest.approx({"all": 40, "a": 20})


def test_share_tells_how_many_pupils_it_counts(make_study, values):
    study = make_study([40.0, 60.0, 45.0, None], places={"class": ["a", "a", "b", "b"]})
    found = level.find(study)
    assert values(found, "unit", measure="below", column="counted") == {"all": 2, "a": 1, "b": 1}
    assert values(found, "unit", measure="mean", column="counted")["all"] is None


def test_weights_count(make_study, values):
    study = make_study([0.0, 100.0], design=SamplingDesign(np.array([3.0, 1.0])))
    assert values(level.find(study), "measure") == pytest.approx({"mean": 25, "below": 75})
