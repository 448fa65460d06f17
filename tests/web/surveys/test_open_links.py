"""A wave for parents or staff: from nothing to a report, through one open link and without classes."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from django_scopes import scope

from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.reports import charts
from erbij.studies.study import Study
from erbij.web.results import queries as results
from erbij.web.results import services as closers
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import SchoolClass
from erbij.web.surveys import blockers, length, pupil_words, queries, sealing, services
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import ClassSession, Wave
from erbij.web.surveys.refusals import Refusal
from erbij.web.surveys.views import links

TODAY = dt.date.today()
DAY = dt.timedelta(days=1)
MANAGE, READ = ("coordinator",), ("coordinator", "team-member")
GETS = {
    "": (*READ, "teacher"),
    "settings/": MANAGE,
    "questions/": MANAGE,
    "preview/": (*READ, "teacher"),
    "letter/parents/fr/": (*READ, "teacher"),
    "link/note/nl/": READ,
    "close/": MANAGE,
}
POSTS = {"link/open/": MANAGE, "link/close/": MANAGE}
CAST = ("coordinator", "team-member", "teacher", "help-adult", "council-guide", "operator")


@pytest.fixture
def sign_in(person: Callable[..., Any], town: Any) -> Callable[..., Client]:
    """A browser of somebody with a role, in English."""

    def make(role: str, *, at: Any = None) -> Client:
        client = Client()
        client.force_login(person((at or town).school, role).person)
        client.cookies["django_language"] = "en"
        return client

    return make


@pytest.fixture
def linked(opened: Callable[..., Wave]) -> Callable[..., tuple[Wave, ClassSession]]:
    """An open wave for parents with its link."""

    def make(instrument: str = "erbij-parents") -> tuple[Wave, ClassSession]:
        wave = opened(instrument)
        with scope(school=wave.school):
            return wave, services.open_link(wave=wave)

    return make


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the drawing of charts: tests/reports looks at those."""
    monkeypatch.setattr(charts, "draw", lambda *_: "<svg></svg>")


def here(wave: Wave, path: str = "") -> str:
    return f"/school/north/waves/{wave.code}/{path}"


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.replace("&#x27;", "'")


def answers_of(wave: Wave, code: int) -> dict[str, object]:
    return {item.id: code for item in wave.instrument.items.values() if item.scale}


def test_new_survey_lists_questionnaires_apart_for_each_who_answers(
    sign_in: Callable[..., Client], database: object
) -> None:
    page = text_of(sign_in("coordinator").get("/school/north/waves/new/"))
    groups = dict(re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.DOTALL))
    found = {label: re.findall(r'value="([^"]+)"', options) for label, options in groups.items()}
    assert found["For parents"] == ["erbij-parents"]
    assert found["For staff"] == ["erbij-staff"]
    assert len(found["For pupils"]) == 4
    assert found["A pulse between two surveys"] == ["erbij-pulse-10-18", "erbij-pulse-8-9"]


