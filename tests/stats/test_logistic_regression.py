import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats import logistic_regression
from erbij.stats.design import SamplingDesign
from erbij.stats.logistic_regression import survey_logistic

NAMES = ["Intercept", "girl", "immigrant", "ESCS"]
# The witness went on until the deviance changed by less than 1e-15 of itself.
EXACT = 1e-9


def outcome(values, is_one):
    return np.where(np.isnan(values), np.nan, is_one(values))


@pytest.fixture(scope="session")
def low_and_x(made_up, numbers):
    X = np.column_stack([np.ones(made_up.height), made_up["x"].to_numpy()])
    return outcome(numbers(made_up["y"]), lambda y: y < 55), X


@pytest.fixture(scope="session")
def above_and_background(pisa, numbers):
    girl, immigrant = pisa["ST004D01T"] == 1, pisa["IMMIG"] > 1
    X = np.column_stack([np.ones(pisa.height), numbers(girl), numbers(immigrant), numbers(pisa["ESCS"])])
    return outcome(numbers(pisa["BELONG"]), lambda y: y > 0), X


@pytest.mark.parametrize("kind", ["fay", "jk1", "jk2", "jk2-both", "jkn", "clusters", "pupils"])
def test_made_up_logistic_agrees_with_svyglm(kind, low_and_x, all_designs, survey_witness):
    fit = survey_logistic(*low_and_x, all_designs[kind], names=["1", "x"])
    expected = survey_witness["made_up"][kind]["logistic"]
    np.testing.assert_allclose(fit.beta, expected["value"], rtol=EXACT)
    np.testing.assert_allclose(fit.se, expected["se"], rtol=EXACT)
    assert fit.n == 227
    assert fit.gradient_norm < 1e-12


@pytest.mark.parametrize(("route", "key"), [("replicates", "logistic"), ("clusters", "logistic_clusters")])
def test_pisa_logistic_agrees_with_svyglm(route, key, above_and_background, pisa_designs, survey_witness):
    fit = survey_logistic(*above_and_background, pisa_designs[route], names=NAMES)
    expected = survey_witness["pisa2015_usa"][key]
    np.testing.assert_allclose(fit.beta, expected["value"], rtol=EXACT)
    np.testing.assert_allclose(fit.se, expected["se"], rtol=EXACT)
    assert (fit.df, fit.n) == (expected["df"], 5372)
    assert fit.replicate_steps <= 3


def test_pisa_agrees_with_the_published_reference(above_and_background, pisa_designs, shared_data):
    reference = json.loads((shared_data / "reference_pisa2015_usa.json").read_text())["svy_logit"]
    fit = survey_logistic(*above_and_background, pisa_designs["replicates"], names=NAMES)
    np.testing.assert_allclose(fit.beta, list(reference["est"].values()), rtol=1e-8)
    np.testing.assert_allclose(fit.se, list(reference["se"].values()), rtol=1e-7)


def test_columns_far_from_zero_lose_nothing(low_and_x, all_designs):
    y, X = low_and_x
    near = survey_logistic(y, X, all_designs["fay"], names=["1", "x"])
    far = survey_logistic(y, X + np.array([0, 1e7]), all_designs["fay"], names=["1", "x"])
    assert far.beta[1] == pytest.approx(near.beta[1], rel=1e-7)
    assert far.se[1] == pytest.approx(near.se[1], rel=1e-7)


def test_blocks_of_rows_add_up(low_and_x, all_designs, monkeypatch):
    whole = survey_logistic(*low_and_x, all_designs["fay"], names=["1", "x"])
    monkeypatch.setattr(
        logistic_regression, "_cached", lambda n, width: (slice(i, i + 50) for i in range(0, n, 50))
    )
    parts = survey_logistic(*low_and_x, all_designs["fay"], names=["1", "x"])
    np.testing.assert_allclose(parts.se, whole.se, rtol=1e-11)


@given(st.integers(0, 10_000))
def test_yes_and_no_are_two_sides_of_one(seed):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(60), rng.normal(size=60), rng.integers(0, 2, 60)])
    y = (rng.random(60) < 0.5).astype(float)
    y[:6], X[:6, 2] = [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 1]
    X[:6, 1] = [-1, -1, 1, 1, 1, -1]
    design = SamplingDesign(rng.uniform(1, 3, 60), clusters=np.arange(60) % 12)
    yes = survey_logistic(y, X, design, names=["1", "a", "b"])
    no = survey_logistic(1 - y, X, design, names=["1", "a", "b"])
    np.testing.assert_allclose(no.beta, -yes.beta, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(no.se, yes.se, rtol=1e-8)


def test_an_outcome_of_one_in_five_thousand_settles():
    y = np.zeros(20_000)
    y[[5, 700, 9_000, 15_001]] = 1
    X = np.column_stack([np.ones(y.size), np.arange(y.size) % 2])
    fit = survey_logistic(y, X, SamplingDesign(np.ones(y.size)), names=["1", "odd"])
    assert fit.beta[0] == pytest.approx(np.log(2 / 9_998), rel=1e-10)
    assert fit.gradient_norm < 1e-12


@pytest.mark.parametrize(
    ("y", "problem"),
    [
        ([0.0, 1, 2, 0, 1, 0], "must be 0 or 1; found 2.0"),
        ([0.5, 1, 0, 0, 1, 0], "must be 0 or 1; found 0.5"),
        ([0.0, np.inf, 0, 0, 1, 0], "the outcome: a value is infinite"),
        ([1.0, 1, 1, 1, 1, 1], "the outcome does not vary"),
        ([0.0, 0, 0, 1, 1, 1], "^x: tells the outcome without exception"),
        ([np.nan] * 6, "no row is complete"),
    ],
)
def test_an_outcome_that_allows_no_fit_is_refused(y, problem):
    X = np.column_stack([np.ones(6), [0, 1, 2, 3, 4, 5]])
    with pytest.raises(EstimationError, match=problem):
        survey_logistic(np.array(y), X, SamplingDesign(np.ones(6)), names=["Intercept", "x"])


def test_columns_that_allow_no_fit_are_named(low_and_x, all_designs):
    y, X = low_and_x
    twice = np.column_stack([X, 1 - 2 * X[:, 1]])
    flat = np.column_stack([X, np.full(y.size, 3.0)])
    endless = np.column_stack([X, np.where(np.arange(y.size) == 7, np.inf, np.arange(y.size))])
    for wrong, problem in (
        (twice, "^x, again: columns depend on each other"),
        (flat, "^again: a column does not vary"),
        (endless, "^again: a value is infinite"),
    ):
        with pytest.raises(EstimationError, match=problem):
            survey_logistic(y, wrong, all_designs["clusters"], names=["1", "x", "again"])


def test_a_replicate_that_can_not_be_fitted_is_told():
    y = np.array([0.0, 1, 0, 1, 1, 0, 1, 0])
    X = np.column_stack([np.ones(8), [0, 0, 0, 0, 1, 1, 1, 1]])
    R = np.ones((8, 3))
    R[[4, 6], 1] = 0  # whoever is left with x = 1 says no
    with pytest.raises(EstimationError, match=r"^x: tells the outcome .* in a replicate"):
        survey_logistic(y, X, SamplingDesign(np.ones(8), R), names=["1", "x"])
    R[:, 1] = 0
    with pytest.raises(EstimationError, match="a replicate has no weight"):
        survey_logistic(y, X, SamplingDesign(np.ones(8), R), names=["1", "x"])
