import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from erbij.web.schools.roles import Role
from erbij.web.surveys import blockers, forms, queries, services
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal

TODAY = dt.date.today()
DAY = dt.timedelta(days=1)
PUPILS = 43
"""Of the town: 23 and 20."""


@pytest.fixture
def client_of(person: Callable[..., Any], town: Any) -> Callable[..., Client]:
    """A browser in English of somebody with a role."""

    def make(role: str, school_class: Any = None) -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        client.force_login(person(town.school, role, school_class).person)
        return client

    return make


def here(wave: Wave, path: str = "") -> str:
    return f"/school/north/waves/{wave.code}/{path}"


def now(wave: Wave) -> Wave:
    with scope(school=wave.school):
        return Wave.objects.get(pk=wave.pk)


def moved(wave: Wave, *, opens: int, closes: int) -> Wave:
    """The wave with its days so many days from today."""
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(opens_on=TODAY + opens * DAY, closes_on=TODAY + closes * DAY)
    return now(wave)


@given(asked=st.integers(-5, 60), refused=st.integers(-5, 60))
def test_form_takes_exactly_what_can_be(asked: int, refused: int) -> None:
    form = forms.ConsentForm({"asked": asked, "refused": refused}, pupils=PUPILS, consent="informed")
    assert form.is_valid() == (0 <= refused <= asked <= PUPILS)


def test_service_refuses_what_can_not_be(draft: Callable[..., Wave]) -> None:
    wave = draft()
    with scope(school=wave.school):
        for asked, refused in ((10, 11), (PUPILS + 1, 0), (5, -1)):
            with pytest.raises(Refusal, match="wrong-consent"):
                services.note_consent(wave=wave, asked=asked, refused=refused)
        services.note_consent(wave=wave, asked=PUPILS, refused=PUPILS)
        Wave.objects.update(state=Wave.State.CLOSED)
        with pytest.raises(Refusal, match="already-closed"):
            services.note_consent(wave=now(wave), asked=1, refused=0)


def test_counts_of_parents_are_kept_and_shown(
    opened: Callable[..., Wave], client_of: Callable[..., Client]
) -> None:
    wave, client = opened(), client_of("coordinator")
    wrong = client.post(here(wave, "consent/"), {"asked": 40, "refused": 41})
    assert wrong.status_code == 422
    assert 'value="40"' in wrong.content.decode()
    assert 'value="41"' in wrong.content.decode()
    assert client.post(here(wave, "consent/"), {"asked": 40, "refused": 3}).status_code == 302
    page = client.get(here(wave)).content.decode()
    assert "Asked for 40 pupils; 3 do not take part." in page


@pytest.mark.parametrize(
    ("consent", "words", "has_form"),
    [
        ("informed", "their child takes part", True),
        ("asked", "No answer means no", True),
        ("pupils", "nothing to count", False),
    ],
)
def test_page_explains_each_way_of_asking_parents(
    consent: str, words: str, has_form: bool, draft: Callable[..., Wave], client_of: Callable[..., Client]
) -> None:
    wave = draft()
    with scope(school=wave.school):
        services.change_wave(wave=wave, consent=consent)
    page = client_of("coordinator").get(here(wave, "consent/")).content.decode()
    assert (words in page, 'name="refused"' in page) == (True, has_form)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, -1, "before the first day"),
        (-9, -1, "in the past"),
        (0, 400, "More than a year"),
        (-9, 0, ""),
        (0, 0, ""),
        (5, 20, ""),
    ],
)
def test_wrong_days_are_refused_in_words(
    first: int, last: int, words: str, draft: Callable[..., Wave], client_of: Callable[..., Client]
) -> None:
    wave, client = draft(), client_of("coordinator")
    days = {"opens_on": TODAY + first * DAY, "closes_on": TODAY + last * DAY}
    facts = {"title": "Lente", "languages": ["nl"], "consent": "asked", "majority": "|", "least": 10}
    answer = client.post(here(wave, "settings/"), facts | days)
    assert answer.status_code == (422 if words else 302)
    assert words in answer.content.decode()
    assert now(wave).title == ("Autumn" if words else "Lente")


@pytest.mark.parametrize("name", ["x" * 121, "Lente\x07", "\u202eetneL", ""])
def test_odd_name_of_a_survey_is_refused(
    name: str, client_of: Callable[..., Client], draft: Callable[..., Wave]
) -> None:
    wave = draft()
    facts = {
        "opens_on": TODAY,
        "closes_on": TODAY,
        "languages": ["nl"],
        "consent": "asked",
        "majority": "|",
        "least": 10,
    }
    answer = client_of("coordinator").post(here(wave, "settings/"), facts | {"title": name})
    assert answer.status_code == 422
    assert now(wave).title == "Autumn"


def test_wave_past_its_last_day_says_so_and_stays_open(
    opened: Callable[..., Wave], client_of: Callable[..., Client], hand_in: Callable[..., str], town: Any
) -> None:
    wave = moved(opened(), opens=-9, closes=-1)
    client, code = client_of("coordinator"), town.classes[0].code
    page = client.get(here(wave)).content.decode()
    assert "The last day has gone" in page
    assert f'href="{here(wave, f"class/{code}/")}"' not in page
    assert "The last day has gone" in client.get("/school/north/waves/").content.decode()
    assert "choose another last day" in client.get("/school/north/").content.decode()
    client.post(here(wave, f"class/{code}/open/"))
    with scope(school=wave.school):
        assert queries.sessions_of(wave) == []
    hand_in(wave, code, {})
    assert now(wave).is_open


