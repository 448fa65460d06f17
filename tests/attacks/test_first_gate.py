"""An attacker has cells.csv and subtracts: everyone of a unit less the groups that are shown.

What is left are the pupils in no group. Fewer than ten of them may not be known more closely than rounding
allows: their total must leave room for every answer they can have given.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
import pytest

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.stats.design import SamplingDesign
from erbij.studies.study import Breakdown, Discrimination, Group, Source, Study, Units

STUDIES = 200
INSTRUMENT = registry.load("pisa-2015-belonging")
HALF = {"all": 0.05, "school": 0.05, "grade": 0.5, "class": 0.5}
"""Half a rounding step on each level: what a released number may be off."""
DISJOINT = ("minority-little", "minority-much", "majority-little", "majority-much")
"""The emblem shows the majority and its two parts; only the parts add up."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Pupils in no group: how many, and the parts from which their total follows."""

    level: str
    unit: str
    pupils: int
    everyone: tuple[int, float]
    groups: tuple[tuple[int, float], ...]

    @property
    def totals(self) -> tuple[float, float]:
        """The smallest and largest total that the released numbers leave open."""
        half = HALF[self.level]
        n, value = self.everyone
        known = sum(size * mean for size, mean in self.groups)
        slack = half * (n + sum(size for size, _ in self.groups))
        return n * value - known - slack, n * value - known + slack

    @property
    def counts_below(self) -> set[int]:
        """How many of them may stand below the line, if the value is a share: pupils are whole."""
        whole, *parts = ([*self._whole(*cell)] for cell in (self.everyone, *self.groups))
        left = {total - sum(part) for total, *part in product(whole, *parts)}
        return {count for count in left if 0 <= count <= self.pupils}

    def _whole(self, n: int, share: float) -> range:
        half = HALF[self.level] + 1e-9
        low, high = n * (share - half) / 100, n * (share + half) / 100
        return range(int(np.ceil(max(low, 0))), int(np.floor(min(high, n))) + 1)


def remainders(cells: pl.DataFrame, measure: str) -> Iterator[Remainder]:
    """Subtract whatever can be subtracted."""
    shown = cells.filter(pl.col("status") == "shown", pl.col("measure") == measure)
    everyone = {
        (c["level"], c["unit"]): (c["n"], c["value"])
        for c in shown.filter(pl.col("breakdown") == "everyone").iter_rows(named=True)
    }
    parts = shown.filter(
        pl.col("breakdown") != "everyone",
        (pl.col("breakdown") != "discrimination") | pl.col("group").is_in(DISJOINT),
    )
    for (level, unit, _), rows in parts.group_by("level", "unit", "breakdown"):
        if (level, unit) in everyone:
            n, value = everyone[level, unit]
            groups = tuple(rows.select("n", "value").iter_rows())
            yield Remainder(level, unit, n - sum(size for size, _ in groups), (n, value), groups)


def random_study(rng: np.random.Generator) -> Study:
    """Up to 1,500 pupils in a few classes, of whom few or many named no group."""
    n = int(rng.choice([rng.integers(5, 200), rng.integers(100, 400), rng.integers(1000, 1500)]))
    y = rng.integers(0, 19, n) * 100 / 18
    y[rng.random(n) < rng.choice([0.0, 0.05])] = np.nan
    lost = float(rng.choice([0.0, 1 / n, 4 / n, 0.1]))
    groups = rng.choice(int(rng.integers(2, 5)), n)
    groups[rng.random(n) < lost] = -1
    much, majority = rng.choice([0.0, 1.0], (2, n))
    much[rng.random(n) < lost] = np.nan
    units = {}
    for level, most in (("all", 1), *rng.permutation([("grade", "2"), ("class", "5")])[:1].tolist()):
        count = int(rng.integers(1, int(most) + 1))
        codes = rng.integers(0, count, n)
        names = tuple(f"{level} {i}" for i in range(count))
        units[level] = Units(names, codes, np.bincount(codes, minlength=count))
    treatment = (much, majority) if rng.random() < 0.3 else None
    return study_of(y, units=units, groups=groups, treatment=treatment)


