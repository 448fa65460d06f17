"""From an idea on a phone to its answer: pupils propose, a team sorts, a class chooses, all hear back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Locator, Page, expect

from erbij.privacy.release import Release
from erbij.web.ideas.models import Idea, Receipt, Vote
from erbij.web.results import files
from erbij.web.results import services as results
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.surveys.models import Wave

State = Callable[[Page], tuple[list[object], int]]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def heard(town: Any, prepare: Callable[..., Wave], release: Release) -> PupilsPage:
    """What pupils of a closed wave can read."""
    wave, text = prepare("erbij-pupils-10-12"), files.to_text(release)
    with scope(school=town.school):
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        record = ReleaseRecord.objects.create(
            school=town.school,
            wave=Wave.objects.get(pk=wave.pk),
            closed_on=dt.date.today() - dt.timedelta(days=5),
            text=text,
            sha256=files.hash_of(text),
        )
        results.write_pupils_page(record=record, lines={"nl": ["Op 2 maart."]}, is_approved=True)
        page: PupilsPage = PupilsPage.objects.get(record=record)
    return page


def test_from_an_idea_on_a_phone_to_its_answer(
    town: Any, heard: PupilsPage, window: Callable[..., Any], state_of: State
) -> None:
    desk = window(town.people["coordinator"], locale="nl", viewport={"width": 1280, "height": 900}).new_page()
    ask(desk, reverse("school", args=[town.school.slug]), state_of)
    word = on_the_board(desk)
    fits(desk, state_of, "board")

    without_script(window(viewport=PHONE, java_script_enabled=False).new_page(), word)
    for words in ("een hek voor de fiets", "Jan is stom", "ik durf niet meer naar school"):
        propose(window, word, words)
    phone = window(viewport=PHONE).new_page()
    type_word(phone, word)
    looks(phone, state_of, "propose")

    # Nobody of the team reads along.
    desk.reload()
    expect(desk.get_by_text("Een bank waar")).to_have_count(0)
    desk.get_by_role("button", name="Stop met voorstellen").click()
    fits(desk, state_of, "unsorted")
    sort(desk)
    fits(desk, state_of, "sorted")
    desk.get_by_role("button", name="Dit hebben we gedaan").click()
    desk.get_by_role("button", name="Laat leerlingen kiezen").click()

    type_word(phone, on_the_board(desk))
    looks(phone, state_of, "vote")
    choose(phone)
    desk.get_by_role("button", name="Beëindig de stemming").click()
    expect(desk.get_by_text("12 leerlingen stemden.")).to_be_visible()
    fits(desk, state_of, "counted")
    answer(desk)
    fits(desk, state_of, "answered")
    desk.get_by_role("button", name="Rond af").click()
    expect(desk.get_by_text("Een bank waar iedereen")).to_have_count(0)

    phone.goto(reverse("pupils-page", args=[heard.code]))
    for words in ("Een vriendenbank", "Jullie kozen het.", "stemmen: 8", "Een idee dat we hier niet tonen"):
        expect(phone.get_by_text(words).first).to_be_visible()
    expect(phone.get_by_text("Jan is stom")).to_have_count(0)
    looks(phone, state_of, "heard")
    phone.get_by_role("link", name="العربية").click()
    looks(phone, state_of, "heard-ar")
    assert phone.context.cookies() == []
    with scope(school=town.school):
        assert set(Idea.objects.values_list("text", flat=True)) == {""}
        assert not Vote.objects.exists()
        assert not Receipt.objects.exists()


def ask(desk: Page, home: str, state_of: State) -> None:
    """A coordinator opens a round of twelve pupils and 1,000 euros, from the home of the school."""
    desk.goto(home)
    desk.get_by_role("link", name="Vraag ideeën").click()
    fits(desk, state_of, "rounds")
    desk.get_by_role("link", name="Vraag ideeën").click()
    desk.get_by_label("Wie doet mee?").select_option("classes")
    desk.get_by_label("Hoeveel leerlingen?").fill("12")
    desk.get_by_label("Hoeveel?", exact=True).fill("1000")
    fits(desk, state_of, "new")
    desk.get_by_role("button", name="Beginnen").click()


def on_the_board(desk: Page) -> str:
    desk.get_by_role("button", name="Zet een woord op het bord").click()
    word: str = desk.locator(".word").inner_text()
    return word


def without_script(phone: Page, word: str) -> None:
    """A form that is empty comes back, and the thanks say nothing of what was handed in."""
    type_word(phone, word)
    phone.get_by_role("button", name="Idee afgeven").click()
    expect(phone.get_by_role("alert")).to_have_text("Schrijf eerst je idee.")
    phone.get_by_label("Wat is jouw idee?").fill("Een bank waar iedereen mag zitten")
    phone.get_by_role("button", name="Idee afgeven").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Je idee is binnen")
    expect(phone.get_by_text("Een bank")).to_have_count(0)
    assert phone.context.cookies() == []


def type_word(phone: Page, word: str) -> None:
    phone.goto(reverse("pupil-ideas-start"))
    phone.get_by_label("Typ het woord van het bord").fill(word)
    phone.get_by_role("button", name="Verder").click()


def propose(window: Callable[..., Any], word: str, words: str) -> None:
    """Another pupil, with a script, who tries another language first."""
    phone = window(viewport=PHONE).new_page()
    type_word(phone, word)
    phone.locator("#idea").fill(words)
    phone.get_by_role("button", name="العربية").click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    phone.get_by_role("button", name="Nederlands").click()
    expect(phone.locator("#idea")).to_have_value(words)
    phone.get_by_role("button", name="Idee afgeven").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Je idee is binnen")
    phone.context.close()


def sort(desk: Page) -> None:
    """Two are let through, one names somebody, and one is a call for help."""
    for words, title, cost in (("Een bank", "Een vriendenbank", "600"), ("een hek", "Een fietsenrek", "400")):
        card(desk, words).get_by_label("Eenvoudige titel").fill(title)
        card(desk, words).get_by_label("Kosten").fill(cost)
        card(desk, words).get_by_role("button", name="Laat het door").click()
    card(desk, "Jan is stom").locator("summary", has_text="Niet tonen").click()
    card(desk, "Jan is stom").get_by_label("Waarom niet?").fill("Dit gaat over één leerling.")
    card(desk, "Jan is stom").get_by_role("button", name="Niet tonen").click()
    card(desk, "ik durf").locator("summary", has_text="Dit is een vraag om hulp").click()
    card(desk, "ik durf").get_by_role("button", name="Dit is een vraag om hulp").click()
    expect(desk.get_by_text("Zoek de leerling niet")).to_be_visible()


def card(desk: Page, words: str) -> Locator:
    """The idea with these words."""
    return desk.locator("article").filter(has=desk.locator("blockquote", has_text=words))


def choose(phone: Page) -> None:
    """Eight pupils for the bench, four for the rack, on one tablet."""
    for number in range(12):
        phone.get_by_label("Een vriendenbank" if number < 8 else "Een fietsenrek").check()
        phone.get_by_role("button", name="Stem afgeven").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Je stem is binnen")
        phone.get_by_role("link", name="Volgende leerling").click()


def answer(desk: Page) -> None:
    for title, why in (("Een vriendenbank", "Jullie kozen het."), ("Een fietsenrek", "Ook gekozen.")):
        idea = desk.locator("article").filter(has=desk.get_by_role("heading", name=title))
        idea.get_by_label("Waarom, in woorden voor een kind").fill(why)
        idea.get_by_label("Tegen wanneer?").fill("2027-03-02")
        idea.get_by_role("button", name="Bewaren").click()
    desk.get_by_role("button", name="Laat leerlingen de antwoorden lezen").click()


def looks(phone: Page, state_of: State, name: str) -> None:
    """Nothing for axe to find, no sideways scrolling, and targets of 44 px for a child's finger."""
    for width in (320, 360):
        phone.set_viewport_size({"width": width, "height": 740})
        assert state_of(phone) == ([], 0), (name, width)
    low = "e => e.offsetParent && e.getBoundingClientRect().height < 44"
    small = phone.locator("a, button, .choice").evaluate_all(
        f"all => all.filter({low}).map(e => e.outerHTML)"
    )
    assert small == [], name


def fits(desk: Page, state_of: State, name: str) -> None:
    for width in (320, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert state_of(desk) == ([], 0), (name, width)
