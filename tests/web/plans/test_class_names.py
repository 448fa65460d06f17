"""Classes with another name in the next wave: who says so, what is kept, and what it changes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import WebError
from erbij.privacy.release import Release
from erbij.web.plans import class_names, queries, services
from erbij.web.plans.class_names import Called
from erbij.web.plans.models import ClassNames, PlannedAction
from erbij.web.plans.services import Facts, Wanted
from erbij.web.results.models import ReleaseRecord
from tests.actions.conftest import cell, release
from tests.web.plans.conftest import GAP, OTHER, TODAY

OLD = tuple(f"3{letter}" for letter in "ABCDEFGH")
NEW = ("blue", "red", *OLD[2:])
FIRST, START, SECOND = (TODAY - dt.timedelta(days=days) for days in (200, 150, 40))


def wave(names: tuple[str, ...], rise: float = 0.0) -> Release:
    """Classes about as high; the first two rose by so much."""
    means = (60 + (rise if place < 2 else 0) + place % 2 for place in range(len(names)))
    units = (cell("mean", m, at=("class", f"3/{c}")) for m, c in zip(means, names, strict=True))
    return release(cell("gap", -9.0, group=OTHER), cell("mean", 60.0), *units)


@pytest.fixture
def two(keep: Any, choose: Any) -> tuple[ReleaseRecord, ReleaseRecord]:
    """Two waves between which 3A became blue, and 3B red."""
    first = keep(wave(OLD), on=FIRST)
    choose(first)
    return first, keep(wave(NEW, rise=12.0), on=SECOND)


@pytest.fixture
def run(cast: Any) -> Callable[..., PlannedAction]:
    def put(*places: str) -> PlannedAction:
        facts = Facts(cast.people["teacher"], "class", places, START, START + PlannedAction.EIGHT_WEEKS)
        wanted = Wanted(GAP, "test-your-front-door")
        with scope(school=cast.school):
            made = services.plan(school=cast.school, wanted=wanted, facts=facts, today=TODAY)
            PlannedAction.objects.filter(pk=made.pk).update(status="running")
        return made

    return put


@pytest.fixture
def page(cast: Any, signed_in: Any) -> Callable[..., str]:
    def read(who: str = "coordinator") -> str:
        answer = signed_in(who).get(reverse("look-back", args=[cast.school.slug]))
        return str(answer.content.decode())

    return read


@pytest.fixture
def say(cast: Any, two: Any, signed_in: Any) -> Callable[..., Any]:
    """Send the form with what 3A, and then 3B, is called now."""

    def send(*now: str) -> Any:
        first, second = (record.wave.code for record in two)
        told = {f"{second}-class-{place}": name for place, name in enumerate(now)}
        return signed_in("coordinator").post(
            reverse("class-names", args=[cast.school.slug, first, second]), told
        )

    return send


def kept(cast: Any) -> list[dict[str, str]]:
    with scope(school=cast.school):
        return list(ClassNames.objects.order_by("pk").values_list("names", flat=True))


def test_a_class_with_another_name_is_compared_once_somebody_says_which(
    run: Any, say: Any, page: Any, cast: Any
) -> None:
    run("3A", "3B")
    before = page()
    assert "A comparison needs two places" in before
    assert "Class 3A is now called" in before
    assert say("3/blue", "3/red").status_code == 302
    after = page()
    assert "12 points more than where it did not (6 places)" in after
    assert kept(cast) == [{"3/3A": "3/blue", "3/3B": "3/red"}]


def test_the_name_of_now_is_known_too(run: Any, say: Any, page: Any) -> None:
    run("blue", "red")
    say("3/blue", "3/red")
    assert "12 points more" in page()


def test_who_does_not_plan_is_not_asked(two: Any, page: Any) -> None:
    assert "Class 3A is now called" in page()
    assert "Class 3A is now called" not in page("team-member")


def test_the_last_that_was_said_counts_and_the_first_stays(say: Any, page: Any, cast: Any, two: Any) -> None:
    say("gone", "")
    say("3/red", "3/blue")
    assert kept(cast) == [{"3/3A": ""}, {"3/3A": "3/red", "3/3B": "3/blue"}]
    with scope(school=cast.school):
        (renamed,) = queries.renamed_of(cast.school.pk)
        with pytest.raises(WebError, match="is kept as it was written"):
            ClassNames.objects.all().delete()
    assert renamed.names == {"3/3A": "3/red", "3/3B": "3/blue"}


def test_a_class_that_the_later_wave_lacks_is_refused(say: Any, cast: Any, two: Any) -> None:
    assert say("3/green", "").status_code == 422
    assert kept(cast) == []
    with scope(school=cast.school):
        (pair,) = class_names.pairs(two, ())
        for wrong in ({"3/3C": "3/red"}, {"3/3A": "3/green"}):
            with pytest.raises(ValidationError):
                services.name_classes(pair=pair, names=wrong, person=cast.people["coordinator"], today=TODAY)
    assert kept(cast) == []


def test_two_waves_without_a_lost_class_are_no_address(cast: Any, keep: Any, signed_in: Any) -> None:
    first, second = (keep(wave(OLD), on=day).wave.code for day in (FIRST, SECOND))
    address = reverse("class-names", args=[cast.school.slug, first, second])
    assert signed_in("coordinator").post(address, {}).status_code == 404


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (("3A", "3B", "3C", "3D"), "where the action ran (3 places) than where it did not (4 places)"),
        (("3A", "3C", "3D"), "where the action ran (2 places) than where it did not (4 places)"),
    ],
)
def test_classes_put_together_count_where_it_ran_in_all_of_them(
    places: tuple[str, ...], said: str, run: Any, say: Any, page: Any
) -> None:
    run(*places)
    say("3/blue", "3/blue")
    assert said in page()


def test_names_are_followed_over_several_waves_also_where_one_between_is_not_read(
    cast: Any, keep: Any
) -> None:
    days = [FIRST, START, SECOND]
    records = [
        keep(wave((name, "3B")), on=day) for name, day in zip(("3A", "blue", "green"), days, strict=True)
    ]
    with scope(school=cast.school):
        for pair, now in zip(class_names.pairs(records, ()), ("3/green", "3/blue"), strict=True):
            person = cast.people["coordinator"]
            services.name_classes(pair=pair, names={pair.missing[0]: now}, person=person, today=TODAY)
        renamed = queries.renamed_of(cast.school.pk)
        outer = class_names.called([records[0], records[2]], "class", renamed)
        assert outer.waves[0] == {"3/3A": "3/green", "3/3B": "3/3B"}
        assert class_names.called(records[:2], "class", renamed).waves[0]["3/3A"] == "3/blue"
        assert class_names.called(records, "grade", renamed).waves == ({}, {}, {})


def test_a_class_that_is_gone_is_not_the_later_one_of_that_name(cast: Any, keep: Any) -> None:
    days = [FIRST, START, SECOND]
    records = [keep(wave(names), on=day) for names, day in zip((OLD, NEW, OLD), days, strict=True)]
    with scope(school=cast.school):
        pair = class_names.pairs(records, ())[-1]
        person = cast.people["coordinator"]
        services.name_classes(pair=pair, names={"3/3A": ""}, person=person, today=TODAY)
        called = class_names.called(records, "class", queries.renamed_of(cast.school.pk))
    assert called.waves[0]["3/3A"] != called.waves[2]["3/3A"] == "3/3A"
    assert called.waves[0]["3/3B"] == "3/3B"


@given(st.lists(st.sampled_from("xyz"), min_size=1, max_size=6), st.data())
def test_a_class_is_partly_in_exactly_where_some_of_it_is(now: list[str], data: Any) -> None:
    names = {str(place): to for place, to in enumerate(now)}
    inside = data.draw(st.sets(st.sampled_from(sorted(names))))
    parts = {to: {name in inside for name, its in names.items() if its == to} for to in now}
    expected = {to for to, are_in in parts.items() if are_in == {True, False}}
    assert Called((names,)).partly(sorted(inside), 1) == expected
