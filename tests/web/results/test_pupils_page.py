"""What pupils hear back: nobody reads it before a coordinator approved it, then whoever has the address."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.reports.words import PLAIN_LANGUAGES
from erbij.web.results import queries, services
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.surveys.models import Wave

LINES = "Vanaf 2 maart staan er <b>buddy's</b> aan de deur.\n\n  De leerlingenraad kiest op 5 maart.  \n"


def address(name: str, record: ReleaseRecord) -> str:
    return reverse(name, args=[record.school.slug, record.wave.code])


def page_of(record: ReleaseRecord) -> PupilsPage:
    with scope(school=record.school):
        found = queries.pupils_page(record)
    assert found is not None
    return found


@pytest.fixture
def approved(record: ReleaseRecord) -> PupilsPage:
    """A page that pupils may read."""
    with scope(school=record.school):
        services.write_pupils_page(record=record, lines={"nl": ["Op 2 maart."]}, is_approved=True)
    return page_of(record)


def public(page: PupilsPage, **asked: str) -> Any:
    return Client().get(reverse("pupils-page", args=[page.code]), asked)


def test_nobody_reads_a_draft(record: ReleaseRecord, signed_in: Any) -> None:
    coordinator = signed_in("coordinator")
    coordinator.post(address("pupils-draft", record), {"nl": LINES, "keep": ""})
    page = page_of(record)
    assert page.lines == {
        "nl": ["Vanaf 2 maart staan er <b>buddy's</b> aan de deur.", "De leerlingenraad kiest op 5 maart."]
    }
    assert public(page).status_code == 404
    assert "Nobody else sees this page" in coordinator.get(address("pupils-draft", record)).content.decode()


def test_approved_page_is_read_without_cookie_token_or_trace(record: ReleaseRecord, signed_in: Any) -> None:
    signed_in("coordinator").post(address("pupils-draft", record), {"nl": LINES, "approve": ""})
    answer = public(page_of(record))
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "Op 5 maart" not in told
    assert "kiest op 5 maart" in told
    assert "&lt;b&gt;buddy" in told
    assert not answer.cookies
    assert "csrf" not in told
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in told


@pytest.mark.parametrize("language", PLAIN_LANGUAGES)
def test_page_speaks_every_language_and_says_which_one_the_school_wrote(approved: Any, language: str) -> None:
    told = public(approved, language=language).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in told
    assert '<ul lang="nl" dir="auto">' in told
    assert told.count('class="ear"') == 1
    # Aloud only what is in the language of the voice.
    assert ('<li class="text"><bdi>Op 2 maart.' in told) == (language == "nl")


def test_address_cannot_be_guessed_and_changes_when_it_is_withdrawn(
    record: ReleaseRecord, approved: PupilsPage, signed_in: Any
) -> None:
    assert len(approved.code) == 20
    signed_in("coordinator").post(address("pupils-withdraw", record))
    again = page_of(record)
    assert again.code != approved.code
    assert again.lines == approved.lines
    assert public(approved).status_code == public(again).status_code == 404


def test_wrong_address_says_so_in_the_language_of_who_asks(db: None) -> None:
    answer = Client().get(reverse("pupils-page", args=["a" * 20]), {"language": "pl"})
    assert answer.status_code == 404
    assert "Zapytaj nauczyciela" in answer.content.decode()
    assert not answer.cookies


def test_public_page_that_is_kept_as_a_draft_is_withdrawn(
    record: ReleaseRecord, approved: PupilsPage, signed_in: Any
) -> None:
    signed_in("coordinator").post(address("pupils-draft", record), {"nl": "Anders.", "keep": ""})
    assert public(approved).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"nl": "  \n ", "approve": ""}, "before pupils read it"),
        ({"nl": "x\n" * 7, "keep": ""}, "At most 6 lines"),
        ({"nl": "x" * 161, "keep": ""}, "At most 160 signs"),
    ],
)
def test_page_without_a_promise_or_with_too_many_words_is_refused(
    record: ReleaseRecord, signed_in: Any, sent: dict[str, str], said: str
) -> None:
    answer = signed_in("coordinator").post(address("pupils-draft", record), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(school=record.school):
        assert queries.pupils_page(record) is None


def test_coordinator_is_told_of_a_wave_of_which_pupils_heard_nothing(
    record: ReleaseRecord, signed_in: Any
) -> None:
    home = reverse("school", args=[record.school.slug])
    said = "Pupils have not heard back"
    today = dt.date.today()
    found = []
    for closed in (today - dt.timedelta(days=14), today - dt.timedelta(days=15)):
        with scope(school=record.school):
            ReleaseRecord.objects.update(closed_on=closed)
        found.append(said in signed_in("coordinator").get(home).content.decode())
    assert found == [False, True]
    assert said not in signed_in("team-member").get(home).content.decode()
    with scope(school=record.school):
        services.write_pupils_page(record=record, lines={"nl": ["x"]}, is_approved=True)
    assert said not in signed_in("coordinator").get(home).content.decode()


def test_page_stands_on_the_board_of_a_class_once_it_is_public(
    record: ReleaseRecord, cast: Any, signed_in: Any
) -> None:
    board = reverse("board", args=[record.school.slug, record.wave.code, cast.school_class.code])
    member = signed_in("team-member")
    assert "What pupils heard back" not in member.get(board).content.decode()
    with scope(school=record.school):
        services.write_pupils_page(record=record, lines={"nl": ["x"]}, is_approved=True)
    told = member.get(board).content.decode()
    assert reverse("pupils-page", args=[page_of(record).code]) in told
    assert told.count("code-qr") == 1


def test_waves_of_adults_have_no_page_for_pupils(record: ReleaseRecord, signed_in: Any) -> None:
    with scope(school=record.school):
        Wave.objects.filter(pk=record.wave.pk).update(instrument_id="erbij-staff")
        late = queries.without_public_page(record.school.pk, closed_before=dt.date.today())
    assert late == []
    assert signed_in("coordinator").get(address("pupils-draft", record)).status_code == 404


def test_other_languages_open_where_something_stands_in_them(record: ReleaseRecord, signed_in: Any) -> None:
    coordinator = signed_in("coordinator")
    found = []
    for lines in ({"nl": ["x"]}, {"nl": ["x"], "fr": ["y"]}):
        with scope(school=record.school):
            services.write_pupils_page(record=record, lines=lines, is_approved=False)
        found.append("<details open>" in coordinator.get(address("pupils-draft", record)).content.decode())
    assert found == [False, True]


def test_draft_is_shown_as_pupils_read_it(
    record: ReleaseRecord, approved: PupilsPage, signed_in: Any
) -> None:
    told = signed_in("coordinator").get(address("pupils-draft", record), {"language": "fr"}).content.decode()
    inside = told[told.index("as-pupils-read-it") :]
    assert "Ce que nous avons entendu" in inside
    assert "Op 2 maart." in inside
    assert re.search('lang="fr" dir="ltr"', inside)
    assert str(approved.code) in told
