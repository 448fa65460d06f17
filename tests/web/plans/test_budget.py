"""A budget divided over grades: by need, beside equal shares, kept as it was told."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.errors import WebError
from erbij.web.plans.models import Division
from tests.actions.conftest import cell, release

LOW, HIGH = ("grade", "school/1"), ("grade", "school/2")
ASKED = {
    "level": "grade",
    "effort": "hours",
    "budget": "12",
    "actions": ["test-your-front-door"],
    "least": "0",
    "depth_weight": "1",
    "reach": "10",
    "reach_low": "0",
    "reach_high": "20",
    "step_1": "50",
    "step_2": "30",
    "step_3": "20",
    "cap": "50",
    "draws": "20",
    "seed": "1",
}


@pytest.fixture
def ask(cast: Any, keep: Any, signed_in: Any) -> Any:
    given = [
        one
        for at, mean, below in ((LOW, 45.0, 60.0), (HIGH, 70.0, 10.0))
        for one in (cell("mean", mean, at=at), cell("below", below, half=8.0, at=at))
    ]
    keep(release(*given))

    def send(method: str = "get", who: str = "coordinator", **more: Any) -> Any:
        address = reverse("budget", args=[cast.school.slug])
        return getattr(signed_in(who), method)(address, {**ASKED, **more})

    return send


def test_more_goes_where_more_pupils_are_below_the_line(ask: Any) -> None:
    answer = ask()
    assert answer.status_code == 200
    first, second = answer.context["told"]["places"]
    assert first["hours"] > first["equal"] == second["equal"] > second["hours"]
    assert "never individual pupils" in answer.content.decode()
    need, equal, present = answer.context["told"]["outcomes"]
    assert need["below"][0] <= equal["below"][0] <= present["below"][0]


def test_every_weight_of_the_rule_has_a_field(ask: Any) -> None:
    page = ask().content.decode()
    assert all(f'name="{name}"' in page for name in (*ASKED, "most"))


def test_what_is_decided_otherwise_needs_a_reason_and_is_told(ask: Any) -> None:
    wanted = {"place_1": "school/2", "gets_1": "1"}
    assert ask(**wanted).status_code == 422
    answer = ask(**wanted, most="6", because_1="A new team.")
    assert answer.context["told"]["places"][1]["hours"] == 1
    assert "A new team." in answer.content.decode()


def test_place_is_decided_about_once(ask: Any) -> None:
    once = {"place_1": "school/2", "gets_1": "1", "because_1": "New."}
    assert ask(**once, place_2="school/2", gets_2="2", because_2="Newer.").status_code == 422


def test_money_is_divided_by_what_actions_cost(ask: Any) -> None:
    answer = ask(effort="money", budget="900")
    assert answer.status_code == 200
    assert sum(place["hours"] for place in answer.context["told"]["places"]) <= 900
    assert "further euro" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"least": "50"}, {"reach": "30"}, {"step_3": "90"}, {"budget": "0"}, {"level": "pupil"}]
)
def test_what_does_not_fit_is_refused(wrong: dict[str, str], ask: Any) -> None:
    assert ask(**wrong).status_code == 422


def test_division_is_kept_with_its_weights_and_never_changed(ask: Any, cast: Any, signed_in: Any) -> None:
    answer = ask("post")
    assert answer.status_code == 302
    with scope(school=cast.school):
        kept = Division.objects.get()
        assert (kept.inputs["depth_weight"], kept.by_name, len(kept.sha256)) == (1.0, "coordinator", 64)
        with pytest.raises(WebError):
            kept.save()
        with pytest.raises(WebError):
            Division.objects.update(by_name="")
    page = signed_in("team-member").get(answer["Location"]).content.decode()
    assert kept.sha256 in page
    head = signed_in("head-elsewhere")
    assert head.get(reverse("division", args=[cast.other.slug, kept.pk])).status_code == 404


def test_team_member_tries_and_keeps_nothing(ask: Any, cast: Any) -> None:
    assert ask("post", who="team-member").status_code == 200
    with scope(school=cast.school):
        assert not Division.objects.exists()