def test_parents_are_asked_from_nothing_to_a_report(
    town: Any, sign_in: Callable[..., Client], undrawn: None, studies: list[Study]
) -> None:
    client = sign_in("coordinator")
    with scope(school=town.school):
        SchoolClass.objects.all().delete()
    new = {"title": "Families", "instrument": "erbij-parents", "opens_on": TODAY, "closes_on": TODAY}
    path = client.post("/school/north/waves/new/", new)["Location"]
    assert re.findall(r'id="blocker-([^"]+)"', text_of(client.get(path))) == ["no-invited"]
    sent = new | {"invited": 40, "languages": ["nl", "ar"], "least": 20}
    assert client.post(f"{path}settings/", sent).status_code == 302
    client.post(f"{path}open/", {"passphrase": ""})
    client.post(f"{path}link/open/")
    page = text_of(client.get(path))
    word = re.search(r'<p class="word long">([^<]+)</p>', page)
    assert word is not None
    assert f'value="http://testserver/c/{word[1]}/"' in page
    parent = Client()
    asked = text_of(parent.get(f"/c/{word[1]}/", {"language": "ar"}))
    assert asked.count("data-item=") == 12
    for code in range(24):
        form = {"child-accepted": 3 + code % 3, "family-voice": 2 + code % 3, "welcome-parents": 1 + code % 5}
        form |= dict.fromkeys(("child-valued", "child-included", "child-supported"), 2 + code % 4)
        form |= dict.fromkeys(("child-known", "family-choices", "family-identity"), 3)
        assert parent.post(f"/c/{word[1]}/", form).status_code == 303
    with scope(school=town.school):
        closers.close_wave(wave=Wave.objects.get())
    report = text_of(client.get(path.replace("waves", "results")))
    assert "24 of the 40 parents who were asked" in report
    assert "can answer twice" in report
    own_words = re.sub(r'<div class="tip".*?</div>', "", report.split("<main")[1])  # terms are of everyone
    assert "pupils" not in own_words.lower()
    (study,) = studies
    assert (list(study.units), study.units["all"].asked.tolist()) == (["all"], [40])
    assert study.policy == {"threshold": 20}
    assert [e for e in study.exclusions if e.what == "no-unit"] == []


@pytest.fixture
def studies(monkeypatch: pytest.MonkeyPatch) -> list[Study]:
    """Every study that went to the gate."""
    seen: list[Study] = []
    release = gate.release

    def look(study: Study) -> Release:
        seen.append(study)
        return release(study)

    monkeypatch.setattr(gate, "release", look)
    return seen


@pytest.mark.parametrize("role", CAST)
def test_each_role_reaches_its_pages_and_no_others(
    role: str, linked: Callable[..., Any], sign_in: Callable[..., Client]
) -> None:
    (wave, _), client = linked(), sign_in(role)
    found = {path: client.get(here(wave, path)).status_code for path in GETS}
    assert found == {path: 200 if role in roles else 403 for path, roles in GETS.items()}
    found = {path: client.post(here(wave, path)).status_code for path in POSTS}
    assert found == {path: 302 if role in roles else 403 for path, roles in POSTS.items()}
    assert {client.get(here(wave, path)).status_code for path in POSTS} == {405}
    status = client.get("/school/north/results/bridge/").status_code
    assert status == (200 if role in READ else 403)


def test_other_schools_and_nobody_find_nothing(
    linked: Callable[..., Any], make_school: Callable[..., Any], sign_in: Callable[..., Client]
) -> None:
    (wave, _), client = linked(), sign_in("coordinator", at=make_school("south"))
    paths = [here(wave, path) for path in GETS]
    for address in (*paths, *(path.replace("/north/", "/south/") for path in paths)):
        assert client.get(address).status_code == 404, address
    assert {client.post(here(wave, path)).status_code for path in POSTS} == {404}
    assert client.get("/school/north/results/bridge/").status_code == 404
    assert {Client().get(path).status_code for path in paths} == {302}


def test_wave_of_pupils_has_no_open_link(
    opened: Callable[..., Wave], sign_in: Callable[..., Client], town: Any
) -> None:
    wave, client = opened(), sign_in("coordinator")
    with scope(school=wave.school), pytest.raises(Refusal, match="class-by-class"):
        services.open_link(wave=wave)
    for path in POSTS:
        assert client.post(here(wave, path)).status_code == 404
    assert client.get(here(wave, "link/note/nl/")).status_code == 404


def test_wave_of_parents_has_no_boards(
    linked: Callable[..., Any], sign_in: Callable[..., Client], town: Any
) -> None:
    (wave, _), client = linked(), sign_in("coordinator")
    board = here(wave, f"class/{town.classes[0].code}/")
    assert client.get(board).status_code == 404
    assert client.post(f"{board}open/").status_code == 404
    assert client.get(here(wave, "cards/")).status_code == 404
    with scope(school=wave.school), pytest.raises(Refusal, match="not-your-class"):
        services.open_session(wave=wave, school_class=town.classes[0])


