from dataclasses import replace

import polars as pl
import pytest

from erbij.privacy.release import CELL_COLUMNS, Cell
from erbij.reports import report
from erbij.reports.words import LANGUAGES


def cell(measure, value, low, high, *, group="everyone", reason=None) -> Cell:
    breakdown = group if group == "everyone" else "discrimination"
    return Cell("all", "all", breakdown, group, measure, 200, value, low, high, "shown", reason)


EXPOSED = (
    cell("exposed", 41.2, 35.0, 47.6, group="minority-much"),
    cell("exposed", 18.3, 14.9, 22.3, group="majority-much"),
)
ORIGIN, DUE = cell("origin", -6.4, -8.3, -4.5), cell("origin-due", -2.3, -3.2, -1.4)
EQUAL = cell("origin-equal", -4.1, -6.0, -2.2)


@pytest.fixture
def told(make_release):
    """The section on discrimination of a release with these cells besides."""

    def tell(*cells: Cell, language: str = "en"):
        first = make_release()
        rows = [{name: getattr(c, name) for name in CELL_COLUMNS} for c in cells]
        more = pl.DataFrame(rows, schema=CELL_COLUMNS)
        found = report.describe(replace(first, cells=pl.concat([first.cells, more])), language)
        return {section.id: section for section in found.sections}.get("discrimination")

    return tell


def test_sources_are_said_with_intervals_and_bounds(told):
    lead = told(
        cell("met:teachers", 20.2, 17.3, 23.5), cell("met:school", 4.2, 0.0, 7.8, reason="at-most")
    ).lead
    assert lead == (
        "20% are treated worse, sometimes or more often, by teachers or other adults at school "
        "(probably 17 to 24%).",
        "At most 5% are treated worse, sometimes or more often, by the rules of the school.",
    )


def test_exposure_that_is_not_apart_is_said_to_be_unknown(told):
    assert len(told(*EXPOSED).points) == 1
    near = replace(EXPOSED[0], low=21.0)
    assert "can't be told" in told(near, EXPOSED[1]).points[1]


def test_equal_treatment_is_a_supposition_and_no_proof(told):
    section = told(*EXPOSED, ORIGIN, EQUAL, DUE)
    assert section.points[2].startswith("Suppose that both met much unfair treatment equally often.")
    assert "4 points lower (probably 2 to 6)" in section.points[2]
    assert "goes together with 2 points of the difference (probably 1 to 4)" in section.points[3]
    assert "no proof of a cause" in section.not_told[0]


def test_a_gap_that_may_be_chance_at_equal_treatment_is_not_said_as_a_number(told):
    points = told(ORIGIN, replace(EQUAL, high=0.8), DUE).points
    assert "between \N{MINUS SIGN}6 and +1 points" in points[1]
    assert "lower" not in points[1]


def test_without_a_sure_gap_nothing_is_calculated_in_words(told):
    (said,) = told(replace(ORIGIN, high=0.3), EQUAL, DUE).points
    assert "can't be told" in said


def test_what_goes_with_treatment_is_left_out_where_it_may_be_nothing(told):
    assert len(told(ORIGIN, EQUAL, replace(DUE, high=0.2)).points) == 2


def test_withheld_shares_are_said_to_be_withheld(told):
    hidden = replace(EXPOSED[0], n=None, value=None, low=None, high=None, status="withheld")
    assert told(hidden).lead == ("Who meets unfair treatment is not shown, to protect pupils.",)


def test_without_any_of_it_there_is_no_such_section(told):
    assert told() is None


def test_grounds_stand_in_the_order_of_the_questionnaire_not_of_size(told):
    grounds = cell("ground:money", 20.0, 17.0, 23.0), cell("ground:language", 5.0, 4.0, 6.0)
    (figure,) = told(*grounds).figures
    assert [row.id for row in figure.rows] == ["language", "money"]
    assert figure.axis.low == 0.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(told, language):
    met = [cell(f"met:{source}", 20.2, 17.3, 23.5) for source in ("teachers", "peers", "school")]
    section = told(*met, *EXPOSED, ORIGIN, EQUAL, DUE, language=language)
    assert len({*section.lead, *section.points, *section.sure, *section.not_told}) == 3 + 4 + 1 + 2
    assert [figure.id for figure in section.figures] == ["figure-sources", "figure-equal"]
