import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats import regression
from erbij.stats.design import SamplingDesign
from erbij.stats.regression import survey_mean, survey_regression

# R writes 15 digits; sums of a few thousand terms in another order differ in the last three of them.
EXACT = 1e-10
NAMES = ["Intercept", "girl", "immigrant", "ESCS"]


@pytest.fixture(scope="session")
def made_up_model(made_up, numbers):
    groups = [(made_up["group"] == g).to_numpy().astype(float) for g in "bc"]
    X = np.column_stack([np.ones(made_up.height), made_up["x"].to_numpy(), *groups])
    return numbers(made_up["y"]), X


@pytest.fixture(scope="session")
def pisa_model(pisa, numbers):
    girl, immigrant = pisa["ST004D01T"] == 1, pisa["IMMIG"] > 1
    X = np.column_stack([np.ones(pisa.height), numbers(girl), numbers(immigrant), numbers(pisa["ESCS"])])
    return numbers(pisa["BELONG"]), X


@pytest.mark.parametrize("route", ["clusters", "pupils", "replicates"])
def test_made_up_regression_agrees_with_svyglm(route, made_up_model, made_up_designs, witness):
    y, X = made_up_model
    fit = survey_regression(y, X, made_up_designs[route], names=["Intercept", "x", "b", "c"])
    expected = witness["made_up"][route]["regression"]
    np.testing.assert_allclose(fit.beta, expected["value"], rtol=EXACT, atol=1e-10)
    # svyglm stops its iterations at 1e-8 of the deviance.
    np.testing.assert_allclose(fit.se, expected["se"], rtol=1e-8)
    assert (fit.n, fit.rank) == (227, 4)
    if route != "replicates":  # where R takes the rank of the replicate weights
        assert fit.df == expected["df"]


@pytest.mark.parametrize(
    ("route", "key"), [("replicates", "regression"), ("clusters", "regression_clusters")]
)
def test_pisa_regression_agrees_with_svyglm(route, key, pisa_model, pisa_designs, witness):
    fit = survey_regression(*pisa_model, pisa_designs[route], names=NAMES)
    expected = witness["pisa2015_usa"][key]
    np.testing.assert_allclose(fit.beta, expected["value"], rtol=EXACT)
    np.testing.assert_allclose(fit.se, expected["se"], rtol=EXACT)
    assert (fit.df, fit.n) == (expected["df"], 5372)
    assert fit.condition < 3


def test_pisa_agrees_with_the_published_reference(pisa_model, pisa_designs, shared_data):
    reference = json.loads((shared_data / "reference_pisa2015_usa.json").read_text())
    design = pisa_designs["replicates"]
    mean = survey_mean(pisa_model[0], design)
    assert mean.value == pytest.approx(reference["svy_mean_BELONG"]["est"]["BELONG"], abs=1e-12)
    assert mean.se == pytest.approx(reference["svy_mean_BELONG"]["se"][0], abs=1e-12)
    fit = survey_regression(*pisa_model, design, names=NAMES)
    np.testing.assert_allclose(fit.beta, list(reference["svy_reg"]["est"].values()), atol=1e-12)
    np.testing.assert_allclose(fit.se, list(reference["svy_reg"]["se"].values()), atol=1e-12)


@pytest.mark.parametrize("route", ["clusters", "pupils", "replicates"])
def test_survey_mean_agrees_with_svymean(route, made_up, made_up_designs, numbers, witness):
    mean = survey_mean(numbers(made_up["y"]), made_up_designs[route])
    expected = witness["made_up"][route]["mean"]
    assert (mean.value, mean.se) == pytest.approx((expected["value"], expected["se"]), rel=EXACT)
    assert mean.n == expected["n"]


