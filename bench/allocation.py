"""Dividing a budget over 500 places and 30 actions: the exact filling beside linear programming and others.

    python -m bench.allocation [--places 500] [--actions 30] [--draws 200]

All solve the same made-up problem. HiGHS is given every piece of every curve as a column; SLSQP the hours of
places with the curves as they are; "in proportion" gives hours by pupils below the line, without solving.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.optimize import linprog, minimize

from erbij.actions import allocation, registry, returns
from erbij.actions.allocation import Rule
from erbij.privacy.release import Release
from tests.actions.conftest import cell, release

TIMES = 5


def town(places: int, rng: np.random.Generator) -> Release:
    cells = []
    for i in range(places):
        at, share = ("class", f"{i:04d}"), rng.uniform(12, 50)
        cells.append(cell("below", share, half=8.0, at=at, n=25))
        cells.append(cell("mean", 68 - share / 2, half=7.0, at=at, n=25))
    return release(*cells)


def seconds(work: Callable[[], object]) -> float:
    work()
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return float(np.median(took))


def by_programming(of: returns.Pieces, weights: np.ndarray, budget: float) -> float:
    columns = len(of.rate)
    total = sparse.csr_matrix(np.ones((1, columns)))
    bounds = np.column_stack([np.zeros(columns), of.length])
    found = linprog(-weights[of.place] * of.rate, A_ub=total, b_ub=[budget], bounds=bounds, method="highs")
    return -float(found.fun)


def by_slsqp(of: returns.Pieces, weights: np.ndarray, budget: float) -> float:
    def loss(hours: np.ndarray) -> float:
        return -float(weights @ returns.helped(of, hours).sum(axis=1))

    start = np.full(of.places, budget / of.places)
    limits = {"type": "ineq", "fun": lambda h: budget - h.sum(), "jac": lambda h: -np.ones_like(h)}
    # One step is enough to see what it costs: each asks 500 differences of the whole sum.
    found = minimize(loss, start, method="SLSQP", constraints=limits, options={"maxiter": 1})
    return -float(found.fun)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--places", type=int, default=500)
    ask.add_argument("--actions", type=int, default=30)
    ask.add_argument("--draws", type=int, default=200)
    given = ask.parse_args()
    actions = tuple(registry.actions().values())[: given.actions]
    made = town(given.places, np.random.default_rng(1))
    budget = 40.0 * given.places
    rule = Rule(draws=given.draws)
    of = allocation.problem(made, "class", actions, budget=budget, rule=rule)
    weights = of.needs.below * (1 + rule.depth_weight * of.needs.depth / of.line)
    none, all_ = np.zeros(given.places), np.full(given.places, np.inf)

    def ours() -> np.ndarray:
        return returns.fill(of.pieces, weights, budget, least=none, most=all_)

    def worth(hours: np.ndarray) -> float:
        return float(weights @ returns.helped(of.pieces, hours).sum(axis=1))

    base = seconds(ours)
    shares = budget * of.needs.below / of.needs.below.sum()
    rows = [
        ("erbij, exact filling", base, worth(ours())),
        (
            "HiGHS, linear programme",
            seconds(lambda: by_programming(of.pieces, weights, budget)),
            by_programming(of.pieces, weights, budget),
        ),
        (
            "in proportion to need",
            seconds(lambda: budget * of.needs.below / of.needs.below.sum()),
            worth(shares),
        ),
        ("equal shares", 0.0, worth(np.full(given.places, budget / given.places))),
    ]
    start = time.perf_counter()
    rows.append(("SLSQP, one step", 0.0, by_slsqp(of.pieces, weights, budget)))
    rows[-1] = (rows[-1][0], time.perf_counter() - start, rows[-1][2])
    print(f"{given.places} places, {len(actions)} actions, {len(of.pieces.rate)} pieces")
    for name, took, found in rows:
        print(f"{name:26} {took:9.4f} s ({took / base:7.1f} x)  objective {found:.6f}")
    start = time.perf_counter()
    whole = allocation.problem(made, "class", actions, budget=budget, rule=rule)
    allocation.divide(whole)
    print(f"whole division with {given.draws} draws: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
