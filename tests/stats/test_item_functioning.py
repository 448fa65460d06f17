import json

import numpy as np
import polars as pl
import pytest
from scipy.special import expit

from erbij.errors import EstimationError
from erbij.stats.item_functioning import item_functioning
from erbij.stats.ordinal_regression import ordinal_regression

ITEMS = ["q1", "q2", "q3", "q4", "q5"]


@pytest.fixture(scope="session")
def measured(reference_folder):
    return json.loads((reference_folder / "measurement.json").read_text())


@pytest.fixture(scope="session")
def made(reference_folder):
    rows = pl.read_csv(reference_folder / "made_up_items.csv")
    groups = rows["group"].cast(pl.Enum(["a", "b", "c"])).to_physical().cast(pl.Int64).to_numpy()
    return rows.select(ITEMS).cast(pl.Float64).fill_null(float("nan")).to_numpy(), groups


def agree(found, expected):
    """polr's BFGS leaves 1e-8 or so of log-likelihood."""
    for item, wanted in zip(found, expected, strict=True):
        assert (item.item, item.n) == (wanted["item"], wanted["n"])
        for part in ("uniform", "non_uniform", "total"):
            change, theirs = getattr(item, part), wanted[part]
            assert change.chi2 == pytest.approx(theirs["chi2"], abs=1e-6)
            assert change.df == theirs["df"]
            assert change.p == pytest.approx(theirs["p"], rel=1e-5)
            assert change.mcfadden == pytest.approx(theirs["mcfadden"], abs=1e-9)
            assert change.nagelkerke == pytest.approx(theirs["nagelkerke"], abs=1e-9)


@pytest.mark.parametrize("match", ["rest", "total"])
def test_made_up_items_agree_with_polr(match, made, measured):
    found = item_functioning(*made, names=ITEMS, match=match)
    agree(found, measured["dif"][f"made_up_{match}"])


def test_pisa_items_agree_with_polr(pisa, numbers, measured):
    names = [f"ST034Q0{i}TA" for i in range(1, 7)]
    answers = np.column_stack([numbers(pisa[name]) for name in names])
    found = item_functioning(answers, pisa["ST004D01T"].to_numpy() - 1, names=names)
    agree(found, measured["dif"]["pisa2015_usa"])
    assert {item.size for item in found} == {"a"}


def test_what_was_built_in_is_found(made):
    """Item 2 is easier for group b at every score; item 4 tells more in group c."""
    found = {item.item: item for item in item_functioning(*made, names=ITEMS)}
    assert {name: item.size for name, item in found.items()} == dict.fromkeys(ITEMS, "a") | {"q2": "b"}
    assert found["q2"].is_uniform
    assert found["q2"].effects[1] > 0.4
    assert not found["q4"].is_uniform
    assert found["q4"].total.p < 0.001
    assert {item.size_zumbo for item in found.values()} == {"a"}


def test_effects_are_against_everyone_together(made, measured):
    answers, groups = made
    known = ~np.isnan(answers).any(axis=1)
    shares = np.bincount(groups[known]) / known.sum()
    for item, wanted in zip(
        item_functioning(*made, names=ITEMS), measured["dif"]["made_up_rest"], strict=True
    ):
        assert item.effects @ shares == pytest.approx(0, abs=1e-12)
        np.testing.assert_allclose(item.effects[1:] - item.effects[0], wanted["group"], atol=1e-5)


def test_the_names_of_groups_do_not_matter(made):
    answers, groups = made
    turned = np.array([2, 0, 1])[groups]
    for item, other in zip(
        item_functioning(answers, groups, names=ITEMS),
        item_functioning(answers, turned, names=ITEMS),
        strict=True,
    ):
        assert other.total.chi2 == pytest.approx(item.total.chi2, abs=1e-8)
        np.testing.assert_allclose(other.effects[[2, 0, 1]], item.effects, atol=1e-7)


def test_large_effects_are_called_large():
    rng = np.random.default_rng(7)
    trait, group = rng.normal(size=2000), np.arange(2000) % 2
    answers = np.column_stack([(rng.random(2000) < expit(2 * trait)) * 1.0 for _ in range(6)])
    answers[:, 0] = rng.random(2000) < expit(2 * trait + 4 * group - 2)
    sizes = [item.size for item in item_functioning(answers, group, names=list("abcdef"))]
    assert sizes[0] == "c"
    assert "c" not in sizes[1:]


def test_an_ordinal_regression_agrees_with_polr(made, measured):
    answers, groups = made
    known = ~np.isnan(answers).any(axis=1)
    q1, q2, g = answers[known, 0], answers[known, 1], groups[known]
    X = np.column_stack([q2, g == 1, g == 2]).astype(float)
    fit = ordinal_regression((q1[:, None] == [1, 2, 3, 4]).astype(float), X)
    expected = measured["ordinal"]
    assert fit.loglik == pytest.approx(expected["loglik"], abs=1e-7)
    np.testing.assert_allclose(fit.thresholds, expected["thresholds"], atol=1e-5)
    np.testing.assert_allclose(fit.beta, expected["beta"], atol=1e-5)
    assert fit.converged


def test_two_answers_are_a_logistic_regression():
    counts = np.array([[30.0, 10], [20, 20], [5, 25]])
    fit = ordinal_regression(counts, np.array([[0.0, 0], [1, 0], [0, 1]]))
    odds = np.log(counts[:, 1] / counts[:, 0])
    np.testing.assert_allclose(fit.beta, odds[1:] - odds[0], atol=1e-9)
    np.testing.assert_allclose(fit.thresholds, [-odds[0]], atol=1e-9)


@pytest.mark.parametrize(
    ("answers", "groups", "problem"),
    [
        (np.ones((9, 2)), np.arange(9) % 2, "three items or more"),
        (np.arange(27.0).reshape(9, 3) % 4, np.zeros(9, int), "two groups"),
        (np.arange(27.0).reshape(9, 3) % 4, np.where(np.arange(9) % 2, -1, 0), "two groups"),
        (
            np.column_stack([np.arange(27.0).reshape(9, 3) % 4, np.ones(9)]),
            np.arange(9) % 2,
            "^d: everyone gave",
        ),
        (np.where(np.eye(9, 3) == 1, np.inf, 1.0), np.arange(9) % 2, "infinite"),
    ],
)
def test_items_that_can_not_be_compared_are_refused(answers, groups, problem):
    with pytest.raises(EstimationError, match=problem):
        item_functioning(answers, groups, names=list("abcd")[: answers.shape[1]])


def test_a_group_that_tells_the_answer_without_exception_is_large():
    rng = np.random.default_rng(3)
    answers = rng.integers(0, 3, (60, 3)).astype(float)
    group = np.arange(60) % 2
    answers[:, 0] = group
    found = item_functioning(answers, group, names=list("abc"))[0]
    assert found.size == found.size_zumbo == "c"
    assert found.total.nagelkerke == pytest.approx(1, abs=0.1)


def test_predictors_that_depend_on_each_other_are_refused():
    counts = np.array([[3.0, 4], [2, 5], [6, 1]])
    with pytest.raises(EstimationError, match="depend on each other"):
        ordinal_regression(counts, np.array([[0.0, 0], [1, 2], [2, 4]]))
    with pytest.raises(EstimationError, match="predictors do not vary"):
        ordinal_regression(counts, np.zeros((3, 1)))
