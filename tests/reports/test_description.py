"""What a report says of releases made by hand."""

import re
from dataclasses import replace
from itertools import permutations

import polars as pl
import pytest

from erbij.errors import ReportError
from erbij.reports.description import Axis
from erbij.reports.report import describe

INTERVAL = {"nl": "waarschijnlijk", "en": "probably", "fr": "sans doute"}
HIDDEN = {"nl": "om leerlingen te beschermen", "en": "to protect pupils", "fr": "pour protéger les élèves"}
LANGUAGES = tuple(INTERVAL)
SCALE_NUMBERS = (68, 14, 2.7, 1.6, 63, 4, 15, 16, 13, 3)
"""Means, shares and differences of the usual release, as sentences round them."""


def section(report, name):
    return next(s for s in report.sections if s.id == name)


def sentences(report):
    for s in report.sections:
        for text in (*s.lead, *s.points, *s.sure, *(t for f in s.figures for t in f.sentences)):
            yield s.id, text


def said(report, name):
    """Lead and points of a section as one text, with plain spaces."""
    found = section(report, name)
    return " ".join((*found.lead, *found.points)).replace("\u00a0", " ").replace("\u202f", " ")


def figures(report):
    return [figure for s in report.sections for figure in s.figures]


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_tells_its_questions_in_order(make_release, language):
    report = describe(make_release(), language)
    assert report.language == language
    assert [s.id for s in report.sections] == [
        "answered",
        "level",
        "groups",
        "treatment",
        "opportunities",
        "certainty",
        "limits",
        "why",
        "model",
    ]
    assert all(s.heading for s in report.sections)


def test_another_language_is_refused(make_release):
    with pytest.raises(ReportError, match="not a language"):
        describe(make_release(), "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_with_a_number_of_the_scale_has_its_interval(make_release, language):
    report = describe(make_release(), language)
    numbers = {f"{n}".replace(".", "." if language == "en" else ",") for n in SCALE_NUMBERS}
    pattern = re.compile(rf"(?<![\d.,])({'|'.join(map(re.escape, sorted(numbers)))})(?![\d,.]*\d)")
    about = [(where, text) for where, text in sentences(report) if where not in ("certainty", "why")]
    told = [(where, text) for where, text in about if pattern.search(text)]
    without = [text for where, text in told if INTERVAL[language] not in text and where != "groups"]
    assert len(told) >= 10
    assert not without
    counted = [text for where, text in told if where == "groups" and INTERVAL[language] not in text]
    assert all("3" in text for text in counted), counted  # how many comparisons were made
    assert len(counted) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_interval_in_words_holds_the_value(make_release, language):
    lead = section(describe(make_release(), language), "level").lead[0]
    numbers = [int(n) for n in re.findall(r"\d+", lead)]
    assert numbers[-3:] == [68, 65, 72]  # outwards from 65.4 and 71.4


@pytest.mark.parametrize("language", LANGUAGES)
def test_release_in_which_all_is_withheld_says_so(make_release, language):
    report = describe(make_release(hide=lambda _: True), language)
    for name in ("answered", "level", "groups", "treatment"):
        assert HIDDEN[language] in " ".join(section(report, name).lead), name
    for figure in figures(report):
        assert all(row.value is None and row.low is None and row.high is None for row in figure.rows)
        assert all(HIDDEN[language] in row.shown for row in figure.rows)
    others = {"certainty", "limits", "why", "model"}
    told = " ".join(text for where, text in sentences(report) if where not in others)
    assert not re.search(r"\d", told.replace("25", ""))  # the line of the treatment measure is no result


def test_release_without_cells_is_told(make_release):
    release = make_release()
    empty = type(release)(release.card, release.cells.clear())
    assert "to protect pupils" in section(describe(empty, "en"), "level").lead[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_study_without_breakdowns_says_so(make_release, language):
    groups = section(describe(make_release(breakdowns=()), language), "groups")
    assert groups.figures == ()
    assert groups.points == ()
    assert len(groups.lead) == 1


def test_study_without_discrimination_says_what_it_cannot_tell(make_release):
    treatment = section(describe(make_release(discrimination=None), "en"), "treatment")
    assert "not asked" in treatment.lead[0]
    assert treatment.figures == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_up_figures_are_marked_everywhere(make_release, made_up, language):
    report = describe(make_release(source=made_up), language)
    assert report.mark
    assert len(figures(report)) >= 4
    assert {figure.mark for figure in figures(report)} == {report.mark}
    assert len(section(report, "limits").points) == 7


def test_real_figures_bear_no_mark(make_release):
    report = describe(make_release(), "en")
    assert {report.mark, *(figure.mark for figure in figures(report))} == {""}


def test_only_groups_whose_interval_lies_below_zero_are_named(make_release):
    gaps = {("gender", g, "gap"): gap for g, gap in {"girls": -3.1, "boys": 5.0, "another": -2.9}.items()}
    report = describe(make_release(cells=gaps), "en")
    assert len(section(report, "groups").points) == 1
    assert "girls: 3 points lower than everyone together (probably 0 to 7)" in said(report, "groups")


def test_no_group_lower_is_said(make_release):
    gaps = {("gender", group, "gap"): 1.0 for group in ("girls", "boys", "another")}
    groups = section(describe(make_release(cells=gaps), "en"), "groups")
    assert "chance" in groups.lead[0]
    assert groups.points == ()


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(-9.0, "9 points lower"), (9.0, "9 points higher"), (-2.9, "may be chance"), (0.0, "may be chance")],
)
def test_difference_with_the_reference_is_stated_only_beyond_chance(make_release, difference, expected):
    cells = {("gender", "girls", "difference:boys"): difference}
    report = describe(make_release(cells=cells), "en")
    told = [t for t in section(report, "groups").figures[0].sentences if t.startswith("Girls")]
    assert len(told) == 1
    assert expected in told[0]
    assert ("points" in told[0]) == ("probably" in told[0])


