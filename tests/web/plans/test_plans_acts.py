"""Choices and planned actions are written as acts of staff; what somebody wrote is not."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from erbij.web.plans import class_names, drawing, services
from erbij.web.plans.drawing import Lots
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.services import Facts
from erbij.web.records import acting, queries
from erbij.web.records.services import Kind
from tests.actions.conftest import cell
from tests.web.plans.conftest import TODAY, showing

MINE = (
    Kind.FINDING_CHOSEN,
    Kind.ACTION_PLANNED,
    Kind.ACTION_CHANGED,
    Kind.ACTION_MOVED,
    Kind.BUDGET_DIVIDED,
    Kind.LOTS_DRAWN,
    Kind.CLASSES_NAMED,
)


def written(cast: Any) -> list[tuple[str, str, str]]:
    """Acts of choosing and planning, the oldest first."""
    with scope(school=cast.school):
        return [(act.kind, act.thing, act.who) for act in reversed(queries.acts()) if act.kind in MINE]


def test_a_choice_is_written_by_who_chose_and_once(cast: Any, keep: Any, choose: Any) -> None:
    record, noor = keep(showing()), cast.people["coordinator"]
    with acting.by(noor):
        assert choose(record, "leave", reason="CANARY")
        assert not choose(record, "act")
    assert written(cast) == [(Kind.FINDING_CHOSEN, f"wave:{record.wave.code}", noor.name)]


def test_an_action_is_written_each_time_it_changes(cast: Any, plan: Any) -> None:
    planned = plan(title="CANARY")
    facts = Facts(cast.people["teacher"], "class", ("3A",), TODAY, TODAY + dt.timedelta(days=70))
    with scope(school=cast.school):
        services.change(planned=planned, facts=facts)
        services.move(planned=planned, status=PlannedAction.Status.STOPPED, reason="CANARY", today=TODAY)
    kinds = (Kind.ACTION_PLANNED, Kind.ACTION_CHANGED, Kind.ACTION_MOVED)
    assert written(cast) == [(kind, f"action:{planned.code}", "") for kind in kinds]


def test_a_refused_change_is_not_written(cast: Any, plan: Any) -> None:
    planned = plan(title="Breakfast")
    with scope(school=cast.school), pytest.raises(ValidationError):
        services.move(planned=planned, status=PlannedAction.Status.STOPPED, reason=" ", today=TODAY)
    assert [kind for kind, _thing, _who in written(cast)] == [Kind.ACTION_PLANNED]


def test_a_division_is_written_without_what_it_says(cast: Any, keep: Any) -> None:
    record, noor = keep(showing()), cast.people["coordinator"]
    with scope(school=cast.school), acting.by(noor):
        made = services.keep_division(
            record=record, inputs={"because_1": "CANARY"}, results={"places": ["CANARY"]}, person=noor
        )
    assert written(cast) == [(Kind.BUDGET_DIVIDED, f"division:{made.pk}", noor.name)]


def test_lots_are_written_by_their_action_and_not_when_refused(cast: Any, plan: Any) -> None:
    planned, noor = plan(title="CANARY"), cast.people["coordinator"]
    lots = Lots("class", ("3A", "3B", "3C", "3D"), (TODAY, TODAY + dt.timedelta(days=70)))
    with scope(school=cast.school), acting.by(noor):
        drawing.draw_lots(planned=planned, lots=lots, seed=5, person=noor, today=TODAY)
        with pytest.raises(ValidationError):
            drawing.draw_lots(planned=planned, lots=lots, seed=6, person=noor, today=TODAY)
    assert written(cast)[1:] == [(Kind.LOTS_DRAWN, f"action:{planned.code}", noor.name)]


def test_names_of_classes_are_written_by_the_later_wave(cast: Any, keep: Any) -> None:
    noor = cast.people["coordinator"]
    days = (TODAY - dt.timedelta(days=90), TODAY)
    two = [
        keep(showing(cell("mean", 60.0, at=("class", name))), on=day)
        for name, day in zip("ab", days, strict=True)
    ]
    with scope(school=cast.school), acting.by(noor):
        (pair,) = class_names.pairs(two, ())
        services.name_classes(pair=pair, names={"a": "b"}, person=noor, today=TODAY)
    assert written(cast) == [(Kind.CLASSES_NAMED, f"wave:{two[1].wave.code}", noor.name)]
