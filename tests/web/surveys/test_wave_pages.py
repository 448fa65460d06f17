import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from erbij.web.schools.roles import Role
from erbij.web.surveys import queries, services
from erbij.web.surveys.models import Wave

TODAY = dt.date.today()
MANAGE, READ = ("coordinator",), ("coordinator", "team-member")
BOARD = (*READ, "teacher")
LIST = (*BOARD, "help-adult")
RESULTS = (*LIST, "council-guide")

GETS = {
    "waves/": LIST,
    "waves/new/": MANAGE,
    "waves/{wave}/": BOARD,
    "waves/{wave}/settings/": MANAGE,
    "waves/{wave}/questions/": MANAGE,
    "waves/{wave}/consent/": MANAGE,
    "waves/{wave}/preview/": BOARD,
    "waves/{wave}/letter/parents/nl/": BOARD,
    "waves/{wave}/letter/pupils/fr/": BOARD,
    "waves/{wave}/class/{class}/": BOARD,
    "waves/{wave}/cards/": MANAGE,
    "waves/{wave}/close/": MANAGE,
    "results/": RESULTS,
}
POSTS = {
    "waves/{wave}/adults/": MANAGE,
    "waves/{wave}/adults/confirm/": LIST,
    "waves/{wave}/open/": MANAGE,
    "waves/{wave}/extend/": MANAGE,
    "waves/{wave}/class/{class}/open/": BOARD,
    "waves/{wave}/class/{class}/close/": BOARD,
    "waves/{wave}/class/{class}/room/": BOARD,
    "waves/{wave}/class/{class}/cards/": MANAGE,
}
CAST = ("coordinator", "team-member", "teacher", "help-adult", "council-guide", "operator")


@pytest.fixture
def sign_in(person: Callable[..., Any], town: Any) -> Callable[..., Client]:
    """A browser of somebody with a role; a teacher teaches the first class."""

    def make(role: str, *, at: Any = None) -> Client:
        here = at or town
        school_class = here.classes[0] if role == Role.TEACHER else None
        client = Client()
        client.force_login(person(here.school, role, school_class).person)
        return client

    return make


def address(path: str, wave: Wave, town: Any) -> str:
    return "/school/north/" + path.format(**{"wave": wave.code, "class": town.classes[0].code})


