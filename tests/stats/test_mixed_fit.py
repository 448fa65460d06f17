import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats.frame_rows import sums_of
from erbij.stats.mixed_fit import fit

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
WITNESS = json.loads((REFERENCE / "mixed_models.json").read_text())["fits"]
IN_OUR_NAMES = {"(Intercept)": "Intercept", "trackb": "track[T.b]", "trackc": "track[T.c]"}
# R takes another category first than the alphabet does.
R_ORDER = {"sx": "Male", "sector": "Public", "gender": "M"}


@pytest.fixture(scope="session")
def made_up_rows():
    names = ("growth", "ratings", "flat")
    return {name: pl.read_csv(REFERENCE / f"mixed_{name}.csv", null_values="NA") for name in names}


@pytest.fixture(scope="session")
def known_rows(shared_data):
    rows = {name: pl.read_parquet(shared_data / f"{name}.parquet") for name in ("hsb82", "chem97")}
    return rows | {"sleepstudy": pl.read_csv(shared_data / "sleepstudy.csv")}


def fit_rows(formula, rows):
    sums, plan = sums_of(formula, rows)
    return fit(sums, plan.layout)


def variances_of(found, expected):
    """Ours and theirs, without the residual; a factor that lme4 writes as g.1 is g."""
    ours = {(c.group, c.name1, c.name2): c.value for c in found.variances}
    pairs = []
    for line in expected:
        if line["grp"] == "Residual":
            continue
        names = (IN_OUR_NAMES.get(line.get(key), line.get(key)) for key in ("var1", "var2"))
        pairs.append((ours[line["grp"].split(".")[0], *names], line["vcov"]))
    return np.array(pairs).T


@pytest.mark.parametrize("name", sorted(WITNESS))
def test_made_up_data_agree_with_lme4(name, made_up_rows):
    expected = WITNESS[name]
    sums, plan = sums_of(expected["formula"], made_up_rows[expected["data"]], expected.get("weights"))
    found = fit(sums, plan.layout, is_reml=expected["reml"])
    assert found.ending.converged
    assert found.ending.boundary == expected["boundary"]
    assert (found.n, dict(found.groups)) == (expected["n"], expected["groups"])
    assert found.loglik == pytest.approx(expected["loglik"], abs=1e-9)
    # bobyqa stops within about 1e-7 of theta; the numbers follow.
    np.testing.assert_allclose(found.beta, list(expected["beta"].values()), rtol=1e-6)
    np.testing.assert_allclose(found.se, list(expected["se"].values()), rtol=1e-6)
    # lmerTest differentiates numerically.
    np.testing.assert_allclose(found.df, list(expected["df"].values()), rtol=3e-5)
    ours, theirs = variances_of(found, expected["variances"])
    np.testing.assert_allclose(ours, theirs, rtol=5e-6, atol=1e-9)


LINEAR = [
    f"{data}_{criterion}"
    for data in (
        "hsb82_null",
        "hsb82_ri",
        "hsb82_rs",
        "hsb82_rs_uncorr",
        "chem97_nested3",
        "chem97_rs",
        "sleepstudy",
    )
    for criterion in ("reml", "ml")
]


@pytest.mark.parametrize("name", LINEAR)
def test_known_data_agree_with_lme4(name, known_rows, shared_data):
    expected = json.loads((shared_data / "reference_lme4.json").read_text())["fits"][name]
    formula = expected["formula"]
    for column, base in R_ORDER.items():
        formula = formula.replace(column, f"C({column}, contr.treatment(base='{base}'))")
    sums, plan = sums_of(formula, known_rows[name.split("_")[0]])
    found = fit(sums, plan.layout, is_reml=expected["REML"])
    assert found.ending.converged
    assert found.loglik == pytest.approx(expected["logLik"], abs=1e-8)
    np.testing.assert_allclose(found.beta, list(expected["fixef"].values()), rtol=1e-6)
    np.testing.assert_allclose(found.se, list(expected["se"].values()), rtol=3e-6)
    ours, theirs = variances_of(found, expected["varcomp"])
    np.testing.assert_allclose(ours, theirs, rtol=5e-5)


