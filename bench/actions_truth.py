"""Two actions that truly work and one that does not: does evaluation tell them apart as often as promised?

    python -m bench.actions_truth [--times 400] [--seed 1]

A made-up town of classes of twenty pupils, two waves. What comes back of a wave is what a release would tell:
the mean of a class rounded to a tenth, and its interval. Each action runs in half of the classes of its own,
by lot or where the first wave was lowest. The two that work raise belonging by exactly the change that the
power statement of the first wave names.
"""

import argparse

import numpy as np
from scipy import stats

from erbij.actions import evaluation
from erbij.actions.evaluation import Assigned
from erbij.actions.panel import Panel, standard_error
from erbij.actions.power import power

PUPILS, LEVEL, CLASS_SD, PUPIL_SD = 20, 62.0, 5.0, 15.0
CLASSES = (6, 12, 24)
WORKS = {"buddies": True, "home visits": True, "posters": False}


def asked(rng: np.random.Generator, levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Released mean and standard error of each class, from answers of other pupils at each wave."""
    answers = rng.normal(levels[:, None], PUPIL_SD, (len(levels), PUPILS))
    half = stats.t.ppf(0.975, PUPILS - 1) * answers.std(axis=1, ddof=1) / np.sqrt(PUPILS)
    return answers.mean(axis=1).round(1), np.array([standard_error(-h, h, PUPILS) for h in half.round(1)])


def once(
    rng: np.random.Generator, classes: int, assigned: Assigned, works: bool
) -> tuple[bool, float, float]:
    """Whether it was seen, what was seen, and the smallest change that was promised to be seen."""
    levels = rng.normal(LEVEL, CLASS_SD, classes)
    before, se = asked(rng, levels)
    promised = power(se, [(classes // 2, classes - classes // 2)]).smallest
    order = np.argsort(before) if assigned == "by-need" else rng.permutation(classes)
    ran = order[: classes // 2]
    levels[ran] += promised if works else 0.0
    after, se_after = asked(rng, levels)
    units = tuple(f"class {i}" for i in range(classes))
    panel = Panel(units, np.column_stack([before, after]), np.column_stack([se, se_after]))
    found = evaluation.evaluate(panel, {units[i]: 1 for i in ran}, assigned=assigned)
    seen = found.corrected.low > 0 if works else found.corrected.is_sure
    return seen, found.corrected.value - (promised if works else 0.0), promised


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--times", type=int, default=400)
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    rng = np.random.default_rng(given.seed)
    print(
        "promised: an action that works is seen 80 times in 100 or more, one that does not 5 times or fewer"
    )
    for classes in CLASSES:
        for assigned in ("by-lot", "by-need"):
            for name, works in WORKS.items():
                runs = [once(rng, classes, assigned, works) for _ in range(given.times)]
                seen, bias, promised = (float(np.mean(column)) for column in zip(*runs, strict=True))
                print(
                    f"{classes:3} classes, {assigned:8} {name:12} {'works' if works else 'does nothing':13}"
                    f" seen {100 * seen:5.1f} %   bias {bias:+.2f}   promised change {promised:.1f} points"
                )


if __name__ == "__main__":
    main()
