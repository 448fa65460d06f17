"""What a network says together, for who leads it and for nobody else."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled

from erbij.web.accounts.models import Person
from erbij.web.records.models import Act
from erbij.web.results import files, networks, telling
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import School
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave

INSTRUMENT = "erbij-pupils-8-9"


@pytest.fixture
def schools(cast: Any) -> list[School]:
    """Six schools in the network of the cast."""
    Person.objects.update(language="en")
    more = [School(name=f"School {letter}", slug=f"school-{letter}", country="BE") for letter in "bcdef"]
    for school in more:
        school.network = cast.network
        school.save()
    return [cast.school, *more]


def closed(school: School, text: str, instrument: str = INSTRUMENT) -> None:
    """A wave of a school that closed with a release."""
    with scope(school=school):
        wave = services.create_wave(school=school, title="Autumn", instrument=instrument)
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        ReleaseRecord.objects.create(
            school=school, wave=wave, closed_on=dt.date(2026, 1, 9), text=text, sha256=files.hash_of(text)
        )


def page(cast: Any, client: Client) -> str:
    where = reverse("network-results", kwargs={"network": cast.network.pk})
    return client.get(where).content.decode()


def test_four_schools_are_too_few_and_it_says_what_to_do(
    cast: Any, schools: list[School], text: str, signed_in: Callable[[str], Client]
) -> None:
    for school in schools[:4]:
        closed(school, text)
    said = page(cast, signed_in("network-lead"))
    assert "So far 4 of 6 schools" in said
    assert "From 5 schools on" in said


def test_five_schools_stand_together_and_one_without_results_is_counted(
    cast: Any, schools: list[School], text: str, signed_in: Callable[[str], Client]
) -> None:
    for school in schools[:5]:
        closed(school, text)
    said = page(cast, signed_in("network-lead"))
    assert "5 of 6 schools" in said
    assert "School f" not in said
    assert 'id="groups"' in said


def test_the_questions_that_most_schools_asked_are_taken(cast: Any, schools: list[School], text: str) -> None:
    for school in schools:
        closed(school, text)
    closed(schools[0], text, "erbij-pupils-10-12")
    closed(schools[1], text, "erbij-pulse-8-9")
    with translation.override("en"):
        found = networks.together("Together", schools, "en")
    assert len(found.schools) == 6
    assert found.told is not None


@pytest.mark.parametrize("who", ["operator", "coordinator", "lead-elsewhere", "nobody-yet"])
def test_nobody_but_a_lead_reads_it(
    cast: Any, schools: list[School], who: str, signed_in: Callable[[str], Client]
) -> None:
    where = reverse("network-results", kwargs={"network": cast.network.pk})
    assert signed_in(who).get(where).status_code in {403, 404}


def send(cast: Any, client: Client) -> str:
    where = reverse("network-send", kwargs={"network": cast.network.pk})
    return client.post(where, follow=True).content.decode()


def records() -> list[ReleaseRecord]:
    with scopes_disabled():
        return list(ReleaseRecord.objects.order_by("pk"))


def test_what_is_sent_stands_beside_the_results_of_each_school(
    cast: Any, schools: list[School], text: str, signed_in: Callable[[str], Client]
) -> None:
    for school in schools:
        closed(school, text)
    assert "Each school sees it" in send(cast, signed_in("network-lead"))
    texts = {record.network_text for record in records()}
    assert len(texts) == 1
    assert not any(school.name in texts.copy().pop() for school in schools)
    with scope(school=schools[1]):
        told = telling.telling_of(records()[1], "en").report
    section = next(part for part in told.sections if part.id == "benchmark")
    assert cast.network.name in " ".join(section.lead)
    with scopes_disabled():
        acts = Act.objects.filter(kind=Act.Kind.BENCHMARK_SENT)
        assert acts.values("school").distinct().count() == len(schools)


def test_nothing_is_sent_of_which_one_school_would_follow(
    cast: Any, schools: list[School], text: str, signed_in: Callable[[str], Client]
) -> None:
    lead = signed_in("network-lead")
    for school in schools[:5]:
        closed(school, text)
    assert "nothing was sent" in send(cast, lead)
    assert all(record.network_sent_on is None for record in records())
    closed(schools[5], text)
    send(cast, lead)
    # Once more with one new school would give it away.
    closed(schools[0], text)
    assert "nothing was sent" in send(cast, lead)
    assert records()[-1].network_text == ""
    for school in schools[1:5]:
        closed(school, text)
    assert "Each school sees it" in send(cast, lead)
    assert records()[-1].network_text


@pytest.mark.parametrize("who", ["operator", "coordinator", "lead-elsewhere", "nobody-yet"])
def test_nobody_but_a_lead_sends_it(
    cast: Any, schools: list[School], who: str, signed_in: Callable[[str], Client]
) -> None:
    where = reverse("network-send", kwargs={"network": cast.network.pk})
    assert signed_in(who).post(where).status_code in {403, 404}