def test_link_is_one_until_it_is_stopped_and_comes_back_under_another_word(
    linked: Callable[..., Any],
) -> None:
    wave, first = linked()
    with scope(school=wave.school):
        assert services.open_link(wave=wave) == first
        with pytest.raises(IntegrityError), transaction.atomic():
            ClassSession.objects.create(wave=wave, school_class=None, word="another-word")
        services.close_session(session=first)
        second = services.open_link(wave=wave)
    assert len(set(second.word.split("-"))) == services.PARTS_OF_AN_OPEN_LINK
    assert second.word != first.word
    assert queries.open_session(first.word) is None
    found = queries.open_session(second.word)
    assert found is not None
    assert (found.wave, found.school_class) == (wave, None)


def test_link_needs_an_open_wave_and_a_day_within(
    draft: Callable[..., Wave], opened: Callable[..., Wave], sign_in: Callable[..., Client]
) -> None:
    shut = draft("erbij-staff")
    with scope(school=shut.school), pytest.raises(Refusal, match="wave-not-open"):
        services.open_link(wave=shut)
    wave = opened("erbij-parents")
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(opens_on=TODAY + DAY)
        with pytest.raises(Refusal, match="outside-dates"):
            services.open_link(wave=wave)
    client = sign_in("coordinator")
    answer = client.post(here(wave, "link/open/"), follow=True)
    assert "between the first and the last day" in text_of(answer)


@pytest.mark.parametrize("path", ["/c/{word}/", "/c/help/{word}/", "/?word={word}"])
def test_word_of_a_closed_wave_gets_a_kind_page(linked: Callable[..., Any], path: str) -> None:
    wave, session = linked()
    closers.close_wave(wave=wave)
    answer = Client().get(path.format(word=session.word), follow=True)
    assert answer.status_code == 404
    assert pupil_words.words("nl")["unknown_text"] in text_of(answer)
    assert "leerkracht" not in text_of(answer)


def test_form_after_the_link_was_stopped_still_counts(linked: Callable[..., Any]) -> None:
    wave, session = linked()
    page = text_of(Client().get(f"/c/{session.word}/"))
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    with scope(school=wave.school):
        services.close_session(session=session)
    assert Client().get(f"/c/{session.word}/").status_code == 404
    assert Client().post(f"/c/{session.word}/", hidden | {"child-known": "2"}).status_code == 303
    assert Ballot.objects.count() == 1


def test_class_that_a_ballot_claims_is_not_believed(
    linked: Callable[..., Any], hand_in: Callable[..., str], town: Any, studies: list[Study]
) -> None:
    wave, _ = linked()
    for code in range(12):
        hand_in(wave, town.classes[0].code, answers_of(wave, 1 + code % 5))
    closers.close_wave(wave=wave)
    assert list(studies[0].units) == ["all"]
    with scope(school=wave.school):
        kept = ReleaseRecord.objects.get()
    assert kept.per_class == {"": 12}
    assert set(results.release_of(kept).cells["level"]) == {"all"}


def test_page_tells_bands_against_those_invited_and_what_a_link_can_not_prevent(
    linked: Callable[..., Any], hand_in: Callable[..., str], sign_in: Callable[..., Client]
) -> None:
    wave, _ = linked()
    for _ in range(7):
        hand_in(wave, "", {}, counted=False)
    client = sign_in("coordinator")
    page = text_of(client.get(here(wave)))
    assert "5 to 9" in page
    assert "of 40 invited" in page
    assert "can answer twice" in page
    assert "More answers came in" not in page
    assert not re.search(r">\s*7\s*<", page)


def test_more_answers_than_people_are_told(
    linked: Callable[..., Any], hand_in: Callable[..., str], sign_in: Callable[..., Client]
) -> None:
    wave, _ = linked()
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(parents_asked=3)
    for _ in range(6):
        hand_in(wave, "", {}, counted=False)
    assert "More answers came in" in text_of(sign_in("coordinator").get(here(wave)))


