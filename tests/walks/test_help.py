"""A pupil who wants to talk: with and without a script, off the network, and the adult who reads it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, Route, expect

from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.help import boxes
from erbij.web.help.models import HelpBox, HelpRequest
from erbij.web.schools.models import Grade, Membership, School, SchoolClass
from erbij.web.schools.roles import Role
from erbij.web.surveys import pupil_words, sealing
from erbij.web.surveys.models import Ballot, ClassSession, HelpAdult, Wave

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "src/erbij/web/static/pupil/dist/pupil.js"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PLAIN_HTTP = "http://school.test"
NL = pupil_words.words("nl")
State = Callable[[Page], tuple[list[object], int]]

pytestmark = pytest.mark.skipif(not BUNDLE.exists(), reason="no bundle: `make` builds it")


@pytest.fixture
def asked(stores: Path, tmp_path: Path, settings: Any) -> SimpleNamespace:
    """A class that is being asked three questions; two adults said yes."""
    settings.HELP_KEY_FILE = tmp_path / "help-key"
    security.kept_key(settings.HELP_KEY_FILE)
    public, _private = sealing.new_key_pair()
    school = School.objects.create(name="De Linde", slug="linde")
    people = {}
    with scope(school=school):
        grade = Grade.objects.create(school=school, name="5")
        here = SchoolClass.objects.create(school=school, grade=grade, name="5A", size=20)
        wave = Wave.objects.create(
            school=school,
            title="Herfst",
            instrument_id="erbij-pupils-10-12",
            languages=["nl", "en", "ar"],
            items_on=["accepted-by-peers", "belongs-here", "matters-here"],
            state=Wave.State.OPEN,
            public_key=public,
        )
        ClassSession.objects.create(wave=wave, school_class=here, word="zon-zee")
        for name in ("Juf An", "Meester Karim"):
            people[name] = Person.objects.create_user(f"{name[-2:]}@school.example", None, name=name)
            member = Membership.objects.create(person=people[name], school=school, role=Role.HELP_ADULT)
            HelpAdult.objects.create(wave=wave, membership=member, is_confirmed=True)
        head = Person.objects.create_user("head@school.example", None, name="Head")
        Membership.objects.create(person=head, school=school, role=Role.COORDINATOR)
    return SimpleNamespace(school=school, wave=wave, people=people | {"Head": head})


@pytest.fixture
def page(asked: SimpleNamespace, context: BrowserContext) -> Page:
    return context.new_page()


def kept(asked: SimpleNamespace) -> list[dict[str, object]]:
    """What waits, opened, with the name of the adult it is for."""
    with scope(school=asked.school):
        names = {member.pk: member.person.name for member in Membership.objects.select_related("person")}
        found = [(HelpBox.objects.get(pk=one.box), one) for one in HelpRequest.objects.all()]
    opened = []
    for box, one in found:
        private = boxes.private_key(box, boxes.server_key())
        said = sealing.unseal(one.sealed, private, wave=box.code, ballot=str(one.pk), purpose=boxes.PURPOSE)
        opened.append({**said, "for": names.get(one.adult, "")})
    return opened


def answer_one(page: Page) -> None:
    page.click("#next")
    page.locator(".step.now .choices .choice").nth(1).click()


def fill(page: Page, *, adult: str = "Juf An", name: str = "Mila") -> None:
    page.locator("#talk-part summary").click()
    page.locator("#talk .choice", has_text=adult).click()
    page.fill("#talk [name=name]", name)
    page.fill("#talk [name=words]", "Ik wil iets vertellen.")


def test_pupil_asks_in_the_middle_of_the_questions_and_goes_on(
    page: Page, asked: SimpleNamespace, all_sent: Callable[[Page], None]
) -> None:
    page.goto("/c/zon-zee/")
    answer_one(page)
    page.click("#help-open")
    expect(page.locator(".top .nobody")).to_be_hidden()  # here it would not be true
    sent: list[Any] = []

    def note(request: Any) -> None:
        sent.append(request)

    page.on("request", note)
    fill(page)
    page.keyboard.press("Escape")
    assert sent == []  # nothing leaves before send is pressed
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(NL["talk_sent_title"])
    expect(page.locator("#talk-note")).to_be_focused()
    expect(page.locator("#help a[href='tel:102']")).to_be_visible()
    expect(page.locator("#talk-part")).to_be_hidden()
    page.click("#help-back")
    expect(page.locator(".top .nobody")).to_be_visible()
    expect(page.locator(".step.now input").nth(1)).to_be_checked()
    assert kept(asked) == [
        {"v": 1, "name": "Mila", "words": "Ik wil iets vertellen.", "language": "nl", "for": "Juf An"}
    ]
    assert [re.sub(r".*/c/", "/c/", request.url) for request in sent] == [
        "/c/help/zon-zee/key/?language=nl",
        "/c/help/zon-zee/ask/?language=nl",
    ]
    for request in sent:
        assert "cookie" not in request.headers
        assert not request.headers.get("referer")
    ballot = page.locator("[name=_ballot]").input_value()
    assert ballot not in (sent[1].post_data or "")
    assert "Mila" not in (sent[1].post_data or "")
    page.click("#next")
    page.click("#next")
    page.click("#next")
    page.click("#hand-in")
    page.wait_for_url("**/c/done/**")
    all_sent(page)
    assert Ballot.objects.count() == 1
    with scope(school=asked.school):
        assert str(HelpRequest.objects.get().pk) != str(Ballot.objects.get().pk)
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]


def test_enter_in_the_name_does_not_send(page: Page, asked: SimpleNamespace) -> None:
    page.goto("/c/zon-zee/")
    page.click("#help-open")
    fill(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#talk [name=name]").press("Enter")
    # What goes on afterwards would have been sent after it.
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(NL["talk_sent_title"])
    assert [re.sub(r".*/c/help/zon-zee/(\w+)/.*", r"\1", url) for url in sent] == ["key", "ask"]
    assert len(kept(asked)) == 1


def test_without_script_it_stands_on_a_page_beside_and_the_answers_stay(
    window: Callable[..., BrowserContext], asked: SimpleNamespace
) -> None:
    context = window(java_script_enabled=False)
    page = context.new_page()
    page.goto("/c/zon-zee/")
    page.locator("fieldset").nth(0).locator(".choice").nth(4).click()
    with context.expect_page() as opened:
        page.locator(".help a.main").click()
    beside = opened.value
    fill(beside, adult=NL["talk_either"], name="Noor")
    beside.locator("#talk button").click()
    expect(beside.locator("h2")).to_have_text(NL["talk_sent_title"])
    expect(beside.locator("main")).to_contain_text(NL["talk_close"])
    expect(beside.locator("a[href='tel:102']")).to_be_visible()
    beside.close()
    expect(page.locator("fieldset").nth(0).locator("input").nth(4)).to_be_checked()
    assert [(one["name"], one["for"]) for one in kept(asked)] == [("Noor", "")]


def test_plain_http_lets_the_server_seal_and_stays_on_the_page(
    context: BrowserContext, address: str, asked: SimpleNamespace
) -> None:
    def at_the_school(route: Route) -> None:
        reply = route.fetch(url=route.request.url.replace(PLAIN_HTTP, address), max_redirects=0)
        route.fulfill(response=reply)

    context.route(f"{PLAIN_HTTP}/**", at_the_school)
    page = context.new_page()
    page.goto(f"{PLAIN_HTTP}/c/zon-zee/")
    answer_one(page)
    page.click("#help-open")
    fill(page)
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(NL["talk_sent_title"])
    page.click("#help-back")
    expect(page.locator(".step.now input").nth(1)).to_be_checked()
    assert [one["name"] for one in kept(asked)] == ["Mila"]


def test_off_the_network_there_is_a_card_and_nothing_waits(
    page: Page,
    context: BrowserContext,
    asked: SimpleNamespace,
    kept_for_offline: Callable[..., None],
    on_the_tablet: Callable[[Page], str],
) -> None:
    page.goto("/c/zon-zee/")
    kept_for_offline(page)
    answer_one(page)
    page.click("#help-open")
    fill(page)
    context.set_offline(True)
    card = page.locator("#help")
    expect(page.locator("#talk-note")).to_have_text(NL["talk_offline"])
    expect(page.locator("#talk")).to_be_hidden()
    for name in ("Juf An", "Meester Karim", "Awel"):
        expect(card).to_contain_text(name)
    page.select_option("#language", "en")
    expect(page.locator("#talk-note")).to_have_text(pupil_words.words("en")["talk_offline"])
    context.set_offline(False)
    expect(page.locator("#talk")).to_be_visible()
    expect(page.locator("#talk-note")).to_be_empty()
    expect(page.locator("#talk [name=name]")).to_have_value("Mila")
    on_it = on_the_tablet(page)
    assert asked.wave.code in on_it  # the page is kept, and nothing of what was typed in it
    assert [text for text in ("Mila", "Ik wil iets vertellen") if text in on_it] == []
    databases = page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert databases in ([], ["erbij"])
    assert kept(asked) == []
    # And one press is one request: nothing waited to go as well.
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(pupil_words.words("en")["talk_sent_title"])
    assert len(kept(asked)) == 1


def test_card_is_kept_for_a_reload_without_network(
    page: Page, context: BrowserContext, kept_for_offline: Callable[..., None]
) -> None:
    page.goto("/c/zon-zee/")
    kept_for_offline(page)
    context.set_offline(True)
    page.goto("/c/help/zon-zee/?language=nl")
    expect(page.locator("#talk-note")).to_have_text(NL["talk_offline"])
    expect(page.locator("main")).to_contain_text("Meester Karim")
    expect(page.locator("#talk")).to_be_hidden()


def test_reply_that_is_lost_is_said_and_sent_once(page: Page, asked: SimpleNamespace) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/ask/**", lose, times=1)
    page.goto("/c/help/zon-zee/")
    fill(page)
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_have_text(NL["talk_unsure"])
    expect(page.locator("#talk [name=words]")).to_have_value("Ik wil iets vertellen.")
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(NL["talk_sent_title"])
    assert len(kept(asked)) == 1


def test_refusal_keeps_the_words_and_says_whom_to_see(page: Page, asked: SimpleNamespace) -> None:
    page.goto("/c/zon-zee/")
    page.click("#help-open")
    fill(page)
    with scope(school=asked.school):
        ClassSession.objects.update(is_open=False)
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_have_text(NL["talk_not_now"])
    expect(page.locator("#talk [name=words]")).to_have_value("Ik wil iets vertellen.")
    expect(page.locator("#help a[href='tel:102']")).to_be_visible()
    assert kept(asked) == []


def test_two_pupils_on_one_tablet_are_two_requests(page: Page, asked: SimpleNamespace) -> None:
    for name in ("Mila", "Noor"):
        page.goto("/c/zon-zee/")
        page.click("#help-open")
        expect(page.locator("#talk [name=name]")).to_have_value("")
        fill(page, name=name)
        page.locator("#talk button").click()
        expect(page.locator("#talk-note")).to_contain_text(NL["talk_sent_title"])
    assert sorted(str(one["name"]) for one in kept(asked)) == ["Mila", "Noor"]


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_every_state_of_the_pupil_is_clean_and_narrow(page: Page, language: str, state_of: State) -> None:
    words = pupil_words.words(language)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"/c/zon-zee/?language={language}")
    page.click("#help-open")
    states = {"closed": state_of(page)}
    fill(page)
    states["open"] = state_of(page)
    sizes = page.locator("#talk :is(.choice, input[type=text], textarea, button), #talk-part summary")
    assert min(sizes.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")) >= 44
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(words["talk_sent_title"])
    states["sent"] = state_of(page)
    for path in ("/c/help/zon-zee/", "/c/help/zon-zee/sent/", "/c/help/geen-woord/"):
        page.goto(f"{path}?language={language}")
        states[path] = state_of(page)
    assert states == dict.fromkeys(states, ([], 0))
    assert [text for text in said if "404" not in text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_adult_reads_talks_and_it_is_gone(
    page: Page, window: Callable[..., BrowserContext], asked: SimpleNamespace, language: str, state_of: State
) -> None:
    Person.objects.update(language=language)
    page.goto("/c/help/zon-zee/")
    fill(page)
    page.locator("#talk button").click()
    expect(page.locator("#talk-note")).to_contain_text(NL["talk_sent_title"])
    page = window(asked.people["Juf An"], viewport={"width": 360, "height": 720}).new_page()
    page.goto("/school/linde/")
    states = {"home": state_of(page)}
    page.locator(".message a").click()
    expect(page.locator(".card").first).not_to_contain_text("Mila")
    states["waiting"] = state_of(page)
    page.locator(".card form button").first.click()
    expect(page.locator(".card").first).to_contain_text("Mila")
    expect(page.locator(".card").first).to_contain_text("Ik wil iets vertellen.")
    page.locator(".card summary").click()
    states["open"] = state_of(page)
    page.locator(".card details button").click()
    expect(page.locator("main")).not_to_contain_text("Mila")
    states["gone"] = state_of(page)
    page.goto(f"/school/linde/waves/{asked.wave.code}/help-card/{language}/")
    states["card"] = state_of(page)
    assert states == dict.fromkeys(states, ([], 0))
    assert kept(asked) == []
