"""The notes of the team: one text for each page, that nobody overwrites unseen, for the team alone."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web.accounts.models import Person
from erbij.web.results import files
from erbij.web.results.models import Note, ReleaseRecord
from erbij.web.schools.roles import READERS, Role
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave

INSTRUMENT = registry.load("erbij-pupils-8-9")


@pytest.fixture(scope="module")
def text() -> str:
    """A release in which nothing is shown: the notes stand there all the same."""
    asking = Asking({"en": "Autumn"}, tuple(INSTRUMENT.items), {"k": ClassPlace("3", "3A", 22)})
    return files.to_text(gate.release(ballots.to_study([], INSTRUMENT, asking)))


@pytest.fixture
def record(cast: Any, text: str) -> ReleaseRecord:
    Person.objects.update(language="en")
    with scope(school=cast.school):
        wave = services.create_wave(school=cast.school, title="Autumn", instrument=INSTRUMENT.id)
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        kept: ReleaseRecord = ReleaseRecord.objects.create(
            school=cast.school,
            wave=wave,
            closed_on=dt.date(2026, 1, 9),
            text=text,
            sha256=files.hash_of(text),
            is_shared=True,
        )
    return kept


@pytest.fixture
def write(record: ReleaseRecord, signed_in: Callable[[str], Client]) -> Callable[..., Any]:
    """Write at the page of groups as somebody who saw a version of the note."""

    def post(text: str, *, seen: object, who: str = Role.COORDINATOR, page: str = "groups") -> Any:
        kwargs = {"school": record.school.slug, "code": record.wave.code, "page": page}
        return signed_in(who).post(reverse("result-note", kwargs=kwargs), {"text": text, "seen": seen})

    return post


@pytest.fixture
def read(record: ReleaseRecord, signed_in: Callable[[str], Client]) -> Callable[..., str]:
    def get(who: str = Role.COORDINATOR, page: str = "groups") -> str:
        kwargs = {"school": record.school.slug, "code": record.wave.code, "page": page}
        return str(signed_in(who).get(reverse("result-page", kwargs=kwargs)).content.decode())

    return get


def kept(record: ReleaseRecord) -> list[tuple[str, str, int]]:
    with scope(school=record.school):
        return list(Note.objects.filter(record=record).values_list("page", "text", "version"))


def test_note_stands_at_its_page_for_all_of_the_team(write: Any, read: Any, record: ReleaseRecord) -> None:
    assert write("The gate at eight.", seen=0).status_code == 302
    assert kept(record) == [("groups", "The gate at eight.", 1)]
    for who in READERS:
        assert "The gate at eight." in read(who)
        assert "Last written by coordinator" in read(who)
    assert "The gate at eight." not in read(page="level")


def test_note_is_not_for_who_reads_only_what_is_shared(write: Any, read: Any) -> None:
    write("The gate at eight.", seen=0)
    for who in (Role.TEACHER, Role.COUNCIL_GUIDE, Role.HELP_ADULT):
        page = read(who)
        assert "The gate at eight." not in page
        assert "<textarea" not in page
        assert write("Mine", seen=1, who=who).status_code == 403


def test_box_says_that_no_pupil_is_named(read: Any) -> None:
    assert "no names of pupils" in read()


def test_two_who_write_at_once_lose_nothing(write: Any, record: ReleaseRecord) -> None:
    write("First.", seen=0)
    assert write("Hers.", seen=1).status_code == 302
    answer = write("His.", seen=1, who=Role.TEAM_MEMBER)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<p>Hers.</p>" in page
    assert ">\nHis.</textarea>" in page
    assert 'name="seen" value="2"' in page
    assert kept(record) == [("groups", "Hers.", 2)]
    assert write("Hers and his.", seen=2, who=Role.TEAM_MEMBER).status_code == 302
    assert kept(record) == [("groups", "Hers and his.", 3)]


def test_two_first_notes_do_not_meet_unseen(write: Any, record: ReleaseRecord) -> None:
    write("First.", seen=0)
    assert write("Also first.", seen=0, who=Role.TEAM_MEMBER).status_code == 409
    assert kept(record) == [("groups", "First.", 1)]


def test_note_can_be_emptied(write: Any, read: Any, record: ReleaseRecord) -> None:
    write("First.", seen=0)
    write("  ", seen=1)
    assert kept(record) == [("groups", "", 2)]
    assert "Last written" not in read()


@pytest.mark.parametrize(("words", "seen"), [("x" * 4001, 0), ("x", ""), ("x", "-1"), ("x", "one")])
def test_what_cannot_be_kept_still_stands_in_the_box(
    words: str, seen: object, write: Any, record: ReleaseRecord
) -> None:
    answer = write(words, seen=seen)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert kept(record) == []


def test_markup_in_a_note_is_only_text(write: Any, read: Any) -> None:
    write("<script>alert(1)</script>", seen=0)
    assert "<script>alert" not in read()
    assert "&lt;script&gt;alert" in read()


def test_note_has_a_page(write: Any, record: ReleaseRecord) -> None:
    assert write("x", seen=0, page="elsewhere").status_code == 404
    assert kept(record) == []


@pytest.mark.parametrize(
    ("language", "hour"), [("en", "One hour, one choice"), ("nl", "Eén uur, één keuze"), ("fr", "Une heure")]
)
def test_guide_fills_its_hour_and_says_what_to_do_when_somebody_is_hurt(
    language: str, hour: str, record: ReleaseRecord, signed_in: Callable[[str], Client]
) -> None:
    Person.objects.update(language=language)
    client = signed_in(Role.TEACHER)
    page = client.get(reverse("guide", args=[record.school.slug])).content.decode()
    assert hour in page
    rows = [row.split("</th>")[0].split("\u2013") for row in page.split('<th scope="row">')[1:]]
    assert [rows[0][0], rows[-1][1]] == ["0", "60"]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(rows))
    assert page.count("<h2>") == 8
