from dataclasses import replace

import polars as pl
import pytest

from erbij.privacy.release import CELL_COLUMNS, Cell, OutcomeCard, ScaleCard
from erbij.reports import report
from erbij.reports.sections.outcomes import CITED
from erbij.reports.words import LANGUAGES

STRESS = ScaleCard("stress", "outcome", {"en": "stress"}, 50.0, False, 1, None, None, "psychological")
MOOD = ScaleCard("mood", "outcome", {"en": "good mood"}, 50.0, True, 1, None, None, "psychological")
ABSENCE = OutcomeCard("days", {"en": "days absent"}, "absence")


@pytest.fixture
def told(make_release):
    """The section on outcomes of a release with these correlations besides."""

    def tell(*, language="en", outcomes=(ABSENCE,), **of):
        first = make_release(outcomes=outcomes)
        first = replace(first, card=replace(first.card, scales=(*first.card.scales, STRESS, MOOD)))
        cells = [
            Cell("all", "all", "everyone", "everyone", f"with:{name}", 300, *numbers, "shown", None)
            for name, numbers in of.items()
        ]
        rows = [{name: getattr(c, name) for name in CELL_COLUMNS} for c in cells]
        more = pl.DataFrame(rows, schema=CELL_COLUMNS)
        found = report.describe(replace(first, cells=pl.concat([first.cells, more])), language)
        return {section.id: section for section in found.sections}.get("outcomes")

    return tell


def test_the_careful_end_of_the_interval_chooses_the_word(told):
    points = told(stress=(-0.36, -0.43, -0.29), mood=(0.36, 0.31, 0.41), days=(-0.12, -0.19, -0.05)).points
    assert points == (
        "Pupils who belong more have clearly more of: good mood.",
        "Pupils who belong more have somewhat less of: stress.",
        "Pupils who belong more have a little less of: days absent.",
    )


def test_what_may_be_chance_is_said_to_be_unknown(told):
    (said,) = told(mood=(0.3, -0.01, 0.61)).points
    assert said == "We can't say of this whether it goes with belonging: good mood."


def test_studies_stand_beside_what_was_asked_only_and_without_figures(told):
    section = told(stress=(-0.3, -0.4, -0.2), mood=(0.3, 0.2, 0.4), days=(-0.2, -0.3, -0.1))
    ((title, table),) = section.tables
    assert title == "What research elsewhere says"
    assert [row[0].split(":")[0] for row in table.rows] == ["Stress", "Absence and truancy"]
    assert not told(mood=(0.3, 0.2, 0.4)).tables


def test_the_figure_has_two_decimals_and_signs_in_words_too(told):
    (figure,) = told(stress=(-0.36, -0.43, -0.29)).figures
    assert figure.rows[0].shown == "\N{MINUS SIGN}0.36"
    said = figure.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert "Stress \N{MINUS SIGN}0.36, probably \N{MINUS SIGN}0.43 to \N{MINUS SIGN}0.29" in said
    assert (figure.axis.low, figure.axis.high) == (-1.0, 1.0)
    assert figure.table.head[1] == "Link"


def test_without_any_outcome_there_is_no_such_section(told):
    assert told() is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(told, language):
    ups = ((0.4, 0.31, 0.5), (0.2, 0.15, 0.3), (0.1, 0.02, 0.2))
    downs = ((-0.4, -0.5, -0.31), (-0.2, -0.3, -0.15), (-0.1, -0.2, -0.02))
    outcomes = tuple(OutcomeCard(f"o{i}", {"en": about}, about) for i, about in enumerate(CITED))
    signs = {f"o{i}": numbers for i, numbers in enumerate((*ups, *downs))}
    section = told(language=language, outcomes=outcomes, o6=(0.1, -0.1, 0.3), **signs)
    assert len(set(section.points)) == 7
    assert len({row[0] for row in section.tables[0][1].rows}) == len(CITED)