def test_wave_of_parents_needs_a_number_and_no_classes_or_help_adults(draft: Callable[..., Wave]) -> None:
    wave = draft("erbij-parents")
    with scope(school=wave.school):
        services.choose_help_adults(wave=wave, members=[])
        SchoolClass.objects.all().delete()
        assert blockers.of(wave) == ()
        services.note_invited(wave=wave, invited=0)
        assert [found.id for found in blockers.of(wave)] == ["no-invited"]


def test_number_invited_does_not_change_under_way(opened: Callable[..., Wave]) -> None:
    wave = opened("erbij-staff")
    with scope(school=wave.school), pytest.raises(Refusal, match="not-a-draft"):
        services.note_invited(wave=wave, invited=3)
    assert (wave.invited, opened().invited) == (40, 0)


@pytest.mark.parametrize(
    ("audience", "invited", "said"),
    [
        ("staff", 9, "nothing can be shown"),
        ("staff", 14, "With 14 colleagues only the whole team will probably be shown"),
        ("staff", 80, "only the whole team"),
        ("parents", 9, "nothing can be shown"),
        ("parents", 25, "only all parents together"),
        ("parents", 200, "Groups are shown only where at least 10 parents"),
    ],
)
def test_what_so_few_can_show_is_said_before_opening(audience: str, invited: int, said: str) -> None:
    asked = Wave(instrument_id=f"erbij-{audience}", parents_asked=invited)
    with translation.override("en"):
        assert said in links.expected(asked)
        asked.least = 30
        assert "30" in links.expected(asked)
        asked.parents_asked = 0
    assert links.expected(asked) == ""


def test_small_staff_is_warned_on_the_page_and_gets_nothing(
    draft: Callable[..., Wave], sign_in: Callable[..., Client], hand_in: Callable[..., str], undrawn: None
) -> None:
    wave, client = draft("erbij-staff"), sign_in("coordinator")
    with scope(school=wave.school):
        services.note_invited(wave=wave, invited=14)
        assert "With 14 colleagues only the whole team" in text_of(client.get(here(wave)))
        services.open_wave(wave=wave)
        wave = Wave.objects.get()
    for code in range(9):
        hand_in(wave, "", answers_of(wave, 1 + code % 5), counted=False)
    closers.close_wave(wave=wave)
    with scope(school=wave.school):
        release = results.release_of(ReleaseRecord.objects.get())
    shown = release.cells.filter(release.cells["status"] == "shown")
    assert set(shown["measure"]) <= {"asked"}
    report = text_of(client.get(f"/school/north/results/{wave.code}/"))
    assert "What the team sees is not shown, to protect colleagues." in report


@pytest.mark.parametrize(("instrument", "minutes"), [("erbij-parents", 5), ("erbij-staff", 8)])
def test_adults_are_told_how_long_it_takes(
    instrument: str, minutes: int, draft: Callable[..., Wave], sign_in: Callable[..., Client]
) -> None:
    wave = draft(instrument)
    assert length.minutes(wave.instrument, wave.items_on) == minutes
    assert f"about {minutes} minutes" in text_of(sign_in("coordinator").get(here(wave)))


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize("audience", ["parents", "staff"])
def test_letter_and_note_say_what_is_really_asked(
    audience: str, language: str, linked: Callable[..., Any], sign_in: Callable[..., Client]
) -> None:
    wave, session = linked(f"erbij-{audience}")
    client = sign_in("team-member")
    letter = text_of(client.get(here(wave, f"letter/{audience}/{language}/")))
    instrument = wave.instrument
    assert instrument.scales["lever-welcome"].label[language] in letter
    assert (instrument.scales["trust-honest"].label[language]) in letter
    for item in instrument.items.values():
        assert (item.text[language] in letter) == (item.scale is None)
    note = text_of(client.get(here(wave, f"link/note/{language}/")))
    assert f'<article class="letter stack" lang="{language}">' in note
    assert session.word in note
    assert "code-qr" in note
    for wrong in ("pupils", "parents" if audience == "staff" else "staff"):
        assert client.get(here(wave, f"letter/{wrong}/{language}/")).status_code == 404


