import io
import json
import logging
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from erbij.errors import ReportError
from erbij.reports import typeset

# pypdf and Typst disagree on a space in the header of a font; nothing is lost.
logging.getLogger("pypdf").setLevel(logging.ERROR)

SHEET: dict[str, Any] = {
    "language": "fr",
    "title": "Feuille *de* #secours $x$",
    "subtitle": "École Šárka · Їжак · Ελπίδα",
    "code": "ABCDE-23456",
    "lines": ["Une ligne.", "#panic()"],
}

CARDS: dict[str, Any] = {
    "language": "nl",
    "title": "T",
    "subtitle": "s",
    "steps": ["a"],
    "notes": ["b"],
    "line": "l",
    "invitation": "i",
    "address": "a.b/k",
    "picture": "p",
    "cards": [],
}


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def test_data_are_text_and_never_source() -> None:
    text = read(typeset.pdf("sheet", SHEET)).pages[0].extract_text()
    for said in (SHEET["title"], SHEET["subtitle"], SHEET["code"], *SHEET["lines"]):
        assert said in text


def test_document_is_tagged_and_says_its_title_and_language() -> None:
    made = read(typeset.pdf("sheet", SHEET))
    root = made.trailer["/Root"].get_object()
    assert made.metadata is not None
    assert made.metadata.title == SHEET["title"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "pdfuaid" in made.trailer["/Root"]["/Metadata"].get_object().get_data().decode()


def test_no_clock_is_in_it() -> None:
    made = read(typeset.pdf("sheet", SHEET))
    assert made.metadata is not None
    assert made.metadata.creation_date is None
    assert made.metadata.modification_date is None


def test_letters_are_ours_and_stand_in_the_file() -> None:
    fonts = read(typeset.pdf("sheet", SHEET)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts.values()}
    assert {name.split("-")[0] for name in names} == {"SourceSerif4", "SourceSans3ExtraLight"}


def test_templates_warn_of_nothing() -> None:
    said = {}
    for name, data in (("sheet", SHEET), ("cards", CARDS)):
        said[name] = typst.compile_with_warnings(
            typeset.TEMPLATES / f"{name}.typ",
            root=typeset.TEMPLATES,
            font_paths=[typeset.FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
        )[1]
    assert said == {"sheet": [], "cards": []}


def test_unknown_template_names_those_there_are() -> None:
    with pytest.raises(ReportError, match="cards, plan, report, sheet"):
        typeset.pdf("_look", SHEET)


def test_what_is_missing_is_named_and_what_is_there_is_not() -> None:
    without = {name: value for name, value in SHEET.items() if name != "subtitle"}
    with pytest.raises(ReportError, match="subtitle") as refused:
        typeset.pdf("sheet", without)
    assert SHEET["code"] not in str(refused.value)
    assert refused.value.__cause__ is None


def test_picture_that_is_none_is_refused_without_quoting_it() -> None:
    with pytest.raises(ReportError) as refused:
        typeset.pdf("cards", CARDS | {"cards": [{"qr": "SECRET-23", "code": "SECRET-45"}]})
    assert "SECRET" not in str(refused.value)
