"""The share of everyone in each quarter of the scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.findings import distribution


def told(study, values, column="value"):
    return values(distribution.find(study), "measure", column=column)


def test_each_quarter_has_its_share_and_the_last_holds_its_end(make_study, values):
    study = make_study([0.0, 24.9, 25.0, 50.0, 74.9, 75.0, 100.0, np.nan] * 20)
    assert told(study, values) == {
        "band:0-25": pytest.approx(100 * 2 / 7),
        "band:25-50": pytest.approx(100 / 7),
        "band:50-75": pytest.approx(100 * 2 / 7),
        "band:75-100": pytest.approx(100 * 2 / 7),
    }
    assert set(told(study, values, "counted").values()) == {20, 40}


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        ((5, 30, 30, 40), {"band:0-50", "band:50-75", "band:75-100"}),
        ((30, 5, 19, 40), {"band:0-25", "band:25-75", "band:75-100"}),
        ((5, 30, 19, 40), {"band:0-75", "band:75-100"}),
        ((0, 0, 30, 30), {"band:0-75", "band:75-100"}),
    ],
)
def test_a_band_of_few_joins_its_smaller_neighbour(make_study, values, counts, bands):
    assert told(make_study(np.repeat([12.0, 37.0, 62.0, 87.0], counts)), values).keys() == bands


def test_where_all_are_in_one_band_none_is_told(make_study):
    assert distribution.find(make_study([60.0, 70.0] * 30)) is None
    assert distribution.find(make_study([10.0, 90.0] * 10)) is None
    assert distribution.find(make_study([np.nan] * 60)) is None


@given(counts=st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_bands_are_all_pupils_and_none_is_of_few(make_study, counts):
    scores = np.repeat([12.0, 37.0, 62.0, 87.0], counts)
    found = distribution.find(make_study(scores)) if scores.size else None
    if found is None:
        # Two neighbours or more may each be too few, but three bands of enough never all go together.
        assert sum(count >= distribution.FEWEST_IN_BAND for count in counts) < 2
        return
    assert found["value"].sum() == pytest.approx(100)
    assert found["counted"].sum() == sum(counts)
    assert found["counted"].min() >= distribution.FEWEST_IN_BAND
