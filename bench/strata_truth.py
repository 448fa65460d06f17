"""Do 90 % intervals of combinations and of shares of yes hold the truth? Small made-up schools, many times.

    python -m bench.strata_truth [--times 500] [--seed 1]

PCV: pupils in the 24 strata of three breakdowns; how much of what strata differ adds up is known. Yes and no:
6 to 12 classes of 20 pupils of whom some three in ten say yes; the share of variance between classes, the gap
(log odds) and what one class differs are known. Beside each share stands its Monte-Carlo error.
"""

import argparse
from collections.abc import Callable

import numpy as np
import polars as pl

from bench.truth import CLASSES, GAP, LEVEL, PUPILS, SIGMA
from erbij.stats import logistic_mixed, mixed_fit, strata_logistic, strata_parts, theta_posterior
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.frame_rows import sums_of
from erbij.stats.logistic_posterior import RESIDUAL
from erbij.stats.strata import Estimate, decompose
from erbij.stats.strata_logistic import NORMAL
from erbij.stats.theta_grid import PRIOR_SCALE
from erbij.stats.theta_posterior import Mixture

BREAKDOWNS = {"a": 2, "b": 3, "c": 4}
OF_STRATUM = 15
Held = dict[str, bool]
Draw = Callable[[np.random.Generator], float]


def half_cauchy(rng: np.random.Generator) -> float:
    return float(PRIOR_SCALE * np.tan(rng.random() * np.pi / 2))


# Standard deviations of what adds up and of what does not, relative to pupils'; of classes for yes and no.
SPREADS: dict[str, Draw] = {
    "the prior": half_cauchy,
    "anywhere from 0.05 to 0.5": lambda rng: float(rng.uniform(0.05, 0.5)),
    "0.1": lambda _: 0.1,
    "0.3": lambda _: 0.3,
}


def of_strata(rng: np.random.Generator, draw: Draw) -> Held:
    """Whether the interval of the PCV holds what truly adds up."""
    groups = np.array(np.meshgrid(*(np.arange(k) for k in BREAKDOWNS.values()), indexing="ij"))
    groups = groups.reshape(len(BREAKDOWNS), -1)
    indicators = [g == i for k, g in zip(BREAKDOWNS.values(), groups, strict=True) for i in range(1, k)]
    span = np.linalg.qr(np.column_stack([np.ones(groups.shape[1]), *indicators]))[0][:, 1:]
    J, r = span.shape
    additive = span @ rng.normal(0, draw(rng) * SIGMA * np.sqrt((J - 1) / r), r)
    tau = draw(rng) * SIGMA
    stratum = np.repeat(np.arange(J), OF_STRATUM)
    means = 65 + additive + rng.normal(0, tau, J)
    columns = dict(zip(BREAKDOWNS, groups[:, stratum].astype(str), strict=True))
    frame = pl.DataFrame({"y": means[stratum] + rng.normal(0, SIGMA, stratum.size), **columns})
    sums, plan = sums_of("y ~ C(a) + C(b) + C(c) + (1 | a:b:c)", frame)
    found = theta_posterior.posterior(mixed_fit.fit(sums, plan.layout), LEVEL)
    factor = found.grid.deviance.model.factors[0]
    X = strata_parts.fixed_columns(sums, plan.layout, factor.codes, factor.J)
    low, high = np.quantile(strata_parts.explained(found, 0, X), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    between = additive.var(ddof=1)
    share = between / (between + tau**2)
    quick = of_report(frame["y"].to_numpy(), stratum, groups)
    return {
        "PCV": bool(low <= share <= high),
        "95 % PCV of the report": bool(quick.low <= share <= quick.high),
    }


def of_report(y: FloatArray, stratum: IntArray, groups: IntArray) -> Estimate:
    """The PCV of the same pupils from the means of their strata."""
    n = np.bincount(stratum)
    means = np.bincount(stratum, y) / n
    within = float(((y - means[stratum]) ** 2).sum() / (y.size - n.size))
    columns = [g == i for g in groups for i in range(g.max() + 1)]
    additive = np.column_stack([np.ones(n.size), *columns])
    return decompose(means, np.diag(within / n), additive, other=within).pcv


def of_yes_and_no(rng: np.random.Generator, draw: Draw) -> Held:
    """Whether intervals of the logistic model hold the truth."""
    size = draw(rng)
    J = int(rng.integers(CLASSES[0], CLASSES[1] + 1))
    c = np.repeat(np.arange(J), PUPILS)
    minority = (rng.random(c.size) < 0.3).astype(float)
    effects, gap = rng.normal(0, size * RESIDUAL, J), -GAP / SIGMA * RESIDUAL
    odds = -1.0 + gap * minority + effects[c]
    yes = (rng.random(c.size) < 1 / (1 + np.exp(-odds))).astype(float)
    frame = pl.DataFrame({"yes": yes, "minority": minority, "c": c})
    fit = logistic_mixed.fit("yes ~ minority + (1 | c)", frame)
    found = strata_logistic.strata(fit, "c")
    kept, weights = found.points.kept, found.points.weights
    at = [1, kept[0].mode.size - J]  # the gap, and the first class
    units = np.array([np.ptp(fit.counts.X[:, 1]), 1.0])  # coefficients are those of standardised columns
    means = np.array([units * k.mode[at] for k in kept])
    scales = np.array([units * np.linalg.norm(k.root[at], axis=1) for k in kept])
    ends = Mixture(weights, means, scales, NORMAL).quantiles(LEVEL)
    low, high = strata_logistic.share(found, LEVEL)
    return {
        "share between classes": low <= size**2 / (1 + size**2) <= high,
        "gap": bool(ends.low[0] <= gap <= ends.high[0]),
        "a class": bool(ends.low[1] <= effects[0] <= ends.high[1]),
    }


def told(once: Callable[[], Held], times: int) -> str:
    """How many in 100 intervals of each quantity hold the truth, with the standard error."""
    all_held = [once() for _ in range(times)]
    cells = []
    for name in all_held[0]:
        share = float(np.mean([held[name] for held in all_held]))
        cells.append(f"{name} {100 * share:.1f} ({100 * np.sqrt(share * (1 - share) / times):.1f})")
    return ", ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"coverage of {100 * LEVEL:.0f} % intervals in per cent (standard error), {options.times} each")
    for i, (name, draw) in enumerate(SPREADS.items()):
        for what, simulate in (("strata", of_strata), ("yes and no", of_yes_and_no)):
            rng = np.random.default_rng([options.seed, i])
            print(f"{what}, {name}: {told(lambda: simulate(rng, draw), options.times)}", flush=True)  # noqa: B023


if __name__ == "__main__":
    main()