@pytest.mark.parametrize("role", CAST)
def test_each_role_reaches_its_pages_and_no_others(
    role: str, opened: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = opened(), sign_in(role)
    found = {path: client.get(address(path, wave, town)).status_code for path in GETS}
    assert found == {path: 200 if role in roles else 403 for path, roles in GETS.items()}
    sent = {"closes_on": TODAY + dt.timedelta(days=9)}
    found = {path: client.post(address(path, wave, town), sent).status_code for path in POSTS}
    assert found == {path: 302 if role in roles else 403 for path, roles in POSTS.items()}


def test_coordinator_of_another_school_finds_nothing(
    opened: Callable[..., Wave], town: Any, make_school: Callable[..., Any], sign_in: Callable[..., Client]
) -> None:
    wave, elsewhere = opened(), make_school("south")
    client = sign_in("coordinator", at=elsewhere)
    for path in GETS:
        assert client.get(address(path, wave, town)).status_code == 404, path
        if "{" in path:
            swapped = address(path, wave, town).replace("/north/", "/south/")
            assert client.get(swapped).status_code == 404, path
    assert {client.post(address(path, wave, town)).status_code for path in POSTS} == {404}


def test_nobody_gets_in_without_signing_in(opened: Callable[..., Wave], town: Any) -> None:
    wave = opened()
    for path in GETS:
        answer = Client().get(address(path, wave, town))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")
    assert {Client().post(address(path, wave, town)).status_code for path in POSTS} <= {302, 403}


@pytest.mark.parametrize("path", list(POSTS))
def test_what_writes_is_not_a_link(
    path: str, opened: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    assert sign_in("coordinator").get(address(path, opened(), town)).status_code == 405


def test_teacher_has_the_board_of_the_own_class_only(
    opened: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = opened(), sign_in("teacher")
    codes = [each.code for each in town.classes]
    found = [client.get(f"/school/north/waves/{wave.code}/class/{code}/").status_code for code in codes]
    assert found == [200, 403]


def test_coordinator_goes_from_nothing_to_an_open_wave(
    town: Any, sign_in: Callable[..., Client], database: object
) -> None:
    client = sign_in("coordinator")
    new = {"title": "Herfst", "instrument": "erbij-pupils-10-12", "opens_on": TODAY, "closes_on": TODAY}
    answer = client.post("/school/north/waves/new/", new)
    here = answer["Location"]
    page = client.get(here).content.decode()
    assert 'id="blocker-no-help-adults"' in page
    client.post(f"{here}adults/", {"members": [helper.pk for helper in town.helpers]})
    for helper in town.helpers:
        browser = Client()
        browser.force_login(helper.person)
        assert "Herfst" in browser.get("/school/north/waves/").content.decode()
        browser.post(f"{here}adults/confirm/", {"yes": ""})
    assert "blocker-" not in client.get(here).content.decode()
    client.post(f"{here}open/", {"passphrase": ""})
    with scope(school=town.school):
        assert Wave.objects.get().is_open
    board = f"{here}class/{town.classes[0].code}/"
    client.post(f"{board}open/")
    page = client.get(board).content.decode()
    with scope(school=town.school):
        word = queries.sessions_of(Wave.objects.get())[0].word
    assert f'<p class="word">{word}</p>' in page
    assert "<svg" in page
    client.post(f"{board}close/")
    assert word not in client.get(board).content.decode()
    assert queries.open_session(word) is None


def test_adult_answers_for_nobody_else(
    draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave = draft()
    with scope(school=town.school):
        for helper in town.helpers:
            services.confirm_help_adult(wave=wave, member=helper, is_there=False)
    sign_in("coordinator").post(address("waves/{wave}/adults/confirm/", wave, town), {"yes": ""})
    sign_in("help-adult").post(address("waves/{wave}/adults/confirm/", wave, town), {"yes": ""})
    with scope(school=town.school):
        assert not any(adult.is_confirmed for adult in queries.help_adults_of(wave))


def test_recovery_code_is_shown_once(
    draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = draft(), sign_in("coordinator")
    words = {"passphrase": "vier hoge blauwe hoeden"}
    first = client.post(address("waves/{wave}/open/", wave, town), words)
    code = re.search(r'class="code">([A-Z2-9-]{29})<', first.content.decode())
    assert code is not None
    assert "no-store" in first["Cache-Control"]
    again = client.get(address("waves/{wave}/", wave, town)).content.decode()
    assert code[1] not in again


def test_short_passphrase_is_refused(
    draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = draft(), sign_in("coordinator")
    answer = client.post(address("waves/{wave}/open/", wave, town), {"passphrase": "kort"})
    assert answer.status_code == 422
    with scope(school=town.school):
        assert Wave.objects.get().is_draft


def test_questions_go_off_and_reasons_stay(
    draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = draft(), sign_in("coordinator")
    path = address("waves/{wave}/questions/", wave, town)
    on = [item for item in wave.items_on if item != "gender"]
    reasons = {f"why-{item}": "onze vraag" for item in wave.reasons}
    assert client.post(path, {"on": on, **reasons}).status_code == 302
    with scope(school=town.school):
        kept = Wave.objects.get()
    assert (kept.items_on, set(kept.reasons.values())) == (on, {"onze vraag"})
    refused = client.post(path, {"on": on[:3], **reasons})
    assert "80 %" in refused.content.decode()
    with scope(school=town.school):
        assert Wave.objects.get().items_on == on


def test_settings_are_kept(draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]) -> None:
    wave, client = draft(), sign_in("coordinator")
    path = address("waves/{wave}/settings/", wave, town)
    sent = {
        "title": "Lente",
        "opens_on": TODAY,
        "closes_on": TODAY,
        "languages": ["nl", "fr"],
        "consent": "asked",
        "least": 20,
        "majority": "home-languages|1",
    }
    assert client.post(path, sent).status_code == 302
    with scope(school=town.school):
        kept = Wave.objects.get()
    assert (kept.title, kept.languages, kept.consent) == ("Lente", ["nl", "fr"], "asked")
    assert (kept.majority_item, kept.majority_codes) == ("home-languages", [1])
    for wrong in ({"closes_on": TODAY - dt.timedelta(days=1)}, {"least": 5}, {"least": ""}):
        assert client.post(path, sent | wrong).status_code == 422
    letter = client.get(address("waves/{wave}/letter/parents/nl/", wave, town)).content.decode()
    assert "minstens 20" in letter


def test_page_of_an_open_wave_tells_bands_only(
    opened: Callable[..., Wave], town: Any, sign_in: Callable[..., Client], hand_in: Callable[..., str]
) -> None:
    wave = opened()
    for _ in range(7):
        hand_in(wave, town.classes[0].code, {})
    client = sign_in("coordinator")
    client.cookies["django_language"] = "en"
    page = client.get(address("waves/{wave}/", wave, town)).content.decode()
    assert "5 to 9" in page
    assert "nobody yet" in page
    assert not re.search(r">\s*7\s*<", page)


@pytest.mark.parametrize("audience", ["parents", "pupils"])
@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_letter_says_what_is_really_asked(
    audience: str, language: str, draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = draft(), sign_in("coordinator")
    path = address(f"waves/{{wave}}/letter/{audience}/{language}/", wave, town)
    instrument = wave.instrument
    topic = instrument.scales["overall"].label[language]
    question = instrument.items["home-languages"].text[language]
    page = client.get(path).content.decode().replace("&#x27;", "'")
    assert (topic in page, question in page) == (True, audience == "parents")
    assert all(helper.person.name in page for helper in town.helpers)
    with scope(school=town.school):
        left = [item for item in wave.items_on if item not in ("home-languages", "belongs-here")]
        services.choose_items(wave=wave, on=left, reasons=wave.reasons)
    page = client.get(path).content.decode().replace("&#x27;", "'")
    assert (topic in page, question in page) == (False, False)


def test_unknown_letter_and_wave_are_not_found(
    draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = draft(), sign_in("coordinator")
    for path in ("letter/staff/nl/", "letter/parents/xx/", "class/none/"):
        assert client.get(address(f"waves/{{wave}}/{path}", wave, town)).status_code == 404
    for nothing in ("none", "%00", "a%00b"):
        assert client.get(f"/school/north/waves/{nothing}/").status_code == 404


def test_preview_shows_every_question_that_is_on(
    draft: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave = draft()
    page = sign_in("team-member").get(address("waves/{wave}/preview/?language=en", wave, town))
    shown = page.content.decode().replace("&#x27;", "'")
    assert all(wave.instrument.items[item].text["en"] in shown for item in wave.items_on)


INLINE = re.compile(r"<[^>]+\s(style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def test_pages_carry_no_inline_style_or_script(
    opened: Callable[..., Wave], town: Any, sign_in: Callable[..., Client]
) -> None:
    wave, client = opened(), sign_in("coordinator")
    client.post(address("waves/{wave}/class/{class}/open/", wave, town))
    for path in GETS:
        page = client.get(address(path, wave, town))
        assert not INLINE.search(page.content.decode()), path
        assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_others_are_asked_where_the_adults_of_a_wave_have_left(
    opened: Callable[..., Wave], town: Any, sign_in: Callable[..., Client], person: Callable[..., Any]
) -> None:
    wave, client = opened(), sign_in("coordinator")
    path = address("waves/{wave}/", wave, town)
    assert 'id="adults"' not in client.get(path).content.decode()
    new = person(town.school, "help-adult")
    with scope(school=town.school):
        gone, stays = queries.help_adults_of(wave)
        gone.membership.delete()
        Wave.objects.update(state=Wave.State.CLOSED)
    assert 'id="adults"' in client.get(path).content.decode()
    assert (
        client.post(address("waves/{wave}/adults/", wave, town), {"members": [new.member.pk]}).status_code
        == 302
    )
    with scope(school=town.school):
        adults = {adult.membership_id: adult.is_confirmed for adult in queries.help_adults_of(wave)}
    assert adults == {stays.membership_id: True, new.member.pk: False}
    own = Client()
    own.force_login(new.person)
    page = own.get(address("waves/", wave, town)).content.decode()
    assert address("waves/{wave}/adults/confirm/", wave, town) in page
    own.post(address("waves/{wave}/adults/confirm/", wave, town), {"yes": ""})
    assert 'id="adults"' not in client.get(path).content.decode()
