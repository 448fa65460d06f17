import json

import numpy as np
import polars as pl
import pytest
from scipy.stats import chi2, t

from bench.truth import PUPILS, by_posterior, fitted, school
from erbij.errors import EstimationError
from erbij.stats import quadrature, theta_posterior
from erbij.stats.frame_rows import sums_of
from erbij.stats.mixed_fit import fit


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(9)
    c = np.repeat(np.arange(8), PUPILS)
    y = 60 + rng.normal(0, 5, 8)[c] + rng.normal(0, 14, c.size)
    return pl.DataFrame(
        {"y": y, "c": c, "d": rng.integers(0, 7, c.size), "e": rng.integers(0, 6, c.size)}
        | {"x": rng.normal(size=c.size), "half": np.arange(c.size) % 2}
    )


def fit_rows(formula, rows):
    sums, plan = sums_of(formula, rows)
    return fit(sums, plan.layout)


def test_balanced_classes_agree_with_integration_by_hand(rows):
    """The posterior of one-way data from its two sums of squares alone, on a fine grid."""
    found = theta_posterior.posterior(fit_rows("y ~ 1 + (1 | c)", rows), 0.9)
    classes = rows.group_by("c").agg(pl.col("y").mean(), v=pl.col("y").var() * (PUPILS - 1)).sort("c")
    between, within = PUPILS * float(classes["y"].var()) * 7, float(classes["v"].sum())
    theta = (np.arange(200_000) + 0.5) / 200_000 * 40
    spread = 1 + PUPILS * theta**2
    r2 = within + between / spread
    log = -3.5 * np.log(spread) - 159 / 2 * np.log(r2) - np.log1p(theta**2)
    weights = np.exp(log - log.max())
    weights /= weights.sum()
    share = np.interp([0.5, 0.95], np.cumsum(weights), theta**2 / (1 + theta**2))
    told = theta_posterior.share(found, "c")
    np.testing.assert_allclose([told.median, told.high], share, rtol=1e-3)
    rng = np.random.default_rng(1)
    k = rng.choice(theta.size, 400_000, p=weights)
    sd = theta[k] * np.sqrt(r2[k] / chi2.rvs(159, size=k.size, random_state=rng))
    told = theta_posterior.standard_deviation(found, "c")
    np.testing.assert_allclose([told.median, told.high], np.quantile(sd, [0.5, 0.95]), rtol=5e-3)
    mean = theta_posterior.coefficients(found, np.eye(1))
    scale = np.sqrt(r2[k] / 159 * spread[k] / rows.height)
    drawn = rows["y"].mean() + scale * t.rvs(159, size=k.size, random_state=rng)
    np.testing.assert_allclose([mean.low[0], mean.high[0]], np.quantile(drawn, [0.05, 0.95]), rtol=1e-3)


@pytest.mark.parametrize(("name", "data"), [("few", "ratings"), ("none", "flat")])
def test_made_up_data_agree_with_a_grid_over_the_deviance_of_lme4(name, data, reference_folder):
    expected = json.loads((reference_folder / "mixed_models.json").read_text())["posterior"][name]
    sums, plan = sums_of(expected["formula"], pl.read_csv(reference_folder / f"mixed_{data}.csv"))
    found = theta_posterior.posterior(fit(sums, plan.layout), 0.9)
    (group,) = plan.factors
    share = theta_posterior.share(found, group)
    low, median, above_zero, high = expected["share"]
    # One that begins at zero ends where nine tenths lie below: otherwise it would hold more than it says.
    low, high = (low, high) if name == "few" else (0.0, above_zero)
    np.testing.assert_allclose([share.low, share.median, share.high], [low, median, high], rtol=2e-3)
    slope = theta_posterior.coefficients(found, np.array([[0.0, 1.0]]))
    np.testing.assert_allclose([slope.low[0], slope.median[0], slope.high[0]], expected["slope"], rtol=1e-5)


@pytest.mark.parametrize("formula", ["y ~ half + (1 | c) + (1 | d)", "y ~ half + (1 + x | c)"])
def test_a_finer_grid_changes_little(formula, rows, monkeypatch):
    found = fit_rows(formula, rows)
    told = [theta_posterior.posterior(found, 0.9)]
    monkeypatch.setattr(quadrature, "POINTS", (60, 24, 13))
    told.append(theta_posterior.posterior(found, 0.9))
    quantities = [
        [q.median, q.high, *theta_posterior.coefficients(p, np.eye(2)).high]
        for p in told
        for q in (theta_posterior.standard_deviation(p, "c"),)
    ]
    np.testing.assert_allclose(*quantities, rtol=5e-3)


def test_far_from_the_boundary_intervals_are_those_of_reml():
    """With a hundred groups nothing is left to average over."""
    rng = np.random.default_rng(3)
    g = np.repeat(np.arange(100), 30)
    x = rng.normal(size=g.size)
    y = 0.3 * x + rng.normal(0, 1, 100)[g] + rng.normal(size=g.size)
    found = fit_rows("y ~ x + (1 | g)", pl.DataFrame({"y": y, "x": x, "g": g}))
    told = theta_posterior.coefficients(theta_posterior.posterior(found), np.eye(2))
    np.testing.assert_allclose(told.median, found.beta, atol=0.01)
    np.testing.assert_allclose((told.high - told.low) / 2, 1.96 * found.se, rtol=0.02)


def test_nothing_collapses_where_reml_finds_no_variance(rows):
    flat = rows.with_columns(y=pl.col("y") - pl.col("y").mean().over("c"))
    reml = fit_rows("y ~ 1 + (1 | c)", flat)
    assert reml.ending.boundary
    found = theta_posterior.posterior(reml)
    share, effects = theta_posterior.share(found, "c"), theta_posterior.effects(found, "c")
    assert share.low == 0
    assert 0.01 < share.high < 0.2
    assert (effects.high - effects.low > 1).all()


def test_ninety_percent_intervals_hold_nine_in_ten():
    """Calibration in small; `make bench-truth` does it in earnest. Binomial noise of 30 is 1.6 schools."""
    rng = np.random.default_rng(12)
    held = np.zeros(4)
    for _ in range(30):
        frame, truth = school(rng, 1 - 1 / (1 + np.tan(rng.random() * np.pi / 2) ** 2))
        found = by_posterior(fitted(frame))
        held += [found[name][0] <= truth[name] <= found[name][1] for name in ("icc", "sd", "gap", "class")]
    assert (np.abs(held - 27) <= 3).all()


def test_four_variance_parameters_are_too_many(rows):
    with pytest.raises(EstimationError, match="one to three variance parameters"):
        theta_posterior.posterior(fit_rows("y ~ 1 + (1 + x | c) + (1 | d)", rows))


def test_a_share_with_slopes_is_refused(rows):
    found = theta_posterior.posterior(fit_rows("y ~ 1 + (1 + x || c)", rows))
    with pytest.raises(EstimationError, match="random intercepts only"):
        theta_posterior.share(found, "c")
