import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats import quantiles
from erbij.stats.design import SamplingDesign
from erbij.stats.quantiles import survey_quantiles


def agree(found, expected):
    """To R's last digits: quantiles are answers that were given, and R writes fifteen digits."""
    np.testing.assert_allclose(found.value, expected["value"], rtol=1e-12)
    for name in ("low", "high", "se"):
        wanted = np.array([np.nan if x is None else x for x in expected[name]])
        np.testing.assert_allclose(getattr(found, name), wanted, rtol=1e-10, err_msg=name)


@pytest.mark.parametrize("kind", ["jk2", "jk2-both", "clusters", "pupils"])
def test_made_up_quantiles_agree_with_svyquantile(kind, all_designs, made_up_y, survey_witness):
    expected = survey_witness["made_up"][kind]["quantiles"]
    found = survey_quantiles(made_up_y, all_designs[kind], expected["p"])
    agree(found, expected)
    assert (found.n, found.df) == (227, expected["df"])


def test_balanced_replicates_take_the_quantile_in_each(all_designs, made_up_y, survey_witness):
    expected = survey_witness["made_up"]["fay"]["quantiles"]
    found = survey_quantiles(made_up_y, all_designs["fay"], expected["p"])
    np.testing.assert_allclose(found.se, expected["se"], rtol=1e-10)
    np.testing.assert_allclose(found.value, expected["value"], rtol=1e-12)


@pytest.mark.parametrize(("route", "key"), [("replicates", "quantiles"), ("clusters", "quantiles_clusters")])
def test_pisa_quantiles_agree_with_svyquantile(route, key, belong, pisa_designs, survey_witness):
    expected = survey_witness["pisa2015_usa"][key]
    found = survey_quantiles(belong, pisa_designs[route], expected["p"])
    agree(found, expected)
    assert found.df == expected["df"]


def test_pisa_agrees_with_the_published_reference(belong, pisa_designs, shared_data):
    reference = json.loads((shared_data / "reference_pisa2015_usa.json").read_text())["svy_q"][0]
    found = survey_quantiles(belong, pisa_designs["replicates"], [0.1, 0.5, 0.9])
    np.testing.assert_allclose(found.value, reference, atol=1e-12)


@given(st.integers(0, 10_000), st.integers(4, 60), st.integers(1, 9), st.integers(2, 9))
def test_quantiles_are_the_first_answers_that_reach_the_share(seed, n, values, width):
    """Beside a search through all answers; with many ties, zeros among the replicates, and tiny bins."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, values, n).astype(float)
    w, R = rng.uniform(0.5, 2, n), rng.integers(0, 3, (n, 4)) + np.eye(n, 4)
    p = [0.1, 0.5, 0.75]

    def searched(weights):
        return [min(x for x in y if weights[y <= x].sum() >= (share - 1e-12) * weights.sum()) for share in p]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(quantiles, "ROWS_IN_BIN", width)
        found = survey_quantiles(y, SamplingDesign(w, R), p)
    each = np.array([searched(R[:, r]) for r in range(4)])
    np.testing.assert_array_equal(found.value, searched(w))
    np.testing.assert_allclose(found.se, np.sqrt(((each - found.value) ** 2).mean(axis=0)), rtol=1e-12)


def test_an_end_beyond_the_sample_is_unknown():
    found = survey_quantiles(np.arange(9.0), SamplingDesign(np.ones(9)), [0.05, 0.5])
    assert np.isnan(found.low[0])
    assert np.isnan(found.se[0])
    assert found.low[1] < found.value[1] < found.high[1]


@pytest.mark.parametrize(
    ("y", "p", "problem"),
    [
        ([1.0, 2.0, 3.0], [0.0], "a share is out of range"),
        ([1.0, 2.0, 3.0], [0.5, np.nan], "a share is out of range"),
        ([1.0, np.inf, 3.0], [0.5], "infinite"),
        ([1.0, np.nan, np.nan], [0.5], "too few complete rows"),
        ([np.nan, np.nan, np.nan], [0.5], "no row is complete"),
    ],
)
def test_what_has_no_quantile_is_refused(y, p, problem):
    with pytest.raises(EstimationError, match=problem):
        survey_quantiles(np.array(y), SamplingDesign(np.ones(3)), p)
