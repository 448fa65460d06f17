import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats.conditional_modes import conditional_modes
from erbij.stats.maihda import logistic_maihda, maihda


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(8)
    n = 900
    sex, origin, grade = rng.integers(0, 2, n), rng.integers(0, 3, n), rng.integers(0, 4, n)
    rest = rng.normal(0, 1.5, (2, 3, 4))
    y = 50 + 2 * sex - 3 * (origin == 2) + grade + rest[sex, origin, grade] + rng.normal(0, 9, n)
    frame = pl.DataFrame(
        {"y": y, "sex": sex, "origin": origin, "grade": grade, "school": rng.integers(0, 15, n)}
    )
    return frame.with_columns(low=(pl.col("y") < 48).cast(pl.Int64))


@pytest.fixture(scope="module")
def found(rows):
    return maihda(rows, "y", ["sex", "origin", "grade"])


def test_shares_are_those_of_the_two_models(found):
    (null,), (main,) = found.null.variances, found.main.variances
    assert found.vpc.value == pytest.approx(null.value / (null.value + found.null.sigma2))
    assert found.pcv.value == pytest.approx(1 - main.value / null.value)
    assert found.vpc.low < found.vpc.value < found.vpc.high
    assert found.pcv.low < found.pcv.value < found.pcv.high <= 1


def test_each_stratum_is_its_parts(found, rows):
    assert len(found.strata) == 24
    assert sum(s.n for s in found.strata) == rows.height
    for s in found.strata:
        assert s.predicted.value == pytest.approx(s.additive.value + s.rest.value)
        assert s.predicted.low < s.predicted.value < s.predicted.high
        assert s.rest.low < s.rest.value < s.rest.high


def test_the_rest_is_close_to_the_modes_at_the_fitted_variance(found):
    """Averaging over what the variance may be moves the rest, but by less than it is uncertain."""
    (modes,) = conditional_modes(found.main)
    place = {level: i for i, level in enumerate(modes.levels)}
    for s in found.strata:
        plain = modes.modes[place[":".join(s.groups)], 0]
        assert abs(s.rest.value - plain) < (s.rest.high - s.rest.low) / 4


def test_no_interval_collapses_on_the_boundary(rows):
    flat = rows.with_columns(y=pl.col("sex") * 2.0 + pl.int_range(pl.len()) % 10)
    there = maihda(flat, "y", ["sex", "origin"])
    assert there.main.ending.boundary
    assert "maihda-boundary" in there.notes
    assert all(s.rest.high - s.rest.low > 0.05 for s in there.strata)


def test_a_small_stratum_is_drawn_to_the_mean():
    """The worked example: variances 1.22 and 27.34, three rows at 19.0, mean 14.93, shown as 15.4."""
    g, n = 1.22382 / 27.33736, 3
    assert 14.93 + g * n / (1 + g * n) * (19.0 - 14.93) == pytest.approx(15.42, abs=0.01)


def test_strata_may_cross_schools(rows):
    there = maihda(rows, "y", ["sex", "origin"], crossed="school", is_reml=False)
    assert dict(there.main.groups) == {"sex:origin": 6, "school": 15}
    assert there.main.criterion == "ML"
    assert "maihda-estimator" in there.notes


def test_yes_and_no(rows):
    there = logistic_maihda(rows, "low", ["sex", "origin", "grade"])
    (null,) = there.null.variances
    assert there.vpc.value == pytest.approx(null.value / (null.value + np.pi**2 / 3))
    assert there.vpc.low <= there.vpc.value < there.vpc.high
    assert there.pcv.low <= there.pcv.value <= there.pcv.high <= 1
    assert len(there.strata) == 24
    assert sum(s.n for s in there.strata) == rows.height
    for s in there.strata:
        assert s.predicted.value == pytest.approx(s.additive.value + s.rest.value)
        assert s.predicted.low < s.predicted.value < s.predicted.high
        assert s.share.value == pytest.approx(100 / (1 + np.exp(-s.predicted.value)))


def test_strata_of_yes_and_no_lie_near_the_observed_shares(rows):
    """Large strata keep their share, small differences aside; drawn towards what main effects say."""
    there = logistic_maihda(rows, "low", ["sex", "origin"], crossed="school")
    observed = {
        tuple(map(str, key)): 100 * part["low"].mean() for key, part in rows.group_by("sex", "origin")
    }
    for s in there.strata:
        assert s.share.low < observed[s.groups] < s.share.high


def test_main_effects_that_are_all_there_is_explain_nearly_all(rows):
    added = rows.with_columns(y=5.0 * pl.col("sex") + 4.0 * pl.col("origin") + pl.col("y") / 5)
    there = maihda(added, "y", ["sex", "origin", "grade"])
    assert there.pcv.low > 0.9
    assert there.pcv.value <= there.pcv.high <= 1


@pytest.mark.parametrize(
    ("breakdowns", "crossed", "problem"),
    [
        (["sex"], None, "two different columns"),
        (["sex", "sex"], None, "two different columns"),
        (["sex", "y"], None, "in two places"),
        (["sex", "origin"], "sex", "in two places"),
    ],
)
def test_wrong_columns_are_named(rows, breakdowns, crossed, problem):
    with pytest.raises(EstimationError, match=problem):
        maihda(rows, "y", breakdowns, crossed=crossed)