def test_wave_before_its_first_day_says_when_classes_start(
    opened: Callable[..., Wave], client_of: Callable[..., Client], town: Any
) -> None:
    wave = moved(opened(), opens=3, closes=9)
    page = client_of("coordinator").get(here(wave)).content.decode()
    assert "Classes can start from" in page
    assert f"class/{town.classes[0].code}/" not in page


def test_open_wave_gets_another_last_day(
    opened: Callable[..., Wave], client_of: Callable[..., Client], town: Any
) -> None:
    wave, client = moved(opened(), opens=-9, closes=-1), client_of("coordinator")
    wrong = client.post(here(wave, "extend/"), {"closes_on": TODAY - DAY})
    assert wrong.status_code == 422
    assert "in the past" in wrong.content.decode()
    client.post(here(wave, "extend/"), {"closes_on": TODAY + DAY})
    assert now(wave).closes_on == TODAY + DAY
    with scope(school=wave.school):
        assert services.open_session(wave=now(wave), school_class=town.classes[0]).is_open


def test_only_an_open_wave_gets_another_last_day(
    draft: Callable[..., Wave], opened: Callable[..., Wave]
) -> None:
    for wave, day, refused in ((draft(), TODAY, "wave-not-open"), (opened(), TODAY - DAY, "wrong-days")):
        with scope(school=wave.school), pytest.raises(Refusal, match=refused):
            services.extend_wave(wave=wave, closes_on=day)


def test_every_blocker_says_where_it_is_solved(
    draft: Callable[..., Wave], client_of: Callable[..., Client]
) -> None:
    assert {id_ for id_, _words, _check in blockers.CHECKS} == set(blockers.PLACES)
    assert [id_ for id_, (page, _link) in blockers.PLACES.items() if not page] == ["key-file"]
    wave, client = draft(), client_of("coordinator")
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(
            items_on=[], reasons={}, languages=[], opens_on=TODAY, closes_on=TODAY - DAY
        )
        services.choose_help_adults(wave=wave, members=[])
        found = blockers.of(now(wave))
    page = client.get(here(wave)).content.decode()
    assert {each.id for each in found} >= {"no-help-adults", "wrong-dates", "no-text", "main-scale"}
    for each in found:
        row = page.split(f'id="blocker-{each.id}"')[1].split("</li>")[0]
        with translation.override("en"):
            assert str(each.link) in row
        link = row.split('href="')[1].split('"')[0]
        assert link == "#adults" or client.get(link).status_code == 200


def test_team_member_sees_what_is_missing_and_teacher_that_it_is_prepared(
    draft: Callable[..., Wave], client_of: Callable[..., Client], town: Any
) -> None:
    wave = draft()
    with scope(school=wave.school):
        services.choose_help_adults(wave=wave, members=[])
    assert "blocker-" in client_of("team-member").get(here(wave)).content.decode()
    page = client_of("teacher", town.classes[0]).get(here(wave)).content.decode()
    assert "is being prepared" in page
    assert "blocker-" not in page


def test_teacher_finds_the_own_class_and_no_other(
    opened: Callable[..., Wave], client_of: Callable[..., Client], town: Any
) -> None:
    wave, mine, other = opened(), *town.classes
    client = client_of("teacher", mine)
    page = client.get(here(wave)).content.decode()
    assert f"class/{mine.code}/" in page
    assert (other.code in page, f">{other.name}<" in page) == (False, False)
    home = client.get("/school/north/").content.decode()
    assert f'href="{here(wave, f"class/{mine.code}/")}"' in home
    for path in ("", "preview/", "letter/parents/nl/"):
        text = client.get(here(wave, path)).content.decode()
        links = {part.split('"')[0].split("?")[0] for part in text.split('href="')[1:]}
        inside = {link for link in links if link.startswith("/school/")}
        assert {client.get(link).status_code for link in inside} <= {200}, path
    alone = client_of("teacher").get(here(wave)).content.decode()
    assert "You have no class here" in alone


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TEAM_MEMBER])
def test_board_of_a_class_that_is_not_yours(
    role: str, opened: Callable[..., Wave], client_of: Callable[..., Client], town: Any
) -> None:
    wave, client = opened(), client_of(role, town.classes[0] if role == Role.TEACHER else None)
    path = here(wave, f"class/{town.classes[1].code}/")
    assert client.get(path).status_code == (403 if role == Role.TEACHER else 200)
    with scope(school=wave.school):
        services.open_session(wave=wave, school_class=town.classes[1])
    client.post(f"{path}close/")
    with scope(school=wave.school):
        assert len(queries.sessions_of(wave)) == (1 if role == Role.TEACHER else 0)


def test_preview_names_each_language_and_who_checked_it(
    draft: Callable[..., Wave], client_of: Callable[..., Client]
) -> None:
    wave, client = draft("erbij-pupils-8-9"), client_of("coordinator")
    for language, name, direction in (("nl", "Nederlands", "ltr"), ("ar", "العربية", "rtl")):
        page = client.get(here(wave, f"preview/?language={language}")).content.decode()
        assert "machine, not reviewed" in page
        assert f"({name})" in page
        assert f'class="questions" lang="{language}" dir="{direction}"' in page
        assert wave.instrument.items["accepted-by-peers"].text[language] in page.replace("&#x27;", "'")
    assert 'id="jar-many"' in page
    assert page.count('href="#jar-none"') > 10


def test_older_pupils_have_no_jars(draft: Callable[..., Wave], client_of: Callable[..., Client]) -> None:
    page = client_of("coordinator").get(here(draft(), "preview/?language=nl")).content.decode()
    assert "jar-" not in page
