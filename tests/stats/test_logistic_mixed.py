import json

import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats.logistic_mixed import fit

BASES = {"sx": "Male", "sector": "Public", "situ": "other"}


@pytest.fixture(scope="module")
def ratings(reference_folder):
    return pl.read_csv(reference_folder / "mixed_ratings.csv")


@pytest.mark.parametrize("name", ["teacher", "teacher_points", "crossed"])
def test_made_up_data_agree_with_glmer(name, ratings, reference_folder):
    expected = json.loads((reference_folder / "mixed_models.json").read_text())["logistic"][name]
    found = fit(expected["formula"], ratings, expected["points"])
    assert found.ending.converged
    # glmer stops a little short of the best Laplace likelihood, never beyond it.
    assert -1e-9 < found.loglik - expected["loglik"] < 1e-4
    np.testing.assert_allclose(found.beta, list(expected["beta"].values()), rtol=5e-4)
    variances = [line["vcov"] for line in expected["variances"]]
    np.testing.assert_allclose([c.value for c in found.variances], variances, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    "name", ["hsb82_hi_laplace", "hsb82_hi_agq15", "hsb82_hi_rs_laplace", "verbagg_laplace"]
)
def test_known_data_agree_with_glmer(name, shared_data):
    expected = json.loads((shared_data / "reference_lme4.json").read_text())["fits"][name]
    formula = expected["formula"]
    for column, base in BASES.items():
        formula = formula.replace(column, f"C({column}, contr.treatment(base='{base}'))")
    rows = pl.read_parquet(shared_data / f"{name.split('_')[0]}.parquet")
    found = fit(formula, rows, 15 if "agq" in name else 1)
    assert -1e-8 < found.loglik - expected["logLik"] < 1e-3
    np.testing.assert_allclose(found.beta, list(expected["fixef"].values()), rtol=2e-3)
    np.testing.assert_allclose(found.se, list(expected["se"].values()), rtol=3e-3)
    variances = [line["vcov"] for line in expected["varcomp"]]
    np.testing.assert_allclose([c.value for c in found.variances], variances, rtol=1e-2)
    assert found.ending.boundary == expected["singular"]


def test_the_best_known_likelihoods_are_reached(shared_data):
    rows = pl.read_parquet(shared_data / "hsb82.parquet")
    found = fit("hi ~ minrty + sx + cses + meanses + sector + (1 | school)", rows)
    assert found.loglik == pytest.approx(-4303.732364, abs=2e-6)


def test_many_points_agree_with_plain_integration(ratings):
    """The likelihood of one small data set, by summing over a fine grid of the random effect."""
    rows = ratings.filter(pl.col("teacher") <= 5)
    found = fit("yes ~ 1 + (1 | teacher)", rows, 25)
    sd = np.sqrt(found.variances[0].value)
    b = np.linspace(-9, 9, 20001)
    p = 1 / (1 + np.exp(-(found.beta[0] + sd * b)))
    total = 0.0
    for _, part in rows.group_by("teacher"):
        yes, n = part["yes"].sum(), part.height
        total += np.log(
            np.trapezoid(p**yes * (1 - p) ** (n - yes) * np.exp(-(b**2) / 2) / np.sqrt(2 * np.pi), b)
        )
    assert found.loglik == pytest.approx(total, abs=1e-8)


def test_a_column_far_away_changes_nothing_but_the_intercept(ratings):
    here = fit("yes ~ x + (1 + x | teacher)", ratings)
    there = fit("yes ~ far + (1 + far | teacher)", ratings.with_columns(far=pl.col("x") + 2022))
    assert there.loglik == pytest.approx(here.loglik, abs=1e-7)
    assert there.beta[1] == pytest.approx(here.beta[1], rel=1e-5)
    assert there.variances[1].value == pytest.approx(here.variances[1].value, rel=1e-4)


def test_text_and_missing_values(ratings):
    worded = ratings.with_columns(yes=pl.when(pl.col("yes") == 1).then(pl.lit("ja")).otherwise(pl.lit("aan")))
    gaps = worded.with_columns(x=pl.when(pl.int_range(pl.len()) < 7).then(None).otherwise("x"))
    found = fit("yes ~ x + (1 | teacher)", gaps)
    assert dict(found.excluded) == {"missing": 7}
    same = fit("yes ~ x + (1 | teacher)", ratings[7:])
    assert found.loglik == pytest.approx(same.loglik, abs=1e-10)


@pytest.mark.parametrize(
    ("formula", "points", "problem"),
    [
        ("y ~ x + (1 | teacher)", 1, "is 0 and 1"),
        ("one ~ x + (1 | teacher)", 1, "does not vary"),
        ("yes ~ x + twice + (1 | teacher)", 1, "twice"),
        ("yes ~ x + (1 | one)", 1, "one group only"),
        ("yes ~ x + (1 | row)", 1, "as many random effects"),
        ("yes ~ x + (1 | teacher) + (1 | school)", 5, "quadrature takes one"),
        ("three ~ x + (1 | teacher)", 1, "two values"),
        ("yes ~ endless + (1 | teacher)", 1, "infinite"),
    ],
)
def test_what_can_not_be_fitted_is_named(formula, points, problem, ratings):
    n = ratings.height
    odd = ratings.with_columns(
        one=pl.lit(1),
        twice=2 * pl.col("x") - 1,
        row=pl.int_range(n),
        three=pl.Series(["a", "b", "c"] * n)[:n],
        endless=pl.when(pl.int_range(n) == 3).then(np.inf).otherwise("x"),
    )
    with pytest.raises(EstimationError, match=problem):
        fit(formula, odd, points)


def test_complete_separation_is_named(ratings):
    with pytest.raises(EstimationError, match="without error"):
        fit("yes ~ same + (1 | teacher)", ratings.with_columns(same=pl.col("yes") * 2.0 + 1))
