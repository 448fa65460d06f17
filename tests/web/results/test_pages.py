"""The pages of a release: six questions and a first page, told once and drawn once."""

import datetime as dt
import itertools
import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.reports import charts
from erbij.reports.description import Figure
from erbij.reports.pages import QUESTIONS
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web.results import files, telling
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.roles import Role
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave

INSTRUMENT = registry.load("erbij-pupils-8-9")


@pytest.fixture(scope="module")
def text() -> str:
    """Forty pupils in two classes: everyone together is shown."""
    rng = np.random.default_rng(5)
    rated = [i for i in INSTRUMENT.items.values() if INSTRUMENT.format_of(i).type == "rating"]
    opened = [
        {"v": 1, "class": f"k{pupil % 2}", "answers": {i.id: int(rng.integers(1, 4)) for i in rated}}
        for pupil in range(40)
    ]
    places = {f"k{i}": ClassPlace("3", f"3{'AB'[i]}", 22) for i in range(2)}
    asking = Asking({"en": "Autumn"}, tuple(INSTRUMENT.items), places)
    return files.to_text(gate.release(ballots.to_study(opened, INSTRUMENT, asking)))


@pytest.fixture
def record(cast: Any, text: str) -> ReleaseRecord:
    with scope(school=cast.school):
        wave = services.create_wave(school=cast.school, title="Autumn", instrument=INSTRUMENT.id)
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        kept: ReleaseRecord = ReleaseRecord.objects.create(
            school=cast.school,
            wave=wave,
            closed_on=dt.date(2026, 1, 9),
            text=text,
            sha256=files.hash_of(text),
        )
    return kept


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn, by the title of its figure; a drawing costs nothing here."""
    found: list[str] = []

    def draw(figure: Figure, width: str) -> str:
        found.append(f"{figure.title} {width}")
        return f"<svg><title>{figure.title} {width}</title></svg>"

    monkeypatch.setattr(charts, "draw", draw)
    return found


def telling_of(record: ReleaseRecord, language: str) -> telling.Telling:
    with scope(school=record.school):
        return telling.telling_of(record, language)


@pytest.fixture
def read(record: ReleaseRecord, signed_in: Callable[[str], Client], drawn: list[str]) -> Any:
    """Read a page of the release; the first page without a name."""
    client = signed_in(Role.COORDINATOR)

    def get(page: str = "", *, language: str = "en") -> SimpleNamespace:
        kwargs = {"school": record.school.slug, "code": record.wave.code}
        name = "result-page" if page else "result"
        address = reverse(name, kwargs=kwargs | ({"page": page} if page else {}))
        client.cookies["django_language"] = language
        answer = client.get(address)
        return SimpleNamespace(status=answer.status_code, text=answer.content.decode())

    return get


def test_first_page_leads_to_every_question_and_says_its_answer(read: Any, record: ReleaseRecord) -> None:
    found = read().text
    for page in telling_of(record, "en").pages:
        assert f"/results/{record.wave.code}/{page.id}/" in found
        assert page.answer in unescape(re.sub("</?button.*?>", "", found))
    for name in ("report.pdf", "release.xlsx", "codebook.xml"):
        assert f"/results/{record.wave.code}/{name}" in found


@pytest.mark.parametrize("page", QUESTIONS)
@pytest.mark.parametrize(
    ("language", "limits"), [("en", "cannot tell"), ("nl", "niet kan"), ("fr", "ne peut pas")]
)
def test_every_question_says_what_it_cannot_tell_and_what_to_talk_about(
    page: str, language: str, limits: str, read: Any, record: ReleaseRecord
) -> None:
    found = read(page, language=language)
    asked = telling_of(record, language).page(page)
    assert asked is not None
    assert found.status == 200
    assert f"<h1>{asked.question}</h1>" in found.text
    assert found.text.count("<h1") == 1
    assert 'id="limits"' in found.text
    assert limits in found.text
    assert '<details class="card" id="how">' in found.text
    assert all(question in found.text for question in asked.talk)


def test_questions_lead_on_to_each_other(read: Any) -> None:
    for before, after in itertools.pairwise(QUESTIONS):
        assert f'/{after}/"' in read(before).text
        assert f'/{before}/"' in read(after).text
    assert 'rel="prev"' not in read("answered").text
    assert 'rel="next"' not in read("change").text


def test_there_is_no_seventh_question(read: Any) -> None:
    assert read("everything").status == 404


def test_page_draws_its_own_pictures_only(read: Any, drawn: list[str]) -> None:
    read("answered")
    assert drawn == []
    read("level")
    assert drawn[-2:] == ["Belonging in its parts wide", "Belonging in its parts narrow"]
