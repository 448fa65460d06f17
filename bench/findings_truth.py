"""Do reports of schools say what is true? Made-up schools whose gaps are known, from answers to sentences.

    python -m bench.findings_truth [--schools 200] [--seed 1]

Each school has 75 to 1,200 pupils in classes of about twenty, who answer the 16 questions about belonging and
the three about discrimination. What every group adds is drawn, so each gap is known. Then: do 90 % intervals
hold the truth nine times in ten; does any sentence state a difference that its interval does not support; how
often is a wrong group lowest.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from erbij.findings import discrimination, emblem, gaps, level
from erbij.findings.cells import KEYS, keys_of
from erbij.findings.domains import FEWEST_CLUSTERS
from erbij.instruments import registry, scoring
from erbij.instruments.schema import Instrument
from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.reports import report
from erbij.stats import intervals
from erbij.stats.design import SamplingDesign
from erbij.studies.study import Breakdown, Discrimination, Group, Source, Study, Units

PUPILS = (75, 1200)
CLASS_SIZE, CLASS_SD, PUPIL_SD, MIDDLE = 20, 3.0, 13.0, 62.0
SHARES: Mapping[str, tuple[float, ...]] = {
    "gender": (0.49, 0.51),
    "language": (0.6, 0.25, 0.15),
    "books": (0.2, 0.3, 0.3, 0.2),
}
"""Groups of each breakdown and how many pupils are in them; nobody's groups depend on one another."""

EFFECT_SD, HARM = 3.0, -8.0
MUCH = (0.15, 0.4)
"""How many of the majority and of the minority meet much discrimination."""

