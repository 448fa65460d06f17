"""Correlations under a design: beside NumPy, a jackknife, and what moves nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats.correlations import correlation_interval, survey_correlation
from erbij.stats.design import SamplingDesign


def pair(seed=2, n=240):
    rng = np.random.default_rng(seed)
    x = rng.normal(50, 10, n)
    return x, np.round(0.4 * x + rng.normal(0, 8, n))


def test_without_weights_it_is_numpys():
    x, y = pair()
    found = survey_correlation(x, y, SamplingDesign(np.ones(x.size)))
    assert found.value == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-12)
    assert found.se == pytest.approx((1 - found.value**2) / np.sqrt(x.size), rel=0.15)


@pytest.mark.parametrize("clusters", [None, np.repeat(np.arange(60), 4)])
def test_error_is_that_of_a_jackknife(clusters):
    x, y = pair()
    weights = np.random.default_rng(1).uniform(0.5, 2, x.size)
    found = survey_correlation(x, y, SamplingDesign(weights, clusters=clusters))
    codes = np.arange(x.size) if clusters is None else clusters
    left = []
    for code in np.unique(codes):
        keep = codes != code
        left.append(survey_correlation(x[keep], y[keep], SamplingDesign(weights[keep])).value)
    J = len(left)
    jackknife = np.sqrt((J - 1) / J * ((np.array(left) - np.mean(left)) ** 2).sum())
    assert found.se == pytest.approx(jackknife, rel=0.04)
    assert found.df == J - 1


def test_replicates_are_each_taken_again():
    x, y = pair(n=60)
    rng = np.random.default_rng(4)
    replicates = rng.uniform(0.5, 1.5, (60, 8))
    design = SamplingDesign(np.ones(60), replicates=replicates, fay=0.5)
    found = survey_correlation(x, y, design)
    again = [survey_correlation(x, y, SamplingDesign(w)).value for w in replicates.T]
    assert found.se == pytest.approx(np.sqrt(((np.array(again) - found.value) ** 2).sum() / (8 * 0.25)))


@given(seed=st.integers(0, 300), scale=st.floats(0.1, 50), shift=st.floats(-1e6, 1e6))
def test_units_do_not_matter_and_the_sides_are_alike(seed, scale, shift):
    x, y = pair(seed, 40)
    design = SamplingDesign(np.ones(40))
    first, other = survey_correlation(x, y, design), survey_correlation(scale * y + shift, x, design)
    assert other.value == pytest.approx(first.value, abs=1e-6)
    low, high = correlation_interval(first)
    assert -1 < low < first.value < high < 1


@pytest.mark.parametrize("y", [[1.0, 1, 1, 1], [1.0, 2, 3, np.nan]])
def test_what_does_not_vary_or_is_too_few_is_refused(y):
    with pytest.raises(EstimationError):
        survey_correlation(np.array([1.0, 2, 3, 4]), np.array(y), SamplingDesign(np.ones(4)))


def test_no_interval_where_all_fall_on_a_line():
    x, _ = pair()
    assert np.isnan(correlation_interval(survey_correlation(x, 2 * x, SamplingDesign(np.ones(x.size))))).all()