@pytest.mark.parametrize("away", [2022.0, 1e7])
def test_columns_far_from_zero_lose_nothing(away, made_up_rows):
    """Against the same model of columns around zero, brought there exactly."""
    rows = made_up_rows["growth"].with_columns(year=pl.col("year").cast(pl.Float64))
    near, plan = sums_of("score ~ year * girl + (1 + year | pupil)", rows)
    moved = rows.with_columns(year=pl.col("year") + away, score=pl.col("score") * 64 // 1 / 64 + away)
    near, plan = sums_of(
        "score ~ year * girl + (1 + year | pupil)",
        moved.with_columns(year=pl.col("year") - away, score=pl.col("score") - away),
    )
    far, far_plan = sums_of("score ~ year * girl + (1 + year | pupil)", moved)
    here, there = fit(near, plan.layout), fit(far, far_plan.layout)
    assert there.loglik == pytest.approx(here.loglik, abs=1e-8)
    slopes = [here.names.index("year"), here.names.index("year:girl")]
    np.testing.assert_allclose(there.beta[slopes], here.beta[slopes], rtol=1e-9)
    np.testing.assert_allclose(there.se[slopes], here.se[slopes], rtol=1e-9)
    assert there.variances[1].value == pytest.approx(here.variances[1].value, rel=1e-8)
    assert there.sigma2 == pytest.approx(here.sigma2, rel=1e-10)


def test_the_order_of_rows_and_terms_does_not_matter(made_up_rows):
    rows = made_up_rows["ratings"]
    first, plan = sums_of("y ~ x + (1 | pupil) + (1 | teacher)", rows)
    turned, turned_plan = sums_of("y ~ x + (1 | teacher) + (1 | pupil)", rows.reverse())
    here, there = fit(first, plan.layout), fit(turned, turned_plan.layout)
    assert here.loglik == pytest.approx(there.loglik, abs=1e-9)
    assert {c.group: c.value for c in here.variances} == pytest.approx(
        {c.group: c.value for c in there.variances}, rel=1e-7
    )


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("y ~ x + (1 | one)", "grouping factor one: has one group only"),
        ("y ~ x + (1 | row)", "as many random effects as rows"),
        ("y ~ x + (1 + x | pair)", "as many random effects as rows"),
        ("y ~ x + flat + (1 | g)", "flat: a column does not vary"),
        ("y ~ x + twice + (1 | g)", "twice: a column depends on those before it"),
        ("y ~ text + (1 | g)", "text: a column does not vary"),
        ("flat ~ x + (1 | g)", "no variance is left"),
        ("text ~ x + (1 | g)", "holds no numbers"),
        ("y ~ endless + (1 | g)", "endless: a value is infinite"),
        ("y ~ empty + (1 | g)", "no row has all the columns"),
        ("y ~ 0 + (1 | g)", "no fixed column"),
        ("y ~ x + (1 + flat | g)", "factor g, flat: a column does not vary"),
        ("y ~ x + (1 + x + twice | g)", "factor g, twice: a column depends"),
        ("y ~ x + (1 | g) + (1 | same)", "same groups as g, Intercept: a column"),
        ("y ~ x + (1 + x | g) + (1 + x + endless | same)", "endless: a value is infinite"),
        ("y ~ x + (1 + x | g) + (1 + x | row)", "grouping factor row: as many random effects as rows"),
        ("x ~ x + (1 | g)", "no variance is left"),
    ],
)
def test_what_can_not_be_fitted_is_named(formula, problem):
    n = 24
    x = np.random.default_rng(3).normal(size=n)
    rows = pl.DataFrame(
        {
            "y": x + np.arange(n) % 5,
            "x": x,
            "twice": 2 * x + 1,
            "flat": np.full(n, 3.5),
            "text": ["same"] * n,
            "endless": np.where(np.arange(n) == 4, np.inf, x),
            "empty": pl.Series([None] * n, dtype=pl.Float64),
            "g": np.arange(n) % 4,
            "same": [f"group {k % 4}" for k in range(n)],
            "one": np.zeros(n, dtype=int),
            "row": np.arange(n),
            "pair": np.arange(n) // 2,
        }
    )
    with pytest.raises(EstimationError, match=problem):
        fit_rows(formula, rows)


@pytest.mark.parametrize("weight", [0.0, -1.0, np.inf])
def test_a_weight_that_is_none_is_refused(weight, made_up_rows):
    rows = made_up_rows["flat"].with_columns(w=pl.Series([weight] + [1.0] * 119))
    with pytest.raises(EstimationError, match=r"zero, negative or infinite.*1 such"):
        sums_of("y ~ x + (1 | class)", rows, "w")


def test_a_slope_may_vary_over_groups_that_go_by_two_names(made_up_rows):
    """Intercepts over one name and slopes over the other are told apart."""
    rows = made_up_rows["ratings"].with_columns(other=pl.format("teacher {}", "teacher"))
    apart = fit_rows("y ~ x + (1 | teacher) + (0 + x | other)", rows)
    assert apart.loglik == pytest.approx(fit_rows("y ~ x + (1 + x || teacher)", rows).loglik, abs=1e-7)


def test_rows_that_lack_a_value_or_a_group_are_counted(made_up_rows):
    rows = made_up_rows["flat"]
    gaps = rows.with_columns(
        y=pl.when(pl.int_range(120) == 3).then(None).otherwise("y"),
        x=pl.when(pl.int_range(120) == 4).then(float("nan")).otherwise("x"),
        **{"class": pl.when(pl.int_range(120) == 5).then(None).otherwise("class")},
    )
    sums, _ = sums_of("y ~ x + (1 | class)", gaps)
    assert (sums.n, dict(sums.excluded)) == (117, {"missing": 3})
