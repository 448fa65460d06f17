"""How much gaps differ between schools, from told groups only and without naming a class."""

import numpy as np
import polars as pl
import pytest

from erbij.findings import gap_spread, gaps
from erbij.privacy import catalogue, policy

SCHOOLS, EACH = 24, 60


@pytest.fixture(scope="module")
def town(make_study):
    """24 schools of 60; the second half of the groups score 6 lower, with a standard deviation of 5."""
    rng = np.random.default_rng(2)
    school = np.repeat(np.arange(SCHOOLS), EACH)
    group = rng.integers(0, 2, school.size)
    gap = -6 + 5 * rng.standard_normal(SCHOOLS)
    scores = np.clip(65 + gap[school] * group + rng.normal(0, 12, school.size), 0, 100)
    places = {"school": [f"s{s:02d}" for s in school], "class": [f"c{s:02d}" for s in school]}
    return make_study(scores, places=places, groups={"language": group})


def all_told(study):
    return catalogue.of(study, tuple(gaps.offers(study)), policy.careful()).keys


def test_usual_gap_and_its_spread_are_found(town, values):
    found = gap_spread.model(town, all_told(town))
    for measure, truth in (("gap-usual:school", -6.0), ("gap-sd:school", 5.0)):
        low, high = (values(found, "group", measure=measure, column=end)["b"] for end in ("low", "high"))
        assert low < truth < high
        assert high - low < 8
    sd = values(found, "group", measure="gap-sd:school", column="low")
    assert sd["a"] > 0


def test_two_groups_mirror_each_other(town, values):
    found = gap_spread.model(town, all_told(town))
    usual = values(found, "group", measure="gap-usual:school")
    assert usual["a"] == pytest.approx(-usual["b"])


def test_schools_are_told_apart_and_classes_never(town):
    found = gap_spread.model(town, all_told(town))
    assert set(found["measure"]) >= {"gap-sd:class", "gap-usual:class"}
    units = found.filter(pl.col("measure") == "gap-unit")
    assert set(units["level"]) == {"school"}
    assert units.filter(pl.col("group") == "b").height == SCHOOLS
    raw = gap_spread._gaps(town, "school", town.breakdowns[0].codes == 1, set(town.units["school"].names))
    told = units.filter(pl.col("group") == "b")["value"].to_numpy()
    assert np.abs(told).max() < np.abs(raw.gap - raw.gap.mean()).max()


def test_schools_whose_group_is_not_told_take_no_part(town, values):
    told = all_told(town).filter((pl.col("unit") != "s05") | (pl.col("group") != "b"))
    units = gap_spread.model(town, told).filter(pl.col("measure") == "gap-unit", pl.col("group") == "b")
    assert "s05" not in set(units["unit"])


def test_answers_of_schools_that_are_not_told_change_nothing(town, make_study):
    told = all_told(town).filter(pl.col("unit") != "s05")
    scores = town.scores["belonging"].copy()
    scores[town.units["school"].codes == 5] = 0.0
    codes = {"language": town.breakdowns[0].codes.tolist()}
    places = {
        level: [town.units[level].names[c] for c in town.units[level].codes] for level in ("school", "class")
    }
    other = make_study(scores, places=places, groups=codes)
    first, second = (gap_spread.model(study, told.filter(pl.col("unit") != "c05")) for study in (town, other))
    assert first.equals(second)


def test_with_few_schools_there_is_nothing(town):
    told = all_told(town).filter(~pl.col("unit").cast(pl.String).str.contains("0"))
    few = told.filter((pl.col("level") == "all") | pl.col("unit").cast(pl.String).str.contains("1[1-7]"))
    assert gap_spread.model(town, few) is None
