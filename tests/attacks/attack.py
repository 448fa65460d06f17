"""An attacker who has cells.csv and knows who is in which class and group. Nothing here is the gate's own.

What is told of a set of pupils gives its total. Asked is what follows from all totals together.
"""

import csv
import io
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from erbij.studies.study import Study

PRIME = 1_000_000_007
LEAST = 10
HALF = {"all": 0.05, "school": 0.05, "grade": 0.5, "class": 0.5}
EMBLEM = "discrimination"
KEYS = ("level", "unit", "breakdown", "group")

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Loot:
    """What an attacker holds: sets of pupils with a told mean, and the sets that may not be known."""

    told: dict[Key, np.ndarray]
    value: dict[Key, float]
    small: dict[Key, np.ndarray]


def steal(text: str, study: Study) -> Loot:
    """From cells.csv and the design to sets of pupils who answered."""
    shown = [
        row
        for row in csv.DictReader(io.StringIO(text))
        if row["status"] == "shown" and row["measure"] == "mean"
    ]
    domains = design(study)
    told, value = {}, {}
    for row in shown:
        key = (row["level"], row["unit"], row["breakdown"], row["group"])
        if row["group"] != "together":
            told[key], value[key] = domains[key], float(row["value"])
    for row in shown:
        if row["group"] == "together":
            key = (row["level"], row["unit"], row["breakdown"], "together")
            groups = [s for k, s in told.items() if k[:3] == key[:3] and k[3] != "together"]
            told[key] = told[*key[:2], "everyone", "everyone"] & ~np.any(groups, axis=0)
            value[key] = float(row["value"])
    small = {key: pupils for key, pupils in domains.items() if 1 <= pupils.sum() < LEAST}
    return Loot(told, value, small)


def design(study: Study) -> dict[Key, np.ndarray]:
    """Every set of pupils that has a name, of those who answered; "" is those in no group."""
    answered = ~np.isnan(study.scores["belonging"])
    found: dict[Key, np.ndarray] = {}
    for level, units in study.units.items():
        for number, unit in enumerate(units.names):
            here = answered & (units.codes == number)
            found[level, unit, "everyone", "everyone"] = here
            for breakdown in study.breakdowns:
                codes = {group.id: code for code, group in enumerate(breakdown.groups)} | {"": -1}
                for group, code in codes.items():
                    found[level, unit, breakdown.id, group] = here & (breakdown.codes == code)
            if level in {"all", "school"} and study.discrimination is not None:
                found |= {(level, unit, EMBLEM, g): here & s for g, s in emblem(study).items()}
    return found


def emblem(study: Study) -> dict[str, np.ndarray]:
    much, majority = study.discrimination.is_much, study.discrimination.is_majority
    known = ~np.isnan(much) & ~np.isnan(majority)
    sets = {
        f"{origin}-{amount}": known & (majority == is_majority) & (much == is_much)
        for origin, is_majority in (("majority", 1), ("minority", 0))
        for amount, is_much in (("little", 0), ("much", 1))
    }
    return sets | {"majority": known & (majority == 1), "": ~known}


@dataclass(frozen=True, slots=True)
class Span:
    """The span of some rows, reduced: the pivot of each row is 1 and stands in no other."""

    rows: np.ndarray
    pivots: np.ndarray

    def holds(self, wanted: np.ndarray) -> np.ndarray:
        """Which rows of `wanted` follow."""
        left = wanted.astype(np.int64) % PRIME
        for row, pivot in zip(self.rows, self.pivots, strict=True):
            left = (left - left[:, [pivot]] * row % PRIME) % PRIME
        return ~left.any(axis=1)

    def pupils(self) -> np.ndarray:
        """Pupils who stand alone: a reduced row with one entry."""
        return self.pivots[np.count_nonzero(self.rows, axis=1) == 1]


def span(sets: list[np.ndarray]) -> Span:
    rows = np.array(sets, dtype=np.int64).reshape(len(sets), -1)
    done: list[int] = []
    place = 0
    for pivot in range(rows.shape[1]):
        filled = np.flatnonzero(rows[place:, pivot])
        if not len(filled):
            continue
        rows[[place, place + filled[0]]] = rows[[place + filled[0], place]]
        rows[place] = rows[place] * pow(int(rows[place, pivot]), PRIME - 2, PRIME) % PRIME
        others = np.flatnonzero(rows[:, pivot])
        others = others[others != place]
        rows[others] = (rows[others] - rows[others, pivot][:, None] * rows[place] % PRIME) % PRIME
        done.append(pivot)
        place += 1
        if place == len(rows):
            break
    return Span(rows[:place], np.array(done, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Fallen:
    """What an attack brought: names of sets, numbers of pupils, pairs of told sets that nearly coincide."""

    hidden: list[Key]
    pupils: list[int]
    pairs: list[tuple[Key, Key]]

    @property
    def count(self) -> int:
        return len(self.hidden) + len(self.pupils) + len(self.pairs)


def subtract(loot: Loot) -> Fallen:
    """Everything that follows exactly from what is told."""
    found = span(list(loot.told.values()))
    names = list(loot.small)
    follows = found.holds(np.array([loot.small[name] for name in names])) if names else []
    hidden = [name for name, is_known in zip(names, follows, strict=True) if is_known]
    return Fallen(hidden, found.pupils().tolist(), nearly_same(loot))


def nearly_same(loot: Loot) -> list[tuple[Key, Key]]:
    """Told sets of which one holds the other and 1 to 9 pupils more."""
    names, sets = list(loot.told), np.array(list(loot.told.values())).astype(np.int64)
    if not names:
        return []
    both, size = sets @ sets.T, sets.sum(axis=1)
    more = size[None, :] - size[:, None]
    inner, outer = np.nonzero((both == size[:, None]) & (more >= 1) & (more < LEAST))
    return [(names[i], names[o]) for i, o in zip(inner, outer, strict=True)]


def narrowest(loot: Loot, pupils: list[int]) -> float:
    """Over how many points the answer of the worst protected of these pupils is left open."""
    sets = np.array(list(loot.told.values())).astype(float)
    value = np.array(list(loot.value.values()))
    half = np.array([HALF[key[0]] for key in loot.told]) + 1e-9
    size = sets.sum(axis=1)
    limits = np.concatenate([size * (value + half), -size * (value - half)])
    found = []
    for pupil in pupils:
        cost = np.eye(1, sets.shape[1], pupil)[0]
        ends = [
            linprog(s * cost, A_ub=np.vstack([sets, -sets]), b_ub=limits, bounds=(0, 100)) for s in (1, -1)
        ]
        assert all(end.success for end in ends), "what is told fits no school"
        found.append(-ends[1].fun - ends[0].fun)
    return min(found)
