"""Who may do what at a school: the one place that looks at memberships before a school is chosen."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django_scopes import scope, scopes_disabled

from erbij.web.accounts.models import Person
from erbij.web.accounts.requests import PersonRequest
from erbij.web.schools.models import Membership, School
from erbij.web.schools.roles import Role


class SchoolRequest(PersonRequest):
    """A request that passed `for_roles`: it knows its school and its person."""

    school: School
    roles: frozenset[str]


type_of_view = Callable[Concatenate[SchoolRequest, ...], HttpResponseBase]


def roles_of(person: Person | AnonymousUser, school: School) -> frozenset[str]:
    """Name the roles somebody has at a school; a lead of its network counts there.

    Parameters
    ----------
    person
        Signed in or not; without an account, or with one that is switched off: no roles.
    school
        Any school; no scope needs to be active.
    """
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    place = Q(school=school)
    if school.network_id is not None:
        place |= Q(network=school.network_id, role=Role.NETWORK_LEAD)
    with scopes_disabled():
        return frozenset(Membership.objects.filter(place, person=person).values_list("role", flat=True))


def may(person: Person | AnonymousUser, school: School, *roles: str) -> bool:
    """Whether somebody has one of these roles at a school; without roles, any role at all."""
    held = roles_of(person, school)
    return bool(held & set(roles)) if roles else bool(held)


def schools_of(person: Person) -> QuerySet[School]:
    """Find the schools where somebody has a role, by name."""
    with scopes_disabled():
        held = Membership.objects.filter(person=person).values_list("school", "network")
        schools, networks = {school for school, _ in held}, {network for _, network in held}
    return School.objects.filter(Q(pk__in=schools - {None}) | Q(network__in=networks - {None})).order_by(
        "name"
    )


def for_roles(*roles: str) -> Callable[[type_of_view], Callable[..., HttpResponseBase]]:
    """Guard a view of a school: `@for_roles(Role.COORDINATOR)` on `def view(request, ...)`.

    The address names the school (`<slug:school>`); the view gets `request.school` and `request.roles`, and
    runs inside the scope of that school. Not signed in: to the sign-in page. No role at this school: 404,
    as for a school that does not exist. A role, but none of these: 403.

    Parameters
    ----------
    roles
        The roles that may; none means every role at the school.
    """

    def guard(view: type_of_view) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: SchoolRequest, *args: Any, school: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.school = _school_for(request, school)
            if roles and not request.roles & set(roles):
                raise PermissionDenied
            with scope(school=request.school):
                return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # the table of roles x addresses reads it
        return guarded

    return guard


def _school_for(request: SchoolRequest, slug: str) -> School:
    school = School.objects.select_related("network").filter(slug=slug).first()
    request.roles = roles_of(request.user, school) if school else frozenset()
    if school is None or not request.roles:
        raise Http404
    return school