def test_treatment_is_stated_only_beyond_chance(make_release):
    unsure = {("discrimination", "minority-much", "difference:minority-little"): -2.0}
    told = said(describe(make_release(cells=unsure), "en"), "treatment")
    assert not re.search(r"\d", told)
    assert "can't be told" in told
    sure = said(describe(make_release(), "en"), "treatment")
    assert "16 points lower" in sure
    assert "more than with origin" in sure


def test_treatment_is_not_put_above_origin_where_that_is_not_sure(make_release):
    cells = {("discrimination", "minority-little", "difference:majority-little"): -12.0}
    told = said(describe(make_release(cells=cells), "en"), "treatment")
    assert "16 points lower" in told
    assert "more than with origin" not in told


def test_much_treatment_with_higher_scores_is_not_called_unknown(make_release):
    cells = {("discrimination", "minority-much", "difference:minority-little"): 9.0}
    assert "can't be told" not in said(describe(make_release(cells=cells), "en"), "treatment")


@pytest.mark.parametrize("means", list(permutations([40.0, 60.0, 80.0])), ids=str)
def test_groups_stand_in_their_own_order(make_release, means):
    groups = dict(zip(("girls", "boys", "another"), means, strict=True))
    figure = section(describe(make_release(groups=groups), "en"), "groups").figures[0]
    assert [row.id for row in figure.rows] == ["girls", "boys", "another"]
    assert [row[0] for row in figure.table.rows] == ["Girls", "Boys", "Another"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_table_and_words_for_who_does_not_see(make_release, language):
    for figure in figures(describe(make_release(), language)):
        assert len(figure.table.rows) == len(figure.rows) > 0
        assert all(len(row) == len(figure.table.head) for row in figure.table.rows)
        assert figure.title in figure.alt
        for row in figure.rows:
            assert row.label in figure.alt
            assert row.shown in figure.alt


def test_axis_is_one_for_all_figures(make_release):
    report = describe(make_release(), "en")
    drawn = {figure.shape: figure.axis for figure in figures(report)}
    assert len({figure.axis for figure in figures(report) if figure.shape == "dots"}) == 1
    assert drawn["shares"] == Axis(0.0, 100.0)  # a share is a part of the whole
    axis = figures(report)[0].axis
    drawn = [bound for f in figures(report) for row in f.rows for bound in (row.low, row.high)]
    assert axis.low <= min(drawn)
    assert axis.high >= max(drawn)
    assert axis.high - axis.low >= 40


def test_axis_of_equal_means_near_an_end_stays_on_the_scale(make_release):
    everything = {("everyone", "everyone", "mean"): 97.0}
    report = describe(make_release(cells=everything, hide=lambda key: key[2] != "mean"), "en")
    axis = figures(report)[0].axis
    assert 0 <= axis.low < axis.high <= 100


def test_instrument_that_does_not_measure_belonging_is_not_told_as_if_it_did(make_release):
    release = make_release()
    scales = tuple(replace(scale, kind="discrimination", high_is_good=False) for scale in release.card.scales)
    with pytest.raises(ReportError, match="does not measure belonging"):
        describe(type(release)(replace(release.card, scales=scales), release.cells), "nl")


def test_share_of_zero_is_not_given_a_false_interval(make_release):
    release = make_release(cells={("everyone", "everyone", "straight"): 0.0})
    straight = pl.col("measure") == "straight"
    bare = [pl.when(~straight).then(pl.col(side)).alias(side) for side in ("low", "high")]
    report = describe(type(release)(release.card, release.cells.with_columns(bare)), "en")
    told = " ".join(section(report, "answered").points)
    assert "probably 0.0 to 0.0" not in told
    assert "probably 0 to 0" not in told


def test_units_stand_in_alphabetical_order_with_withheld_ones_among_them(make_release):
    units = {("school", "Zuid"): 40.0, ("school", "Noord"): None, ("school", "Oost"): 90.0}
    level = section(describe(make_release(units=units), "en"), "level")
    (_, table) = level.tables[0]
    assert [row[0] for row in table.rows] == ["Noord", "Oost", "Zuid"]
    assert "not shown, to protect pupils" in table.rows[0]


def test_one_unit_makes_no_table(make_release):
    assert section(describe(make_release(units={("school", "a"): 40.0}), "en"), "level").tables == ()


def test_more_than_sixty_units_are_pointed_to(make_release):
    units = {("class", f"c{i}"): 60.0 for i in range(61)}
    level = section(describe(make_release(units=units), "en"), "level")
    assert level.tables == ()
    assert "61" in " ".join(level.points)
    assert "cells.csv" in " ".join(level.points)


def test_exclusions_are_told_in_words(make_release):
    tables = dict(section(describe(make_release(), "en"), "answered").tables)
    (excluded,) = (table for title, table in tables.items() if "did not count" in title)
    assert excluded.rows == (("Pupils without an answer to “gender”", "12"),)


@pytest.mark.parametrize(("alpha", "word"), [(0.85, "enough"), (0.7, "fairly well"), (0.5, "weakly")])
def test_reliability_is_graded(make_release, alpha, word):
    report = describe(make_release(cells={("everyone", "everyone", "alpha"): alpha}), "en")
    (told,) = (p for p in section(report, "certainty").points if "alpha" in p)
    assert word in told
    assert f"{alpha:.2f}" in told
