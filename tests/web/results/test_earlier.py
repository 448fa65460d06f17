"""A report in the application knows the earlier releases of the school, and tells of no other."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web.accounts.models import Person
from erbij.web.results import files, queries
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave

INSTRUMENT = "erbij-pupils-8-9"


@pytest.fixture(scope="module")
def empty() -> Release:
    """A release of a wave in which nobody answered."""
    instrument = registry.load(INSTRUMENT)
    asking = Asking({"nl": "x"}, tuple(instrument.items), {"k": ClassPlace("3", "3A", 22)})
    return gate.release(ballots.to_study([], instrument, asking))


@pytest.fixture
def keep(cast: Any, empty: Release) -> Any:
    """Close a wave: a title, whether it is shared, who answered, and of which school."""
    Person.objects.update(language="en")

    def put(
        title: str, *, is_shared: bool = False, audience: str = "pupils", school: Any = None
    ) -> ReleaseRecord:
        at = school or cast.school
        source = replace(empty.card.source, sha256=title)
        asked = replace(empty.card.instrument, audience=audience)
        card = replace(empty.card, title={"en": title}, source=source, instrument=asked)
        text = files.to_text(Release(card, empty.cells))
        with scope(school=at):
            wave = services.create_wave(school=at, title=title, instrument=INSTRUMENT)
            Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
            kept: ReleaseRecord = ReleaseRecord.objects.create(
                school=at,
                wave=wave,
                closed_on=dt.date(2026, 1, 9),
                text=text,
                sha256=files.hash_of(text),
                is_shared=is_shared,
            )
        return kept

    return put


def titles(kept: ReleaseRecord) -> list[str]:
    with scope(school=kept.school):
        return [one.wave.title for one in queries.earlier(kept)]


def test_earlier_ones_come_oldest_first_and_later_ones_do_not(keep: Any) -> None:
    first, second, third = keep("A"), keep("B"), keep("C")
    assert [titles(one) for one in (first, second, third)] == [[], ["A"], ["A", "B"]]


def test_other_schools_and_other_people_are_left_out(keep: Any, cast: Any) -> None:
    keep("Elsewhere", school=cast.other)
    keep("Parents", audience="parents")
    assert titles(keep("Pupils")) == []


def test_beside_a_shared_one_stand_only_those_that_were_shared(keep: Any) -> None:
    keep("Not shared")
    keep("Shared", is_shared=True)
    assert titles(keep("Now", is_shared=True)) == ["Shared"]
    assert titles(keep("For the team")) == ["Not shared", "Shared", "Now"]


def test_report_of_the_second_wave_says_what_changed(keep: Any, signed_in: Any) -> None:
    first, second = (keep(title, is_shared=True) for title in ("Autumn", "Spring"))
    pages = {}
    for record in (first, second):
        where = reverse("result-page", args=[record.school.slug, record.wave.code, "change"])
        pages[record.wave.title] = signed_in("coordinator").get(where).content.decode()
    assert 'id="change"' not in pages["Autumn"]
    assert 'id="change"' in pages["Spring"]
    assert "“Autumn”" in pages["Spring"]
