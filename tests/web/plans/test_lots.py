"""Drawing lots for who starts first: once, kept as they fell, and known to looking back."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django_scopes import scope

from erbij.actions import evaluation
from erbij.errors import WebError
from erbij.privacy.release import Release
from erbij.web.plans import drawing, queries
from erbij.web.plans.drawing import Lots
from erbij.web.plans.models import Draw, PlannedAction
from erbij.web.schools import services as schools
from erbij.web.schools.models import Grade
from tests.actions.conftest import cell, release
from tests.web.plans.conftest import GAP, OTHER, TODAY

CLASSES = tuple(f"3{letter}" for letter in "ABCDEFGH")
FIRST, START, SECOND = (TODAY - dt.timedelta(days=days) for days in (200, 150, 40))
LATER = TODAY + dt.timedelta(days=60)


def wave(up: tuple[str, ...] = (), *, others: float = 60.0) -> Release:
    """Eight classes that took part, of which some rose, and two that did not take part."""
    means = {name: 60.0 + index % 2 + 12 * (name in up) for index, name in enumerate(CLASSES)}
    means |= {"4A": others, "4B": others + 1}
    units = (cell("mean", mean, at=("class", f"3/{name}")) for name, mean in means.items())
    return release(cell("gap", -9.0, group=OTHER), cell("mean", 60.0), *units)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is refused outside of a page is told in the language that is active."""
    with translation.override("en"):
        yield


@pytest.fixture
def planned(keep: Any, choose: Any, plan: Any) -> PlannedAction:
    choose(keep(wave(), on=FIRST))
    made: PlannedAction = plan(start=START)
    return made


@pytest.fixture
def draw(cast: Any) -> Callable[..., Draw]:
    def put(
        planned: PlannedAction,
        places: tuple[str, ...] = CLASSES,
        seed: int = 5,
        days: tuple[dt.date, ...] = (START, LATER),
    ) -> Draw:
        with scope(school=cast.school):
            return drawing.draw_lots(
                planned=planned,
                lots=Lots("class", places, days),
                seed=seed,
                person=cast.people["coordinator"],
                today=FIRST,
            )

    return put


def run(draw: Draw, turn: int = 0, **more: Any) -> tuple[str, ...]:
    """Say that a start runs; its places."""
    with scope(school=draw.school):
        PlannedAction.objects.filter(code=draw.actions[turn]).update(status="running", **more)
    return draw.turns[turn]


@pytest.fixture
def read(cast: Any, signed_in: Any) -> Callable[[], str]:
    def page() -> str:
        answer = signed_in("coordinator").get(reverse("look-back", args=[cast.school.slug]))
        return str(answer.content.decode())

    return page


def test_everyone_gets_a_start_and_the_seed_draws_the_same_again(planned: Any, draw: Any, cast: Any) -> None:
    made = draw(planned)
    assert made.starts == evaluation.fair_start(CLASSES, 2, made.seed)
    assert sorted(place for turn in made.turns for place in turn) == [*CLASSES]
    with scope(school=cast.school):
        rows = [PlannedAction.objects.get(code=code) for code in made.actions]
        assert {*queries.draws_of(cast.school.pk)} == {*made.actions}
    assert rows[0].pk == planned.pk
    assert [tuple(row.places) for row in rows] == [*made.turns]
    assert [row.starts_on for row in rows] == [START, LATER]
    assert {row.check_on - row.starts_on for row in rows} == {PlannedAction.EIGHT_WEEKS}
    assert {(row.action, row.assigned, row.owner_name) for row in rows} == {
        (planned.action, "by-lot", planned.owner_name)
    }


def test_lots_are_drawn_once_and_kept_as_they_fell(planned: Any, draw: Any, plan: Any) -> None:
    made = draw(planned)
    again = plan(start=START)
    for row, places in ((planned, CLASSES[:4]), (planned, ("4A", "4B", "4C", "4D")), (again, CLASSES)):
        with pytest.raises(ValidationError, match="once"):
            draw(row, places)
    with scope(school=made.school):
        with pytest.raises(WebError):
            made.save()
        with pytest.raises(WebError):
            Draw.objects.update(seed=6)
        with pytest.raises(WebError):
            Draw.objects.all().delete()
        assert Draw.objects.count() == 1


def test_too_few_places_and_what_runs_are_not_drawn(planned: Any, draw: Any, cast: Any) -> None:
    with pytest.raises(ValidationError, match="four places"):
        draw(planned, CLASSES[:3])
    with pytest.raises(ValidationError, match="six places"):
        draw(planned, CLASSES[:5], days=(START, LATER, LATER + (LATER - START)))
    with scope(school=cast.school):
        PlannedAction.objects.update(status="running")
    with pytest.raises(ValidationError, match="runs already"):
        draw(planned)
    with scope(school=cast.school):
        assert not Draw.objects.exists()


def test_looking_back_knows_the_lots_and_compares_nobody_else(
    planned: Any, draw: Any, keep: Any, read: Any
) -> None:
    first = run(draw(planned))
    # Who did not take part rose more than anyone: among the compared they would hide what it did.
    keep(wave(first, others=95.0), on=SECOND)
    told = read()
    assert "12 points more than where it did not (4 places)" in told
    assert "Lots were drawn among 8 places (seed 5)" in told
    assert "Where it ran first was decided by lot." in told


def test_two_draws_of_one_action_are_compared_within_each(
    planned: Any, plan: Any, draw: Any, keep: Any, read: Any
) -> None:
    one, other = draw(planned, CLASSES[:4]), draw(plan(start=START), CLASSES[4:], 7)
    rose = (*run(one), *run(other))
    keep(wave(rose, others=95.0), on=SECOND)
    told = read()
    assert "12 points more than where it did not (4 places)" in told
    assert "Lots were drawn 2 times, among 8 places; each is compared within its draw." in told
    assert "Where it ran first was decided by lot." in told


def test_lots_that_were_not_followed_count_no_longer(planned: Any, draw: Any, keep: Any, read: Any) -> None:
    first = run(draw(planned), places=[*CLASSES[:4]])
    keep(wave(CLASSES[:4]), on=SECOND)
    assert first != CLASSES[:4]
    told = read()
    assert "it did not stay as they fell" in told
    assert "What you saw" in told
    assert "It ran where people wanted it." in told
    assert "Lots were drawn among" not in told


def test_page_draws_shows_and_refuses(planned: Any, cast: Any, signed_in: Any) -> None:
    with scope(school=cast.school):
        grade = Grade.objects.first()
        schools.add_classes(grade=grade, rows=[(name, 20) for name in CLASSES[1:]])
    client, at = signed_in("coordinator"), {"school": cast.school.slug, "pk": planned.pk}
    address, page = reverse("action-lots", kwargs=at), reverse("action", kwargs=at)
    assert address in client.get(page).content.decode()
    sent = {"places": [f"class|{name}" for name in CLASSES], "starts": 3, "weeks": 20}
    assert client.post(address, sent | {"places": ["class|3A", "grade|3"]}).status_code == 422
    assert client.post(address, sent | {"places": ["class|3A"]}).status_code == 422
    assert client.post(address, sent).status_code == 302
    with scope(school=cast.school):
        made = Draw.objects.get()
        assert [len(turn) for turn in made.turns] == [3, 3, 2]
        assert PlannedAction.objects.filter(signal=GAP).count() == 3
    shown = client.get(page).content.decode()
    assert f"Seed {made.seed}" in shown
    assert ", ".join(made.turns[0]) in shown
    assert address not in shown
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "They are drawn once" in refused.content.decode()
