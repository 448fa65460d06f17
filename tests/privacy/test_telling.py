"""How exactly a cell is told, on frames made by hand."""

import polars as pl
import pytest

from erbij.privacy.policy import careful, with_changes
from erbij.privacy.telling import AT_MOST, NUMBERS, REASON, tell, whole_or_not

EVERYONE = {"breakdown": "everyone", "group": "everyone"}
SHARE = {**EVERYONE, "measure": "below", "low": 1.0, "high": 99.0}


@pytest.fixture
def row(raw, rules):
    """One cell as it is told."""
    return lambda **cell: tell(raw(cell), rules).row(0, named=True)


def test_safe_cell_is_shown_with_its_numbers(row):
    found = row()
    assert (found["status"], found["reason"]) == ("shown", None)
    assert [found[name] for name in NUMBERS] == [30, 60.0, 55.0, 65.0]


@pytest.mark.parametrize(
    "doubt",
    [
        {"may_leave": False},
        {"may_leave": None},
        {"n": 9},
        {"n": None},
        {"value": None},
        {"value": float("nan")},
        {"value": float("inf")},
        {"low": None},
        {"high": None},
        {"level": "pupil"},
        {"level": None},
        {"measure": "median"},
        {"measure": None},
        {**SHARE, "n": 19, "counted": 8, "value": 42.1},
    ],
    ids=str,
)
def test_what_is_in_doubt_is_withheld_without_a_number(row, doubt):
    found = row(**doubt)
    assert (found["status"], found["reason"]) == ("withheld", REASON)
    assert [found[name] for name in NUMBERS] == [None] * 4


@pytest.mark.parametrize("measure", ["asked", "n", "response"])
def test_count_needs_no_interval(row, measure):
    assert row(measure=measure, low=None, high=None)["status"] == "shown"


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ({"level": "all"}, 66.78, 66.8),
        ({"level": "school"}, 66.76, 66.8),
        ({"level": "grade"}, 66.78, 67.0),
        ({"level": "class"}, 66.4, 66.0),
        ({"measure": "alpha"}, 0.85711, 0.857),
        ({"measure": "omega", "level": "all"}, 0.8588, 0.859),
        ({"measure": "mean:stress", "level": "class"}, 12.34, 12.0),
        ({**SHARE, "n": 60, "counted": 20, "level": "school"}, 33.33, 33.3),
        ({**SHARE, "n": 60, "counted": 20, "level": "class"}, 33.33, 35.0),
    ],
    ids=str,
)
def test_values_are_rounded_by_level(row, cell, value, expected):
    assert row(**{**cell, "value": value})["value"] == expected


def test_interval_of_a_coarse_share_is_rounded_outwards(row):
    found = row(
        **{**SHARE, "n": 60, "counted": 20, "level": "grade", "value": 33.3, "low": 21.0, "high": 46.0}
    )
    assert (found["low"], found["high"]) == (20.0, 50.0)


def test_no_zero_is_negative(row):
    found = row(measure="gap", value=-0.04, low=-0.049, high=-0.0)
    assert "-0.0" not in str([found[name] for name in NUMBERS])


@pytest.mark.parametrize(
    ("cell", "n", "told"),
    [
        ({}, 33, 35),
        ({}, 12, 10),
        ({}, 10, 10),
        (EVERYONE, 33, 33),
        ({"is_sample": True}, 33, 33),
    ],
    ids=str,
)
def test_pupils_of_a_group_are_told_in_steps(row, cell, n, told):
    assert row(**cell, n=n)["n"] == told
    counted = row(**cell, measure="n", n=n, value=float(n), low=None, high=None)
    assert (counted["n"], counted["value"]) == (told, told)


@pytest.mark.parametrize("level", ["all", "class"])
@pytest.mark.parametrize(("few", "share"), [(range(10), "at-most"), (range(51, 61), "at-least")])
def test_share_with_few_on_one_side_looks_the_same_whatever_their_number(raw, rules, level, few, share):
    cells = [
        {**SHARE, "level": level, "n": 60, "counted": k, "value": k / 0.6, "low": 3.0, "high": 99.0}
        for k in few
    ]
    told = tell(raw(*cells), rules)
    assert told.select(*NUMBERS, "status", "reason").unique().height == 1
    assert told["reason"].unique().to_list() == [share]
    assert told["status"].unique().to_list() == ["shown"]


def test_bound_holds_every_share_it_stands_for(raw, rules):
    low = tell(raw({**SHARE, "n": 60, "counted": 9, "value": 15.0}), rules).row(0, named=True)
    high = tell(raw({**SHARE, "n": 60, "counted": 51, "value": 85.0}), rules).row(0, named=True)
    assert low["low"] == 0.0
    assert 15.0 <= low["value"] <= low["high"]
    assert high["high"] == 100.0
    assert high["low"] <= high["value"] <= 85.0


def test_share_with_ten_on_both_sides_is_told(row):
    found = row(**{**SHARE, "n": 20, "counted": 10, "value": 50.0})
    assert (found["value"], found["reason"]) == (50.0, None)


def test_share_of_questions_has_no_sides(row):
    assert row(**{**EVERYONE, "measure": "missing", "value": 0.4, "low": 0.2, "high": 0.6})["value"] == 0.4


def test_order_of_the_cells_is_kept(raw, rules):
    rows = [{"unit": f"u{i}", "n": 5 + i} for i in range(10)]
    assert tell(raw(*rows), rules)["unit"].to_list() == [f"u{i}" for i in range(10)]


def test_withheld_cells_have_no_trace_of_why(raw, rules):
    small = {"n": 3, "value": 20.0}
    derived = {"may_leave": False}
    empty = {"n": 0, "value": None, "low": None, "high": None}
    told = tell(raw(small, derived, empty), rules).select("n", "value", "low", "high", "status", "reason")
    assert told.unique().height == 1
    assert pl.DataFrame(told)["status"].unique().to_list() == ["withheld"]


@pytest.mark.parametrize(("n", "told"), [(12, 15), (17, 15), (18, 20)])
def test_number_is_never_told_as_fewer_than_the_threshold(raw, n, told):
    rules = with_changes(careful(), {"threshold": 12})
    assert tell(raw({"n": n}), rules)["n"].to_list() == [told]


def band(measure: str, **told: object) -> dict[str, object]:
    return {"measure": measure, "n": 100, "value": 40.0, "low": 30.0, "high": 50.0, **told}


@pytest.mark.parametrize("broken", [{"status": "withheld", "reason": REASON}, {"reason": AT_MOST}])
def test_of_bands_all_are_told_or_none(told, broken):
    kept = told({"measure": "mean"}, band("band:0-50"), band("band:50-100"))
    assert whole_or_not(kept).equals(kept)
    hidden = whole_or_not(told({"measure": "mean"}, band("band:0-50"), band("band:50-100", **broken)))
    assert hidden["status"].to_list() == ["shown", "withheld", "withheld"]
    assert hidden["reason"].to_list() == [None, REASON, REASON]
    assert hidden.filter(status="withheld").select(NUMBERS).null_count().row(0) == (2, 2, 2, 2)
