"""The page for parents: what it may say, and its structure as a screen reader meets it."""

import datetime as dt
import io
import json
import re
from dataclasses import asdict, replace

import polars as pl
import pytest
import typst
from pypdf import PdfReader

from erbij.errors import ReportError
from erbij.privacy.release import BreakdownCard, GroupCard
from erbij.reports import typeset
from erbij.reports.plain import counts, summary
from erbij.reports.plain.summary import Sender
from erbij.reports.words import PLAIN_LANGUAGES

SENDER = Sender("De #Linde", dt.date(2026, 1, 9), {"nl": (("Luisterlijn", "106"),)})
LONG = Sender(
    "Gemeentelijke basisschool De Grote Linde aan het Water, Sint-Niklaas",
    dt.date(2026, 9, 30),
    dict.fromkeys(PLAIN_LANGUAGES, (("Tele-Onthaal", "106"), ("Télé-Accueil", "107"), ("1712", "1712"))),
)
GAP = ("gender", "another", "gap")


def said(release, language="en", sender=SENDER) -> dict[str, str]:
    return {part.id: " ".join(part.sentences) for part in summary.tell(release, language, sender).parts}


def flat(text: str) -> str:
    return re.sub(r"[\s\u2060\u200f\u200e]+", "", text)


def tags(reader: PdfReader) -> list[str]:
    found, rest = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while rest:
        node = rest.pop(0).get_object()
        if isinstance(node, dict):
            found += [node["/S"]] if "/S" in node else []
            children = node.get("/K", [])
            rest = [*(children if isinstance(children, list) else [children]), *rest]
    return found


def test_tells_how_many_answered_and_how_many_belong_with_how_sure(make_release):
    told = said(make_release())
    assert told["answered"] == "Pupils who gave enough answers: 371 of 402."
    assert "about 86 feel" in told["belong"]  # 13.7 of a hundred lie below the middle
    assert "between 83 and 90" in told["belong"]


def test_largest_difference_is_told_where_its_interval_lies_below_zero(make_release):
    told = said(make_release())["difference"]
    assert "Boy, girl or another word, “another”" in told
    assert "15 lower" in told
    assert "probably 12 to 18" in told
    assert "We do not know why" in told


@pytest.mark.parametrize("gaps", [{"girls": 66.0, "boys": 68.0}, {"girls": 71.0, "boys": 75.0}])
def test_no_difference_is_told_that_chance_can_explain(make_release, gaps):
    told = said(make_release(groups=gaps))["difference"]
    assert "no group that surely belongs less" in told
    assert "does not prove" in told


def test_group_of_few_is_not_named_on_paper_that_goes_home(make_release):
    release = make_release()
    few = release.cells.with_columns(n=release.cells["n"] * 0 + summary.LEAST - 1)
    assert "to protect pupils" in said(replace(release, cells=few))["difference"]


def test_what_is_withheld_is_said_to_be_withheld(make_release):
    told = said(make_release(hide=lambda _: True))
    assert all("to protect pupils" in told[part] for part in ("answered", "belong", "difference"))


@pytest.mark.parametrize(("reason", "words"), [("at-most", "at least 95"), ("at-least", "at most 96")])
def test_bound_of_those_below_is_the_other_bound_of_those_who_belong(make_release, reason, words):
    release = make_release(cells={("everyone", "everyone", "below"): 4.6})
    at = (release.cells["measure"] == "below") & (release.cells["breakdown"] == "everyone")
    reasons = [reason if here else given for here, given in zip(at, release.cells["reason"], strict=True)]
    bounded = release.cells.with_columns(reason=pl.Series(reasons, dtype=pl.String))
    told = said(replace(release, cells=bounded))["belong"]
    assert words in told
    assert "between" not in told


def test_others_than_pupils_and_other_lines_are_refused(make_release):
    card = make_release().card
    with pytest.raises(ReportError, match="not about pupils"):
        said(make_release(instrument=replace(card.instrument, audience="parents")))
    scales = (replace(card.scales[0], line=40.0), *card.scales[1:])
    with pytest.raises(ReportError, match="line in the middle"):
        said(make_release(scales=scales))


def test_every_number_comes_from_the_release(make_release):
    # Without cells no number is left but those of the asker and of the scale.
    release = make_release()
    empty = " ".join(said(replace(release, cells=release.cells.clear())).values())
    assert not re.search(r"\d", empty)


@pytest.mark.parametrize("language", PLAIN_LANGUAGES)
def test_sheet_is_one_tagged_page_in_every_language(make_release, made_up, language):
    groups = tuple(GroupCard(g, {language: f"{g} " + "long word " * 6}) for g in ("girls", "boys", "another"))
    release = make_release(
        source=made_up, breakdowns=(BreakdownCard("home-languages", {"en": "x"}, groups, None),)
    )
    page = summary.tell(release, language, LONG)
    made = PdfReader(io.BytesIO(summary.render(page)))
    root = made.trailer["/Root"]
    assert len(made.pages) == 1
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert made.metadata.title == page.title
    assert made.metadata.creation_date is None
    found = tags(made)
    assert (found.count("/H1"), found.count("/H2")) == (1, len(page.parts))
    assert "/L" in found
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in _fonts(made)]
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"]) for font in fonts)
    assert any("NotoSansArabic" in font["/BaseFont"] for font in fonts) == (language == "ar")


@pytest.mark.parametrize("language", ["ar", "uk"])
def test_template_warns_of_nothing(make_release, language):
    data = asdict(summary.tell(make_release(), language, SENDER))
    _made, said = typst.compile_with_warnings(
        typeset.TEMPLATES / "summary.typ",
        root=typeset.TEMPLATES,
        font_paths=[typeset.FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    assert said == []


def _fonts(made: PdfReader) -> list:
    return [font.get_object() for page in made.pages for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize("language", [name for name in PLAIN_LANGUAGES if name != "ar"])
def test_words_of_the_sheet_are_those_that_are_told(make_release, language):
    # Of Arabic a reader of PDF gives shapes; it is looked at.
    page = summary.tell(make_release(), language, SENDER)
    text = flat(PdfReader(io.BytesIO(summary.render(page))).pages[0].extract_text())
    for words in (
        page.title,
        *page.lead,
        page.unreviewed,
        *(s for part in page.parts for s in part.sentences),
    ):
        assert flat(words) in text


def test_whom_to_call_stands_in_the_language_that_has_it(make_release):
    assert "Luisterlijn: 106" in said(make_release(), "nl")["turn"]
    assert "106" not in said(make_release(), "en")["turn"]


def test_unknown_language_names_those_there_are(make_release):
    with pytest.raises(ReportError, match="uk"):
        counts.words_of("xx")
