"""Rule by rule, on frames made by hand."""

import polars as pl
import pytest

from erbij.privacy import gate
from erbij.privacy.suppression import NUMBERS, REASON, withhold

BOYS = {"group": "boys"}


@pytest.fixture
def status(raw, rules):
    """The status of each cell, in order."""
    return lambda *rows: withhold(raw(*rows), rules)["status"].to_list()


def test_safe_cells_are_shown_with_their_numbers(raw, rules):
    found = withhold(raw({}, BOYS), rules)
    assert found["status"].to_list() == ["shown", "shown"]
    assert found["reason"].to_list() == [None, None]
    assert found.row(0, named=True)["value"] == 60.0


def test_small_group_takes_its_breakdown_and_leaves_the_others(status):
    other = {"breakdown": "language"}
    assert status({"n": 9}, BOYS, other) == ["withheld", "withheld", "shown"]


def test_group_of_the_threshold_is_shown(status, rules):
    assert status({"n": rules.threshold}, BOYS) == ["shown", "shown"]


def test_small_group_takes_every_measure_of_its_breakdown(status):
    below = {"measure": "below", "n": 30}
    difference = {"measure": "difference:girls", "n": 30}
    assert status({"n": 9}, BOYS, below, difference) == ["withheld"] * 4


def test_small_group_leaves_other_units_alone(status):
    assert status({"n": 9}, BOYS, {"unit": "south"}) == ["withheld", "withheld", "shown"]


@pytest.mark.parametrize(
    "doubt",
    [
        {"n": None},
        {"value": None},
        {"value": float("nan")},
        {"value": float("inf")},
        {"level": "pupil"},
        {"level": None},
        {"measure": "median"},
        {"measure": None},
    ],
    ids=str,
)
def test_what_is_unknown_is_withheld_with_its_breakdown(raw, rules, doubt):
    girls, boys = raw({**doubt}, {**BOYS, **({"level": doubt["level"]} if "level" in doubt else {})}).rows()
    found = withhold(pl.DataFrame([girls, boys], schema=raw({}).schema, orient="row"), rules)
    assert found["status"].to_list() == ["withheld", "withheld"]


@pytest.mark.parametrize("doubt", [{"n": 9}, {"n": None}, {"value": None}, {"is_constant": True}], ids=str)
def test_a_cell_of_everyone_stands_alone(status, doubt):
    everyone = {"breakdown": "everyone", "group": "everyone"}
    assert status({**everyone, **doubt}, {**everyone, "measure": "below"}, {}) == [
        "withheld",
        "shown",
        "shown",
    ]


@pytest.mark.parametrize("flag", [True, None])
def test_one_answer_for_all_takes_its_measure_in_the_breakdown(status, flag):
    below = {"measure": "below"}
    assert status({"is_constant": flag}, BOYS, below) == ["withheld", "withheld", "shown"]


def test_few_outside_withhold_the_breakdown(status):
    assert status({"outside": 3}, {**BOYS, "outside": 3}) == ["withheld", "withheld"]


@pytest.mark.parametrize("outside", [0, 10, 25])
def test_nobody_or_many_outside_withhold_nothing(status, outside):
    assert status({"outside": outside}) == ["shown"]


@pytest.mark.parametrize(
    ("level", "inside", "expected"),
    [
        ("all", 2999, "withheld"),  # 2999 pupils x 0.1 does not cover 3 x 100
        ("all", 3000, "shown"),
        ("class", 299, "withheld"),  # whole numbers blur ten times as much
        ("class", 300, "shown"),
    ],
)
def test_few_outside_are_hidden_by_enough_rounding(status, level, inside, expected):
    assert status({"level": level, "inside": inside, "outside": 3}) == [expected]


@pytest.mark.parametrize("side", ["low", "high"])
def test_a_number_without_an_interval_is_withheld_with_its_breakdown(status, side):
    assert status({side: None}, BOYS) == ["withheld", "withheld"]


@pytest.mark.parametrize("measure", ["asked", "n", "response"])
def test_a_count_needs_no_interval(status, measure):
    assert status({"measure": measure, "low": None, "high": None}) == ["shown"]


def test_a_share_counts_few_outside_through_any_rounding(status):
    """Pupils are whole: 13 % of 30 is 4 of them."""
    few = {"inside": 9000, "outside": 3}
    assert status(few, {**few, "measure": "below"}) == ["shown", "withheld"]


def test_withheld_cell_has_no_number_and_the_one_reason(raw, rules):
    found = withhold(raw({"n": 9}, {"outside": 2, "unit": "b"}, {"value": None, "unit": "c"}), rules)
    assert found.select(pl.col(NUMBERS).is_null().all()).row(0) == (True,) * 4
    assert set(found["reason"]) == {REASON}


def test_order_of_the_cells_is_kept(raw, rules):
    rows = [{"unit": f"u{i}", "n": 5 + i} for i in range(10)]
    assert withhold(raw(*rows), rules)["unit"].to_list() == [f"u{i}" for i in range(10)]


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ({"level": "all"}, 66.78, 66.8),
        ({"level": "school"}, 66.75, 66.8),
        ({"level": "grade"}, 66.78, 67.0),
        ({"level": "class"}, 66.4, 66.0),
        ({"measure": "alpha"}, 0.85711, 0.857),
        ({"measure": "omega", "level": "all"}, 0.8588, 0.859),
        ({"measure": "mean:stress", "level": "class"}, 12.34, 12.0),
    ],
    ids=str,
)
def test_values_and_intervals_are_rounded_by_level(raw, rules, cell, value, expected):
    found = gate.protect(raw({**cell, "value": value, "low": value, "high": value}), rules).row(0, named=True)
    assert (found["value"], found["low"], found["high"]) == (expected,) * 3


def test_no_zero_is_negative(raw, rules):
    found = gate.protect(raw({"measure": "gap", "value": -0.04, "low": -0.049, "high": -0.0}), rules)
    assert "-0.0" not in found.write_csv()
    assert found.select("value", "low", "high").row(0) == (0.0, 0.0, 0.0)


def test_constant_group_cannot_be_found_through_its_gap(make_study):
    """Everyone plus gap is the mean that was withheld."""
    study = make_study([50.0] * 20 + [40.0, 60.0] * 20, groups={"gender": [0] * 20 + [1] * 40}, count=2)
    cells = gate.release(study).cells.filter(pl.col("breakdown") == "gender")
    assert cells.filter(pl.col("measure") == "mean")["status"].unique().to_list() == ["withheld"]
    assert cells.filter(pl.col("measure") == "gap")["status"].unique().to_list() == ["withheld"]
