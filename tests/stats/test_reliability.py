import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats.covariances import correlation, covariance
from erbij.stats.reliability import alpha, alpha_interval, omega_total, one_factor

NAMES = [f"ST034Q0{i}TA" for i in range(1, 7)]
# lavaan stops at 1e-10 of its objective, which leaves 1e-7 in the estimates.
LAVAAN = 2e-7
# The optimiser behind psych's factanal stops at 1e-7 or so of the uniquenesses.
PSYCH = 1e-7


@pytest.fixture(scope="session")
def reference(witness):
    return witness["reliability"]


@pytest.fixture(scope="session", name="S")
def covariances(reference):
    return np.array(reference["S"])


@pytest.fixture(scope="session")
def answers(pisa, numbers):
    return np.column_stack([numbers(pisa[name]) for name in NAMES])


def test_covariances_of_complete_answers_agree_with_r(answers, reference):
    found = covariance(answers, names=NAMES)
    assert found.n == reference["n"] == 5414
    np.testing.assert_allclose(found.S, reference["S"], rtol=1e-12)


def test_pairwise_covariances_and_correlations_agree_with_r(answers, reference):
    np.testing.assert_allclose(
        covariance(answers, names=NAMES, missing="pairwise").S, reference["S_pairwise"], rtol=1e-12
    )
    found = correlation(answers, names=NAMES, missing="pairwise")
    np.testing.assert_allclose(found.S, reference["R_pairwise"], rtol=1e-12)
    assert found.n == 5500


def test_alpha_agrees_with_psych(reference):
    assert alpha(np.array(reference["S"])) == pytest.approx(reference["alpha"], abs=1e-13)
    assert alpha(np.array(reference["S_pairwise"])) == pytest.approx(reference["alpha_pairwise"], abs=1e-13)
    assert round(reference["alpha"], 5) == 0.85711
    assert round(reference["alpha_pairwise"], 5) == 0.85625


def test_alpha_of_two_items_agrees_with_psych(S, reference):
    two = S[np.ix_([0, 5], [0, 5])]
    assert alpha(two) == pytest.approx(reference["alpha_two"], abs=1e-13)


def test_feldt_interval_agrees_with_psych(reference):
    low, high = alpha_interval(reference["alpha"], reference["n"], 6)
    assert (low, high) == pytest.approx((reference["alpha_low"], reference["alpha_high"]), abs=1e-12)


def test_one_factor_agrees_with_lavaan(S, reference):
    fit = one_factor(S, reference["n"])
    # lavaan divides the sums of squares by n, not by n - 1.
    n = reference["n"]
    np.testing.assert_allclose(fit.loadings * np.sqrt((n - 1) / n), reference["loadings"], atol=1e-6)
    np.testing.assert_allclose(fit.uniquenesses * (n - 1) / n, reference["uniquenesses"], atol=1e-6)
    assert fit.objective == pytest.approx(reference["objective"], abs=1e-9)
    assert (fit.converged, fit.has_heywood) == (True, False)
    assert fit.gradient_norm < 1e-8


def test_omega_agrees_with_lavaan(S, reference):
    raw = omega_total(S, reference["n"], standardised=False, total="model")
    assert raw.value == pytest.approx(reference["omega_raw"], abs=LAVAAN)
    assert raw.se == pytest.approx(reference["omega_raw_se"], abs=1e-8)
    standardised = omega_total(S, reference["n"], total="model")
    assert standardised.value == pytest.approx(reference["omega_standardised"], abs=LAVAAN)
    assert standardised.se == pytest.approx(reference["omega_standardised_se"], abs=1e-8)


def test_omega_agrees_with_psych(S, reference):
    assert omega_total(S, reference["n"]).value == pytest.approx(reference["omega_psych_complete"], abs=PSYCH)
    pairwise = omega_total(np.array(reference["R_pairwise"]), 5500).value
    assert pairwise == pytest.approx(reference["omega_psych"], abs=PSYCH)
    assert round(pairwise, 6) == 0.857878


