"""The exact filling, held against linear programming and against trying everything."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from erbij.actions import returns
from erbij.errors import ActionError


def curves(rng, actions=2, steps=2, cap=1.0, places=3):
    lengths = rng.integers(1, 4, (actions, steps)).astype(float)
    rates = np.sort(rng.uniform(0.01, 0.1, (actions, steps)), axis=1)[:, ::-1]
    return lengths, rates, returns.pieces(lengths, rates, places=places, cap=cap)


def gain(pieces, weights, hours):
    return float(weights @ returns.helped(pieces, hours).sum(axis=1))


def by_programming(lengths, rates, weights, budget, *, least, most, cap):
    """The same problem for HiGHS: a column for each place, action and step, and one for idle hours."""
    J, K = len(weights), lengths.size
    columns = J * (K + 1)
    worth = np.concatenate([np.append(w * rates.ravel(), 0.0) for w in weights])
    of_place = np.kron(np.eye(J), np.ones(K + 1))
    helped = np.kron(np.eye(J), np.append(rates.ravel(), 0.0))
    found = linprog(
        -worth,
        A_ub=np.vstack([np.ones(columns), of_place, -of_place, helped]),
        b_ub=np.concatenate([[budget], most, -least, np.full(J, cap)]),
        bounds=[(0, b) for _ in range(J) for b in (*lengths.ravel(), None)],
        method="highs",
    )
    assert found.status == 0
    return -found.fun


@given(
    seed=st.integers(0, 10**6),
    budget=st.floats(4.0, 40.0),
    least=st.floats(0.0, 1.0),
    most=st.floats(1.5, 30.0),
    cap=st.sampled_from([1.0, 0.2]),
)
def test_filling_is_as_good_as_linear_programming(seed, budget, least, most, cap):
    rng = np.random.default_rng(seed)
    lengths, rates, pieces = curves(rng, places=4, cap=cap)
    weights = rng.uniform(0, 10, 4)
    bounds = {"least": np.full(4, least), "most": np.full(4, most)}
    hours = returns.fill(pieces, weights, budget, **bounds)
    assert hours.sum() <= budget * (1 + 1e-9)
    assert (hours >= bounds["least"] - 1e-9).all()
    assert (hours <= bounds["most"] + 1e-9).all()
    best = by_programming(lengths, rates, weights, budget, **bounds, cap=cap)
    assert gain(pieces, weights, hours) == pytest.approx(best, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_filling_is_as_good_as_trying_every_division_in_whole_hours(seed):
    rng = np.random.default_rng(seed)
    _, _, pieces = curves(rng)
    weights = rng.uniform(0, 10, 3)
    least, most, budget = np.array([0.0, 1.0, 0.0]), np.array([5.0, 6.0, 2.0]), 8
    tried = [np.array(h, dtype=float) for h in product(range(6), range(1, 7), range(3)) if sum(h) <= budget]
    best = max(gain(pieces, weights, hours) for hours in tried)
    found = returns.fill(pieces, weights, budget, least=least, most=most)
    assert gain(pieces, weights, found) == pytest.approx(best, rel=1e-12)


def test_places_alike_get_alike():
    pieces = returns.pieces(np.array([[4.0]]), np.array([[0.1]]), places=3)
    hours = returns.fill(pieces, np.ones(3), 6.0, least=np.zeros(3), most=np.full(3, 9.0))
    assert hours == pytest.approx([2.0, 2.0, 2.0])


def test_what_helps_nobody_stays_unspent():
    pieces = returns.pieces(np.array([[4.0]]), np.array([[0.1]]), places=2)
    hours = returns.fill(pieces, np.array([1.0, 0.0]), 50.0, least=np.zeros(2), most=np.full(2, 99.0))
    assert hours == pytest.approx([4.0, 0.0])


def test_hours_of_actions_add_up_to_those_that_help():
    _, _, pieces = curves(np.random.default_rng(3))
    hours = np.array([1.0, 2.5, 4.0])
    assert returns.spent(pieces, hours).sum(axis=1) == pytest.approx(hours)


def test_the_cap_holds_whatever_is_spent():
    _, _, pieces = curves(np.random.default_rng(3), cap=0.15)
    assert returns.helped(pieces, np.full(3, 1e6)).sum(axis=1) == pytest.approx([0.15] * 3)


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [([2.0, 2.0], [1.0, 9.0], "above its most"), ([6.0, 6.0], [9.0, 9.0], "more than the budget")],
)
def test_refuses_bounds_that_can_not_be_kept(least, most, said):
    pieces = returns.pieces(np.array([[4.0]]), np.array([[0.1]]), places=2)
    with pytest.raises(ActionError, match=said):
        returns.fill(pieces, np.ones(2), 10.0, least=np.array(least), most=np.array(most))


def test_refuses_returns_that_grow():
    with pytest.raises(ActionError, match="may not rise"):
        returns.pieces(np.array([[1.0, 1.0]]), np.array([[0.1, 0.2]]), places=1)
