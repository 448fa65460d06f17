from dataclasses import replace

import polars as pl
import pytest

from erbij.privacy.release import CELL_COLUMNS, BreakdownCard, Cell, GroupCard
from erbij.reports import report
from erbij.reports.words import LANGUAGES

GENDER = BreakdownCard(
    "gender", {"en": "gender"}, (GroupCard("a", {"en": "girls"}), GroupCard("b", {"en": "boys"})), None
)
LANGUAGE = BreakdownCard(
    "home", {"en": "home language"}, (GroupCard("x", {"en": "Dutch"}), GroupCard("y", {"en": "other"})), None
)


def cell(measure: str, value: float, low: float, high: float, group: str = "everyone") -> Cell:
    breakdown = group if group == "everyone" else "intersections"
    return Cell("all", "all", breakdown, group, measure, 100, value, low, high, "shown", None)


BREAKDOWNS = (GENDER, LANGUAGE)
EACH = {"a+x": 60.0, "a+y": 52.0, "b+x": 66.0, "b+y": 58.0}


@pytest.fixture
def told(make_release):
    """The sections of a release with these cells besides, in one language."""

    def tell(*cells: Cell, language: str = "en"):
        first = make_release(breakdowns=BREAKDOWNS, intersections=("gender", "home"))
        rows = [{name: getattr(c, name) for name in CELL_COLUMNS} for c in cells]
        more = pl.DataFrame(rows, schema=CELL_COLUMNS)
        found = report.describe(replace(first, cells=pl.concat([first.cells, more])), language)
        return {section.id: section for section in found.sections}

    return tell


def combinations(**rests: tuple[float, float, float]) -> list[Cell]:
    predicted = [cell("predicted", value, value - 4, value + 4, group) for group, value in EACH.items()]
    rest = dict.fromkeys(EACH, (0.1, -2.0, 2.2)) | {g.replace("_", "+"): r for g, r in rests.items()}
    return [*predicted, *(cell("rest", *numbers, group) for group, numbers in rest.items())]


VPC, PCV = cell("vpc", 1.8, 0.9, 4.6), cell("pcv", 83.0, 61.0, 100.0)


def test_shares_are_said_with_their_intervals(told):
    lead = told(*combinations(), VPC, PCV)["intersections"].lead
    assert "About 1.8% of it lies between the 4 combinations of gender, home language" in lead[0]
    assert "(probably 0.9 to 4.6%)" in lead[0]
    assert "about 83% is what their groups add up to (probably 61 to 100%)" in lead[2]


def test_an_interval_from_nothing_is_said_as_perhaps_no_difference(told):
    lead = told(*combinations(), cell("vpc", 0.4, 0.0, 2.1), PCV)["intersections"].lead
    assert lead[0].startswith("Perhaps the 4 combinations")
    assert "0.4" not in lead[0]


def test_a_wide_interval_of_what_adds_up_is_not_said_as_a_number(told):
    lead = told(*combinations(), VPC, cell("pcv", 97.0, -21.0, 100.0))["intersections"].lead
    assert "cannot be said well: anything between 0 and 100%" in lead[2]
    assert "97" not in lead[2]


def test_the_boundary_is_no_proof(told):
    lead = told(*combinations(), VPC, cell("pcv", 100.0, 61.0, 100.0))["intersections"].lead
    assert "does not prove" in lead[3]


def test_only_combinations_whose_interval_leaves_out_zero_stand_out(told):
    points = told(*combinations(a_y=(-3.0, -5.4, -0.6), b_y=(2.0, -0.1, 4.1)), VPC, PCV)[
        "intersections"
    ].points
    assert points == ("Girls, other: 3 points lower than its groups add up to (probably 0 to 6).",)


def test_a_straight_line_is_said_to_be_one(make_release):
    line = replace(LANGUAGE, is_ordered=True)
    first = make_release(breakdowns=(GENDER, line), intersections=("gender", "home"))
    rows = [{n: getattr(c, n) for n in CELL_COLUMNS} for c in (*combinations(), VPC, PCV)]
    cells = pl.concat([first.cells, pl.DataFrame(rows, schema=CELL_COLUMNS)])
    found = report.describe(replace(first, cells=cells), "en")
    (section,) = (s for s in found.sections if s.id == "intersections")
    assert "one straight line, from little to much: home language." in section.sure[1]


def test_where_none_stands_out_that_is_said(told):
    (point,) = told(*combinations(), VPC, PCV)["intersections"].points
    assert point.startswith("Of no combination can we say")


def test_ladder_keeps_the_order_of_the_groups(told):
    (figure,) = told(*combinations(), VPC, PCV)["intersections"].figures
    assert [row.label for row in figure.rows] == [
        "Girls, Dutch",
        "Girls, other",
        "Boys, Dutch",
        "Boys, other",
    ]


def test_without_a_model_that_is_said_in_words(told):
    section = told()["intersections"]
    assert section.lead[0].startswith("Too few pupils, or too few combinations")
    assert not section.figures


def test_without_chosen_breakdowns_there_is_no_such_section(make_release):
    found = report.describe(make_release(), "en")
    assert not {"intersections", "systemic"} & {section.id for section in found.sections}


def test_share_of_classes_is_a_sentence(told):
    section = told(cell("share:class", 7.4, 2.1, 15.3), cell("between:gender", 0.6, 0.3, 1.1))["systemic"]
    assert section.lead == (
        "Of all differences between pupils, about 7.4% lies between classes (probably 2.1 to 15.3%).",
    )
    assert section.tables[0][1].rows[0][:2] == ("Gender", "0.6%")


def test_share_of_schools_that_may_be_none_is_no_difference_claimed(told):
    (said,) = told(cell("share:school", 0.3, 0.0, 2.0))["systemic"].lead
    assert said.startswith("Perhaps schools do not differ at all: between 0 and 2.0%")


def test_classes_beside_schools_are_those_of_one_school(told):
    shares = cell("share:class", 7.4, 2.1, 15.3), cell("share:school", 5.0, 1.0, 9.0)
    lead = told(*shares)["systemic"].lead
    assert "between schools" in lead[0]
    assert "between classes of one school" in lead[1]


def test_shares_of_schools_stand_in_alphabetical_order(told):
    shares = {"Z": 9.0, "A": 4.0}
    numbers = {"n": 100.0, "mean": 60.0, "below": 20.0}
    cells = [
        replace(cell(measure, value, 1.0, 20.0), level="school", unit=unit)
        for unit, share in shares.items()
        for measure, value in {**numbers, "share:class": share}.items()
    ]
    tables = told(cell("share:class", 7.4, 2.1, 15.3), *cells)["systemic"].tables
    assert [row[:2] for row in tables[-1][1].rows] == [("A", "4.0%"), ("Z", "9.0%")]


def test_withheld_shares_are_said_to_be_withheld(told):
    hidden = replace(cell("share:class", 0, 0, 0), n=None, value=None, low=None, high=None, status="withheld")
    assert told(hidden)["systemic"].lead[0].startswith("How differences are divided is not shown")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(told, language):
    cells = (*combinations(a_y=(-3.0, -5.4, -0.6)), VPC, cell("pcv", 100.0, 20.0, 100.0))
    share = cell("share:class", 7.4, 2.1, 15.3), cell("share:school", 0.3, 0.0, 2.0)
    sections = told(*cells, *share, language=language)
    said = [*sections["intersections"].lead, *sections["intersections"].points, *sections["systemic"].lead]
    assert len(set(said)) == 7
