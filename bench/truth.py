"""Do 90 % intervals hold the truth nine times in ten? Six to twelve classes of twenty, a thousand times.

    python -m bench.truth [--times 1000] [--seed 1]

Each time the classes answer a model whose variances are known; then the intervals of the posterior by
quadrature, and those of REML (estimate and 1.645 standard errors), hold the truth or do not. The truth is
drawn from the prior (then the posterior must be right 90 times in 100: any other share would be a mistake in
it), from what schools look like, or fixed.
"""

import argparse
from collections.abc import Callable

import numpy as np
import polars as pl

from erbij.stats import mixed_fit, satterthwaite, theta_posterior
from erbij.stats.conditional_modes import conditional_modes
from erbij.stats.frame_rows import sums_of
from erbij.stats.theta_grid import PRIOR_SCALE

PUPILS = 20
CLASSES = (6, 12)
GAP, SIGMA = -3.0, 15.0
LEVEL, NORMAL = 0.9, 1.6448536269514722
QUANTITIES = ("icc", "sd", "gap", "class")
Draw = Callable[[np.random.Generator], float]
WORLDS: dict[str, Draw] = {
    "ICC from the prior": lambda rng: 1 - 1 / (1 + (PRIOR_SCALE * np.tan(rng.random() * np.pi / 2)) ** 2),
    "ICC anywhere from .01 to .25": lambda rng: rng.uniform(0.01, 0.25),
    "ICC .02": lambda _: 0.02,
    "ICC .05": lambda _: 0.05,
    "ICC .15": lambda _: 0.15,
    "ICC .30": lambda _: 0.30,
}


def school(rng: np.random.Generator, icc: float) -> tuple[pl.DataFrame, dict[str, float]]:
    """The answers of one school, and the truth about it."""
    J = int(rng.integers(CLASSES[0], CLASSES[1] + 1))
    sd = SIGMA * np.sqrt(icc / (1 - icc))
    effects = rng.normal(0, sd, J)
    c = np.repeat(np.arange(J), PUPILS)
    minority = (rng.random(c.size) < 0.3).astype(float)
    y = 65 + GAP * minority + effects[c] + rng.normal(0, SIGMA, c.size)
    truth = {"icc": icc, "sd": sd, "gap": GAP, "class": float(effects[0])}
    return pl.DataFrame({"y": y, "minority": minority, "c": c}), truth


def fitted(frame: pl.DataFrame) -> mixed_fit.MixedFit:
    sums, plan = sums_of("y ~ minority + (1 | c)", frame)
    return mixed_fit.fit(sums, plan.layout)


def by_posterior(fit: mixed_fit.MixedFit) -> dict[str, tuple[float, float]]:
    found = theta_posterior.posterior(fit, LEVEL)
    quantiles = {
        "icc": theta_posterior.share(found, "c"),
        "sd": theta_posterior.standard_deviation(found, "c"),
        "gap": theta_posterior.coefficients(found, np.array([[0.0, 1.0]])),
        "class": theta_posterior.effects(found, "c"),
    }
    return {name: (float(q.low.flat[0]), float(q.high.flat[0])) for name, q in quantiles.items()}


def by_reml(fit: mixed_fit.MixedFit) -> dict[str, tuple[float, float]]:
    """The estimate and standard errors from the curvature at it: what most programs print."""
    at, sigma = fit.solution.at, np.sqrt(fit.sigma2)
    size = float(fit.solution.deviance.model.factors[0].back[0, 0])
    theta = size * float(at.theta[0])
    A = 2 * satterthwaite.variances(fit.solution.deviance, at)  # of theta and log sigma
    slopes = {
        "icc": (theta**2 / (1 + theta**2), np.array([2 * theta / (1 + theta**2) ** 2 * size, 0.0])),
        "sd": (theta * sigma, np.array([sigma * size, theta * sigma])),
    }
    found = {
        name: _around(x, float(np.sqrt(g @ A @ g)) if theta > 0 else 0.0) for name, (x, g) in slopes.items()
    }
    (modes,) = conditional_modes(fit)
    found["gap"] = _around(float(fit.beta[1]), float(fit.se[1]))
    found["class"] = _around(float(modes.modes[0, 0]), float(np.sqrt(modes.covariances[0, 0, 0])))
    return found


def _around(value: float, se: float) -> tuple[float, float]:
    return value - NORMAL * se, value + NORMAL * se


def coverage(draw: Draw, times: int, seed: int) -> dict[str, dict[str, float]]:
    """How often the intervals of each kind held each quantity."""
    rng = np.random.default_rng(seed)
    held = {kind: dict.fromkeys(QUANTITIES, 0) for kind in ("posterior", "reml")}
    for _ in range(times):
        frame, truth = school(rng, draw(rng))
        fit = fitted(frame)
        for kind, intervals in (("posterior", by_posterior(fit)), ("reml", by_reml(fit))):
            for name, (low, high) in intervals.items():
                held[kind][name] += low <= truth[name] <= high
    return {kind: {name: count / times for name, count in counts.items()} for kind, counts in held.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"coverage of 90 % intervals in per cent, {options.times} schools each; posterior / REML")
    print("| truth | ICC | class sd | gap | a class |\n|---|---|---|---|---|", flush=True)
    for i, (name, draw) in enumerate(WORLDS.items()):
        found = coverage(draw, options.times, options.seed + i)
        cells = [f"{100 * found['posterior'][q]:.1f} / {100 * found['reml'][q]:.1f}" for q in QUANTITIES]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
