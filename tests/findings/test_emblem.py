import numpy as np
import polars as pl
import pytest

from erbij.findings import emblem

NO = np.nan
SCORES = [80.0, 60.0, 70.0, 40.0, 10.0, 30.0, None]
MAJORITY = [1, 1, 0, 0, NO, 0, 1]
MUCH = [0, 1, 0, 1, 1, NO, 0]


@pytest.fixture
def tiny(make_study):
    places = {"school": list("sssssss"), "grade": list("ggggggg"), "class": list("aaabbbb")}
    return make_study(SCORES, places=places, much=MUCH, majority=MAJORITY)


def test_emblem_has_five_groups_and_the_majority_holds_both_its_parts(tiny, values):
    found = emblem.find(tiny)
    means = values(found, "group", measure="mean", level="all")
    assert means == {
        "majority": 70,
        "minority-little": 70,
        "minority-much": 40,
        "majority-little": 80,
        "majority-much": 60,
    }
    assert values(found, "group", measure="n", level="all") == {
        "majority": 2,
        "minority-little": 1,
        "minority-much": 1,
        "majority-little": 1,
        "majority-much": 1,
    }


def test_emblem_is_offered_as_two_divisions_at_once_and_never_below_a_school(tiny):
    (offer,) = emblem.offers(tiny)
    assert offer.is_two_way
    assert set(offer.levels) <= {"all", "school"}
    assert offer.partition.groups == emblem.GROUPS


def test_without_discrimination_no_emblem_is_offered(make_study):
    assert not list(emblem.offers(make_study([80.0, 60.0])))


def test_emblem_stops_at_the_school(tiny):
    assert set(emblem.find(tiny)["level"]) == {"all", "school"}


def test_emblem_compares_much_with_little_and_origin_at_little(tiny, values):
    found = emblem.find(tiny).filter(pl.col("measure").cast(pl.String).str.starts_with("difference"))
    assert values(found, "group", "measure", level="all") == pytest.approx(
        {
            ("minority-much", "difference:minority-little"): -30,
            ("majority-much", "difference:majority-little"): -20,
            ("minority-little", "difference:majority-little"): -10,
        }
    )


def test_emblem_without_a_measure_is_absent(make_study):
    assert emblem.find(make_study([50.0, 60.0])) is None


def test_emblem_in_which_nobody_is_known_has_empty_groups(make_study, values):
    found = emblem.find(make_study([50.0, 60.0], much=[NO, NO], majority=[1, 0]))
    assert set(values(found, "group", measure="n").values()) == {0}
    assert set(values(found, "group", measure="mean").values()) == {None}
