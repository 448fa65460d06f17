"""A pupil with a card, and an adult who hands them out: in a real browser, with a real database."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from erbij.web import codes, security
from erbij.web.accounts.models import Person
from erbij.web.schools.models import Grade, Membership, School, SchoolClass
from erbij.web.schools.roles import Role
from erbij.web.surveys import arrivals, brake, cards, pupil_words, queries, sealing, services
from erbij.web.surveys.models import Ballot, Wave

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "src/erbij/web/static/pupil/dist/pupil.js"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
NL = pupil_words.words("nl")
PUPILS = 2

pytestmark = pytest.mark.skipif(not BUNDLE.exists(), reason="no bundle: `make` builds it")


@pytest.fixture(autouse=True)
def no_wrong_codes_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brake, "WRONG", brake.Brake())


@pytest.fixture
def school(stores: Path, tmp_path: Path, settings: Any) -> Any:
    """A school of one class of two."""
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    here = School.objects.create(name="De Linde", slug="linde", language="nl")
    who = Person.objects.create_user("an@linde.example", None, name="An")
    with scope(school=here):
        grade = Grade.objects.create(school=here, name="5")
        school_class = SchoolClass.objects.create(school=here, grade=grade, name="5A", size=PUPILS)
        Membership.objects.create(person=who, school=here, role=Role.COORDINATOR)
    return SimpleNamespace(school=here, school_class=school_class, person=who)


@pytest.fixture
def started(school: Any) -> Callable[..., Any]:
    """A wave of three questions whose class has begun."""

    def make(*, with_cards: bool = True) -> Any:
        with scope(school=school.school):
            wave = services.create_wave(school=school.school, title="Herfst", instrument="erbij-pupils-10-12")
            public, private = sealing.new_key_pair()
            wave.public_key, wave.state, wave.with_cards = public, Wave.State.OPEN, with_cards
            wave.items_on = ["accepted-by-peers", "belongs-here", "matters-here"]
            wave.opens_on = wave.closes_on = dt.date.today()
            wave.save()
            session = services.open_session(wave=wave, school_class=school.school_class)
            drawn = cards.draw(3)
            if with_cards:
                services.keep_deck(wave=wave, school_class=school.school_class, codes=drawn)
        return SimpleNamespace(wave=wave, codes=drawn, word=session.word, private=private)

    return make


def hand_over(page: Page) -> None:
    expect(page.locator(".step.now")).to_be_visible()
    while page.locator("#next").is_visible():
        page.click("#next")
    page.click("#hand-in")
    page.wait_for_url("**/c/done/**")


@pytest.fixture
def hand_in(all_sent: Callable[[Page], None]) -> Callable[[Page], None]:
    """Hand in, and see it arrive: the ending may come before the server has said that it is stored."""

    def go(page: Page) -> None:
        hand_over(page)
        all_sent(page)

    return go


def answers_in(started: Any) -> list[object]:
    return [
        sealing.unseal(one.sealed, started.private, wave=started.wave.code, ballot=str(one.pk))["answers"]
        for one in Ballot.objects.all()
    ]


def secrets_among(kept: str, code: str) -> list[str]:
    assert len(kept) > 1000  # the kept parts of the page are among it
    admission = cards.admission_of(code).upper()
    return [text for text in (code, codes.shown(code), admission) if text in kept.upper()]


def test_square_leads_to_the_questions_and_its_code_is_gone(
    page: Page,
    started: Any,
    hand_in: Callable[[Page], None],
    kept_for_offline: Callable[..., None],
    on_the_tablet: Callable[[Page], str],
) -> None:
    asked, sent = started(), []
    code = asked.codes[0]
    page.on("request", lambda request: sent.append((request.method, request.url)))
    page.goto(f"/k/#{code}")
    expect(page.locator("#code")).to_have_value(codes.shown(code))
    assert page.url.endswith("/k/")
    page.get_by_role("button", name=NL["word_go"]).click()
    page.click("#next")
    page.locator(".step.now .choices .choice").nth(3).click()
    hand_in(page)
    assert answers_in(asked) == [{"accepted-by-peers": 4}]
    assert [url for _method, url in sent if code in url] == []
    kept_for_offline(page, parts_of_page=3)
    assert secrets_among(on_the_tablet(page), code) == []
    page.go_back()
    expect(page.locator("#code")).to_have_value("")


def test_second_use_is_refused_in_words(page: Page, started: Any, hand_in: Callable[[Page], None]) -> None:
    asked = started()
    page.goto(f"/k/#{asked.codes[0]}")
    page.click("main button")
    hand_in(page)
    # The next pupil gets back to the entrance, which wants a card.
    page.click("#again")
    expect(page.locator("[role=alert]")).to_contain_text(NL["card_needed_title"])
    page.fill("#code", codes.shown(asked.codes[0]).lower())
    page.click("main button")
    expect(page.locator("[role=alert]")).to_contain_text(NL["card_used_title"])
    assert codes.shown(asked.codes[0]) not in page.content().upper()
    assert Ballot.objects.count() == 1


def test_second_card_on_the_same_tablet_takes_the_place_of_the_first(page: Page, started: Any) -> None:
    asked = started()
    page.goto(f"/k/#{asked.codes[0]}")
    page.goto(f"/k/#{asked.codes[1]}")
    expect(page.locator("#code")).to_have_value(codes.shown(asked.codes[1]))
    assert page.url.endswith("/k/")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#code")).to_have_value(codes.shown(asked.codes[1]))
    assert "#" not in page.url


def test_field_for_the_word_takes_a_card(page: Page, started: Any, hand_in: Callable[[Page], None]) -> None:
    asked = started()
    page.goto("/")
    page.fill("#word", asked.codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#questions")).to_be_visible()
    assert asked.codes[0] not in page.url
    hand_in(page)
    assert Ballot.objects.count() == 1


def test_without_script_a_card_works_once(window: Callable[..., Any], started: Any) -> None:
    asked = started()
    page = window(java_script_enabled=False).new_page()
    for expected in ("questions", "refused"):
        page.goto("/k/")
        page.fill("#code", asked.codes[0])
        page.click("main button")
        if expected == "refused":
            break
        page.locator("fieldset").nth(0).locator(".choice").nth(4).click()
        page.get_by_role("button", name="English").click()
        page.locator("#hand-in").click()
        page.wait_for_url("**/c/done/**")
    expect(page.locator("[role=alert]")).to_contain_text(NL["card_used_title"])
    assert answers_in(asked) == [{"accepted-by-peers": 5}]


def test_without_network_the_queue_holds_an_admission_and_no_code(
    page: Page,
    context: BrowserContext,
    started: Any,
    kept_for_offline: Callable[..., None],
    on_the_tablet: Callable[[Page], str],
) -> None:
    asked = started()
    page.goto(f"/k/#{asked.codes[0]}")
    page.click("main button")
    kept_for_offline(page, parts_of_page=3)
    context.set_offline(True)
    hand_over(page)
    expect(page.locator("#waiting")).to_contain_text("1 nog niet verstuurd")
    kept = on_the_tablet(page).upper()
    assert asked.codes[0] not in kept
    assert cards.admission_of(asked.codes[0]).upper() in kept
    context.set_offline(False)
    expect(page.locator("#waiting")).to_be_empty()
    assert Ballot.objects.count() == 1


def test_full_class_loses_nothing_and_counts_right(page: Page, started: Any, school: Any) -> None:
    asked = started(with_cards=False)
    for _ in range(PUPILS + arrivals.SPARE + 1):
        page.goto(f"/c/{asked.word}/")
        hand_over(page)
    expect(page.locator("#waiting")).to_contain_text("je klas is vol")
    assert Ballot.objects.count() == PUPILS + arrivals.SPARE
    with scope(school=school.school):
        services.make_room(wave=asked.wave, school_class=school.school_class)
    expect(page.locator("#waiting")).to_be_empty()
    with scope(school=school.school):
        assert queries.counts_of(asked.wave) == {school.school_class.code: PUPILS + arrivals.SPARE + 1}


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_entrance_is_clean_and_narrow_in_every_state(
    page: Page, started: Any, language: str, state_of: Callable[[Page], object]
) -> None:
    asked, said = started(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    words = pupil_words.words(language)
    page.goto(f"/k/?language={language}")
    states = {"empty": state_of(page)}
    for typed, problem in (("ABCD-EFGH-234", "card_wrong"), (cards.draw(1)[0], "card_unknown")):
        page.fill("#code", typed)
        page.click("main button")
        expect(page.locator("[role=alert]")).to_contain_text(words[f"{problem}_title"])
        states[problem] = state_of(page)
    page.goto(f"/c/{asked.word}/?language={language}")
    states["word"] = state_of(page)
    assert states == dict.fromkeys(states, ([], 0))
    assert said == []


def test_pages_of_the_adult_are_clean_and_narrow(
    window: Callable[..., BrowserContext], started: Any, school: Any, state_of: Callable[[Page], object]
) -> None:
    asked = started()
    page = window(school.person, viewport={"width": 360, "height": 720}).new_page()
    wave = f"/school/linde/waves/{asked.wave.code}"
    states = {}
    for path in ("/cards/", f"/class/{school.school_class.code}/", "/"):
        page.goto(wave + path)
        states[path] = state_of(page)
    assert states == dict.fromkeys(states, ([], 0))
    page.goto(f"{wave}/cards/")
    page.get_by_text("Maak nieuwe kaarten").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Vervang de kaarten").click()
    assert download.value.suggested_filename == "erbij-5a.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-1.7")
