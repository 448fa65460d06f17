"""Slides for a meeting: everything on them can be changed, and everything says how sure it is."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE_TYPE

from erbij.errors import ReportError
from erbij.reports import deck, slide_room, slides
from erbij.reports.description import Table
from erbij.reports.report import describe

QUESTIONS = {"groups": ("What do you recognise?", "What surprises you?", "Whom will you ask?")}
PICKED = ("level", "groups")


@pytest.fixture(scope="module")
def told(make_release, made_up):
    return describe(make_release(source=made_up, units={("class", "a"): 60.0, ("class", "b"): None}), "en")


@pytest.fixture(scope="module")
def file(told):
    return slides.render(told, PICKED, QUESTIONS)


@pytest.fixture(scope="module")
def made(file):
    return Presentation(io.BytesIO(file))


def words_on(slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def pictures(slide):
    return [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


def tables(slide):
    return [shape.table for shape in slide.shapes if shape.has_table]


def test_picked_sections_stand_there_after_the_title_in_the_order_of_the_report(made, told):
    titles = [slide.shapes.title.text for slide in made.slides]
    assert titles[:2] == [told.title, "How many pupils belong?"]
    assert "Who belongs less?" in titles
    assert not {"Who answered?", "How sure are we?"} & set(titles)


def test_every_slide_has_one_title_and_says_how_sure_and_made_up(made, told):
    for slide in made.slides:
        assert slide.shapes.title.text
        assert "How sure is this?" in words_on(slide)
        assert told.mark in words_on(slide)


def test_sentences_are_text_and_lists_have_bullets_of_their_own(made, told):
    section = next(section for section in told.sections if section.id == "groups")
    slide = next(slide for slide in made.slides if slide.shapes.title.text == section.heading)
    said = slide.placeholders[1].text_frame.paragraphs
    assert [paragraph.text for paragraph in said] == [*section.lead, *section.points]
    plain = ["buNone" in paragraph._p.xml for paragraph in said]
    assert plain == [True] * len(section.lead) + [False] * len(section.points)


def test_pictures_have_their_text_and_stand_beside_a_table_that_is_one(made, told):
    figures = [f for s in told.sections if s.id in PICKED for f in s.figures if not f.is_withheld]
    drawn = [slide for slide in made.slides if pictures(slide)]
    assert len(drawn) >= len(figures) > 2
    for slide in drawn:
        [picture], [table] = pictures(slide), tables(slide)
        figure = next(figure for figure in figures if figure.title == slide.shapes.title.text)
        assert picture._element.nvPicPr.cNvPr.get("descr") == figure.alt
        assert picture.image.content_type == "image/png"
        assert [cell.text for cell in table.rows[0].cells] == [*figure.table.head]
        assert table.first_row


def test_every_row_of_a_figure_stands_in_a_table(made, told):
    rows = [
        tuple(cell.text for cell in row.cells)
        for slide in made.slides
        for table in tables(slide)
        for row in [*table.rows][1:]
    ]
    for section in told.sections:
        for figure in section.figures if section.id in PICKED else ():
            assert set(figure.table.rows) <= set(rows)


def test_notes_hold_the_questions_and_what_is_not_told(made, told):
    notes = {
        slide.shapes.title.text: slide.notes_slide.notes_text_frame.text.split("\n") for slide in made.slides
    }
    assert notes["Who belongs less?"][:3] == [*QUESTIONS["groups"]]
    assert notes["How many pupils belong?"][0] == "What this does not tell you:"


def test_nothing_falls_off_a_slide_and_all_of_it_has_a_language(made):
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                assert {run.font.language_id for run in paragraph.runs} <= {MSO_LANGUAGE_ID.ENGLISH_UK}


def test_long_lists_go_on_on_the_next_slide(told):
    long = replace(
        told.sections[0],
        id="long",
        points=tuple(f"point {n}" for n in range(15)),
        figures=(),
        tables=(("A table", Table(("a", "b"), tuple((str(n), "1") for n in range(25)))),),
    )
    found = [*slides.describe(replace(told, sections=(long,)), ("long",), {})][1:]
    assert [len(slide.points) for slide in found if slide.points] == [5, 5, 5]
    assert [len(slide.table.rows) for slide in found if slide.table] == [9, 9, 7]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_withheld_release_makes_slides_that_say_so(make_release, language):
    hidden = describe(make_release(hide=lambda _: True), language)
    made = Presentation(io.BytesIO(slides.render(hidden, ("groups", "treatment"))))
    assert not any(pictures(slide) for slide in made.slides)
    assert len(made.slides) > 3


def test_same_report_gives_the_same_bytes(told, file):
    assert slides.render(told, PICKED, QUESTIONS) == file


def test_unknown_section_names_those_there_are(told):
    with pytest.raises(ReportError, match="groups"):
        slides.render(told, ("nothing",))


LONG = "Een lange zin over wat leerlingen zeiden, met alles erop en eraan, en nog iets. " * 2


def test_many_long_points_and_long_rows_are_spread_over_slides_that_hold_them(told):
    long = replace(
        told.sections[0],
        id="long",
        lead=(LONG, LONG),
        points=(LONG,) * 12,
        figures=(),
        tables=(("A table", Table(("what", "how much"), ((LONG * 2, "1"),) * 12)),),
    )
    found = [*slides.describe(replace(told, sections=(long,)), ("long",), {})][1:]
    assert sum(len(slide.points) for slide in found) == 12
    assert [slide.sentences for slide in found if slide.sentences] == [(LONG, LONG)]
    words = [slide for slide in found if slide.table is None]
    assert all(deck.words_size(slide.sentences, slide.points) for slide in words)
    parts = [slide.table for slide in found if slide.table]
    assert sum(len(part.rows) for part in parts) == 12
    assert all(deck.holds(part, is_beside=False) for part in parts)


def test_what_fits_on_no_slide_stands_alone(told):
    long = replace(
        told.sections[0], id="long", lead=(LONG * 30,), points=("short", LONG), figures=(), tables=()
    )
    found = [*slides.describe(replace(told, sections=(long,)), ("long",), {})][1:]
    assert [(len(slide.sentences), len(slide.points)) for slide in found] == [(1, 0), (0, 1), (0, 1)]


def test_a_column_of_numbers_is_as_wide_as_its_numbers(told):
    table = Table(
        ("Quoi", "Lien", "Intervalle"), (("Continuer quand c'est difficile", "+0,42", "+0,32 à +0,50"),) * 7
    )
    found = slide_room.layout(table, 360)[0]
    assert sum(found.columns) == pytest.approx(360)
    assert slide_room.lines("+0,32 à +0,50", found.columns[2] - slide_room.MARGIN, found.size) == 1
