from dataclasses import replace

import polars as pl
import pytest

from erbij.privacy.release import CELL_COLUMNS, Cell
from erbij.reports import report
from erbij.reports.words import LANGUAGES

MORE, LESS, UNSURE = (1.2, 0.8, 1.6), (-1.1, -2.0, -0.2), (0.5, -0.4, 1.4)


def slope(measure, numbers) -> Cell:
    return Cell("all", "all", "everyone", "everyone", measure, 300, *numbers, "shown", None)


@pytest.fixture
def told(make_release):
    """The section on conditions of a release with these slopes besides."""

    def tell(*, language="en", **slopes):
        first = make_release()
        cells = [
            slope(f"{side}-{level}:{name}", numbers) for (side, level, name), numbers in slopes["of"].items()
        ]
        rows = [{name: getattr(c, name) for name in CELL_COLUMNS} for c in cells]
        more = pl.DataFrame(rows, schema=CELL_COLUMNS)
        found = report.describe(replace(first, cells=pl.concat([first.cells, more])), language)
        return {section.id: section for section in found.sections}.get("conditions")

    return tell


def both(level="class", **within):
    named = {name.replace("_", "-"): numbers for name, numbers in within.items()}
    sides = {("within", level, name): numbers for name, numbers in named.items()}
    return sides | {("between", level, name): UNSURE for name in named}


def test_conditions_are_named_in_the_order_of_the_instrument_whatever_their_size(told):
    section = told(of=both(trust_honest=(9.0, 8.0, 10.0), lever_teams=MORE))
    assert section.points[0].endswith("also belong more, on average: teams, honest answers.")
    assert [row.id for row in section.figures[0].rows] == ["teams", "honest answers"]


def test_what_may_be_chance_is_said_to_be_unknown(told):
    points = told(of=both(lever_teams=UNSURE, trust_honest=LESS)).points
    assert points[0].startswith("Within the same class, pupils who experience more of this belong less")
    assert points[1].endswith("whether it goes with belonging: teams.")
    assert points[2].startswith("Between classes, we can't say")


def test_parts_of_belonging_are_said_to_be_parts(told):
    section = told(of=both(voice=MORE))
    assert "half goes without saying" in section.not_told[1]
    assert len(told(of=both(lever_teams=MORE)).not_told) == 1


def test_schools_are_called_schools(told):
    section = told(of=both("school", lever_teams=MORE))
    assert section.points[0].startswith("Within the same school")
    assert section.figures[1].title == "Between schools"


def test_no_word_implies_a_cause(told):
    section = told(of=both(lever_teams=MORE, trust_honest=LESS))
    said = " ".join((*section.points, *(figure.title for figure in section.figures)))
    assert not {"because", "effect", "leads", "raises", "improves", "causes"} & set(said.lower().split())
    assert "not yet a cause" in section.lead[0]


def test_withheld_slopes_are_said_to_be_withheld(make_release):
    hidden = replace(slope("within-class:lever-teams", MORE), n=None, value=None, status="withheld")
    hidden = replace(hidden, low=None, high=None)
    first = make_release()
    rows = pl.DataFrame([{name: getattr(hidden, name) for name in CELL_COLUMNS}], schema=CELL_COLUMNS)
    found = report.describe(replace(first, cells=pl.concat([first.cells, rows])), "en")
    section = next(s for s in found.sections if s.id == "conditions")
    assert section.lead == ("What goes with belonging is not shown, to protect pupils.",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", ["class", "school"])
def test_every_sentence_exists_in_every_language(told, language, level):
    of = both(level, lever_teams=MORE, trust_honest=LESS, voice=UNSURE)
    of |= {("between", level, "lever-teams"): MORE, ("between", level, "trust-honest"): LESS}
    section = told(of=of, language=language)
    assert len(set(section.points)) == 6
    assert len({*section.lead, *section.sure, *section.not_told}) == 4
