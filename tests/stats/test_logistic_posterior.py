import numpy as np
import pytest
from scipy.special import expit, log_expit

from erbij.errors import EstimationError
from erbij.stats.logistic_posterior import RESIDUAL, Cells, posterior


@pytest.fixture
def counts():
    """Eight strata: yes answers and trials."""
    return np.array([12.0, 30, 9, 22, 18, 25, 40, 7]), np.array([40.0, 60, 30, 70, 30, 55, 80, 25])


def test_agrees_with_integration_over_effects_by_hand(counts):
    """Mean and standard deviation of the intercept and of a stratum, all integrals by sums over grids."""
    yes, trials = counts
    cells = Cells(yes, trials, np.ones((8, 1)), [np.arange(8)], [8])
    found = posterior(cells, np.array([0.3]))
    modes, roots = np.array([k.mode for k in found.kept]), np.array([k.root for k in found.kept])
    mean = found.weights @ modes[:, 0]
    spread = np.sqrt(found.weights @ ((roots[:, 0] ** 2).sum(axis=1) + (modes[:, 0] - mean) ** 2))
    relative = found.weights @ found.at[:, 0]
    by_hand = _by_hand(yes, trials)
    assert mean == pytest.approx(by_hand[0], abs=0.02)
    assert spread == pytest.approx(by_hand[1], rel=0.02)
    assert relative == pytest.approx(by_hand[2], rel=0.02)


def _by_hand(yes, trials):
    sizes = (np.arange(75) + 0.5) / 75 * 2.5
    beta = np.linspace(-3, 2, 126)
    z = np.linspace(-7, 7, 141)
    normal = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * (z[1] - z[0])
    log = np.empty((sizes.size, beta.size))
    for i, size in enumerate(sizes):
        eta = beta[:, None] + RESIDUAL * size * z
        up, down = log_expit(eta), log_expit(-eta)
        log[i] = sum(
            np.log(np.exp(y * up + (m - y) * down - _best(y, m)) @ normal)
            for y, m in zip(yes, trials, strict=True)
        ) - np.log1p(size**2)
    weights = np.exp(log - log.max())
    weights /= weights.sum()
    mean = (weights @ beta).sum()
    return mean, np.sqrt((weights @ (beta - mean) ** 2).sum()), weights.sum(axis=1) @ sizes


def _best(y, m):
    return y * np.log(y / m) + (m - y) * np.log(1 - y / m)


def test_much_data_keep_their_shares():
    yes, trials = np.array([3000.0, 6000, 4500, 5200]), np.full(4, 10_000.0)
    found = posterior(Cells(yes, trials, np.ones((4, 1)), [np.arange(4)], [4]), np.array([0.3]))
    predicted = found.weights @ np.array([k.mode[0] + k.mode[1:] for k in found.kept])
    np.testing.assert_allclose(expit(predicted), yes / trials, atol=2e-3)


def test_too_many_groups_are_refused():
    cells = Cells(np.zeros(1), np.ones(1), np.ones((1, 1)), [np.zeros(1, dtype=np.int64)], [5000])
    with pytest.raises(EstimationError, match="too many groups"):
        posterior(cells, np.array([0.3]))


def test_groups_that_hardly_agree_with_each_other_have_a_posterior_too():
    """Steps from one point of the grid to the next do not run into log odds without end."""
    yes = np.array([14.0, 0, 0, 0, 14, 0, 14, 12, 2, 13, 6, 0, 0, 0, 6, 0, 6, 8, 0, 7])
    trials = np.array([14.0, 17, 13, 15, 14, 16, 14, 12, 15, 13, 6, 3, 7, 5, 6, 4, 6, 8, 5, 7])
    X = np.column_stack([np.ones(20), np.where(np.arange(20) < 10, -0.631, 1.584)])
    found = posterior(Cells(yes, trials, X, [np.arange(20) % 10], [10]), np.array([19.80189827]))
    assert found.weights.sum() == pytest.approx(1)
    assert np.isfinite([kept.mode for kept in found.kept]).all()
