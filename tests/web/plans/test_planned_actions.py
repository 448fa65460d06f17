"""Planning an action, following it, and what the home of the school says of it."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope

from erbij.actions import registry
from erbij.errors import WebError
from erbij.web.plans import queries, services
from erbij.web.plans.models import PlannedAction, StepNote
from erbij.web.plans.services import Step
from erbij.web.schools import services as schools
from tests.web.plans.conftest import GAP, TODAY, showing

ON_PUPILS = next(one for one in registry.actions().values() if one.changes == "pupils")
WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def decided(keep: Any, choose: Any) -> Any:
    record = keep(showing())
    choose(record)
    return record


@pytest.fixture
def page(cast: Any, signed_in: Any) -> Any:
    def get(name: str, /, *, who: str = "coordinator", **kwargs: Any) -> str:
        address = reverse(name, kwargs={"school": cast.school.slug, **kwargs})
        return " ".join(signed_in(who).get(address).content.decode().split())

    return get


@pytest.fixture
def post(cast: Any, signed_in: Any) -> Any:
    def send(name: str, data: dict[str, Any], /, *, who: str = "coordinator", **kwargs: Any) -> Any:
        return signed_in(who).post(reverse(name, kwargs={"school": cast.school.slug, **kwargs}), data)

    return send


def form(cast: Any, **more: Any) -> dict[str, Any]:
    usual = {"owner": cast.people["teacher"].pk, "places": ["class|3A"], "assigned": "by-lot"}
    return {**usual, "starts_on": str(TODAY), **more}


def rows(cast: Any) -> list[PlannedAction]:
    with scope(school=cast.school):
        return queries.actions_of(cast.school.pk)


def test_from_an_offer_to_an_owner_and_a_check_date_after_eight_weeks(
    cast: Any, decided: Any, post: Any, page: Any
) -> None:
    answer = post("action-plan", form(cast, hours=12), signal=GAP, name="test-your-front-door")
    (row,) = rows(cast)
    assert answer["Location"] == reverse("action", args=[cast.school.slug, row.pk])
    assert (row.signal, row.action, row.owner_name) == (GAP, "test-your-front-door", "teacher")
    assert (row.level, row.places, row.assigned, row.hours, row.money) == (
        "class",
        ["3A"],
        "by-lot",
        12,
        None,
    )
    assert row.check_on - row.starts_on == dt.timedelta(weeks=8)
    told = page("action", pk=row.pk)
    assert "Test your own front door" in told
    assert "9 points lower" in told
    assert 'aria-label="The five steps"' in told
    assert "Test your own front door" in page("choices")


def test_something_of_the_schools_own_has_a_title(cast: Any, decided: Any, post: Any) -> None:
    assert post("action-plan", form(cast), signal=GAP, name="own").status_code == 422
    post("action-plan", form(cast, title="Tea at the gate"), signal=GAP, name="own")
    assert [(row.action, row.title) for row in rows(cast)] == [("", "Tea at the gate")]


def test_several_actions_stand_for_one_decision(cast: Any, decided: Any, plan: Any) -> None:
    plan()
    plan(title="Tea at the gate")
    assert [row.signal for row in rows(cast)] == [GAP, GAP]


def test_planning_comes_after_choosing_to_act(cast: Any, keep: Any, choose: Any, post: Any) -> None:
    record = keep(showing())
    for kind in (None, "look-closer"):
        if kind:
            choose(record, kind)
        answer = post("action-plan", form(cast), signal=GAP, name="test-your-front-door")
        assert answer["Location"] == reverse("decision", args=[cast.school.slug, GAP])
    assert rows(cast) == []


def test_action_that_is_not_in_the_catalogue_is_not_there(cast: Any, decided: Any, post: Any) -> None:
    assert post("action-plan", form(cast), signal=GAP, name="magic").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner": ""},
        {"owner": "999999"},
        {"places": []},
        {"places": ["class|3A", "grade|3"]},
        {"places": ["class|Ann"]},
        {"starts_on": "soon"},
        {"check_on": str(TODAY)},
        {"check_on": str(TODAY + 60 * WEEK)},
        {"hours": "-1"},
        {"assigned": "by-magic"},
    ],
)
def test_what_can_not_be_planned_is_refused(
    wrong: dict[str, Any], cast: Any, decided: Any, post: Any
) -> None:
    answer = post("action-plan", form(cast, **wrong), signal=GAP, name="test-your-front-door")
    assert answer.status_code == 422
    assert rows(cast) == []


def test_nobody_of_another_school_and_no_operator_owns_an_action(cast: Any, decided: Any) -> None:
    with scope(school=cast.school):
        names = set(queries.owners(cast.school.pk).values())
    assert {"teacher", "coordinator", "team-member"} <= names
    assert not names & {"head-elsewhere", "lead-elsewhere", "nobody-yet", "operator"}


def test_an_action_on_pupils_brings_one_on_the_school(cast: Any, decided: Any, post: Any, plan: Any) -> None:
    assert post("action-plan", form(cast), signal=GAP, name=ON_PUPILS.id).status_code == 422
    with pytest.raises(ValidationError, match="besides"):
        plan(name=ON_PUPILS.id)
    post("action-plan", form(cast, companion=ON_PUPILS.with_[0]), signal=GAP, name=ON_PUPILS.id)
    assert {row.action for row in rows(cast)} == {ON_PUPILS.id, ON_PUPILS.with_[0]}
    # What stands already is not planned twice.
    plan(name=ON_PUPILS.id)
    assert len(rows(cast)) == 3


def test_what_an_action_on_pupils_needs_is_not_stopped_under_it(cast: Any, decided: Any, plan: Any) -> None:
    pupils = plan(name=ON_PUPILS.id, companion=ON_PUPILS.with_[0])
    school = next(row for row in rows(cast) if row.pk != pupils.pk)
    stop = {"status": "stopped", "reason": "No hours", "today": TODAY}
    with scope(school=cast.school):
        with pytest.raises(ValidationError, match="goes with this one"):
            services.move(planned=school, **stop)
        services.move(planned=pupils, **stop)
        services.move(planned=school, **stop)
    assert {row.status for row in rows(cast)} == {"stopped"}


def test_changing_keeps_the_name_of_the_action_and_counts(
    cast: Any, decided: Any, plan: Any, post: Any
) -> None:
    row = plan()
    start = TODAY + WEEK
    sent = form(cast, owner=cast.people["team-member"].pk, places=["school|"], starts_on=str(start))
    assert post("action-change", sent, pk=row.pk).status_code == 302
    (now,) = rows(cast)
    assert (now.owner_name, now.level, now.places, now.starts_on) == ("team-member", "school", [], start)
    assert (now.action, now.code, now.version) == (row.action, row.code, row.version + 1)


def test_form_to_change_shows_what_stands(cast: Any, decided: Any, plan: Any, page: Any) -> None:
    told = page("action-change", pk=plan().pk)
    assert f'value="{cast.people["teacher"].pk}" selected' in told
    assert 'value="class|3A" ' in told.split("checked")[0][-200:]
    assert f'value="{TODAY}"' in told


def test_stopping_needs_a_reason(cast: Any, decided: Any, plan: Any, post: Any) -> None:
    row = plan()
    assert post("action-status", {"status": "stopped"}, pk=row.pk).status_code == 422
    assert post("action-status", {"status": "stopped", "reason": "No hours"}, pk=row.pk).status_code == 302
    (now,) = rows(cast)
    assert (now.status, now.status_reason, now.is_active) == ("stopped", "No hours", False)
    with scope(school=cast.school), pytest.raises(IntegrityError), transaction.atomic():
        PlannedAction.objects.update(status_reason="")


def test_owner_notes_steps_that_stay_as_they_were_written(
    cast: Any, decided: Any, plan: Any, post: Any, page: Any
) -> None:
    row = plan()
    sent = {"did": "Four mails.", "saw": "Two answers.", "next": "Ring the office."}
    assert post("action-note", sent, who="teacher", pk=row.pk).status_code == 302
    assert post("action-note", {"saw": "Nothing"}, who="teacher", pk=row.pk).status_code == 422
    told = page("action", pk=row.pk, who="team-member")
    assert all(words in told for words in (*sent.values(), "teacher"))
    assert "<textarea" not in told
    with scope(school=cast.school):
        step = StepNote.objects.get()
        for attempt in (step.save, step.delete, StepNote.objects.all().delete):
            with pytest.raises(WebError, match="kept as it was written"):
                attempt()


def test_markup_in_words_is_only_text(cast: Any, decided: Any, plan: Any, page: Any) -> None:
    row = plan(title="<b>Tea</b>")
    with scope(school=cast.school):
        services.note(
            planned=row, step=Step("<script>alert(1)</script>"), person=cast.people["teacher"], today=TODAY
        )
    told = page("action", pk=row.pk)
    assert "<script>alert" not in told
    assert "<b>Tea" not in told


def test_owner_who_leaves_the_school_keeps_only_the_name_there(
    cast: Any, decided: Any, plan: Any, page: Any, signed_in: Any
) -> None:
    row = plan(owner="teacher")
    cast.people["teacher"].delete()
    assert "teacher" in page("action", pk=row.pk)
    assert rows(cast)[0].owner is None


def test_owner_outside_the_team_sees_the_action_and_not_the_finding(
    cast: Any, decided: Any, plan: Any, page: Any
) -> None:
    row, theirs = plan(), plan(owner="council-guide", title="Tea at the gate")
    told = page("actions", who="teacher")
    assert "Test your own front door" in told
    assert "Tea at the gate" not in told
    assert "9 points lower" not in page("action", pk=row.pk, who="teacher")
    assert "Tea at the gate" in page("actions", who="team-member")
    assert theirs.owner_name == "council-guide"


def test_home_says_what_waits_and_what_is_due(
    cast: Any, keep: Any, choose: Any, plan: Any, page: Any
) -> None:
    record = keep(showing(mean=40.0))
    assert "2 findings wait for a choice" in page("school")
    assert "wait for a choice" not in page("school", who="team-member")
    choose(record)
    plan(start=TODAY - 8 * WEEK)
    plan(title="Later", start=TODAY - 7 * WEEK)
    for who in ("coordinator", "teacher"):
        told = page("school", who=who)
        assert "“Test your own front door”: look whether it takes hold." in told
        assert "“Later”" not in told
    assert "look whether" not in page("school", who="council-guide")
    with scope(school=cast.school):
        told = page("action", pk=PlannedAction.objects.get(title="").pk)
    assert "The day to look has come" in told
    due = page("actions").split("Time to look")[1]
    assert due.index("front door") < due.index("Planned and running") < due.index("Later")


def test_class_that_was_renamed_stays_as_it_was_planned(cast: Any, decided: Any, plan: Any) -> None:
    plan()
    with scope(school=cast.school):
        schools.change_class(school_class=cast.school_class, name="3 blue", size=22)
    assert rows(cast)[0].places == ["3A"]
