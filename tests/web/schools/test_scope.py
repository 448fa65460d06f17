from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import ScopeError, scope, scopes_disabled

from erbij.web.schools import access
from erbij.web.schools.models import Grade, Invitation, Membership, SchoolClass
from erbij.web.schools.roles import Role


@pytest.mark.parametrize("model", [Grade, SchoolClass, Membership, Invitation])
@pytest.mark.parametrize("read", ["count", "first", "all", "exists"])
def test_query_without_a_school_raises(model: Any, read: str, cast: Any) -> None:
    with pytest.raises(ScopeError):
        list(getattr(model.objects.all(), read)())


def test_query_through_a_school_needs_the_scope_too(cast: Any) -> None:
    with pytest.raises(ScopeError):
        cast.school.classes.count()


def test_scope_shows_one_school_only(cast: Any) -> None:
    with scope(school=cast.school):
        assert [item.name for item in SchoolClass.objects.all()] == ["3A"]
    with scope(school=cast.other):
        assert not SchoolClass.objects.exists()


def test_lead_of_a_network_has_its_schools_and_no_other(cast: Any) -> None:
    lead = cast.people["network-lead"]
    assert access.may(lead, cast.school, Role.NETWORK_LEAD)
    assert not access.may(lead, cast.other)
    assert [school.name for school in access.schools_of(lead)] == ["De Linde"]


def test_school_without_network_has_no_lead(cast: Any) -> None:
    cast.school.network = None
    assert not access.may(cast.people["network-lead"], cast.school)


def test_may_without_roles_is_any_role(cast: Any) -> None:
    assert access.may(cast.people["operator"], cast.school)
    assert not access.may(cast.people["operator"], cast.school, Role.COORDINATOR)


def test_place_of_a_role_is_kept_by_the_database(cast: Any) -> None:
    with scopes_disabled():
        for wrong in (
            {"role": Role.NETWORK_LEAD, "school": cast.school},
            {"role": Role.TEACHER, "network": cast.network},
            {"role": Role.TEAM_MEMBER, "school": cast.school, "school_class": cast.school_class},
            {"role": Role.COORDINATOR, "school": cast.school},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Membership.objects.create(person=cast.people["coordinator"], **wrong)
