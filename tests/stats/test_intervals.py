import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from erbij.stats.intervals import difference_interval, mean_interval, share_interval


@pytest.mark.parametrize("route", ["clusters", "pupils"])
def test_mean_interval_agrees_with_confint_of_svymean(route, witness):
    expected = witness["made_up"][route]["mean"]
    low, high = mean_interval(expected["value"], expected["se"], expected["df"])
    # R writes 15 digits.
    assert [float(low), float(high)] == pytest.approx([expected["low"], expected["high"]], rel=1e-12)


@pytest.mark.parametrize("route", ["clusters", "pupils"])
def test_share_interval_agrees_with_svyciprop(route, witness):
    _check_share(witness["made_up"][route]["share"], within=1e-6)


def test_share_interval_on_pisa_schools_agrees_with_svyciprop(witness):
    _check_share(witness["pisa2015_usa"]["share"], within=1e-6)


def test_share_interval_on_replicates_is_near_svyciprop(witness):
    # svyciprop refits the logit in every replicate; the delta method differs in the second order.
    _check_share(witness["pisa2015_usa"]["share_replicates"], within=0.005)


def _check_share(expected, *, within):
    low, high = share_interval(expected["value"], expected["se"], expected["df"])
    # svyglm stops its iterations at 1e-8 of the deviance: hence 1e-6 of a per cent point.
    assert [float(low), float(high)] == pytest.approx([expected["low"], expected["high"]], abs=within)


def test_mean_interval_stays_on_the_scale():
    low, high = mean_interval([2.0, 99.0, 50.0], [5.0, 5.0, 1.0], [10, 10, 10])
    assert (low[0], high[1]) == (0.0, 100.0)
    assert 47 < low[2] < 48


def test_difference_interval_may_be_negative():
    low, high = difference_interval(-5.38, 0.95, 79)
    assert (round(float(low), 2), round(float(high), 2)) == (-7.27, -3.49)


def test_without_a_standard_error_there_is_no_interval():
    for interval in (mean_interval, share_interval):
        low, high = interval([50.0, 50.0], [np.nan, 3.0], [5, 0])
        assert np.isnan([*low, *high]).all()


@pytest.mark.parametrize("n", [1, 10, 338])
def test_a_share_of_none_or_all_has_the_exact_binomial_interval(n):
    low, high = share_interval([0.0, 100.0], [0.0, 0.0], [9, 9], n=[n, n])
    for found, count in zip(zip(low, high, strict=True), (0, n), strict=True):
        exact = binomtest(count, n).proportion_ci(method="exact")
        np.testing.assert_allclose(found, [100 * exact.low, 100 * exact.high], atol=1e-9)


def test_a_share_of_none_or_all_has_no_interval_without_n():
    low, high = share_interval([0.0, 100.0], [0.0, 0.0], [9, 9])
    assert np.isnan([*low, *high]).all()


@given(st.floats(0.01, 99.99), st.floats(0, 50), st.integers(1, 1000))
def test_share_interval_holds_the_share_within_0_and_100(p, se, df):
    low, high = share_interval(p, se, df)
    assert 0 <= low <= p + 1e-9
    assert p - 1e-9 <= high <= 100
