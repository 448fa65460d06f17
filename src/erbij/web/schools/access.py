"""Who may do what at a school: the one place that looks at memberships before a school is chosen."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from erbij.web.accounts.models import Person
from erbij.web.accounts.requests import PersonRequest
from erbij.web.records import acting
from erbij.web.records.services import Kind, note
from erbij.web.schools import queries
from erbij.web.schools.models import Membership, Network, School
from erbij.web.schools.roles import LET_IN, NETWORK_ROLES, Role


class SchoolRequest(PersonRequest):
    """A request that passed `for_roles`: it knows its school and its person."""

    school: School
    roles: frozenset[str]


class NetworkRequest(PersonRequest):
    """A request that passed `for_network`."""

    network: Network
    roles: frozenset[str]


type_of_view = Callable[Concatenate[SchoolRequest, ...], HttpResponseBase]
view_of_network = Callable[Concatenate[NetworkRequest, ...], HttpResponseBase]


def roles_of(person: Person | AnonymousUser, school: School) -> frozenset[str]:
    """Name the roles somebody has at a school; a lead of its network counts there.

    An operator whom a coordinator let in has `LET_IN` too, for as long as it lasts.

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
        place |= Q(network=school.network_id)
    with scopes_disabled():
        rows = list(Membership.objects.filter(place, person=person).values_list("role", "school"))
    # Who looks after the network has no role at its schools by that.
    held = frozenset(role for role, at in rows if at is not None or role == Role.NETWORK_LEAD)
    is_operator = any(role == Role.OPERATOR for role, _ in rows)
    is_let_in = is_operator and school.pk in queries.admitted(person, timezone.now())
    return held | {LET_IN} if is_let_in else held


def may(person: Person | AnonymousUser, school: School, *roles: str) -> bool:
    """Whether somebody has one of these roles at a school; without roles, any role at all."""
    held = roles_of(person, school)
    return bool(held & set(roles)) if roles else bool(held)


def schools_of(person: Person) -> QuerySet[School]:
    """Find the schools where somebody has a role, by name."""
    with scopes_disabled():
        mine = Membership.objects.filter(person=person)
        schools = set(mine.exclude(school=None).values_list("school", flat=True))
        led = set(mine.filter(role=Role.NETWORK_LEAD).values_list("network", flat=True))
    schools |= queries.admitted(person, timezone.now())
    return School.objects.filter(Q(pk__in=schools) | Q(network__in=led)).order_by("name")


def networks_of(person: Person) -> QuerySet[Network]:
    """Find the networks that somebody leads or looks after, by name."""
    with scopes_disabled():
        held = set(Membership.objects.filter(person=person).values_list("network", flat=True))
    return Network.objects.filter(pk__in=held - {None}).order_by("name")


def may_make_network(person: Person) -> bool:
    """Whether somebody is an operator or a network lead anywhere."""
    with scopes_disabled():
        return bool(Membership.objects.filter(person=person, role__in=NETWORK_ROLES).exists())


def role_as_maker(person: Person) -> str:
    """The role in a network that somebody makes: a lead leads it, an operator only looks after it."""
    with scopes_disabled():
        leads = Membership.objects.filter(person=person, role=Role.NETWORK_LEAD).exists()
    return Role.NETWORK_LEAD if leads else Role.OPERATOR


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
            if not all(value.isprintable() for value in kwargs.values() if isinstance(value, str)):
                raise Http404  # nothing is called so, and PostgreSQL would not take the question
            with scope(school=request.school), acting.by(request.user):
                if _looks_as_operator(request.roles, roles):
                    note(Kind.OPERATOR_LOOKED, school=request.school, thing=f"page:{view.__name__}"[:60])
                return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # the table of roles x addresses reads it
        return guarded

    return guard


def for_network(*roles: str) -> Callable[[view_of_network], Callable[..., HttpResponseBase]]:
    """Guard a view of a network, as `for_roles` does for a school; the address has `<int:network>`.

    The view gets `request.network` and `request.roles`, the roles in the network; no scope is active.
    """

    def guard(view: view_of_network) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: NetworkRequest, *args: Any, network: int, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.network = _network_for(request, network)
            if roles and not request.roles & set(roles):
                raise PermissionDenied
            with acting.by(request.user):
                return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return guard


def _looks_as_operator(held: frozenset[str], wanted: tuple[str, ...]) -> bool:
    """Whether a page opens for somebody only because she looks after the server."""
    is_by_admission = LET_IN in held and bool(wanted) and not (held - {LET_IN}) & set(wanted)
    return held <= {Role.OPERATOR, LET_IN} or is_by_admission


def _network_for(request: NetworkRequest, pk: int) -> Network:
    network = networks_of(request.user).filter(pk=pk).first()
    if network is None:
        raise Http404
    with scopes_disabled():
        mine = Membership.objects.filter(person=request.user, network=network)
        request.roles = frozenset(mine.values_list("role", flat=True))
    return network


def _school_for(request: SchoolRequest, slug: str) -> School:
    school = School.objects.select_related("network").filter(slug=slug).first()
    request.roles = roles_of(request.user, school) if school else frozenset()
    if school is None or not request.roles:
        raise Http404
    return school
