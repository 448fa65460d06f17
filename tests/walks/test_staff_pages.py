"""Every page of the team, in every language and state, wide and narrow: axe finds nothing to mend.

The pages come from the table of addresses: a new page is walked by itself, or asks here for what it needs.
"""

import datetime as dt
import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_scopes import scope

from erbij.web.accounts import start_code
from erbij.web.ideas import handing_in, sorting
from erbij.web.ideas import queries as proposed
from erbij.web.ideas import services as ideas
from erbij.web.plans import queries as findings
from erbij.web.plans import services as plans
from erbij.web.results import services as results
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.scans import services as scans
from erbij.web.schools import admissions
from erbij.web.schools import services as schools
from erbij.web.schools.admissions import Wanted
from erbij.web.surveys import sealing, services
from erbij.web.surveys.models import Wave

LANGUAGES = ("nl", "en", "fr")
WIDTHS = (1280, 360)
PASSWORD = "maan fiets lamp stoel"  # noqa: S105
PASSPHRASE = "vier losse woorden samen"  # noqa: S105
PUPILS = "pupil-"
VISITORS = ("nobody", "coordinator", "team-member", "teacher", "help-adult", "network-lead", "at-empty")
ALL_PAGES = ("nobody", "coordinator", "at-empty")
"""They are walked everywhere; the others where she does not come, and where pages differ."""
DIFFERS = ("home", "school", "classes", "waves", "wave", "mfa_index", "mfa_view_recovery_codes")
ON_PAPER = ("wave-letter", "link-note", "help-card")
"""In the language of who gets them, and not of who prints them."""
STATES = ("wave", "wave-close", "result", "tell-back", "pupils-draft")
"""Pages that differ with the state of a wave; the others are walked in a draft and an open one."""
NOT_WALKED_HERE = {
    # They take a form and lead on; where one shows a page, `test_pages_after_a_form` walks it.
    *("language", "add-grade", "remove-grade", "add-class", "paste-classes", "remove-class", "invite"),
    *("withdraw-invitation", "remove-member", "wave-adults", "wave-confirm", "wave-open", "board-open"),
    *("board-close", "result-file", "records-file", "board-room", "deck"),
    *("link-open", "link-close", "result-share"),
    # A sheet of paper, and what pupils read without signing in: tests/walks/test_telling_back.py.
    *("result-summary", "pupils-page", "pupils-withdraw", "result-slides"),
    "network-send",
    *("result-note", "result-tidy", "move-grade", "remove-lead", "withdraw-lead"),
    *(
        "join-network",
        "leave-network",
        "upload-classes",
        "save-classes",
        "wave-extend",
        "help-open",
        "help-talked",
    ),
    # Forms of the plan, its calendar files and its sheet; its states: tests/walks/test_plan.py.
    *("decision-choose", "action-status", "action-note", "plan-letters", "class-names"),
    *("my-calendar", "action-calendar", "plan-sheet"),
    # A text for who found a hole, and only where somebody can be reached.
    "security-txt",
    # They take a file and lead on: tests/walks/test_report_of_a_file.py.
    *("mapping-look", "mapping-report"),
    # They start and end a scan: tests/walks/test_scans.py.
    *("scan-start", "scan-finish"),
    # For programs, and the form that takes their key back: tests/web/results/test_api.py.
    "withdraw-token",
    *("api-openapi", "api-schools", "api-waves", "api-release", "api-cells", "api-codebook"),
    # The first start has no people yet: `test_first_start`.
    "first",
    # They take a form and lead back to their round: tests/walks/test_ideas.py.
    *(
        "idea-board-open",
        "idea-board-close",
        "idea-move",
        "idea-tell",
        "idea-sort",
        "idea-answer",
        "idea-helped",
    ),
    # In the middle of signing in: tests/walks/test_sign_in.py, but for codes by e-mail, which are not used.
    *("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "account_confirm_login_code"),
    # To another place and back, for sign-in by OpenID Connect: tests/web/accounts/test_elsewhere.py.
    *("elsewhere", "elsewhere-back"),
    # They sign out elsewhere and lead back: tests/web/accounts/test_sign_ins.py.
    *("end-sign-in", "end-other-sign-ins"),
    # They let an operator in, and end it: tests/web/schools/test_admissions.py.
    *("let-in", "shut-out"),
    # Of a passkey, which the walk of test_sign_in.py really has.
    *("mfa_edit_webauthn", "mfa_remove_webauthn"),
    # A file, and pages of allauth that only lead on where everybody has a password and one address.
    *("mfa_download_recovery_codes", "account_set_password"),
    # It leads back, whatever is sent: tests/web/accounts/test_sign_in.py.
    "account_email",
}
KEPT: dict[str, Any] = {}


def addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address of the team, with the names of what has to be filled in."""

    def below(resolver: URLResolver, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for entry in resolver.url_patterns:
            names = (*above, *entry.pattern.converters, *entry.pattern.regex.groupindex)
            if isinstance(entry, URLPattern):
                yield str(entry.name), tuple(dict.fromkeys(names))
            else:
                yield from below(entry, names)

    return (found for found in below(get_resolver(), ()) if not found[0].startswith(PUPILS))


def filled_in(name: str, keys: tuple[str, ...], things: Any) -> list[dict[str, Any]]:
    """The ways to fill in an address; an address that needs something unknown stops the walk."""
    if name in things.of:
        return [*things.of[name]]
    known = things.known | {"code": things.waves if name in STATES else things.waves[:2]}
    if missing := [key for key in keys if key not in known]:
        raise AssertionError(f"no walk for the address {name}: say which {missing} in `things`")
    return [dict(zip(keys, values, strict=True)) for values in itertools.product(*(known[k] for k in keys))]


@pytest.fixture
def things(database: Path, request: pytest.FixtureRequest, tmp_path_factory: Any, settings: Any) -> Any:
    """A school with something of everything, made once and copied."""
    here = [*database.glob("*.sqlite3"), settings.KEY_FILE, settings.HELP_KEY_FILE]
    if not KEPT:
        folder = tmp_path_factory.mktemp("filled")
        town = request.getfixturevalue("town")
        KEPT["pages"], KEPT["things"] = {}, _fill(town, request.getfixturevalue("prepare"))
        for each in connections.all():
            each.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        KEPT["files"] = {path.name: shutil.copy(path, folder) for path in here}
    connections.close_all()
    for path in here:
        path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
        shutil.copy(KEPT["files"][path.name], path)
    return KEPT["things"]


def _fill(town: Any, prepare: Callable[..., Wave]) -> Any:
    with scope(school=town.school):
        invited = [
            schools.invite(
                school=town.school, role="teacher", today=dt.date.today(), school_class=town.classes[0]
            ),
            schools.invite(
                school=town.school, role="operator", email="new@school.example", today=dt.date.today()
            ),
        ]
        empty_grade = schools.add_grade(school=town.school, name="6")
        helps = Wanted(town.people["operator"], 24, "The classes of the other system do not come in")
        admissions.let_in(school=town.school, wanted=helps, now=timezone.now())
    waves = _waves(town, prepare)
    of_plan = _plan(town, waves[-2]) | _ideas(town, waves[-2]) | _scans(town, waves[-2])
    parents = waves[-1]
    with_codes = town.people["team-member"]
    TOTP.activate(with_codes, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(with_codes)
    known = {
        "school": [town.school.slug],
        "class_code": [town.classes[0].code],
        "network": [town.school.network_id],
        "language": [*LANGUAGES],
        "opportunity": ["welcome"],
        "provider": ["nobody"],
        "pk": [1],  # where only a form goes; a page of one thing names its own below
    }
    at_linde = {"school": town.school.slug}
    reset = {
        "uidb36": user_pk_to_url_str(town.people["coordinator"]),
        "key": default_token_generator.make_token(town.people["coordinator"]),
    }
    of = {
        "join": [{"code": one.code} for one in invited] + [{"code": "ABCD"}],
        "change-grade": [at_linde | {"pk": town.grade.pk}, at_linde | {"pk": empty_grade.pk}],
        "change-class": [at_linde | {"pk": town.classes[0].pk}],
        "wave-letter": [
            at_linde | {"code": waves[1], "audience": audience, "language": language}
            for audience in ("parents", "pupils")
            for language in LANGUAGES
        ],
        "end-sign-in": [{"name": "x"}],
        "account_confirm_email": [{"key": "wrong"}],
        "account_reset_password_from_key": [reset, reset | {"key": "wrong"}],
        **{name: [at_linde | {"pk": uuid.UUID(int=1)}] for name in ("help-open", "help-talked")},
        "link-note": [at_linde | {"code": parents, "language": language} for language in LANGUAGES],
        "result-page": [
            at_linde | {"code": waves[-2], "page": page} for page in ("answered", "level", "groups", "change")
        ],
        "result-note": [at_linde | {"code": waves[-2], "page": "groups"}],
        "result-why": [at_linde | {"code": waves[-2]}],
        "result-file": [at_linde | {"code": waves[-2], "name": "cells.csv"}],
        **{name: [at_linde | values for values in several] for name, several in of_plan.items()},
    }
    return SimpleNamespace(town=town, waves=waves, known=known, of=of)


def _plan(town: Any, code: str) -> dict[str, list[dict[str, Any]]]:
    """A finding about which the school acts, with an action, and what fills in their addresses."""
    today, person = dt.date.today(), town.people["coordinator"]
    with scope(school=town.school):
        signal = findings.plan_of(town.school.pk).open[0].id
        answer = plans.Answer(signal, "act", "", 0)
        wave = Wave.objects.get(code=code)
        plans.choose(school=town.school, wave=wave, answer=answer, person=person, today=today)
        facts = plans.Facts(person, "class", ("5A",), today, today + dt.timedelta(weeks=8))
        wanted = plans.Wanted(signal, "test-your-front-door")
        action = plans.plan(school=town.school, wanted=wanted, facts=facts, today=today)
    of_action = ("action", "action-change", "action-status", "action-note", "action-calendar", "action-lots")
    return {
        **{name: [{"signal": signal}] for name in ("decision", "decision-choose")},
        "action-plan": [{"signal": signal, "name": name} for name in ("own", "test-your-front-door")],
        **{name: [{"pk": action.pk}] for name in of_action},
        "class-names": [{"earlier": code, "later": code}],
    }


def _scans(town: Any, code: str) -> dict[str, list[dict[str, Any]]]:
    """A scan that goes on, a finished one, and a budget that was divided."""
    today, person = dt.date.today(), town.people["coordinator"]
    with scope(school=town.school):
        begun = scans.start(school=town.school, opportunity="curriculum", today=today)
        done = scans.start(school=town.school, opportunity="environment", today=today)
        scans.finish(scan=done, today=today)
        record = ReleaseRecord.objects.get(wave__code=code)
        told = {"sentences": ["Eerst waar de nood het grootst is."], "outcomes": [], "places": []}
        kept = plans.keep_division(record=record, inputs={"budget": 12.0}, results=told, person=person)
    return {
        "scan": [{"pk": begun.pk}],
        "scan-result": [{"pk": done.pk}],
        "division": [{"pk": kept.pk}],
    }


def _ideas(town: Any, code: str) -> dict[str, list[dict[str, Any]]]:
    """A round of ideas that are read: one is new, one let through, one a call for help."""
    with scope(school=town.school):
        record = ReleaseRecord.objects.get(wave__code=code)
        results.write_pupils_page(record=record, lines={"nl": ["Op 2 maart."]}, is_approved=True)
        page = PupilsPage.objects.get(record=record)
        until = dt.date.today() + dt.timedelta(days=7)
        asked = ideas.open_round(page=page, question="Wat helpt?", until=until, pupils=12, budget=500)
        for text in ("Een bank", "Meer boeken", "Ik durf niet meer te komen"):
            handing_in.propose(asked=asked, token=str(uuid.uuid4()), text=text)
        ideas.stop_proposing(asked=asked)
        asked.refresh_from_db()
        new, on, helped = proposed.ideas_of(asked)
        sorting.let_through(idea=on, title="Meer boeken", cost=300)
        sorting.call_for_help(idea=helped)
    of_round = ("idea-round", "idea-board-open", "idea-board-close", "idea-move", "idea-tell")
    of_idea = ("idea-sort", "idea-answer", "idea-helped")
    return {
        **{name: [{"code": asked.code}] for name in of_round},
        **{name: [{"code": asked.code, "pk": new.pk}] for name in of_idea},
    }


def _waves(town: Any, prepare: Callable[..., Wave]) -> list[str]:
    """A draft with blockers; one open, one ready, one locked, two half closed, one closed, one of parents."""
    draft, ready, locked, closing, stopped, closed, running = (
        prepare(instrument, title=title)
        for title, instrument in (
            ("Blocked", "erbij-pupils-10-12"),
            ("Ready", "erbij-pupils-10-12"),
            ("Locked", "erbij-pupils-8-9"),
            ("Closing", "erbij-pupils-13-18"),
            ("Stopped", "erbij-students-18"),
            ("Closed", "erbij-pupils-10-12"),
            ("Open", "erbij-pupils-10-12"),
        )
    )
    with scope(school=town.school):
        services.choose_help_adults(wave=draft, members=[])
        for wave in (closing, stopped, closed):
            services.open_wave(wave=wave)
        services.open_wave(wave=locked, passphrase=PASSPHRASE)
        Wave.objects.filter(pk=closing.pk).update(
            state="closing", step="opening", step_done=50, step_total=400
        )
        Wave.objects.filter(pk=stopped.pk).update(state="closing", step="stopped")
        _hand_in(Wave.objects.get(pk=closed.pk), town, 43)
    results.close_wave(wave=closed)
    with scope(school=town.school):
        services.open_wave(wave=running)
        session = services.open_session(wave=running, school_class=town.classes[0])
        _hand_in(Wave.objects.get(pk=running.pk), town, 7)
        assert session.is_open
        of_parents = services.create_wave(
            school=town.school,
            title="Parents",
            instrument="erbij-parents",
            opens_on=dt.date.today(),
            closes_on=dt.date.today() + dt.timedelta(days=14),
        )
        services.note_invited(wave=of_parents, invited=40)
        services.open_wave(wave=of_parents)
        services.open_link(wave=of_parents)
    return [wave.code for wave in (draft, running, ready, locked, closing, stopped, closed, of_parents)]


def _hand_in(wave: Wave, town: Any, bots: int) -> None:
    rng = np.random.default_rng(3)
    for bot in range(bots):
        ballot = f"00000000-0000-4000-8000-{wave.pk:06d}{bot:06d}"
        school_class = town.classes[bot % 2]
        answers = {
            name: int(rng.choice([code for code in codes if isinstance(code, int)]))
            for name in wave.items_on
            if (codes := wave.instrument.format_of(wave.instrument.items[name]).codes) and codes[0] == 1
        }
        plain = {"v": 1, "class": school_class.code, "language": "nl", "minutes": "5-10", "answers": answers}
        sealed = sealing.seal(plain, bytes(wave.public_key), wave=wave.code, ballot=ballot)
        services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed, class_code=school_class.code)


@pytest.fixture
def client_of(things: Any) -> Callable[[str], Client]:
    """A signed-in browser without a screen; with a password just given, as allauth asks for its pages."""

    def make(who: str) -> Client:
        client = Client()
        if who == "nobody":
            return client
        with_codes = things.town.people["team-member"]
        kept = list(Authenticator.objects.filter(user=with_codes))
        Authenticator.objects.filter(user=with_codes).delete()
        client.post("/account/login/", {"login": f"{who}@school.example", "password": PASSWORD})
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        Authenticator.objects.bulk_create(kept)
        return client

    return make


class Shown(NamedTuple):
    """A page that somebody gets to see."""

    name: str
    path: str
    has_form: bool
    """Whether there is something in it that has to be filled in."""


def pages_for(who: str, client: Client, things: Any) -> list[Shown]:
    """Every page that this visitor is shown; asked once, for they are the same in every language."""
    if who not in KEPT["pages"]:
        KEPT["pages"][who] = [*_asked_for(who, client, things)]
    found: list[Shown] = KEPT["pages"][who]
    return found


def _asked_for(who: str, client: Client, things: Any) -> Iterator[Shown]:
    if who == "at-empty":
        things = SimpleNamespace(
            waves=[], known=things.known | {"school": [things.town.empty.slug]}, of=things.of
        )
    for name, keys in addresses():
        for values in filled_in(name, keys, things):
            path = reverse(name, kwargs=values)
            answer = client.get(path)
            is_html = answer.headers.get("Content-Type", "").startswith("text/html")
            is_file = not is_html or "Content-Disposition" in answer.headers
            leads_to_form = name == "account_reset_password_from_key" and answer.status_code == 302
            if leads_to_form or (answer.status_code == 200 and not is_file):
                yield Shown(name, path, leads_to_form or b" required" in answer.content)


SHAPE = """[document.documentElement.scrollWidth - innerWidth, document.querySelectorAll("h1").length]"""


class Walker:
    """A browser of one visitor in one language, and everything that was wrong on its way."""

    def __init__(self, context: Any, complaints: Callable[[Any], list[object]]) -> None:
        self.page, self.complaints, self.widths = context.new_page(), complaints, WIDTHS
        self.wrong: dict[str, object] = {}
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: Any) -> None:
        # A browser also says so of an answer that is not 200, such as that to a form with a mistake.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.said.append(message.text)

    def open(self, path: str) -> None:
        self.said.clear()
        self.page.goto(path)
        self.look(path)

    def look(self, where: str) -> None:
        """Look at the page that is open, wide and narrow."""
        for width in self.widths:
            if (self.page.viewport_size or {}).get("width") != width:
                self.page.set_viewport_size({"width": width, "height": 800})
            found = self.complaints(self.page)
            too_wide, titles = self.page.evaluate(SHAPE)
            if found or too_wide > 0 or titles != 1:
                self.wrong[f"{where} at {width}"] = (found, too_wide, titles)
        # The next page begins at the width that this one ends with.
        self.widths = self.widths[::-1]
        if self.said:
            self.wrong[f"{where} says"] = [*self.said]
        self.said.clear()


@pytest.fixture
def walk(window: Callable[..., Any], complaints: Any, address: str) -> Callable[..., Walker]:
    """Start walking as the visitor of a client, in a language."""

    def start(client: Client, language: str) -> Walker:
        context = window(reduced_motion="reduce", viewport={"width": WIDTHS[0], "height": 800})
        # Every page of this window is looked at; this way the browser reads the rules fastest.
        context.add_init_script(complaints.script)
        cookies = {"django_language": language}
        if "sessionid" in client.cookies:
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies([{"name": k, "value": v, "url": address} for k, v in cookies.items()])
        return Walker(context, complaints)

    return start


def test_every_address_shows_somebody_a_page_or_is_named(
    things: Any, client_of: Callable[[str], Client]
) -> None:
    shown = {page.name for who in VISITORS for page in pages_for(who, client_of(who), things)}
    known = {name for name, _ in addresses()}
    assert known - shown == NOT_WALKED_HERE & known
    assert known >= NOT_WALKED_HERE


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_clean_and_narrow(
    language: str, who: str, things: Any, client_of: Callable[[str], Client], walk: Callable[..., Walker]
) -> None:
    client = client_of(who)
    walker, seen = walk(client, language), set()
    known: set[str] = set()
    if who not in ALL_PAGES:
        coordinators = pages_for("coordinator", client_of("coordinator"), things)
        known = {page.name for page in coordinators} - {*DIFFERS}
    for name, path, _ in pages_for(who, client, things):
        if path in seen or name in known:
            continue
        walker.open(path)
        seen.add(path)
        shown = walker.page.locator("html").get_attribute("lang")
        assert shown == language or name in ON_PAPER, path
    assert len(seen) >= 3
    assert walker.wrong == {}


WITH_MISTAKES = """form => {
  form.noValidate = true;
  for (const field of form.querySelectorAll("input, textarea")) {
    if (["hidden", "checkbox", "radio"].includes(field.type)) continue;
    field.value = field.type === "number" ? "-1" : "";
  }
  form.querySelector("button:not(.link)").click();
}"""
NEEDS = "main form[method=post]:has([required])"


@pytest.mark.parametrize("who", ["nobody", "coordinator"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_with_mistakes_are_clean_and_narrow(
    language: str, who: str, things: Any, client_of: Callable[[str], Client], walk: Callable[..., Walker]
) -> None:
    client = client_of(who)
    walker, tried = walk(client, language), set()
    for name, path, has_form in pages_for(who, client, things):
        if name in tried or not has_form:
            continue
        walker.page.goto(path)
        for place in range(walker.page.locator(NEEDS).count()):
            tried.add(name)
            if place:
                walker.page.goto(path)
            walker.page.locator(NEEDS).nth(place).evaluate(WITH_MISTAKES)
            # Some forms are answered without another page.
            walker.page.locator(".errorlist, [aria-invalid=true]").first.wait_for(state="attached")
            walker.look(f"{path} form {place}")
    assert len(tried) >= 4
    assert walker.wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_after_a_form_are_clean_and_narrow(
    language: str, things: Any, client_of: Callable[[str], Client], walk: Callable[..., Walker]
) -> None:
    walker = walk(client_of("coordinator"), language)
    page, here = walker.page, f"/school/{things.town.school.slug}"
    _draft, running, ready, locked, *_ = (f"{here}/waves/{code}/" for code in things.waves)
    page.goto(f"{here}/people/")
    page.locator("form[action$='/invite/'] button").click()
    walker.look("an invitation on paper")
    page.goto(locked + "close/")
    page.fill("[name=word]", "wrong words")
    page.click("main button.main")
    assert page.locator(".errorlist").count()
    walker.look("closing with wrong words")
    # Open: it could not be while another one with this questionnaire was.
    page.goto(f"{running}class/{things.town.classes[1].code}/")
    page.locator("form[action$='/open/'] button").click()
    walker.look("a word on the board")
    page.locator("form[action$='/close/'] button").click()
    assert page.locator(".message.success").count()
    walker.look("the word is off the board")
    with scope(school=things.town.school):
        Wave.objects.filter(code=things.waves[1]).update(state="closed")
    for passphrase, state in (("short", "a lock with mistakes"), (PASSPHRASE, "the recovery code")):
        page.goto(ready)
        page.locator("form[action$='/open/'] summary").click()
        page.locator("[name=passphrase]").evaluate(
            "(field, words) => { field.form.noValidate = true; field.value = words; }", passphrase
        )
        page.locator("form[action$='/open/'] button.main").click()
        walker.look(state)
    assert page.locator(".code").count()
    page.goto("/account/")
    page.locator("main form button.main, main form button").first.click()
    assert page.locator(".message.success").count()
    walker.look("saved")
    page.goto("/school/no-such-school/")
    walker.look("nothing there")
    assert walker.wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_start_is_clean_and_narrow(language: str, database: Path, walk: Callable[..., Walker]) -> None:
    assert start_code.current()
    walker = walk(Client(), language)
    walker.open("/first/")
    assert walker.page.url.endswith("/first/")
    walker.page.locator(NEEDS).evaluate(WITH_MISTAKES)
    walker.page.wait_for_selector(".errorlist")
    walker.look("the first start with mistakes")
    assert walker.wrong == {}