def study_of(
    y: np.ndarray,
    *,
    units: dict[str, Units],
    groups: np.ndarray,
    treatment: tuple[np.ndarray, np.ndarray] | None,
) -> Study:
    """Scores `y`; everyone ticked the same boxes, which spares the search for a reliability."""
    n = len(y)
    return Study(
        title={"en": "Random"},
        instrument=INSTRUMENT,
        n=n,
        answers={item: np.ones(n) for item in INSTRUMENT.items},
        scores={"belonging": y},
        units=units,
        breakdowns=(
            Breakdown("origin", {}, tuple(Group(g, {}) for g in "abcd"[: groups.max() + 1]), groups),
        ),
        design=SamplingDesign(np.ones(n)),
        source=Source("random.csv", "", n, "", is_made_up=True),
        discrimination=None if treatment is None else Discrimination(*treatment, 9.0, {}),
    )


@pytest.fixture(scope="module")
def stolen() -> list[pl.DataFrame]:
    """The cells.csv of each study, and nothing else."""
    releases = (gate.release(random_study(np.random.default_rng(seed))) for seed in range(STUDIES))
    return [pl.read_csv(io.StringIO(release.cells.write_csv())) for release in releases]


def few_of(stolen: list[pl.DataFrame], measure: str) -> list[Remainder]:
    return [left for cells in stolen for left in remainders(cells, measure) if 1 <= left.pupils <= 9]


def test_few_pupils_in_no_group_are_not_known_by_subtraction(stolen):
    few = few_of(stolen, "mean")
    assert len(few) > 20, "too few remainders to tell"
    for left in few:
        low, high = left.totals
        assert high - low >= 100 * left.pupils, left


def test_few_pupils_in_no_group_are_not_counted_below_the_line(stolen):
    """Pupils are whole: the rounding of a share hides fewer of them than it seems."""
    few = few_of(stolen, "below")
    pinned = [left for left in few if len(left.counts_below) == 1]
    assert not pinned, f"{len(pinned)} of {len(few)}"


def test_counting_below_the_line_would_work_if_shares_were_told():
    """The attack itself works: two groups of fifty and one pupil, whole per cents."""
    left = Remainder("grade", "grade 0", 1, (101, 41.0), ((50, 40.0), (50, 40.0)))
    assert left.counts_below == {1}


def test_subtraction_finds_the_pupils_in_no_group_where_they_are_many(stolen):
    """The attack itself works: where ten or more are left, their mean comes out on the scale."""
    many = [left for cells in stolen for left in remainders(cells, "mean") if left.pupils >= 10]
    assert len(many) > 20
    for left in many:
        low, high = left.totals
        assert high >= 0
        assert low <= 100 * left.pupils


@pytest.mark.parametrize("others", [50, 1100])
def test_a_pupil_in_one_breakdown_and_not_in_the_emblem_does_not_stand_alone(others):
    """Sixty are of the majority; of one of them the treatment is not known."""
    n = 60 + others + 10
    y = np.random.default_rng(6).integers(0, 19, n) * 100 / 18
    origin = np.repeat([0, 1, -1], [60, others, 10])
    much = np.tile([0.0, 1.0], n // 2)
    much[0] = np.nan
    majority = np.select([origin == 0, origin == 1], [1.0, 0.0], np.nan)
    units = {"all": Units(("all",), np.zeros(n, dtype=np.int64), np.array([n]))}
    study = study_of(y, units=units, groups=origin, treatment=(much, majority))
    cells = gate.release(study).cells.filter(pl.col("measure") == "mean", pl.col("status") == "shown")
    told = {group: (n, value) for group, n, value in cells.select("group", "n", "value").iter_rows()}
    (n_all, mean), (n_part, mean_of_part) = told.get("a", (0, 0.0)), told.get("majority", (0, 0.0))
    left = n_all * mean - n_part * mean_of_part
    assert not (n_part and 1 <= n_all - n_part <= 9), f"{left:.1f}, and it is {y[0]:.1f}"