def test_note_is_gone_with_the_link(linked: Callable[..., Any], sign_in: Callable[..., Client]) -> None:
    wave, session = linked()
    client = sign_in("coordinator")
    assert client.get(here(wave, "link/note/de/")).status_code == 404
    client.post(here(wave, "link/close/"))
    assert client.get(here(wave, "link/note/nl/")).status_code == 404
    assert queries.open_session(session.word) is None
    client.post(here(wave, "link/close/"))  # a second time does no harm


def test_settings_refuse_what_is_no_number(
    draft: Callable[..., Wave], sign_in: Callable[..., Client]
) -> None:
    wave, client = draft("erbij-staff"), sign_in("coordinator")
    sent = {"title": "Team", "opens_on": TODAY, "closes_on": TODAY, "languages": ["nl"], "least": 10}
    sent["invited"] = 14
    for wrong in ({"invited": 0}, {"invited": ""}, {"closes_on": TODAY - DAY}, {"languages": ["ar"]}):
        assert client.post(here(wave, "settings/"), sent | wrong).status_code == 422
    assert client.post(here(wave, "settings/"), sent).status_code == 302
    with scope(school=wave.school):
        kept = Wave.objects.get()
    assert (kept.title, kept.invited, kept.languages) == ("Team", 14, ["nl"])


def test_ballot_over_the_wire_counts_for_the_whole(linked: Callable[..., Any]) -> None:
    wave, _ = linked()
    ballot = str(uuid4())
    sealed = sealing.seal({"v": 1}, bytes(wave.public_key), wave=wave.code, ballot=ballot)
    body = {"id": ballot, "wave": wave.code, "sealed": sealed, "class": ""}
    for _ in range(2):
        assert Client().post("/ballots/", body, content_type="application/json").json() == {"stored": True}
    with scope(school=wave.school):
        assert queries.counts_of(wave) == {"": 1}


def test_pages_carry_no_inline_style_or_script(
    linked: Callable[..., Any], sign_in: Callable[..., Client]
) -> None:
    inline = re.compile(r"<[^>]+\s(style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    (wave, _), client = linked(), sign_in("coordinator")
    for path in GETS:
        assert not inline.search(text_of(client.get(here(wave, path)))), path
    assert not inline.search(text_of(client.get("/school/north/results/bridge/")))


def test_bridge_takes_the_latest_of_each_and_says_what_is_missing(
    opened: Callable[..., Wave],
    hand_in: Callable[..., str],
    sign_in: Callable[..., Client],
    town: Any,
    undrawn: None,
) -> None:
    client, path = sign_in("team-member"), "/school/north/results/bridge/"
    assert "not yet results of two of the three" in text_of(client.get(path))
    for instrument, codes in {
        "erbij-parents": (1, 2),
        "erbij-pupils-8-9": (2, 3),
        "erbij-staff": (2, 4),
        "erbij-pupils-10-12": (4, 5),
    }.items():
        wave = opened(instrument)
        for each in range(20):
            hand_in(wave, town.classes[0].code, answers_of(wave, codes[each % 2]), counted=False)
        closers.close_wave(wave=wave)
        if instrument == "erbij-parents":
            assert "not yet results of two of the three" in text_of(client.get(path))
    page = text_of(client.get(path))
    assert page.count("closed on") == 3
    assert "erbij-pupils-10-12" in page
    assert "erbij-pupils-8-9" not in page
    assert re.search(r"Pupils 8\d \(probably [^)]+\), parents 1\d \([^)]+\): the ranges lie apart", page)
    client.cookies["django_language"] = "fr"
    assert "Élèves, parents et équipe côte à côte" in text_of(client.get(path))
