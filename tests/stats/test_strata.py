import numpy as np
import polars as pl
import pytest

from erbij.stats import frame_rows, mixed_fit, strata

GROUPS = np.array([(a, b, c) for a in range(2) for b in range(3) for c in range(4)])
ADDITIVE = np.column_stack([(GROUPS[:, [j]] == np.arange(k)) for j, k in enumerate((2, 3, 4))]).astype(float)
N = np.tile([15, 40, 80], 8)


def drawn(seed: int, *, effects: float = 0.0, rest: float = 0.0) -> np.ndarray:
    """Means of strata with additive effects and a rest of such standard deviations, pupils of 20."""
    rng = np.random.default_rng(seed)
    true = 60 + ADDITIVE @ rng.normal(0, 1, 9) * effects + rng.normal(0, 1, 24) * rest
    return true + rng.normal(0, 20, 24) / np.sqrt(N)


def decomposed(means: np.ndarray) -> strata.Strata:
    return strata.decompose(means, np.diag(400.0 / N), ADDITIVE, other=400.0)


def test_share_agrees_with_the_mixed_model_of_the_rows():
    rng = np.random.default_rng(5)
    stratum = np.repeat(np.arange(24), N)
    y = 60 + rng.normal(0, 8, 24)[stratum] + rng.normal(0, 20, len(stratum))
    fit = mixed_fit.fit(*_sums(pl.DataFrame({"y": y, "s": stratum})))
    between = fit.variances[0].value
    means = np.bincount(stratum, y) / N
    found = strata.decompose(means, np.diag(fit.sigma2 / N), ADDITIVE, other=fit.sigma2)
    # The grid has 160 values of the standard deviation.
    assert found.vpc.value == pytest.approx(between / (between + fit.sigma2), rel=0.03)
    assert found.vpc.low < found.vpc.value < found.vpc.high


def _sums(frame):
    sums, plan = frame_rows.sums_of("y ~ 1 + (1 | s)", frame)
    return sums, plan.layout


def test_predicted_is_what_adds_up_and_the_rest():
    found = decomposed(drawn(1, effects=4, rest=3))
    assert found.predicted.value == pytest.approx(found.additive.value + found.rest.value)


def test_rest_is_drawn_towards_nothing():
    means = drawn(2, effects=4, rest=3)
    found = decomposed(means)
    assert (np.abs(found.rest.value) < np.abs(means - found.additive.value)).all()


def test_what_adds_up_is_found_and_no_rest_stands_out():
    found = decomposed(drawn(3, effects=8))
    assert found.pcv.value > 0.9
    assert not ((found.rest.low > 0) | (found.rest.high < 0)).any()


def test_nothing_between_strata_is_the_boundary_and_its_interval_has_a_width():
    found = decomposed(np.full(24, 60.0))
    assert found.is_boundary
    assert found.vpc.value == 0
    assert found.vpc.high > 0.001
    assert np.isnan(found.pcv.value)


def test_intervals_of_the_rest_hold_what_was_drawn_about_as_often_as_they_say():
    held = []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        rest = rng.normal(0, 5, 24)
        found = decomposed(60 + rest + rng.normal(0, 20, 24) / np.sqrt(N))
        predicted = found.predicted
        held.append(((predicted.low <= 60 + rest) & (60 + rest <= predicted.high)).mean())
    assert 0.92 <= np.mean(held) <= 0.99
