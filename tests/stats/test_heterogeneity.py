"""Spread of differences: beside a mixed model, by simulation, and at the boundary."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats import strata
from erbij.stats.heterogeneity import spread_of


def drawn(rng, sd, J=30):
    se = rng.uniform(2.0, 5.0, J)
    true = -4 + sd * rng.standard_normal(J)
    return true, true + se * rng.standard_normal(J), se


def test_it_agrees_with_strata_without_predictors():
    _, values, se = drawn(np.random.default_rng(1), 4.0)
    found = spread_of(values, se)
    other = strata.decompose(values, np.diag(se**2), np.ones((values.size, 1)), other=1.0)
    share = float(other.vpc.value)
    assert found.sd[0] == pytest.approx(np.sqrt(share / (1 - share)), rel=0.02)
    assert found.units[0] + found.usual[0] == pytest.approx(other.predicted.value, abs=0.02)


@pytest.mark.parametrize("sd", [1.0, 4.0])
def test_intervals_hold_the_truth_about_nine_times_in_ten(sd):
    rng = np.random.default_rng(20)
    held = []
    for _ in range(300):
        true, values, se = drawn(rng, sd)
        found = spread_of(values, se, level=0.9)
        away = true + 4
        held.append(
            (
                found.usual[1] <= -4 <= found.usual[2],
                found.sd[1] <= sd <= found.sd[2],
                np.mean((found.units[1] <= away) & (away <= found.units[2])),
            )
        )
    shares = np.mean(held, axis=0)
    assert (shares > 0.86).all(), shares
    assert shares[0] < 0.95


def test_no_spread_is_an_interval_from_zero():
    rng = np.random.default_rng(3)
    _, values, se = drawn(rng, 0.0)
    found = spread_of(values, se)
    assert found.sd[1] == 0.0
    assert np.all((found.units[1] < 0) & (found.units[2] > 0))


@given(seed=st.integers(0, 500), shift=st.floats(-50, 50))
def test_units_are_drawn_towards_nothing_and_a_shift_moves_the_usual_only(seed, shift):
    _, values, se = drawn(np.random.default_rng(seed), 3.0, J=12)
    found, moved = spread_of(values, se), spread_of(values + shift, se)
    assert moved.usual[0] - shift == pytest.approx(found.usual[0], abs=1e-6)
    assert moved.units == pytest.approx(found.units, abs=1e-6)
    assert np.abs(found.units[0]).max() < np.abs(values - found.usual[0]).max()


@pytest.mark.parametrize("values", [[1.0, 2.0], [1.0, np.nan, 2.0]])
def test_too_few_or_missing_is_refused(values):
    with pytest.raises(EstimationError):
        spread_of(np.array(values), np.ones(len(values)))
    with pytest.raises(EstimationError):
        spread_of(np.array([1.0, 2.0, 3.0]), np.zeros(3))
