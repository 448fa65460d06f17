"""Reads of the help channel. The store is asked here, in boxes.py and in services.py only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scope

from erbij.web.accounts.models import Person
from erbij.web.help import boxes
from erbij.web.help.models import HelpBox, HelpRequest
from erbij.web.schools.models import Membership, School
from erbij.web.schools.roles import Role
from erbij.web.surveys.models import HelpAdult, Wave

SEEN_BY_COORDINATOR = 3
"""Ticks after which a coordinator is asked to look for the adults."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A request, and the membership by which somebody may read it."""

    request: HelpRequest
    membership: int

    @property
    def is_new(self) -> bool:
        """Whether nobody opened it yet."""
        return bool(self.request.state == HelpRequest.State.NEW)


def adults_of(wave: Wave) -> list[HelpAdult]:
    """Who said yes to a wave and can still sign in; needs the scope of the school."""
    return list(_there().filter(wave=wave).order_by("pk"))


def readable(person: Person, key: bytes) -> list[Readable]:
    """The requests that somebody may read, by day; within a day in the order of their random ids.

    Parameters
    ----------
    person
        Only where she or he said yes to the wave; needs the scope of the school.
    key
        Of the server (`boxes.server_key`).
    """
    found: dict[UUID, Readable] = {}
    for adult in _there().filter(membership__person=person):
        mine = Q(adult=adult.membership_id) | Q(adult=None) | Q(is_for_all=True)
        for one in HelpRequest.objects.filter(mine, box=boxes.code_of(adult.wave.code, key)):
            found[one.pk] = Readable(one, adult.membership_id)
    return sorted(found.values(), key=lambda one: (one.request.day, one.request.pk))


def waits_for(person: Person) -> bool:
    """Whether a request that somebody may read was not opened yet; needs the scope of the school."""
    if not HelpRequest.objects.filter(state=HelpRequest.State.NEW).exists():
        return False
    return any(one.is_new for one in readable(person, boxes.server_key()))


def late(school: School) -> list[list[str]]:
    """For each wave with a request that nobody opened: the names of its adults. Never how many requests."""
    with scope(school=school):
        waiting = HelpRequest.objects.filter(state=HelpRequest.State.NEW, waited__gte=SEEN_BY_COORDINATOR)
        codes = set(waiting.values_list("box", flat=True))
        if not codes:
            return []
        waves = waves_by_box(boxes.server_key())
        return [names_of(waves[code]) if code in waves else [] for code in sorted(codes)]


def names_of(wave: Wave) -> list[str]:
    """The names of the adults of a wave."""
    return [str(adult.membership.person) for adult in adults_of(wave)]


def waves_by_box(key: bytes) -> Mapping[str, Wave]:
    """The waves of the school of the scope by the code of their box."""
    return {boxes.code_of(wave.code, key): wave for wave in Wave.objects.select_related("school")}


def boxes_by_code(codes: Iterable[str]) -> Mapping[str, HelpBox]:
    """The boxes with these codes at the school of the scope."""
    return {box.code: box for box in HelpBox.objects.filter(pk__in=list(codes))}


def names_by_membership(memberships: Iterable[int | None]) -> Mapping[int, str]:
    """The names behind memberships of the school of the scope."""
    found = Membership.objects.filter(pk__in=[one for one in memberships if one]).select_related("person")
    return {member.pk: str(member.person) for member in found}


def coordinators() -> list[Person]:
    """The coordinators of the school of the scope."""
    found = Membership.objects.filter(role=Role.COORDINATOR, person__is_active=True).select_related("person")
    return [member.person for member in found.order_by("pk")]


def memberships_there() -> set[int]:
    """The adults of the school of the scope who said yes to some wave and can still sign in."""
    return set(_there().values_list("membership_id", flat=True))


def _there() -> QuerySet[HelpAdult]:
    found = HelpAdult.objects.filter(is_confirmed=True, membership__person__is_active=True)
    return found.select_related("membership__person", "wave")
