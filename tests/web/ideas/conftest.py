"""A school whose pupils read their page, and were asked for ideas about it."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from erbij.web.accounts.models import Person
from erbij.web.ideas import handing_in, queries, services, sorting
from erbij.web.ideas.models import Idea, Round
from erbij.web.results import files
from erbij.web.results import services as results
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.surveys import mixing
from erbij.web.surveys import services as surveys
from erbij.web.surveys.models import Wave


@pytest.fixture(autouse=True)
def without_mixing(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Mixing needs to be outside a transaction, and these tests are inside one."""
    if "stores" not in request.fixturenames:
        monkeypatch.setattr(mixing, "mix", lambda: None)


def make_page(school: Any, text: str) -> PupilsPage:
    """What pupils of a school heard back after a closed wave."""
    with scope(school=school):
        wave = surveys.create_wave(school=school, title="Autumn", instrument="erbij-pupils-8-9")
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        record = ReleaseRecord.objects.create(
            school=school, wave=wave, closed_on=dt.date(2026, 1, 9), text=text, sha256=files.hash_of(text)
        )
        results.write_pupils_page(record=record, lines={"nl": ["Op 2 maart."]}, is_approved=True)
        found: PupilsPage = PupilsPage.objects.select_related("record__wave", "school").get(record=record)
    return found


def make_round(page: PupilsPage, **otherwise: Any) -> Round:
    """A round of twelve pupils and 1,000 euros."""
    fields = {"unit": "euros", "budget": 1000, "who": "council", "pupils": 12, **otherwise}
    until = timezone.localdate() + dt.timedelta(days=7)
    with scope(school=page.school):
        return services.open_round(page=page, question="Wat helpt?", until=until, **fields)


@pytest.fixture
def page(cast: Any, text: str) -> PupilsPage:
    Person.objects.update(language="en")
    return make_page(cast.school, text)


@pytest.fixture
def asked(page: PupilsPage) -> Round:
    """A round whose word stands on a board."""
    made = make_round(page)
    with scope(school=page.school):
        return services.put_on_board(asked=made)


@pytest.fixture
def propose() -> Callable[..., bool]:
    """Hand in an idea as a new page does."""
    return lambda asked, text: handing_in.propose(asked=asked, token=str(uuid4()), text=text)


@pytest.fixture
def read(propose: Any) -> Callable[..., dict[str, Idea]]:
    """Hand in ideas, stop, and let them through at a cost each; gives them by title."""

    def make(asked: Round, costs: dict[str, int | None]) -> dict[str, Idea]:
        for title in costs:
            propose(asked, f"words of {title}")
        with scope(school=asked.school):
            services.stop_proposing(asked=asked)
            asked.refresh_from_db()
            for idea in queries.ideas_of(asked):
                title = idea.text.removeprefix("words of ")
                sorting.let_through(idea=idea, title=title, cost=costs[title])
            return {idea.title: idea for idea in queries.ideas_of(asked)}

    return make


@pytest.fixture
def voting(asked: Round, read: Any) -> tuple[Round, dict[str, Idea]]:
    """A vote about a bench, books and a ramp, with its word on a board."""
    ideas = read(asked, {"bench": 300, "books": 300, "ramp": 400})
    with scope(school=asked.school):
        services.start_voting(asked=asked)
        return services.put_on_board(asked=asked), ideas


@pytest.fixture
def tablet() -> Client:
    """The browser of a pupil."""
    return Client(enforce_csrf_checks=True)


def box(asked: Round) -> str:
    """Where pupils hand in."""
    return reverse("pupil-ideas", args=[asked.word])
