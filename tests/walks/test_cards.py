"""A pupil with a card, and an adult who hands them out: in a real browser, with a real database."""

import datetime as dt
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from django_scopes import scope
from playwright.sync_api import Browser, BrowserContext, Page, expect

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


class Quiet(WSGIRequestHandler):
    def log_message(self, *_line: object) -> None:
        pass


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    # Playwright runs a loop in this thread, and Django takes that for an asynchronous view.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setattr(brake, "WRONG", brake.Brake())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A migrated database, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "erbij.sqlite3"
    before, name = connections["default"], connections.settings["default"]["NAME"]
    with django_db_blocker.unblock():
        connections.settings["default"]["NAME"] = path
        connections["default"] = connections.create_connection("default")
        call_command("migrate", verbosity=0)
        connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections["default"].close()
    connections.settings["default"]["NAME"], connections["default"] = name, before
    return path


@pytest.fixture
def school(empty: Path, tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[Any]:
    """A school of one class of two, with an address where it is served."""
    shutil.copy(empty, tmp_path / "erbij.sqlite3")
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    before, name = connections["default"], connections.settings["default"]["NAME"]
    with django_db_blocker.unblock():
        connections.settings["default"]["NAME"] = tmp_path / "erbij.sqlite3"
        connections["default"] = connections.create_connection("default")
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.daemon_threads = True
        server.set_app(get_wsgi_application())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        server.server_close()
        connections["default"].close()
    connections.settings["default"]["NAME"], connections["default"] = name, before


def made(address: str) -> Any:
    here = School.objects.create(name="De Linde", slug="linde", language="nl")
    who = Person.objects.create_user("an@linde.example", None, name="An")
    with scope(school=here):
        grade = Grade.objects.create(school=here, name="5")
        school_class = SchoolClass.objects.create(school=here, grade=grade, name="5A", size=PUPILS)
        Membership.objects.create(person=who, school=here, role=Role.COORDINATOR)
    return SimpleNamespace(school=here, school_class=school_class, person=who, address=address)


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


@pytest.fixture
def context(browser: Browser, school: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=school.address, viewport={"width": 360, "height": 720})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def hand_in(page: Page) -> None:
    while page.locator("#next").is_visible():
        page.click("#next")
    page.click("#hand-in")
    page.wait_for_url("**/c/done/**")


def answers_in(started: Any) -> list[object]:
    return [
        sealing.unseal(one.sealed, started.private, wave=started.wave.code, ballot=str(one.pk))["answers"]
        for one in Ballot.objects.all()
    ]


KEPT = """(async () => {
    const found = [location.href, document.cookie, JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage })];
    const result = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    for (const { name } of await indexedDB.databases()) {
        const opened = await result(indexedDB.open(name));
        for (const store of opened.objectStoreNames) {
            const all = opened.transaction(store).objectStore(store).getAll();
            found.push(JSON.stringify(await result(all)));
        }
        opened.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            found.push(request.url, await (await cache.match(request)).text());
        }
    }
    return found.join("\\n");
})()"""


def parts_are_kept(page: Page) -> None:
    """Wait until the ending and its parts are in the cache, and the worker that reads it is awake."""
    parts = "caches.open('erbij-pupil').then(kept => kept.keys()).then(all => all.length)"
    worker = "navigator.serviceWorker.getRegistration('/c/').then(found => Boolean(found && found.active))"
    for _ in range(200):
        # Not wait_for_function, which takes the promise itself for a yes.
        if page.evaluate(parts) == 3 and page.evaluate(worker):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the parts of the page are not kept")


def secrets_kept(page: Page, code: str) -> list[str]:
    kept = page.evaluate(KEPT).upper()
    assert len(kept) > 1000  # the kept parts of the page are among it
    return [text for text in (code, codes.shown(code), cards.admission_of(code).upper()) if text in kept]


def complaints(page: Page) -> tuple[list[object], int]:
    """What axe finds, and by how many pixels the page is too wide."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    return found, page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_square_leads_to_the_questions_and_its_code_is_gone(page: Page, started: Any) -> None:
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
    parts_are_kept(page)
    assert secrets_kept(page, code) == []
    page.go_back()
    expect(page.locator("#code")).to_have_value("")


def test_second_use_is_refused_in_words(page: Page, started: Any) -> None:
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


def test_field_for_the_word_takes_a_card(page: Page, started: Any) -> None:
    asked = started()
    page.goto("/")
    page.fill("#word", asked.codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#questions")).to_be_visible()
    assert asked.codes[0] not in page.url
    hand_in(page)
    assert Ballot.objects.count() == 1


def test_without_script_a_card_works_once(browser: Browser, started: Any, school: Any) -> None:
    asked = started()
    context = browser.new_context(base_url=school.address, java_script_enabled=False)
    page = context.new_page()
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
    context.close()
    assert answers_in(asked) == [{"accepted-by-peers": 5}]


def test_without_network_the_queue_holds_an_admission_and_no_code(
    page: Page, context: BrowserContext, started: Any
) -> None:
    asked = started()
    page.goto(f"/k/#{asked.codes[0]}")
    page.click("main button")
    parts_are_kept(page)
    context.set_offline(True)
    hand_in(page)
    expect(page.locator("#waiting")).to_contain_text("1 nog niet verstuurd")
    kept = page.evaluate(KEPT).upper()
    assert asked.codes[0] not in kept
    assert cards.admission_of(asked.codes[0]).upper() in kept
    context.set_offline(False)
    expect(page.locator("#waiting")).to_be_empty(timeout=15_000)
    assert Ballot.objects.count() == 1


def test_full_class_loses_nothing_and_counts_right(page: Page, started: Any, school: Any) -> None:
    asked = started(with_cards=False)
    for _ in range(PUPILS + arrivals.SPARE + 1):
        page.goto(f"/c/{asked.word}/")
        hand_in(page)
    expect(page.locator("#waiting")).to_contain_text("je klas is vol")
    assert Ballot.objects.count() == PUPILS + arrivals.SPARE
    with scope(school=school.school):
        services.make_room(wave=asked.wave, school_class=school.school_class)
    expect(page.locator("#waiting")).to_be_empty(timeout=15_000)
    with scope(school=school.school):
        assert queries.counts_of(asked.wave) == {school.school_class.code: PUPILS + arrivals.SPARE + 1}


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_entrance_is_clean_and_narrow_in_every_state(page: Page, started: Any, language: str) -> None:
    asked, said = started(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    words = pupil_words.words(language)
    page.goto(f"/k/?language={language}")
    states = {"empty": complaints(page)}
    for typed, problem in (("ABCD-EFGH-234", "card_wrong"), (cards.draw(1)[0], "card_unknown")):
        page.fill("#code", typed)
        page.click("main button")
        expect(page.locator("[role=alert]")).to_contain_text(words[f"{problem}_title"])
        states[problem] = complaints(page)
    page.goto(f"/c/{asked.word}/?language={language}")
    states["word"] = complaints(page)
    assert states == dict.fromkeys(states, ([], 0))
    assert said == []


def test_pages_of_the_adult_are_clean_and_narrow(
    page: Page, context: BrowserContext, started: Any, school: Any
) -> None:
    asked = started()
    client = Client()
    client.force_login(school.person)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": school.address}]
    )
    wave = f"/school/linde/waves/{asked.wave.code}"
    states = {}
    for path in ("/cards/", f"/class/{school.school_class.code}/", "/"):
        page.goto(wave + path)
        states[path] = complaints(page)
    assert states == dict.fromkeys(states, ([], 0))
    page.goto(f"{wave}/cards/")
    page.get_by_text("Maak nieuwe kaarten").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Vervang de kaarten").click()
    assert download.value.suggested_filename == "erbij-5a.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-1.7")
