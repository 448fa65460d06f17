from dataclasses import replace

import polars as pl
import pytest

from erbij.privacy.release import CELL_COLUMNS, Cell
from erbij.reports import report
from erbij.reports.words import LANGUAGES

SURE, UNSURE = (4.0, 1.2, 6.3), (2.0, 0.0, 5.0)


def at_top(measure, numbers) -> Cell:
    return Cell("all", "all", "gender", "girls", measure, 300, *numbers, "shown", None)


def in_school(unit, numbers) -> Cell:
    return Cell("school", unit, "gender", "girls", "gap-unit", 60, *numbers, "shown", None)


@pytest.fixture
def told(make_release):
    """The section on the spread of gaps of a release with these cells besides."""

    def tell(*cells: Cell, language="en"):
        first = make_release()
        rows = [{name: getattr(c, name) for name in CELL_COLUMNS} for c in cells]
        more = pl.DataFrame(rows, schema=CELL_COLUMNS)
        found = report.describe(replace(first, cells=pl.concat([first.cells, more])), language)
        return {section.id: section for section in found.sections}.get("spread")

    return tell


USUAL = at_top("gap-usual:school", (-5.1, -7.0, -3.2))


def test_a_gap_that_differs_is_said_and_schools_are_named_by_alphabet(told):
    schools = in_school("Zuid", (3.0, 0.5, 5.5)), in_school("Noord", (4.0, 1.0, 7.0))
    section = told(USUAL, at_top("gap-sd:school", SURE), *schools, in_school("West", (2.0, -0.3, 4.3)))
    assert section.points[0].startswith("Gender · girls: the gap with the other pupils is not the same")
    assert "about 4 points away from the middle gap (probably 1.2 to 6.3)" in section.points[0]
    assert "in alphabetical order: Noord, Zuid." in section.points[1]


def test_where_it_may_be_the_same_everywhere_nothing_is_named(told):
    section = told(USUAL, at_top("gap-sd:school", UNSURE), in_school("Zuid", (3.0, 0.5, 5.5)))
    assert section.lead[0].startswith("Of no group can we say")
    assert not section.points


def test_for_a_group_that_does_not_surely_score_lower_no_school_is_named(told):
    usual = at_top("gap-usual:school", (-1.0, -3.0, 1.0))
    points = told(usual, at_top("gap-sd:school", SURE), in_school("Zuid", (3.0, 0.5, 5.5))).points
    assert len(points) == 1


def test_classes_are_called_classes_and_none_is_named(told):
    cells = at_top("gap-usual:class", (-5.1, -7.0, -3.2)), at_top("gap-sd:class", SURE)
    (said,) = told(*cells, in_school("Zuid", (3.0, 0.5, 5.5))).points
    assert "not the same in every class" in said


def test_table_has_every_gap_with_intervals(told):
    ((_, table),) = told(USUAL, at_top("gap-sd:school", UNSURE)).tables
    assert table.rows[0][:2] == ("Gender · girls", "school")
    assert table.rows[0][2].startswith("\N{MINUS SIGN}5.1 (")
    assert table.rows[0][3].startswith("2.0 (")


def test_without_any_of_it_there_is_no_such_section(told):
    assert told() is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(told, language):
    section = told(USUAL, at_top("gap-sd:school", SURE), in_school("Noord", SURE), language=language)
    assert len({*section.lead, *section.points, *section.sure, *section.not_told}) == 5
