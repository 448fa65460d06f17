"""Writes about networks: each one transaction. Who may let whom in: docs/decisions/0009-networks.md."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from erbij.web import codes
from erbij.web.records.services import Kind, note
from erbij.web.schools import services
from erbij.web.schools.models import Invitation, Membership, Network, School
from erbij.web.schools.roles import Role
from erbij.web.schools.services import MadeInvitation


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school that is not in Erbij yet; `email`: of its coordinator, empty for an invitation on paper."""

    name: str
    country: str
    language: str
    email: str = ""


def has_lead(network: Network) -> bool:
    """Whether somebody leads it."""
    with scopes_disabled():
        return bool(Membership.objects.filter(network=network, role=Role.NETWORK_LEAD).exists())


def may_invite_lead(network: Network, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles in a network may invite a lead: a lead always, an operator the first.

    Leads see the results of the schools, operators of none: an operator can't let anybody in later.
    """
    return Role.NETWORK_LEAD in roles or (Role.OPERATOR in roles and not has_lead(network))


@transaction.atomic
def add_school(*, network: Network, facts: NewSchool, today: dt.date) -> MadeInvitation:
    """Make a school in a network and invite its coordinator; a ValidationError while nobody leads."""
    _check_lead(network)
    school = services.create_school(
        name=facts.name, country=facts.country, language=facts.language, coordinator=None, network=network
    )
    with scope(school=school):
        return services.invite(school=school, role=Role.COORDINATOR, email=facts.email, today=today)


@transaction.atomic
def join(*, school: School, code: str) -> Network:
    """Put a school in the network of a code; only its own coordinator may ask for this.

    Raises
    ------
    ValidationError
        No network has this code, it has no lead yet, or the school is in a network already.
    """
    network = Network.objects.filter(code=codes.tidy(code)).first()
    if network is None:
        raise ValidationError(_("No network has this code. Ask the network lead for it."))
    if school.network_id is not None:
        raise ValidationError(_("Your school is in a network already. Leave that one first."))
    _check_lead(network)
    School.objects.filter(pk=school.pk).update(network=network)
    note(Kind.NETWORK_JOINED, school=school, thing=f"network:{network.pk}")
    return network


@transaction.atomic
def leave(*, school: School) -> None:
    """Take a school out of its network: from now on the leads see nothing of it."""
    School.objects.filter(pk=school.pk).update(network=None)
    note(Kind.NETWORK_LEFT, school=school)


@transaction.atomic
def invite_lead(
    *, network: Network, roles: frozenset[str], email: str = "", today: dt.date
) -> MadeInvitation:
    """Invite a lead, as somebody with these roles in the network (ValidationError: it has one already)."""
    if not may_invite_lead(network, roles):
        raise ValidationError(_("This network has a lead already: only leads invite the next one."))
    with scopes_disabled():
        invitation = Invitation(network=network, role=Role.NETWORK_LEAD)
        return services.keep_invitation(invitation, email=email, today=today)


@transaction.atomic
def withdraw(*, network: Network, pk: int) -> None:
    """Take an invitation of a network back; one that is not there any more is fine."""
    with scopes_disabled():
        Invitation.objects.filter(network=network, pk=pk, is_used=False).delete()


@transaction.atomic
def remove_lead(*, network: Network, pk: int) -> None:
    """Take the role of a lead away; the last lead of a network stays (ValidationError)."""
    with scopes_disabled():
        # Rows are read, not counted: only rows are locked, and two leads may remove each other at once.
        leads = Membership.objects.select_for_update().filter(network=network, role=Role.NETWORK_LEAD)
        held = list(leads.values_list("pk", flat=True))
        if held == [pk]:
            raise ValidationError(_("A network keeps at least one lead. Invite another one first."))
        leads.filter(pk=pk).delete()


def _check_lead(network: Network) -> None:
    if not has_lead(network):
        raise ValidationError(_("Nobody leads this network yet. Schools come in when it has a lead."))
