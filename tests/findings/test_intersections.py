from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.findings import intersections
from erbij.privacy import catalogue, gate, policy

DIMENSIONS = ("gender", "language")


@pytest.fixture(scope="module")
def town(make_study):
    """800 pupils in twelve schools and sixteen combinations; one of them has seven pupils."""
    rng = np.random.default_rng(4)
    gender, language = rng.integers(0, 4, 800), rng.integers(0, 4, 800)
    rare = (gender == 1) & (language == 3)
    language[np.flatnonzero(rare)[7:]] = 2
    scores = np.clip(70 - 6 * gender - 3 * language + rng.normal(0, 15, 800), 0, 100)
    places = {"school": [f"s{i % 12:02d}" for i in range(800)]}
    study = make_study(scores, places=places, groups={"gender": gender, "language": language})
    return replace(study, intersections=DIMENSIONS)


@pytest.fixture(scope="module")
def told(town):
    """The combinations of which a release tells."""
    cells = gate.release(town).cells
    return cells.filter(pl.col("status") == "shown")


def test_combinations_are_offered_last_and_for_everyone_only(town):
    (offer,) = intersections.offers(town)
    assert (offer.levels, offer.is_two_way, offer.is_last) == (("all",), True, True)
    assert offer.partition.groups[:2] == ("a+a", "a+b")
    assert offer.partition.members.sum() == town.n


@pytest.mark.parametrize("chosen", [(), ("gender",), ("gender", "unknown")])
def test_without_two_breakdowns_there_are_no_combinations(town, chosen):
    study = replace(town, intersections=chosen)
    assert not list(intersections.offers(study))
    assert intersections.find(study) is None
    assert intersections.model(study, pl.DataFrame()) is None


def test_a_small_combination_is_in_no_estimate(told):
    here = told.filter(pl.col("breakdown") == "intersections")
    assert set(here["measure"]) == {"n", "mean", "predicted", "additive", "rest"}
    by_measure = here.group_by("measure").agg(pl.col("group").sort())
    groups = dict(by_measure.iter_rows())
    assert "b+d" not in groups["mean"]
    assert groups["predicted"] == groups["additive"] == groups["rest"] == groups["mean"]


def test_the_share_rests_on_told_combinations_only(town, told):
    partition = next(iter(intersections.offers(town))).partition
    shown = set(told.filter(pl.col("measure") == "predicted")["group"])
    pupils = sum(int(partition.members[:, i].sum()) for i, g in enumerate(partition.groups) if g in shown)
    assert told.filter(pl.col("measure") == "vpc")["n"].to_list() == [pupils]


def test_estimates_do_not_change_with_the_answers_of_those_who_are_not_told(town, told):
    """The pupils of a combination that is not told could have answered anything."""
    partition = next(iter(intersections.offers(town))).partition
    keys = told.select("level", "unit", "breakdown", "group").unique()
    groups = set(keys.filter(pl.col("breakdown") == "intersections")["group"])
    hidden = [i for i, group in enumerate(partition.groups) if group not in groups]
    scores = town.scores["belonging"].copy()
    scores[partition.members[:, hidden].any(axis=1)] = 0.0
    other = replace(town, scores={**town.scores, "belonging": scores})
    assert hidden
    assert intersections.model(other, keys).equals(intersections.model(town, keys))


def test_with_few_combinations_there_is_no_model(town):
    few = pl.DataFrame(
        {"level": "all", "unit": "all", "breakdown": "intersections", "group": ["a+a", "a+b", "b+a"]}
    )
    assert intersections.model(town, few) is None


@pytest.mark.parametrize("pupils", [1, 5, 12, 40, 90])
def test_a_small_school_is_released_without_combinations(make_study, pupils):
    rng = np.random.default_rng(pupils)
    groups = {name: rng.integers(0, 3, pupils) for name in DIMENSIONS}
    study = make_study(rng.integers(0, 101, pupils).astype(float), groups=groups)
    cells = gate.release(replace(study, intersections=DIMENSIONS)).cells
    assert not cells.filter(pl.col("measure").is_in(["vpc", "pcv", "predicted", "rest"])).height


def test_an_ordered_breakdown_adds_up_as_one_straight_line(town):
    """Place in the order beside indicators of the other breakdown: gaps of 6 and 3 a step are such lines."""
    gender, language = (replace(b, is_ordered=b.id == "language") for b in town.breakdowns)
    groups = ["a+a", "a+b", "b+a", "b+d"]
    columns = intersections._additive(groups, (gender, language))
    assert columns[:, 1:].tolist() == [[1, 0, 0], [1, 0, 1], [0, 1, 0], [0, 1, 3]]
    ordered = replace(town, breakdowns=(gender, language))
    keys = catalogue.of(town, tuple(intersections.offers(town)), policy.careful()).keys
    told = keys.filter(pl.col("group") != "b+d")
    first, second = (intersections.model(study, told) for study in (town, ordered))
    vpc, pcv = pl.col("measure") == "vpc", pl.col("measure") == "pcv"
    assert first.filter(vpc).equals(second.filter(vpc))
    assert second.filter(pcv)["value"].item() > 80