@pytest.mark.parametrize("route", ["clusters", "replicates"])
@pytest.mark.parametrize("away", [2022.0, 1e7])
def test_columns_far_from_zero_lose_nothing(route, away, made_up_model, made_up_designs):
    y, X = made_up_model
    names = ["Intercept", "x", "b", "c"]
    near = survey_regression(y, X, made_up_designs[route], names=names)
    far = survey_regression(y, X + np.array([0, away, 0, 0]), made_up_designs[route], names=names)
    # x itself keeps 1e-9 at 1e7: what is lost is lost in the data.
    np.testing.assert_allclose(far.beta[1:], near.beta[1:], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(far.se[1:], near.se[1:], rtol=1e-8)
    assert far.beta[0] == pytest.approx(near.beta[0] - away * near.beta[1], rel=1e-8)


def test_blocks_of_rows_add_up(made_up_model, made_up_designs, monkeypatch):
    names = ["Intercept", "x", "b", "c"]
    whole = survey_regression(*made_up_model, made_up_designs["replicates"], names=names)
    monkeypatch.setattr(regression, "blocks", lambda n, width: (slice(i, i + 50) for i in range(0, n, 50)))
    parts = survey_regression(*made_up_model, made_up_designs["replicates"], names=names)
    np.testing.assert_allclose(parts.beta, whole.beta, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(parts.se, whole.se, rtol=1e-10)


def test_without_an_intercept_the_columns_stay_where_they_are(made_up_model, made_up_designs):
    y, X = made_up_model
    ok = ~np.isnan(y)
    w = np.sqrt(made_up_designs["pupils"].weights[ok])
    expected = np.linalg.lstsq(X[ok][:, 1:] * w[:, None], y[ok] * w, rcond=None)[0]
    fit = survey_regression(y, X[:, 1:], made_up_designs["pupils"], names=["x", "b", "c"])
    np.testing.assert_allclose(fit.beta, expected, rtol=1e-11)


def test_dependent_columns_are_named(made_up_model, made_up_designs):
    y, X = made_up_model
    X = np.column_stack([X, 1 - X[:, 2] - X[:, 3]])
    for design in made_up_designs.values():
        with pytest.raises(EstimationError, match=r"^b, c, a: columns depend on each other"):
            survey_regression(y, X, design, names=["Intercept", "x", "b", "c", "a"])


def test_a_column_that_does_not_vary_is_named(made_up_model, made_up_designs):
    y, X = made_up_model
    with pytest.raises(EstimationError, match=r"^year: a column does not vary"):
        survey_regression(
            y,
            np.column_stack([X, np.full(y.size, 2026.0)]),
            made_up_designs["pupils"],
            names=["1", "x", "b", "c", "year"],
        )


def test_a_replicate_without_a_group_is_refused():
    replicates = np.array([[2.0, 0], [0, 2], [2, 0], [2, 2], [2, 2], [0, 2]])
    X = np.column_stack([np.ones(6), [0, 1, 0, 0, 0, 0]])
    with pytest.raises(EstimationError):
        survey_regression(np.arange(6.0), X, SamplingDesign(np.ones(6), replicates), names=["1", "g"])


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([np.nan, np.nan, np.nan], "no row is complete"),
        ([1.0, np.nan, np.nan], "too few complete rows"),
        ([1.0, np.inf, 2.0], "infinite"),
    ],
)
def test_answers_that_allow_no_mean_are_refused(y, message):
    with pytest.raises(EstimationError, match=message):
        survey_mean(np.array(y), SamplingDesign(np.ones(3)))


def test_too_few_clusters_and_wrong_shapes_are_refused():
    one_class = SamplingDesign(np.ones(4), clusters=np.zeros(4, dtype=int))
    with pytest.raises(EstimationError, match="too few clusters"):
        survey_mean(np.arange(4.0), one_class)
    with pytest.raises(EstimationError, match="a column for each name"):
        survey_regression(np.arange(4.0), np.ones((4, 2)), one_class, names=["a"])


@given(st.integers(0, 10_000), st.floats(0.1, 10), st.floats(-100, 100))
def test_moving_and_scaling_the_outcome_moves_and_scales_the_fit(seed, factor, origin):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(40), rng.normal(size=(40, 2))])
    y = rng.normal(size=40)
    design = SamplingDesign(rng.uniform(1, 3, 40), clusters=rng.integers(0, 8, 40))
    plain = survey_regression(y, X, design, names=["1", "a", "b"])
    moved = survey_regression(origin + factor * y, X, design, names=["1", "a", "b"])
    np.testing.assert_allclose(
        moved.beta, factor * plain.beta + [origin, 0, 0], atol=1e-10 * (1 + abs(origin))
    )
    np.testing.assert_allclose(moved.se, factor * plain.se, rtol=1e-8)


def test_row_order_of_memory_does_not_matter(made_up_model, made_up_designs):
    design = made_up_designs["replicates"]
    turned = SamplingDesign(design.weights, np.asfortranarray(design.replicates), design.fay)
    names = ["Intercept", "x", "b", "c"]
    a = survey_regression(*made_up_model, design, names=names)
    b = survey_regression(*made_up_model, turned, names=names)
    np.testing.assert_allclose(a.se, b.se, rtol=1e-10)
