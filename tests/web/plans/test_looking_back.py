"""Looking back: what is told after a later wave, and what is promised before there is one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.privacy.release import Release
from erbij.web.plans import services
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.services import Facts, Wanted
from tests.actions.conftest import cell, release
from tests.web.plans.conftest import GAP, OTHER, TODAY

CLASSES = tuple(f"3{letter}" for letter in "ABCDEFGH")
FIRST, START, SECOND = (TODAY - dt.timedelta(days=days) for days in (200, 150, 40))
NAME = "test-your-front-door"


def wave(rise: float = 0.0) -> Release:
    """Eight classes about as high; the first four rose by so much."""
    means = (60 + (rise if place < 4 else 0) + place % 2 for place in range(len(CLASSES)))
    units = (cell("mean", m, at=("class", f"3/{c}")) for m, c in zip(means, CLASSES, strict=True))
    return release(cell("gap", -9.0, group=OTHER), cell("mean", 60.0), *units)


@pytest.fixture
def run(cast: Any) -> Callable[..., PlannedAction]:
    """An action of the teacher that runs in some classes."""

    def put(
        places: tuple[str, ...],
        *,
        level: str = "class",
        start: dt.date = START,
        status: str = "running",
        name: str = NAME,
    ) -> PlannedAction:
        facts = Facts(cast.people["teacher"], level, places, start, start + PlannedAction.EIGHT_WEEKS)
        with scope(school=cast.school):
            made = services.plan(school=cast.school, wanted=Wanted(GAP, name), facts=facts, today=TODAY)
            PlannedAction.objects.filter(pk=made.pk).update(status=status)
        return made

    return put


@pytest.fixture
def read(cast: Any, signed_in: Callable[[str], Client]) -> Callable[..., str]:
    def page(who: str = "coordinator", name: str = "look-back", **more: str) -> str:
        answer = signed_in(who).get(reverse(name, kwargs={"school": cast.school.slug, **more}))
        assert answer.status_code == 200
        return str(answer.content.decode())

    return page


def test_change_where_it_ran_is_held_against_the_others(keep: Any, choose: Any, run: Any, read: Any) -> None:
    first = keep(wave(), on=FIRST)
    choose(first)
    run(CLASSES[:4])
    keep(wave(rise=12.0), on=SECOND)
    told = read()
    assert "12 points more than where it did not (4 places)" in told
    assert "What you saw" in told
    assert "No comparison yet" not in told
    assert "At your own school" in read(name="decision", signal=GAP)


def test_power_is_told_before_there_is_a_later_wave(keep: Any, choose: Any, run: Any, read: Any) -> None:
    choose(keep(wave(), on=FIRST))
    run(CLASSES[:3])
    told = read()
    assert "No survey has closed since it started." in told
    assert "With 8 places you can see a change of" in told
    assert "At your own school" not in read(name="decision", signal=GAP)


def test_places_where_another_action_runs_are_no_power(keep: Any, choose: Any, run: Any, read: Any) -> None:
    choose(keep(wave(), on=FIRST))
    run(CLASSES[:3])
    run(CLASSES[4:6], name="home-languages-at-the-door")
    run(CLASSES[6:], name="answer-every-idea", status="planned")
    (of_it,) = [part for part in read().split("<article") if "3A, 3B, 3C, from" in part]
    assert "With 6 places you can see a change of" in of_it


@pytest.fixture
def waves(keep: Any, choose: Any) -> None:
    """A wave after which the team chose to act, and a later one in which half of the classes rose."""
    choose(keep(wave(), on=FIRST))
    keep(wave(rise=12.0), on=SECOND)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"places": (), "level": "school"}, "no place to compare with"),
        ({"places": CLASSES[:3], "status": "planned"}, "Nobody has said yet that it runs."),
        ({"places": CLASSES[:1]}, "two places with results where it ran"),
        ({"places": CLASSES[:3], "start": FIRST - dt.timedelta(days=9)}, "It ran before the first survey"),
    ],
)
def test_no_comparison_says_why(wanted: Any, said: str, waves: Any, run: Any, read: Any) -> None:
    run(**wanted)
    told = read()
    assert said in told
    assert "What you saw" not in told


def test_other_questions_are_not_compared(keep: Any, choose: Any, run: Any, read: Any) -> None:
    choose(keep(wave(), on=FIRST))
    run(CLASSES[:4])
    keep(wave(rise=12.0), on=SECOND, instrument="erbij-pupils-10-12")
    assert "What you saw" not in read()


def test_nothing_planned_says_so(keep: Any, read: Any) -> None:
    keep(wave(), on=FIRST)
    assert "no action is planned" in read()


@pytest.mark.usefixtures("waves")
@pytest.mark.parametrize(
    ("places", "said", "points"),
    [
        (CLASSES[4:6], "Places where another action ran are not compared.", "(2 places)"),
        (CLASSES[4:], "this is the difference of both.", "(4 places)"),
        (CLASSES[3:5], "what each did cannot be told apart.", "(4 places)"),
    ],
)
def test_where_another_action_ran_is_no_comparison(
    places: tuple[str, ...], said: str, points: str, run: Any, read: Any
) -> None:
    run(CLASSES[:4])
    run(places, name="home-languages-at-the-door")
    (of_it,) = [part for part in read().split("<article") if "3A, 3B, 3C, 3D, from" in part]
    assert said in of_it
    assert points in of_it
    assert "12 points more" in of_it
