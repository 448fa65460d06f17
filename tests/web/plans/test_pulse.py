"""A pulse between waves: asked from an action, told like any wave, and no judge of what stands."""

from typing import Any

import numpy as np
import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.reports import pages, report
from erbij.reports.plain import pupils, summary
from erbij.reports.plain.summary import Sender
from erbij.reports.words import PLAIN_LANGUAGES
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web.plans import queries
from erbij.web.results import queries as results
from tests.web.plans.conftest import GAP, LONG_AGO, TODAY, showing

PULSES = [name for name in registry.ids() if registry.is_pulse(name)]


@pytest.fixture(scope="module", params=PULSES)
def released(request: Any) -> Release:
    """Eighty pupils in four classes who picked at random."""
    asked, rng = registry.load(request.param), np.random.default_rng(7)
    opened = [
        {
            "v": 1,
            "class": f"k{pupil % 4}",
            "answers": {i.id: asked.format_of(i).codes[int(rng.integers(3))] for i in asked.items.values()},
        }
        for pupil in range(80)
    ]
    places = {f"k{i}": ClassPlace("3", f"3{'ABCD'[i]}", 22) for i in range(4)}
    asking = Asking({"nl": "x", "en": "x", "fr": "x"}, tuple(asked.items), places)
    return gate.release(ballots.to_study(opened, asked, asking))


def test_pulse_is_told_on_pages_and_names_no_group(released: Release) -> None:
    told = report.describe(released, "nl")
    assert len(pages.arrange(told, "pupils")) == 6
    assert set(released.cells["breakdown"]) == {"everyone"}


def test_pulse_is_told_to_pupils_and_parents(released: Release) -> None:
    for language in PLAIN_LANGUAGES:
        assert pupils.tell(released, language).parts[0].sentences
        assert summary.tell(released, language, Sender("De Linde")).parts


def test_pulse_opens_no_decision_and_ends_none(cast: Any, keep: Any, choose: Any) -> None:
    first = keep(showing(mean=40.0))
    choose(first, on=LONG_AGO)
    keep(showing(gap=4.0, mean=30.0), on=TODAY, instrument="erbij-pulse-8-9")
    with scope(school=cast.school):
        plan = queries.plan_of(cast.school.pk)
        assert [(one.id, one.standing) for one in (*plan.open, *plan.taken)] == [
            ("low.belonging", "shows"),
            (GAP, "shows"),
        ]
        # Beside parents and staff stands the last whole wave.
        assert results.latest(cast.school.pk) == {"pupils": first}


@pytest.mark.parametrize(
    ("asked", "pulse"),
    [("erbij-pupils-8-9", "erbij-pulse-8-9"), ("erbij-pupils-13-18", "erbij-pulse-10-18")],
)
def test_pulse_has_the_words_of_those_who_answered_last(asked: str, pulse: str, cast: Any, keep: Any) -> None:
    keep(showing(), instrument=asked)
    with scope(school=cast.school):
        assert queries.pulse_for(queries.plan_of(cast.school.pk)) == pulse


def test_action_leads_to_preparing_a_pulse(
    cast: Any, keep: Any, choose: Any, plan: Any, signed_in: Any
) -> None:
    choose(keep(showing()))
    coordinator, here = signed_in("coordinator"), reverse("action", args=[cast.school.slug, plan().pk])
    address = reverse("wave-new", args=[cast.school.slug]) + "?instrument=erbij-pulse-8-9"
    assert address in coordinator.get(here).content.decode()
    assert 'value="erbij-pulse-8-9" selected' in coordinator.get(address).content.decode()
    assert "erbij-pulse" not in signed_in("teacher").get(here).content.decode()


@pytest.mark.parametrize("pulse", PULSES)
def test_pulse_is_prepared_as_any_wave(pulse: str, cast: Any, signed_in: Any) -> None:
    coordinator = signed_in("coordinator")
    new = {"title": "Pulse", "instrument": pulse, "opens_on": TODAY, "closes_on": TODAY}
    answer = coordinator.post(reverse("wave-new", args=[cast.school.slug]), new)
    assert answer.status_code == 302
    for page in ("", "settings/", "questions/", "preview/"):
        assert coordinator.get(answer["Location"] + page).status_code == 200


def test_unknown_questionnaire_in_the_address_is_not_chosen(cast: Any, signed_in: Any) -> None:
    address = reverse("wave-new", args=[cast.school.slug]) + "?instrument=magic"
    assert "selected" not in signed_in("coordinator").get(address).content.decode().split("<main")[1]
