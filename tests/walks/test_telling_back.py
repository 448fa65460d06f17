"""What was heard is told back: parents get a page, and pupils read theirs once it is approved."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader

from erbij.privacy.release import Release
from erbij.web.results import files, queries
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys.models import Wave

State = Callable[[Page], tuple[list[object], int]]
FRIDAY = "Vanaf vrijdag 6 maart is de speelplaats in drie delen."
# A voice as a tablet has one; what it is given to say is kept.
VOICE = """
    window.said = [];
    const speech = {
        speaking: false,
        getVoices: () => ["nl-BE", "ar"].map(lang => ({ localService: true, lang })),
        speak: words => window.said.push([words.lang, words.text]),
        cancel: () => {},
        addEventListener: () => {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture
def closed(town: Any, prepare: Callable[..., Wave], release: Release) -> ReleaseRecord:
    """A wave that closed three weeks ago, with a release of a made-up town."""
    wave = prepare("erbij-pupils-10-12")
    text = files.to_text(release)
    with scope(school=town.school):
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        kept: ReleaseRecord = ReleaseRecord.objects.create(
            school=town.school,
            wave=Wave.objects.get(pk=wave.pk),
            closed_on=dt.date.today() - dt.timedelta(days=21),
            text=text,
            sha256=files.hash_of(text),
        )
    return kept


def test_from_the_results_to_what_a_pupil_hears(
    town: Any, closed: ReleaseRecord, window: Callable[..., Any], state_of: State
) -> None:
    context = window(town.people["coordinator"], locale="nl", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(reverse("school", args=[town.school.slug]))
    page.get_by_role("link", name="Vertel het hun").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat leerlingen terughoren")
    assert state_of(page) == ([], 0)

    # Without a promise it is not approved; with one it is.
    page.get_by_role("button", name="Goedkeuren").click()
    expect(page.get_by_text("Zeg wat er gebeurt en wanneer")).to_be_visible()
    page.get_by_label("Nederlands").fill(FRIDAY)
    page.get_by_role("button", name="Goedkeuren").click()
    expect(page.get_by_text("Openbaar sinds")).to_be_visible()
    expect(page.locator("#as-pupils-read-it").get_by_text(FRIDAY)).to_be_visible()
    _fits(page, state_of)

    # Parents get paper.
    page.get_by_role("link", name="Terugvertellen").click()
    _fits(page, state_of)
    sheet = context.request.get(page.get_by_role("link", name="العربية").get_attribute("href"))
    assert len(PdfReader(io.BytesIO(sheet.body())).pages) == 1

    # A meeting gets the slides it picks.
    for box in page.get_by_role("checkbox").all()[1:]:
        box.uncheck()
    with page.expect_download() as given:
        page.get_by_role("button", name="dia").click()
    made = Presentation(given.value.path())
    assert {slide.shapes.title.text for slide in made.slides} >= {"Wie heeft geantwoord?"}
    assert "Wie hoort er minder bij?" not in {slide.shapes.title.text for slide in made.slides}

    # It stands on the board.
    page.goto(reverse("board", args=[town.school.slug, closed.wave.code, town.classes[0].code]))
    address = page.get_by_role("link", name="De bladzijde openen").get_attribute("href")
    assert state_of(page) == ([], 0)
    _pupil_reads(window, address, state_of)

    # Withdrawn is gone.
    page.goto(reverse("pupils-draft", args=[town.school.slug, closed.wave.code]))
    page.get_by_role("button", name="Intrekken", exact=True).click()
    expect(page.get_by_text("Leerlingen kunnen het niet meer lezen")).to_be_visible()
    assert context.request.get(address).status == 404
    with scope(school=town.school):
        kept = queries.pupils_page(closed)
    assert kept is not None
    assert kept.lines == {"nl": [FRIDAY]}


def _fits(page: Page, state_of: State) -> None:
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert state_of(page) == ([], 0), width


def _pupil_reads(window: Callable[..., Any], address: str, state_of: State) -> None:
    tablet = window(viewport={"width": 360, "height": 740})
    tablet.add_init_script(VOICE)
    page = tablet.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Jullie vertelden, wij luisterden")
    expect(page.get_by_text(FRIDAY)).to_be_visible()
    assert state_of(page) == ([], 0)
    page.get_by_role("button", name="Lees voor").click()
    [(language, said)] = page.evaluate("window.said")
    assert language == "nl-BE"
    assert FRIDAY in said
    assert "Wat we niet weten" in said

    # In Arabic from right to left; what the school wrote stays Dutch, and is not read by an Arabic voice.
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_text(FRIDAY)).to_be_visible()
    assert state_of(page) == ([], 0)
    page.locator(".ear").click()
    [(language, said)] = page.evaluate("window.said")
    assert language == "ar"
    assert FRIDAY not in said
    assert tablet.cookies() == []
    low = "e => e.offsetParent && e.getBoundingClientRect().height < 44"
    small = page.locator("a, button").evaluate_all(f"all => all.filter({low}).map(e => e.outerHTML)")
    assert small == []


@pytest.mark.parametrize("width", [320, 1280])
def test_wrong_address_is_kind(window: Callable[..., Any], town: Any, state_of: State, width: int) -> None:
    page = window(viewport={"width": width, "height": 700}).new_page()
    page.goto("/heard/" + "a" * 20 + "/?language=tr")
    expect(page.get_by_text("Öğretmenine sor")).to_be_visible()
    assert state_of(page) == ([], 0)
