import json

import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats.factor_groups import GroupMoments, fit_groups, moments
from erbij.stats.invariance import STEPS, invariance

WORDED_THE_OTHER_WAY = [(0, 3), (0, 5), (3, 5)]
# lavaan stops where its objective changes by 1e-10 of itself.
LAVAAN = {"chisq": 1e-5, "cfi": 1e-7, "rmsea": 2e-7, "srmr": 1e-5}
OURS = {"chisq": "chi2", "cfi": "cfi", "rmsea": "rmsea", "srmr": "srmr"}


@pytest.fixture(scope="session")
def measured(reference_folder):
    return json.loads((reference_folder / "measurement.json").read_text())["invariance"]


@pytest.fixture(scope="session")
def groups_of(measured):
    return lambda key: [
        GroupMoments(g["n"], np.array(g["mean"]), np.array(g["S"])) for g in measured[key]["moments"]
    ]


def agree(found, expected):
    assert found.df == expected["df"], found.step
    for name, ours in OURS.items():
        assert getattr(found, ours) == pytest.approx(expected[name], abs=LAVAAN[name]), (found.step, name)


@pytest.mark.parametrize(
    ("key", "pairs"), [("made_up", []), ("holzinger_swineford", [(3, 4), (4, 5), (3, 5)])]
)
def test_every_step_agrees_with_lavaan(key, pairs, measured, groups_of):
    found = invariance(groups_of(key), pairs=pairs)
    assert [step.step for step in found.steps] == list(STEPS)
    for step in found.steps:
        agree(step, measured[key]["steps"][step.step])
        assert step.fit.free == measured[key]["steps"][step.step]["npar"]


def test_pisa_agrees_with_the_published_reference(pisa, numbers, shared_data):
    reference = json.loads((shared_data / "reference_pisa2015_usa.json").read_text())["invariance_female"]
    answers = np.column_stack([numbers(pisa[f"ST034Q0{i}TA"]) for i in range(1, 7)])
    girl = (pisa["ST004D01T"] == 1).cast(pl.Int64).to_numpy()
    found = invariance(moments(answers, girl), pairs=WORDED_THE_OTHER_WAY)
    for step in found.steps:
        agree(step, reference[step.step])
    assert found.holds == "strict"
    assert [round(step.cfi_lost, 4) for step in found.steps] == [0.0, 0.0034, 0.0028, 0.0026]


def test_made_up_groups_lose_too_much_by_equal_loadings(groups_of):
    """One item tells more in one group, and another is easier in another."""
    found = invariance(groups_of("made_up"))
    assert found.holds == "configural"
    assert found.steps[1].cfi_lost == pytest.approx(0.0251, abs=1e-4)


def test_items_without_a_common_factor_hold_at_no_step():
    rng = np.random.default_rng(4)
    a, b, common = rng.normal(size=(3, 600, 1))
    answers = np.hstack([a, a, a, b, b, b]) + 0.5 * common + 0.6 * rng.normal(size=(600, 6))
    assert invariance(moments(answers, np.arange(600) % 2)).holds == "none"


def test_a_model_that_made_the_groups_is_found_again():
    loadings, unique = np.array([1.0, 0.8, 0.6, 0.5]), np.array([0.5, 0.4, 0.7, 0.6])
    intercepts = np.arange(4.0)
    variance, mean = np.array([1.0, 2.0]), np.array([0.0, -0.7])
    groups = [
        GroupMoments(500, intercepts + m * loadings, v * np.outer(loadings, loadings) + np.diag(unique))
        for v, m in zip(variance, mean, strict=True)
    ]
    fit = fit_groups(groups, ("loadings", "intercepts", "uniquenesses"))
    np.testing.assert_allclose(fit.loadings, [loadings, loadings], atol=1e-6)
    np.testing.assert_allclose(fit.uniquenesses[1], unique, atol=1e-6)
    np.testing.assert_allclose((fit.variances, fit.means), (variance, mean), atol=1e-6)
    np.testing.assert_allclose(fit.intercepts[0], intercepts, atol=1e-6)
    assert fit.objective == pytest.approx(0, abs=1e-12)
    assert not fit.has_heywood


def test_the_units_of_items_do_not_matter(groups_of):
    groups = groups_of("made_up")
    unit, move = np.array([100.0, 0.01, 1, 7, 1]), np.array([0, 5.0, 1e3, 0, 0])
    moved = [GroupMoments(g.n, g.mean * unit + move, g.S * np.outer(unit, unit)) for g in groups]
    plain, far = invariance(groups), invariance(moved)
    for a, b in zip(plain.steps, far.steps, strict=True):
        assert b.chi2 == pytest.approx(a.chi2, abs=1e-7)
        np.testing.assert_allclose(b.fit.loadings, a.fit.loadings * unit, rtol=1e-5)


def test_moments_are_those_of_complete_answers():
    answers = np.array(
        [[1.0, 2, 4], [3, 1, 2], [np.nan, 1, 2], [2, 5, 1], [2, 2, 9], [0, 1, 0], [3, 3, 3], [1, 0, 4]]
    )
    groups = np.array([0, 0, 0, 0, 0, -1, 0, 0])
    (found,) = moments(answers, groups)
    known = answers[[0, 1, 3, 4, 6, 7]]
    assert found.n == 6
    np.testing.assert_allclose(found.mean, known.mean(axis=0))
    np.testing.assert_allclose(found.S, np.cov(known.T, ddof=0))


def good(n=40, p=4, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 1)) + rng.normal(size=(n, p))


@pytest.mark.parametrize(
    ("answers", "groups", "problem"),
    [
        (good(), np.zeros(40, int), "two groups or more"),
        (good(p=2), np.arange(40) % 2, "3 items or more"),
        (good(), np.where(np.arange(40) < 4, 1, 0), "group 2: too few pupils answered every item; found 4"),
        (np.where(np.eye(40, 4) == 1, np.inf, good()), np.arange(40) % 2, "infinite"),
        (good() * [1, 1, 1, 0], np.arange(40) % 2, "group 1: the covariances are not positive definite"),
    ],
)
def test_groups_that_allow_no_factor_are_named(answers, groups, problem):
    with pytest.raises(EstimationError, match=problem):
        invariance(moments(answers, groups))


def test_three_items_with_residuals_that_go_together_are_too_few():
    with pytest.raises(EstimationError, match="too few items for this model"):
        fit_groups(moments(good(p=3), np.arange(40) % 2), pairs=[(0, 1)])