def test_the_gradient_is_exact(S):
    # At the optimum no move of a uniqueness lowers the discrepancy, seen with the whole likelihood.
    fit = one_factor(S, 5414)

    def discrepancy(loadings, psi):
        Sigma = np.outer(loadings, loadings) + np.diag(psi)
        return np.linalg.slogdet(Sigma)[1] + np.trace(np.linalg.solve(Sigma, S)) - np.linalg.slogdet(S)[1] - 6

    best = discrepancy(fit.loadings, fit.uniquenesses)
    assert best == pytest.approx(fit.objective, abs=1e-12)
    rng = np.random.default_rng(3)
    for _ in range(50):
        step = 1 + rng.normal(0, 1e-3, 12)
        assert discrepancy(fit.loadings * step[:6], fit.uniquenesses * step[6:]) > best


@pytest.mark.parametrize("standardised", [True, False])
@pytest.mark.parametrize("total", ["observed", "model"])
def test_the_standard_error_of_omega_is_what_samples_show(standardised, total):
    loadings, psi = np.array([0.8, 0.6, 0.7, 0.5]), np.array([0.5, 0.9, 0.6, 0.4])
    rng = np.random.default_rng(11)
    n, values = 400, []
    for _ in range(120):
        x = rng.normal(size=(n, 1)) * loadings + rng.normal(size=(n, 4)) * np.sqrt(psi)
        values.append(omega_total(np.cov(x.T), n, standardised=standardised, total=total).value)
    Sigma = np.outer(loadings, loadings) + np.diag(psi)
    told = omega_total(Sigma, n, standardised=standardised, total=total).se
    # The spread of 120 samples is itself known to 6.5 %, and this allows three times that.
    assert np.std(values) == pytest.approx(told, rel=0.2)


@given(
    st.lists(st.floats(0.3, 0.9), min_size=3, max_size=8),
    st.lists(st.floats(0.05, 20), min_size=8, max_size=8),
)
def test_a_factor_comes_back_in_any_unit(loadings, units):
    loadings, units = np.array(loadings), np.array(units)[: len(loadings)]
    C = np.outer(loadings, loadings)
    np.fill_diagonal(C, 1.0)
    fit = one_factor(C * np.outer(units, units), 500)
    np.testing.assert_allclose(fit.loadings / units, loadings, atol=1e-5)
    assert fit.objective < 1e-10


def test_equal_items_have_the_same_alpha_and_omega():
    S = np.full((5, 5), 0.4) + 0.6 * np.eye(5)
    omega = omega_total(S, 200)
    assert omega.value == pytest.approx(alpha(S), abs=1e-9)
    assert omega.low < omega.value < omega.high < 1


def test_a_heywood_case_is_flagged_and_has_no_interval():
    C = np.array([[1.0, 0.9, 0.8], [0.9, 1.0, 0.6], [0.8, 0.6, 1.0]])  # 0.9 * 0.8 / 0.6 > 1
    omega = omega_total(C, 100)
    assert omega.fit.has_heywood
    assert omega.fit.converged
    assert np.isnan([omega.se, omega.low, omega.high]).all()


def test_an_item_that_everyone_answered_alike_is_named():
    x = np.array([[1.0, 2, 3], [2, 2, 1], [3, np.nan, 2], [1, 2, 2]])
    for missing in ("complete", "pairwise"):
        with pytest.raises(EstimationError, match=r"^b: everyone gave the same answer"):
            covariance(x, names=["a", "b", "c"], missing=missing)


@pytest.mark.parametrize(
    ("x", "message"),
    [(np.ones((3, 1)), "two items"), (np.array([[1.0, np.nan], [np.nan, 2.0]]), "too few pupils")],
)
def test_too_little_for_a_covariance_is_refused(x, message):
    with pytest.raises(EstimationError, match=message):
        covariance(x, names=["a", "b"][: x.shape[1]])


@pytest.mark.parametrize(
    ("S", "n", "message"),
    [
        (np.eye(2), 100, "3 items"),
        (np.diag([1.0, 0, 1]), 100, "item 2: an item does not vary"),
        (np.ones((3, 3)), 100, "not positive definite"),
        (np.eye(3), 100, "no factor in common"),
        (np.eye(3), 3, "too few pupils"),
    ],
)
def test_omega_refuses_what_it_cannot_know(S, n, message):
    with pytest.raises(EstimationError, match=message):
        omega_total(S, n)


def test_alpha_refuses_a_sum_that_does_not_vary():
    with pytest.raises(EstimationError, match="does not vary"):
        alpha(np.array([[1.0, -1.0], [-1.0, 1.0]]))
    with pytest.raises(EstimationError, match="two pupils"):
        alpha_interval(0.8, 1, 6)