UNKNOWN = 0.03
LITTLE_UP_TO = 25.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of pupils like these, in points."""

    gaps: Mapping[tuple[str, str], float]
    mean: float
    origin: float
    equal: float


@cache
def instrument() -> Instrument:
    return registry.load("erbij-pupils-10-12")


def school(rng: np.random.Generator, pupils: int | None = None) -> tuple[Study, Truth]:
    """The answers of one school, and the truth about pupils like these."""
    n = int(np.exp(rng.uniform(*np.log(PUPILS)))) if pupils is None else pupils
    effects = {name: EFFECT_SD * rng.standard_normal(len(shares)) for name, shares in SHARES.items()}
    codes = {name: rng.choice(len(shares), n, p=shares) for name, shares in SHARES.items()}
    minority = codes["language"] > 0
    is_much = rng.random(n) < np.where(minority, MUCH[1], MUCH[0])
    classes = rng.permutation(np.arange(n) % max(1, round(n / CLASS_SIZE)))
    place = MIDDLE + CLASS_SD * rng.standard_normal(n)[classes] + PUPIL_SD * rng.standard_normal(n)
    place += sum(effects[name][codes[name]] for name in SHARES) + HARM * is_much
    study = _study(rng, np.clip(place, 0.0, 100.0), is_much, classes, codes)
    return study, _truth(effects)


def _truth(effects: Mapping[str, np.ndarray]) -> Truth:
    much = [MUCH[0], MUCH[1], MUCH[1]]
    shares = np.array(SHARES["language"])
    own = {name: effects[name].copy() for name in SHARES}
    own["language"] += HARM * np.array(much)
    middle = {name: float(np.array(SHARES[name]) @ own[name]) for name in SHARES}
    found = {(n, str(i)): float(own[n][i] - middle[n]) for n in SHARES for i in range(len(SHARES[n]))}
    others = shares[1:] / shares[1:].sum()
    equal = float(others @ effects["language"][1:] - effects["language"][0])
    return Truth(found, MIDDLE + sum(middle.values()), equal + HARM * (MUCH[1] - MUCH[0]), equal)


def _study(
    rng: np.random.Generator,
    place: np.ndarray,
    is_much: np.ndarray,
    classes: np.ndarray,
    codes: Mapping[str, np.ndarray],
) -> Study:
    n, own = place.size, instrument()
    answers = {i.id: 1.0 + rng.binomial(4, place / 100) for i in own.items_of(own.main_scale)}
    harm = {i.id: np.where(is_much, 4.0, 1.0) for i in own.items_of("discrimination")}
    names = tuple(f"c{c:02d}" for c in range(int(classes.max()) + 1))
    everyone = Units(("all",), np.zeros(n, dtype=np.int64), np.array([n]))
    told = {name: np.where(rng.random(n) < UNKNOWN, -1, of) for name, of in codes.items()}
    majority = np.where(told["language"] < 0, np.nan, told["language"] == 0)
    return Study(
        title={"en": "Made up"},
        instrument=own,
        n=n,
        answers=answers | harm,
        scores=scoring.score(own, answers | harm),
        units={"all": everyone, "class": Units(names, classes, np.bincount(classes))},
        breakdowns=tuple(_breakdown(name, of) for name, of in told.items()),
        design=SamplingDesign(np.ones(n)),
        source=Source("", "0" * 64, n, "", is_made_up=True),
        discrimination=Discrimination(is_much.astype(float), majority, LITTLE_UP_TO, {"en": "unfairness"}),
        intersections=("gender", "language"),
    )


def _breakdown(name: str, codes: np.ndarray) -> Breakdown:
    groups = tuple(Group(str(i), {"en": f"group {i}"}) for i in range(len(SHARES[name])))
    return Breakdown(name, {"en": name}, groups, codes)


@contextmanager
def ninety() -> Iterator[None]:
    """Intervals of 90 % for as long as this lasts."""
    usual = intervals.LEVEL
    intervals.LEVEL = 0.9  # type: ignore[misc]
    try:
        yield
    finally:
        intervals.LEVEL = usual  # type: ignore[misc]


def held(study: Study, truth: Truth) -> Counter[tuple[str, bool]]:
    """Which quantities a 90 % interval held, and which not, of groups of ten or more."""
    with ninety():
        everyone = level.find(study)
        groups = gaps.find(study)
        five = keys_of("all", ["all"], emblem.BREAKDOWN, emblem.GROUPS)
        told = pl.concat([groups.select(KEYS).unique(), five])
        equal = discrimination.model(study, told.with_columns(scales=pl.lit(["belonging"])))
    frame = pl.concat([everyone, groups, *([] if equal is None else [equal])])
    known = {("everyone", "everyone", "mean"): truth.mean}
    known |= {(name, group, "gap"): gap for (name, group), gap in truth.gaps.items()}
    known |= {(name, group, "mean"): truth.mean + gap for (name, group), gap in truth.gaps.items()}
    known |= {("everyone", "everyone", "origin"): truth.origin}
    known |= {("everyone", "everyone", "origin-equal"): truth.equal}
    found: Counter[tuple[str, bool]] = Counter()
    many = "" if len(study.units["class"].names) >= FEWEST_CLUSTERS else ", fewer than ten classes"
    rows = frame.filter(pl.col("level") == "all", pl.col("n") >= 10).iter_rows(named=True)
    for row in rows:
        true = known.get((row["breakdown"], row["group"], row["measure"]))
        if true is not None and row["low"] is not None:
            whose = " of a group" if row["measure"] == "mean" and row["breakdown"] in SHARES else ""
            found[row["measure"] + whose + many, row["low"] <= true <= row["high"]] += 1
    return found


def said(release: Release, truth: Truth) -> Counter[str]:
    """What the sentences about groups state, held against the intervals and against the truth."""
    sections = {section.id: section for section in report.describe(release, "en").sections}
    cells = release.cells.filter(pl.col("level") == "all", pl.col("status") == "shown")
    found: Counter[str] = Counter(schools=1)
    for name in SHARES:
        here = cells.filter(pl.col("breakdown") == name, pl.col("group").is_in(["0", "1", "2", "3"]))
        gap = {row["group"]: row for row in here.filter(pl.col("measure") == "gap").iter_rows(named=True)}
        title = name[:1].upper() + name[1:]
        named = [
            g for g in gap if any(p.startswith(f"{title} · group {g}:") for p in sections["groups"].points)
        ]
        found["stated"] += len(named)
        found["stated without support"] += sum(not gap[g]["high"] < 0 for g in named)
        found["supported but not stated"] += sum(gap[g]["high"] < 0 and g not in named for g in gap)
        found["stated but untrue"] += sum(truth.gaps[name, g] >= 0 for g in named)
        means = dict(here.filter(pl.col("measure") == "mean").select("group", "value").iter_rows())
        if len(means) > 1:
            lowest = min(means, key=lambda g: truth.gaps[name, g])
            found["lowest shown"] += 1
            found["wrong lowest shown"] += min(means, key=means.__getitem__) != lowest
            if named:
                found["named"] += 1
                found["named without the lowest"] += lowest not in named
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-gate", action="store_true", help="intervals only")
    options = parser.parse_args()
    intervals_, sentences = Counter[tuple[str, bool]](), Counter[str]()
    for child in np.random.SeedSequence(options.seed).spawn(options.schools):
        study, truth = school(np.random.default_rng(child))
        intervals_.update(held(study, truth))
        if not options.without_gate:
            sentences.update(said(gate.release(study), truth))
    print(f"{options.schools} schools, seed {options.seed}: 90 % intervals that hold the truth, in per cent")
    for measure in sorted({measure for measure, _ in intervals_}):
        yes, no = intervals_[measure, True], intervals_[measure, False]
        print(f"| {measure} | {100 * yes / (yes + no):.1f} | of {yes + no} |")
    for name, count in sentences.items():
        print(f"| {name} | {count} |")


if __name__ == "__main__":
    main()
