"""A browser, the application on a database in a file, and a school with people in it."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django_scopes import scope

from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.reports import html
from erbij.reports.report import describe
from erbij.studies import town as towns
from erbij.studies.opening import open_study
from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.schools import services as schools
from erbij.web.schools.models import Network
from erbij.web.schools.roles import Role
from erbij.web.surveys import queries, services
from erbij.web.surveys.models import Wave

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "maan fiets lamp stoel"  # noqa: S105
PATIENCE = 15_000
"""Milliseconds. Two cores may be busy with something else: waiting longer never makes a wrong page right."""
WAITING = """new Promise(resolve => { indexedDB.open("erbij").onsuccess = event => {
    const database = event.target.result;
    const store = database.transaction("ballots").objectStore("ballots");
    store.getAll().onsuccess = found => { database.close(); resolve(found.target.result); };
} })"""
ON_THE_TABLET = """(async () => {
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


@pytest.fixture(scope="session")
def driver() -> Iterator[Any]:
    """Playwright; without it, the walks are skipped aloud."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no Playwright: the browser walks are skipped"
    )
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def launching(driver: Any) -> dict[str, Any]:
    """How to start Debian's Chromium, or Playwright's own; `make browser` installs one."""
    path = CHROMIUM if CHROMIUM.is_file() else Path(driver.chromium.executable_path)
    if not path.is_file():
        pytest.skip("no Chromium: the browser walks are skipped; `make browser` installs one")
    return {"executable_path": str(path), "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser(driver: Any, launching: dict[str, Any]) -> Iterator[Any]:
    """A browser; where it does not start, the walks are skipped aloud."""
    try:
        started = driver.chromium.launch(**launching)
    except Exception as problem:
        pytest.skip(f"Chromium does not start, so the browser walks are skipped: {problem}")
    yield started
    started.close()


def leave(context: Any) -> None:
    """Close a window. A handler of its network that still runs would fail in the walk that comes next."""
    for heard in (context, *context.pages):
        heard.unroute_all(behavior="wait")
    context.close()


@pytest.fixture
def new_context(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a window of its own, as often as needed; all are left tidily, also where the walk fails."""
    opened = []

    def make(**looks: Any) -> Any:
        context = browser.new_context(**looks)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        context.on("close", lambda closed: opened.remove(closed))  # noqa: PLW0108 - Playwright marks what it calls
        return context

    yield make
    for context in [*opened]:
        leave(context)


@pytest.fixture(scope="session")
def eventually() -> Callable[..., None]:
    """Wait until something is so, where no page says when it is; `patience` in milliseconds."""

    def wait(is_so: Callable[[], object], *, patience: float = PATIENCE) -> None:
        late = time.monotonic() + patience / 1000
        while not is_so():
            if time.monotonic() > late:
                raise AssertionError("it did not come about")
            time.sleep(0.05)

    return wait


@pytest.fixture(scope="session")
def waiting() -> Callable[[Any], list[dict[str, object]]]:
    """The ballots that wait on the tablet of a page that handed in."""
    return lambda page: list(page.evaluate(WAITING))


@pytest.fixture(scope="session")
def all_sent(
    eventually: Callable[..., None], waiting: Callable[[Any], list[object]]
) -> Callable[[Any], None]:
    """Wait until the server has said of every ballot that it is stored: a busy one may say so late."""
    return lambda page: eventually(lambda: not waiting(page))


@pytest.fixture(scope="session")
def on_the_tablet() -> Callable[[Any], str]:
    """Everything that the browser keeps for this address, in one text."""
    return lambda page: str(page.evaluate(ON_THE_TABLET))


@pytest.fixture(scope="session")
def kept_for_offline(eventually: Callable[..., None]) -> Callable[..., None]:
    """Wait until so many parts of the page are in the cache, and the worker that reads it is awake."""
    parts = "caches.open('erbij-pupil').then(kept => kept.keys()).then(all => all.length)"
    awake = "navigator.serviceWorker.getRegistration('/c/').then(found => !!found?.active)"
    reads = "!!navigator.serviceWorker.controller"

    def wait(page: Any, *, parts_of_page: int = 5) -> None:
        # The page of a card stands outside of what the worker reads.
        ready = awake if parts_of_page < 5 else reads
        # Not wait_for_function, which takes the promise itself for a yes.
        eventually(lambda: page.evaluate(ready) and page.evaluate(parts) == parts_of_page)

    return wait


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A small made-up town, with withheld groups among the shown ones."""
    folder = tmp_path_factory.mktemp("town")
    towns.write(towns.make(3, 240, seed=2), folder)
    return gate.release(open_study(folder / "made-up-answers.csv", folder / "STUDY.toml"))


@pytest.fixture(scope="session")
def report(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The address of the report in a language, made once."""
    folder = tmp_path_factory.mktemp("pages")

    def make(language: str) -> str:
        path = folder / f"{language}.html"
        if not path.exists():
            path.write_text(html.render(describe(release, language)), "utf-8")
        return path.as_uri()

    return make


@pytest.fixture
def open_page(new_context: Callable[..., Any], report: Callable[[str], str]) -> Callable[..., Any]:
    """Open the report in a window of a width, noting what it asks for and complains about."""

    def visit(language: str = "nl", *, width: int = 1440, **looks: Any) -> Any:
        context = new_context(viewport={"width": width, "height": 900}, bypass_csp=True, **looks)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(report(language))
        return page

    return visit


class Quiet(WSGIRequestHandler):
    def log_message(self, *_line: object) -> None:
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the application answers; on the database of the test that is running."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def database(stores: Path, tmp_path: Path, settings: Any) -> Path:
    """The folder of both databases, empty, with keys and a data folder of its own."""
    settings.DATA = tmp_path
    settings.KEY_FILE, settings.HELP_KEY_FILE = tmp_path / "wave-key", tmp_path / "help-key"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for key in (settings.KEY_FILE, settings.HELP_KEY_FILE):
        security.kept_key(key)
    return stores


@pytest.fixture
def town(database: Path) -> Any:
    """A school with two classes and somebody in every role, in a network with an empty school."""
    names = [*(role.value for role in Role), "second-adult", "at-empty"]
    people = {
        name: Person.objects.create_user(f"{name}@school.example", PASSWORD, name=name.title())
        for name in names
    }
    network = Network.objects.create(name="Together")
    school = schools.create_school(
        name="De Linde", country="BE", language="nl", coordinator=people[Role.COORDINATOR], network=network
    )
    empty = schools.create_school(
        name="De Beuk", country="NL", language="nl", coordinator=people["at-empty"], network=network
    )
    schools.add_network_lead(network=network, person=people[Role.NETWORK_LEAD])
    with scope(school=school):
        grade = schools.add_grade(school=school, name="5")
        classes = schools.add_classes(grade=grade, rows=[("5A", 23), ("5B", 20)])
        for role in (Role.TEAM_MEMBER, Role.COUNCIL_GUIDE, Role.HELP_ADULT, Role.OPERATOR):
            schools.add_member(school=school, person=people[role], role=role)
        schools.add_member(school=school, person=people["second-adult"], role=Role.HELP_ADULT)
        schools.add_member(
            school=school, person=people[Role.TEACHER], role=Role.TEACHER, school_class=classes[0]
        )
    return SimpleNamespace(school=school, empty=empty, people=people, grade=grade, classes=classes)


@pytest.fixture
def prepare(town: Any) -> Callable[..., Wave]:
    """Prepare a wave that nothing blocks; it asks what its instrument has on, or everything."""

    def make(
        instrument: str = "erbij-pupils-10-12", *, everything: bool = False, title: str = "Herfst"
    ) -> Wave:
        today = dt.date.today()
        with scope(school=town.school):
            wave = services.create_wave(
                school=town.school,
                title=title,
                instrument=instrument,
                opens_on=today,
                closes_on=today + dt.timedelta(days=14),
            )
            if everything:
                why = {item.id: "om te weten" for item in wave.instrument.items.values()}
                services.choose_items(wave=wave, on=list(wave.instrument.items), reasons=why)
            if not wave.asks_pupils:
                services.note_invited(wave=wave, invited=40)
                return wave
            adults = queries.possible_help_adults(town.school.pk)
            services.choose_help_adults(wave=wave, members=adults)
            for adult in adults:
                services.confirm_help_adult(wave=wave, member=adult)
            return wave

    return make


@pytest.fixture
def ask(town: Any, prepare: Callable[..., Wave]) -> Callable[..., Any]:
    """Open a wave, and put a word on the board of the first class; for parents and staff, on their link."""

    def start(instrument: str = "erbij-pupils-10-12", **prepared: Any) -> Any:
        wave = prepare(instrument, **prepared)
        with scope(school=town.school):
            services.open_wave(wave=wave)
            if wave.asks_pupils:
                session = services.open_session(wave=wave, school_class=town.classes[0])
            else:
                session = services.open_link(wave=wave)
            return SimpleNamespace(wave=Wave.objects.get(pk=wave.pk), word=session.word)

    return start


@pytest.fixture
def window(new_context: Callable[..., Any], address: str) -> Callable[..., Any]:
    """Open a browser of somebody who is signed in, or of nobody."""

    def make(person: Person | None = None, **looks: Any) -> Any:
        context = new_context(base_url=address, **looks)
        if person is not None:
            client = Client()
            client.force_login(person)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": address}])
        return context

    return make


@pytest.fixture
def context(window: Callable[..., Any]) -> Any:
    """The tablet of a pupil."""
    return window(viewport={"width": 360, "height": 720})


@pytest.fixture
def page(context: Any) -> Any:
    return context.new_page()


@pytest.fixture(scope="session")
def complaints() -> Callable[..., list[object]]:
    """What axe finds wrong under WCAG 2.2 AA, with the elements; nothing is allowed to stay."""
    if not AXE.exists():
        pytest.skip("no axe-core in node_modules: `make` installs it")
    script = AXE.read_text()
    each = "found.violations.map(v => [v.id, v.nodes.map(n => n.html)])"
    run = f"rules => window.axe ? axe.run(document, rules).then(found => {each}) : null"

    def look(page: Any, tags: Sequence[str] = WCAG) -> list[object]:
        rules = {"resultTypes": ["violations"], **({"runOnly": list(tags)} if tags else {})}
        found = page.evaluate(run, rules)
        if found is None:  # once for each page: it is more text than all of the page
            page.evaluate(script)
            found = page.evaluate(run, rules)
        return list(found)

    look.script = script  # type: ignore[attr-defined]  # for a window in which every page is looked at
    return look


@pytest.fixture(scope="session")
def state_of(complaints: Callable[..., list[object]]) -> Callable[[Any], tuple[list[object], int]]:
    """What axe finds by all of its rules, and by how many pixels the page is too wide."""

    def look(page: Any) -> tuple[list[object], int]:
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return complaints(page, ()), too_wide

    return look
