"""The report on paper: its structure as a screen reader meets it, and its words as the page has them."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from erbij.privacy.release import ExclusionCard
from erbij.reports import charts, pdf
from erbij.reports.report import describe
from erbij.reports.words import LANGUAGES

logging.getLogger("pypdf").setLevel(logging.ERROR)


@pytest.fixture(scope="module")
def told(make_release, made_up):
    return describe(make_release(source=made_up, units={("class", "a"): 60.0, ("class", "b"): None}), "nl")


@pytest.fixture(scope="module")
def made(told):
    return PdfReader(io.BytesIO(pdf.render(told, (("School", "De #Linde"),))))


def elements(reader: PdfReader) -> list[DictionaryObject]:
    return list(_below(reader.trailer["/Root"]["/StructTreeRoot"]))


def _below(node) -> Iterator[DictionaryObject]:
    children = node.get("/K", [])
    for child in children if isinstance(children, ArrayObject) else [children]:
        found = child.get_object()
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _below(found)


def text_of(reader: PdfReader) -> str:
    return flat("".join(page.extract_text() for page in reader.pages))


def flat(text: str) -> str:
    return re.sub(r"[\s\u2060]+", "", text)


def test_says_what_it_is(made):
    root = made.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert made.metadata.title == "Onze school"
    assert made.metadata.creation_date is None
    assert re.search(r"pdfuaid:part>1<", root["/Metadata"].get_object().get_data().decode())


def test_headings_start_with_one_title_and_skip_no_level(made):
    levels = [int(e["/S"][2:]) for e in elements(made) if re.fullmatch(r"/H\d", e["/S"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_has_its_text(made, told):
    texts = [e.get("/Alt") for e in elements(made) if e["/S"] == "/Figure"]
    assert texts == [f.alt for section in told.sections for f in section.figures if not f.is_withheld]
    assert len(texts) > 3


def test_every_table_of_numbers_has_headers(made, told):
    tables = [e for e in elements(made) if e["/S"] == "/Table"]
    headed = [t for t in tables if any(e["/S"] == "/TH" for e in _below(t))]
    drawn = sum(not f.is_withheld for section in told.sections for f in section.figures)
    assert len(headed) == drawn + sum(len(section.tables) for section in told.sections)
    # The others name facts: those of the asker, and where it comes from.
    assert len(tables) - len(headed) == 2


def test_long_list_stands_behind_the_questions_and_loses_no_row(make_release):
    many = tuple(ExclusionCard("item-not-in-file", f"question {n}", 15) for n in range(31))
    long, usual = (
        text_of(PdfReader(io.BytesIO(pdf.render(describe(make_release(exclusions=e), "en")))))
        for e in (many, many[:3])
    )
    behind = flat("All the figures behind the pictures")
    assert all(long.rindex(behind) < long.index(f"question{n}") for n in range(31))
    assert all(usual.index(f"question{n}") < usual.rindex(behind) for n in range(3))


def test_small_pictures_that_follow_each_other_stand_in_pairs(told):
    groups = next(section for section in told.sections if section.id == "groups")
    small = replace(groups, figures=groups.figures[:1] * 3)
    halves = [figure["is_half"] for figure in pdf._section(small)["figures"]]
    assert halves == [True, True, False]


def test_all_letters_stand_in_the_file(made):
    fonts = [font.get_object() for page in made.pages for font in page["/Resources"]["/Font"].values()]
    described = [f["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(d) for d in described)


def test_words_are_those_of_the_page(made, told):
    text = text_of(made)
    for section in told.sections:
        for said in (section.heading, *section.lead, *section.points, *section.sure, *section.not_told):
            assert flat(said) in text
        for figure in section.figures:
            assert all(flat(said) in text for said in (figure.title, figure.note, *figure.sentences))
    for label, fact in told.provenance:
        assert flat(label) in text
        assert flat(fact) in text
    assert flat("De #Linde") in text


def test_pages_are_numbered(made):
    last = len(made.pages)
    assert last > 3
    assert [f"{n}/{last}" in flat(page.extract_text()) for n, page in enumerate(made.pages, 1)] == [
        False,
        *[True] * (last - 1),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_withheld_release_makes_a_paper(make_release, language):
    made = PdfReader(io.BytesIO(pdf.render(describe(make_release(hide=lambda _: True), language))))
    assert made.trailer["/Root"]["/Lang"] == language
    assert not [e for e in elements(made) if e["/S"] == "/Figure"]


def test_drawing_stands_alone(told):
    figure = next(f for section in told.sections for f in section.figures if not f.is_withheld)
    svg = pdf.on_paper(charts.draw(figure, "wide"))
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "var(" not in svg
    assert "#0f5c63" in svg
