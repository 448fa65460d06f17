"""Acts of staff: written where they are done, by whom, and never changed; of pupils there are none."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.records import acting, queries
from erbij.web.records.models import Act, Erasure
from erbij.web.records.services import Kind, certify, note
from erbij.web.schools import services
from erbij.web.schools.roles import Role
from erbij.web.surveys import services as surveys


def kinds(cast: Any) -> list[str]:
    with scope(school=cast.school):
        return [act.kind for act in queries.acts()]


def test_what_a_coordinator_does_is_written_with_her_name(
    cast: Any, signed_in: Callable[[str], Client]
) -> None:
    noor = cast.people[Role.COORDINATOR]
    there = {"school": cast.school.slug}
    signed_in(Role.COORDINATOR).post(reverse("invite", kwargs=there), {"role": "team-member"})
    with scope(school=cast.school):
        act = queries.acts()[0]
    assert (act.kind, act.thing, act.person, act.who) == (
        Kind.INVITED,
        "role:team-member",
        noor.pk,
        noor.name,
    )
    assert (act.at.second, act.at.microsecond) == (0, 0)
    assert acting.now() is None


def test_what_does_not_happen_is_not_written(cast: Any) -> None:
    before = kinds(cast)
    with scope(school=cast.school):
        with transaction.atomic():
            surveys.create_wave(school=cast.school, title="Autumn", instrument="erbij-pupils-8-9")
            transaction.set_rollback(True)
        with pytest.raises(ValidationError):
            services.remove_member(membership=services.Membership.objects.get(role=Role.COORDINATOR))
    assert kinds(cast) == before


def test_words_and_titles_stay_out(cast: Any) -> None:
    with scope(school=cast.school), acting.by(cast.people[Role.COORDINATOR]):
        wave = surveys.create_wave(school=cast.school, title="CANARY", instrument="erbij-pupils-8-9")
        services.change_school(school=cast.school, name="CANARY", country="BE", language="nl")
        services.remove_class(school_class=cast.school_class)
        written = queries.as_csv()
    assert "CANARY" not in written
    assert f"wave:{wave.code}" in written
    assert f"class:{cast.school_class.code}" in written


def test_nothing_can_be_changed(cast: Any) -> None:
    with scope(school=cast.school):
        note(Kind.EXPORTED, school=cast.school)
        act = queries.acts()[0]
        act.who = "somebody else"
        with pytest.raises(TypeError, match="written once"):
            act.save()
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            Act.objects.filter(pk=act.pk).update(who="somebody else")
        assert queries.acts()[0].who == ""


def test_what_was_erased_can_not_be_changed_either(db: None) -> None:
    certify(what="invitation", count=3, rule="90 days", on=dt.date(2026, 11, 22))
    certify(what="invitation", count=0, rule="90 days", on=dt.date(2026, 11, 22))
    assert [(each.what, each.count) for each in Erasure.objects.all()] == [("invitation", 3)]
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Erasure.objects.update(count=4)


def test_operator_is_seen_looking_and_nobody_else_is(cast: Any, signed_in: Callable[[str], Client]) -> None:
    address = reverse("school", kwargs={"school": cast.school.slug})
    before = kinds(cast)
    for role in (Role.COORDINATOR, Role.TEACHER):
        signed_in(role).get(address)
    assert kinds(cast) == before
    signed_in(Role.OPERATOR).get(address)
    assert kinds(cast)[0] == Kind.OPERATOR_LOOKED


def test_acts_of_another_school_are_not_there(cast: Any, signed_in: Callable[[str], Client]) -> None:
    with scope(school=cast.other):
        note(Kind.EXPORTED, school=cast.other, thing="elsewhere:1")
    page = signed_in(Role.COORDINATOR).get(reverse("records", kwargs={"school": cast.school.slug}))
    assert "elsewhere:1" not in page.content.decode()
    assert "een rol werd gegeven" in page.content.decode()


def test_file_has_all_of_them_and_no_formula(cast: Any, signed_in: Callable[[str], Client]) -> None:
    with scope(school=cast.school):
        cast.people[Role.TEACHER].name = "=1+1"
        note(Kind.EXPORTED, school=cast.school, who=cast.people[Role.TEACHER])
    answer = signed_in(Role.COORDINATOR).get(reverse("records-file", kwargs={"school": cast.school.slug}))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert tuple(rows[0]) == queries.COLUMNS
    assert rows[0]["who"] == "'=1+1"
    assert [row["kind"] for row in rows] == kinds(cast)
    assert "attachment" in answer["Content-Disposition"]


def test_no_act_tells_when_a_class_answered_or_that_a_pupil_asked(cast: Any) -> None:
    told = " ".join(kind.value for kind in Kind)
    assert not any(word in told for word in ("session", "ballot", "help", "pupil-", "sign"))
