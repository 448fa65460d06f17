import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats.plausible_values import pool


def test_equal_versions_are_one_estimate():
    beta, covariance = np.array([1.0, -2.0]), np.array([[2.0, 0.5], [0.5, 1.0]])
    pooled = pool([beta] * 5, [covariance] * 5, df=79)
    np.testing.assert_array_equal(pooled.beta, beta)
    np.testing.assert_allclose(pooled.covariance, covariance, rtol=1e-14)
    # Barnard and Rubin's own discount of a sample that is not infinite.
    np.testing.assert_allclose(pooled.df, 79 * 80 / 82)
    np.testing.assert_array_equal(pooled.between, 0)


def test_the_worked_example_by_hand():
    """Three versions 10, 12, 14 with variances 4, 5, 6: T = 5 + 4/3 x 4, df by Barnard and Rubin (1999)."""
    pooled = pool([np.array([x]) for x in (10.0, 12, 14)], [np.array([[v]]) for v in (4.0, 5, 6)], df=30)
    T = 5 + 4 / 3 * 4
    share = 16 / 3 / T
    assert pooled.beta[0] == 12
    assert pooled.se[0] == pytest.approx(np.sqrt(T))
    assert pooled.between[0] == pytest.approx(share)
    assert pooled.df[0] == pytest.approx(1 / (share**2 / 2 + 1 / (31 / 33 * 30 * (1 - share))))


@given(st.integers(0, 10_000), st.integers(2, 20), st.floats(1, 500))
def test_pooling_adds_uncertainty_and_loses_freedom(seed, versions, df):
    rng = np.random.default_rng(seed)
    betas = list(rng.normal(size=(versions, 3)))
    roots = rng.normal(size=(versions, 3, 3))
    covariances = [root @ root.T for root in roots]
    pooled = pool(betas, covariances, df)
    assert (np.diag(pooled.covariance) >= np.mean(covariances, axis=0).diagonal()).all()
    assert (pooled.df > 0).all()
    assert (pooled.df <= df).all()
    turned = pool(betas[::-1], covariances[::-1], df)
    np.testing.assert_allclose(turned.se, pooled.se, rtol=1e-12)


def test_one_version_is_refused():
    with pytest.raises(EstimationError, match="two versions or more"):
        pool([np.ones(1)], [np.eye(1)], df=10)
