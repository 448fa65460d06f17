import numpy as np
import polars as pl
import pytest

from erbij.findings import registry, systemic
from erbij.privacy import catalogue, policy

CLASSES = [f"c{i:02d}" for i in range(12)]


def everything(study):
    """The keys of all domains of a study."""
    return catalogue.of(study, registry.offers(study), policy.careful()).keys


@pytest.fixture(scope="module")
def school(make_study):
    """Twelve classes of twenty pupils; a quarter of the variance lies between them."""
    rng = np.random.default_rng(8)
    between = np.repeat(rng.permutation(np.linspace(-16, 16, 12)), 20)
    scores = np.clip(55 + between + rng.normal(0, 16, 240), 0, 100)
    gender = rng.integers(0, 2, 240)
    places = {"class": [name for name in CLASSES for _ in range(20)]}
    return make_study(scores, places=places, groups={"gender": gender})


def test_share_between_classes_is_found_with_its_interval(school, values):
    found = systemic.find(school, everything(school))
    (share,) = values(found, "measure", measure="share:class").values()
    (low,) = values(found, "measure", measure="share:class", column="low").values()
    (high,) = values(found, "measure", measure="share:class", column="high").values()
    assert 10 < low < share < high < 60
    assert 20 < share < 40


def test_only_told_classes_take_part(school):
    told = everything(school).filter(pl.col("unit") != "c03")
    share = systemic.find(school, told).filter(pl.col("measure") == "share:class")
    assert share["n"].to_list() == [220]


def test_with_fewer_than_ten_told_classes_there_is_no_share(school):
    told = everything(school).filter(~pl.col("unit").is_in(CLASSES[:3]))
    assert "share:class" not in set(systemic.find(school, told)["measure"])


def test_a_breakdown_of_which_one_group_is_not_told_has_no_share(school):
    told = everything(school)
    assert "between:gender" in set(systemic.find(school, told)["measure"])
    hidden = told.filter((pl.col("breakdown") != "gender") | (pl.col("group") != "b"))
    assert "between:gender" not in set(systemic.find(school, hidden)["measure"])


def test_share_between_groups_is_epsilon_squared(make_study, values):
    study = make_study([10.0, 20.0, 30.0, 40.0] * 10, groups={"g": [0, 0, 1, 1] * 10})
    found = systemic.find(study, everything(study))
    # Of a total of 5000, 1000 lies within: 1 - (1000 / 38) / (5000 / 39).
    (value,) = values(found, "measure", measure="between:g").values()
    assert value == pytest.approx(100 * (1 - (1000 / 38) / (5000 / 39)))


def test_groups_that_do_not_differ_have_a_share_from_nothing(make_study, values):
    study = make_study([10.0, 90.0] * 30, groups={"g": [0, 0, 1, 1] * 15})
    found = systemic.find(study, everything(study))
    assert values(found, "measure", measure="between:g") == {"between:g": 0.0}
    assert values(found, "measure", measure="between:g", column="low") == {"between:g": 0.0}


def test_all_answers_alike_have_no_shares(make_study):
    places = {"class": [name for name in CLASSES for _ in range(20)]}
    study = make_study([50.0] * 240, places=places, groups={"g": [0, 1] * 120})
    assert systemic.find(study, everything(study)) is None


def test_a_school_with_ten_told_classes_has_its_own_share(school, make_study):
    """Two schools of the same answers: in the one all classes are told, in the other nine of twelve."""
    scores = [*school.scores["belonging"]] * 2
    classes = [f"{s}/{c}" for s in "xy" for c in CLASSES for _ in range(20)]
    study = make_study(scores, places={"school": [c[0] for c in classes], "class": classes})
    hidden = pl.col("unit").is_in([f"y/{c}" for c in CLASSES[:3]])
    found = systemic.find(study, everything(study).filter(~hidden)).filter(pl.col("level") == "school")
    assert found.select("unit", "measure", "n").rows() == [("x", "share:class", 240)]
    (row,) = found.to_dicts()
    alone = systemic.find(school, everything(school)).filter(pl.col("measure") == "share:class").to_dicts()
    assert row["value"] == pytest.approx(alone[0]["value"])


def test_interval_between_groups_is_found_for_a_whole_country(make_study, values):
    """Where groups differ much and pupils are many, the noncentral F is beyond what a series can sum."""
    rng, n = np.random.default_rng(3), 200_000
    codes = np.arange(n) % 2
    study = make_study(np.clip(rng.normal(40 + 2.05 * codes, 12), 0, 100), groups={"g": codes})
    found = systemic.find(study, everything(study))
    share, low, high = (
        next(iter(values(found, "measure", measure="between:g", column=column).values()))
        for column in ("value", "low", "high")
    )
    # Of a share r of so many pupils the error is 2 sqrt(r (1 - r)^2 / n), as of a squared correlation.
    error = 100 * 2 * np.sqrt(share / 100 * (1 - share / 100) ** 2 / n)
    assert low < share < high
    assert (high - low) / (2 * 1.96 * error) == pytest.approx(1.0, abs=0.3)
