"""Reads about a school inside its scope; those of networks and `open_invitation` outside any."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django_scopes import scopes_disabled

from erbij.web import codes
from erbij.web.accounts.models import Person
from erbij.web.schools.models import Admission, Grade, Invitation, Membership, Network, School, SchoolClass
from erbij.web.schools.roles import Role


def grades() -> QuerySet[Grade]:
    """Find the grades in order, each with its classes."""
    return Grade.objects.prefetch_related("classes").order_by("order", "name")


def classes() -> QuerySet[SchoolClass]:
    """Find the classes in order of grade and name."""
    return SchoolClass.objects.select_related("grade").order_by("grade__order", "grade__name", "name")


def counts() -> dict[str, int]:
    """Count the classes and their pupils."""
    found = SchoolClass.objects.aggregate(classes=Count("pk"), pupils=Sum("size"))
    return {"classes": found["classes"], "pupils": found["pupils"] or 0}


def members() -> QuerySet[Membership]:
    """Find everyone with a role, by name."""
    return Membership.objects.select_related("person", "school_class").order_by("person__name", "role")


def invitations(today: dt.date) -> QuerySet[Invitation]:
    """Find the invitations that still work."""
    return Invitation.objects.filter(is_used=False, expires__gte=today).select_related("school_class")


def open_invitation(code: str, today: dt.date) -> Invitation | None:
    """Find the invitation that a tidied code opens, of whatever school; None when it does not work."""
    with scopes_disabled():
        return (
            Invitation.objects.filter(
                code_hash=codes.keyed_hash(code, purpose="invitation"), is_used=False, expires__gte=today
            )
            .select_related("school", "network", "school_class")
            .first()
        )


def leads_of(network: Network) -> list[Membership]:
    """Find who leads a network, by name."""
    with scopes_disabled():
        found = Membership.objects.filter(network=network, role=Role.NETWORK_LEAD)
        return list(found.select_related("person").order_by("person__name"))


def schools_of(network: Network) -> list[School]:
    """Find the schools of a network, by name."""
    return list(School.objects.filter(network=network).order_by("name"))


def invitations_of(network: Network, today: dt.date) -> list[Invitation]:
    """Find the invitations for leads of a network that still work."""
    with scopes_disabled():
        found = Invitation.objects.filter(network=network, is_used=False, expires__gte=today)
        return list(found.order_by("expires"))


def operators_of(school: School) -> QuerySet[Person]:
    """Find who looks after a school or its network, by name."""
    place = Q(school=school)
    if school.network_id is not None:
        place |= Q(network=school.network_id)
    with scopes_disabled():
        held = set(Membership.objects.filter(place, role=Role.OPERATOR).values_list("person", flat=True))
    return Person.objects.filter(pk__in=held, is_active=True).order_by("name")


def admissions(now: dt.datetime) -> list[Admission]:
    """Find who is let in at the school now, the first to end first."""
    return list(_lasting(Admission.objects.all(), now).select_related("person"))


def admitted(person: Person, now: dt.datetime) -> set[int]:
    """The schools where an operator is let in now; outside any scope."""
    with scopes_disabled():
        found = _lasting(Admission.objects.filter(person=person), now)
        return set(found.values_list("school", flat=True))


def _lasting(found: QuerySet[Admission], now: dt.datetime) -> QuerySet[Admission]:
    """Only of who still is an operator there: with that role, or out of the network, it ends too."""
    with scopes_disabled():
        mine = Membership.objects.filter(person=OuterRef("person"), role=Role.OPERATOR)
        here = mine.filter(Q(school=OuterRef("school")) | Q(network=OuterRef("school__network")))
    return found.filter(Exists(here), ends__gt=now)
