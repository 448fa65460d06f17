import numpy as np
import pytest

from erbij.stats.additive_share import Draws, additive_shares

J, D = 12, 2000


@pytest.fixture
def columns():
    """Main effects of two breakdowns of 3 and 4 groups: a constant, and five indicators."""
    a, b = np.divmod(np.arange(J), 4)
    return np.column_stack([np.ones(J), *(a == i for i in (1, 2)), *(b == i for i in (1, 2, 3))])


def shares(columns, means, *, error, rest):
    draws = Draws(np.zeros(D, dtype=int), np.full(D, error), np.ones(D), np.full(D, rest))
    return additive_shares([means], [columns], draws, np.random.default_rng(1))


def test_what_is_known_without_error_is_taken_as_it_is(columns):
    means = columns @ [60.0, 1.0, -1.0, 0.5, 0.0, 2.0]
    found = shares(columns, means, error=1e-12, rest=0.5)
    np.testing.assert_allclose(found, means.var(ddof=1) / (means.var(ddof=1) + 0.5), rtol=1e-5)


def test_errors_of_main_effects_are_not_taken_for_differences(columns):
    """With standard errors of 1 and true effects of 0.2 estimates vary by 0.9 instead of 0.03."""
    rng = np.random.default_rng(2)
    truth = columns @ np.array([60, 0.2, -0.2, 0.1, 0.2, 0.0])
    estimated = truth + columns @ rng.normal(0, 1, 6)
    found = shares(columns, estimated, error=1.0, rest=1.0)
    as_they_come = estimated.var(ddof=1) / (estimated.var(ddof=1) + 1)
    true = truth.var(ddof=1) / (truth.var(ddof=1) + 1)
    assert np.quantile(found, 0.05) < true < 0.05 < as_they_come
    assert np.median(found) < as_they_come


def test_a_point_that_no_spread_agrees_with_counts_for_little(columns):
    """The second point says that strata differ by thousands of what rows differ; the prior hardly does."""
    draws = Draws(np.arange(D) % 2, np.full(D, 1e-6), np.ones(D), np.where(np.arange(D) % 2, 1e9, 1.0))
    near = columns @ [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    found = additive_shares([near, 1e5 * near], [columns, columns], draws, np.random.default_rng(1))
    assert (found < 0.01).mean() < 0.01


def test_without_main_effects_nothing_adds_up():
    constant = np.ones((J, 1))
    assert (shares(constant, 60 * constant[:, 0], error=1.0, rest=1.0) == 0).all()
