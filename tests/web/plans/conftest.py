"""A school with closed waves whose releases were made by hand: a gap, a low score, or neither."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope

from erbij.privacy.release import Cell, Release
from erbij.web.accounts.models import Person
from erbij.web.plans import services
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.services import Answer, Facts, Wanted
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys import services as surveys
from erbij.web.surveys.models import Wave
from tests.actions.conftest import cell, release

OTHER = ("home-language", "other")
GAP, LOW = "gap.home-language.other", "low.belonging"
TODAY = dt.date.today()
LONG_AGO = TODAY - dt.timedelta(days=43)


def showing(*more: Cell, gap: float | None = -9.0, mean: float = 60.0) -> Release:
    """A release with a gap of home language and a mean; a positive gap and a high mean ask for nothing."""
    below = cell("below", 30.0, half=10.0, group=OTHER, n=40)
    return release(cell("gap", gap, group=OTHER), cell("mean", mean), below, *more)


@pytest.fixture
def keep(cast: Any) -> Callable[..., ReleaseRecord]:
    """Close a wave of pupils at the school of the cast, and keep its release."""
    Person.objects.update(language="en")

    def put(
        given: Release,
        *,
        on: dt.date = LONG_AGO,
        instrument: str = "erbij-pupils-8-9",
        is_shared: bool = False,
    ) -> ReleaseRecord:
        text = files.to_text(given)
        with scope(school=cast.school):
            wave = surveys.create_wave(school=cast.school, title=f"Wave of {on}", instrument=instrument)
            Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
            kept: ReleaseRecord = ReleaseRecord.objects.create(
                school=cast.school,
                wave=wave,
                closed_on=on,
                text=text,
                sha256=files.hash_of(text),
                is_shared=is_shared,
            )
        return kept

    return put


@pytest.fixture
def choose(cast: Any) -> Callable[..., bool]:
    """Choose as the coordinator."""

    def put(record: ReleaseRecord, kind: str = "act", *, signal: str = GAP, **more: Any) -> bool:
        answer = Answer(signal, kind, more.get("reason", ""), more.get("seen", 0))
        with scope(school=cast.school):
            return services.choose(
                school=cast.school,
                wave=record.wave,
                answer=answer,
                person=cast.people["coordinator"],
                today=more.get("on", TODAY),
            )

    return put


@pytest.fixture
def plan(cast: Any) -> Callable[..., PlannedAction]:
    """Plan an action of which the teacher is the owner."""

    def put(
        *, owner: str = "teacher", signal: str = GAP, start: dt.date = TODAY, **wanted: str
    ) -> PlannedAction:
        facts = Facts(cast.people[owner], "class", ("3A",), start, start + PlannedAction.EIGHT_WEEKS)
        with scope(school=cast.school):
            asked = Wanted(signal, **(wanted or {"name": "test-your-front-door"}))
            return services.plan(school=cast.school, wanted=asked, facts=facts, today=TODAY)

    return put
