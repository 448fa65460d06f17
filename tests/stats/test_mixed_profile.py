import json

import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats.conditional_modes import conditional_modes
from erbij.stats.frame_rows import sums_of
from erbij.stats.mixed_fit import fit
from erbij.stats.mixed_profile import standard_deviations, variance_shares


@pytest.fixture(scope="module")
def witness(reference_folder):
    return json.loads((reference_folder / "mixed_models.json").read_text())["fits"]


@pytest.fixture(scope="module")
def rows(reference_folder):
    names = ("growth", "ratings", "flat")
    return {name: pl.read_csv(reference_folder / f"mixed_{name}.csv", null_values="NA") for name in names}


@pytest.mark.parametrize("name", ["growth_weights_ml", "ratings_crossed"])
def test_profile_intervals_agree_with_lme4(name, witness, rows):
    expected = witness[name]
    sums, plan = sums_of(expected["formula"], rows[expected["data"]], expected.get("weights"))
    found = standard_deviations(sums, fit(sums, plan.layout, is_reml=False))
    ours = {f"sd_(Intercept)|{i.group}" if i.group else "sigma": (i.low, i.high) for i in found}
    for key, low, high in zip(*(expected["profile"][k] for k in ("names", "low", "high")), strict=True):
        # lme4 interpolates its profile.
        assert ours[key] == pytest.approx((low, high), rel=1e-6)


def test_a_slope_and_an_intercept_far_away_have_profiles(rows):
    """The intercept's deviation depends on where zero is, the slope's does not."""
    here = rows["growth"].with_columns(late=pl.col("year") - 4)
    found = {}
    for column in ("year", "late"):
        sums, plan = sums_of(f"score ~ {column} + (1 + {column} | pupil)", here)
        found[column] = standard_deviations(sums, fit(sums, plan.layout))
    near, far = found["year"], found["late"]
    assert (near[1].low, near[1].high) == pytest.approx((far[1].low, far[1].high), rel=1e-6)
    assert far[0].low > near[0].value
    assert all(i.low < i.value < i.high for i in (*near, *far))


def test_shares_of_variance_add_up_and_lie_within_their_intervals(rows):
    sums, plan = sums_of("y ~ x + (1 | pupil) + (1 | teacher)", rows["ratings"])
    found = fit(sums, plan.layout)
    variances = np.array([c.value for c in found.variances])
    shares = variance_shares(found)
    assert [i.value for i in shares] == pytest.approx(list(variances / (variances.sum() + found.sigma2)))
    assert all(0 < i.low < i.value < i.high < 1 for i in shares)


def test_the_share_of_one_factor_is_the_profile_of_its_deviation(rows):
    """With one factor the share is a function of theta alone: the cut can be looked up."""
    sums, plan = sums_of("score ~ year + (1 | pupil)", rows["growth"])
    found = fit(sums, plan.layout)
    (share,) = variance_shares(found)
    for end in (share.low, share.high):
        there = found.solution.deviance(np.array([np.sqrt(end / (1 - end))]))
        assert there.deviance - found.objective == pytest.approx(3.841458821, abs=1e-4)


def test_on_the_boundary_an_interval_starts_at_zero_and_has_an_end(rows):
    sums, plan = sums_of("y ~ x + (1 | class)", rows["flat"])
    (share,) = variance_shares(fit(sums, plan.layout))
    assert (share.value, share.low) == (0.0, 0.0)
    assert 0.01 < share.high < 0.3


def test_a_share_needs_intercepts_only(rows):
    sums, plan = sums_of("score ~ year + (1 + year | pupil)", rows["growth"])
    with pytest.raises(EstimationError, match="random intercepts only"):
        variance_shares(fit(sums, plan.layout))


@pytest.mark.parametrize(
    "name", ["growth_three_levels", "growth_three_levels_ml", "ratings_all", "growth_weights"]
)
def test_modes_agree_with_lme4(name, witness, rows):
    expected = witness[name]
    sums, plan = sums_of(expected["formula"], rows[expected["data"]], expected.get("weights"))
    for modes in conditional_modes(fit(sums, plan.layout, is_reml=expected["reml"])):
        theirs = expected["modes"][modes.group]
        place = {level: i for i, level in enumerate(modes.levels)}
        order = [place[str(level)] for level in theirs["names"]]
        value = np.array(theirs["value"]).reshape(len(order), -1)
        np.testing.assert_allclose(modes.modes[order], value, atol=1e-6 * np.abs(value).max())
        if len(modes.names) == 1:
            variance = np.array(theirs["variance"])
            np.testing.assert_allclose(modes.covariances[order, 0, 0], variance, rtol=1e-6)
        else:  # R keeps a row for each column
            variance = np.array(theirs["variance"]).reshape(len(modes.names), -1)
            spread = np.diagonal(modes.covariances[order], axis1=1, axis2=2)
            np.testing.assert_allclose(spread.T, variance, rtol=2e-6)
