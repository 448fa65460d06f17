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


def test_what_origin_would_leave_is_blurred_by_no_group_of_the_emblem(tiny):
    assert set(emblem.find(tiny)["inside"]) == {0}


def test_fewest_left_looks_at_origin_as_well(tiny, make_study):
    """Two pupils are in no group; the minority less its two parts leaves one of them."""
    assert set(emblem.find(tiny)["outside"]) == {1}
    known = make_study([80.0, 60.0, 10.0], much=[0, 1, NO], majority=[1, 0, NO])
    assert set(emblem.find(known)["outside"]) == {1}
    everyone = make_study([80.0, 60.0, 10.0], much=[0, 1, 1], majority=[1, 0, 0])
    assert set(emblem.find(everyone)["outside"]) == {0}


def test_emblem_stops_at_the_school(tiny):
    assert set(emblem.find(tiny)["level"]) == {"all", "school"}


def test_emblem_compares_much_with_little_and_origin_at_little(tiny, values):
    found = emblem.find(tiny).filter(pl.col("measure").str.starts_with("difference"))
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
