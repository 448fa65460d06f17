"""Votes by the method of equal shares, as pabutools counts them: `python equal_shares.py > FILE`.

Python 3.11, pabutools 1.2.3 (GPL-3; not installed with Erbij, and no part of it). Cost satisfaction: what a
voter gets of a project is its cost. Kept are votes with one outcome only, so that no rule for equal cases
is compared. `rest`: what is left goes to most votes, by the greedy rule with the same satisfaction.
"""

import json
import random
import sys
from importlib.metadata import version

from pabutools.election import (  # type: ignore[import-not-found]
    ApprovalBallot,
    ApprovalProfile,
    Cost_Sat,
    Instance,
    Project,
)
from pabutools.rules import (  # type: ignore[import-not-found]
    completion_by_rule_combination,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
)

SEED, CASES = 20260301, 60


def case(rng: random.Random) -> tuple[dict[str, int], list[list[str]], int]:
    """Three to nine projects of 11 to 997, five to forty voters who each like some of them."""
    names = [f"p{i}" for i in range(rng.randint(3, 9))]
    costs = {name: rng.randint(11, 997) for name in names}
    liked = {name: rng.uniform(0.1, 0.7) for name in names}
    votes = [[name for name in names if rng.random() < liked[name]] for _ in range(rng.randint(5, 40))]
    return costs, votes, rng.randint(300, max(400, sum(costs.values()) * 3 // 4))


def outcomes(costs: dict[str, int], votes: list[list[str]], budget: int, *, rest: bool) -> list[list[str]]:
    """Every outcome of a vote, as pabutools finds them."""
    projects = {name: Project(name, cost) for name, cost in costs.items()}
    instance = Instance(projects.values(), budget_limit=budget)
    profile = ApprovalProfile([ApprovalBallot([projects[name] for name in vote]) for vote in votes])
    sat = {"sat_class": Cost_Sat}
    if not rest:
        found = method_of_equal_shares(instance, profile, resoluteness=False, **sat)
    else:
        found = completion_by_rule_combination(
            instance,
            profile,
            [method_of_equal_shares, greedy_utilitarian_welfare],
            rule_params=[sat, sat],
            resoluteness=False,
        )
    return [sorted(project.name for project in one) for one in found]


def main() -> None:
    """Write the cases with one outcome."""
    rng, kept = random.Random(SEED), []  # noqa: S311 (drawn cases, no secret)
    while len(kept) < CASES:
        costs, votes, budget = case(rng)
        bought, rest = (outcomes(costs, votes, budget, rest=rest) for rest in (False, True))
        if len(bought) == len(rest) == 1:
            found = {"costs": costs, "votes": votes, "budget": budget, "bought": bought[0], "rest": rest[0]}
            kept.append(found)
    witness = {"pabutools": version("pabutools"), "seed": SEED, "cases": kept}
    json.dump(witness, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
