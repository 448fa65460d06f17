"""Standardised gaps: what a saturated regression gives, what a jackknife gives, and what stays put."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats.design import SamplingDesign
from erbij.stats.regression import survey_regression
from erbij.stats.standardisation import standardised_gap


def world(seed=5, n=400, clusters=False):
    rng = np.random.default_rng(seed)
    one = rng.random(n) < 0.3
    high = rng.random(n) < np.where(one, 0.5, 0.15)
    y = 70 - 3 * one - 9 * high - 2 * (one & high) + rng.normal(0, 12, n)
    codes = rng.integers(0, 25, n) if clusters else None
    return y, one, high, SamplingDesign(rng.uniform(0.5, 2, n), clusters=codes)


@pytest.mark.parametrize("clusters", [False, True])
def test_equal_is_the_coefficient_of_a_saturated_regression(clusters):
    y, one, high, design = world(clusters=clusters)
    found = standardised_gap(y, one, high, design)
    centred = high - np.average(high, weights=design.weights)
    X = np.column_stack([np.ones(len(y)), one, centred, one * centred])
    fit = survey_regression(y, X, design, names=["1", "one", "high", "both"])
    assert found.equal.value == pytest.approx(fit.beta[1], abs=1e-9)
    crude = survey_regression(y, X[:, :2], design, names=["1", "one"])
    assert found.crude.value == pytest.approx(crude.beta[1], abs=1e-9)
    assert found.crude.se == pytest.approx(crude.se[1], rel=1e-9)


def test_errors_are_those_of_a_jackknife():
    y, one, high, _ = world(n=300)
    keep = ~np.eye(300, dtype=bool)
    left_out = [standardised_gap(y[k], one[k], high[k], SamplingDesign(np.ones(299))) for k in keep]
    found = standardised_gap(y, one, high, SamplingDesign(np.ones(300)))
    for name in ("crude", "equal", "due"):
        values = np.array([getattr(each, name).value for each in left_out])
        jackknife = np.sqrt(299 / 300 * ((values - values.mean()) ** 2).sum())
        assert getattr(found, name).se == pytest.approx(jackknife, rel=0.03), name


@given(seed=st.integers(0, 200), shift=st.floats(-50, 50))
def test_the_parts_add_up_and_do_not_move_with_the_scale(seed, shift):
    y, one, high, design = world(seed, n=120)
    found, moved = (standardised_gap(y + s, one, high, design) for s in (0.0, shift))
    assert found.crude.value == pytest.approx(found.equal.value + found.due.value)
    assert moved.equal.value == pytest.approx(found.equal.value, abs=1e-8)


def test_missing_answers_take_no_part():
    y, one, high, design = world()
    y[:50] = np.nan
    rest = SamplingDesign(design.weights[50:])
    found, without = (
        standardised_gap(y, one, high, design),
        standardised_gap(y[50:], one[50:], high[50:], rest),
    )
    assert (found.due.value, found.due.se) == pytest.approx((without.due.value, without.due.se), rel=1e-12)
    assert found.due.n == without.due.n == 350


def test_an_empty_cell_is_refused():
    y, one, _, design = world()
    with pytest.raises(EstimationError, match="too few pupils"):
        standardised_gap(y, one, ~one, design)
