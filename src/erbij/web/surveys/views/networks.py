"""The page of a network: its schools with the state of their waves, and nothing of what was answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from erbij.web import codes
from erbij.web.schools import networks
from erbij.web.schools import queries as schools
from erbij.web.schools.access import NetworkRequest, for_network
from erbij.web.schools.roles import NETWORK_ROLES, Role
from erbij.web.surveys import queries


@for_network(*NETWORK_ROLES)
def network(request: NetworkRequest) -> HttpResponse:
    """Schools, leads, open invitations, and the code with which another school joins."""
    found = request.network
    context = {
        "network": found,
        "schools": queries.waves_by_school(schools.schools_of(found)),
        "code": codes.shown(found.code),
        "leads": schools.leads_of(found),
        "invitations": schools.invitations_of(found, timezone.localdate()),
        "is_lead": Role.NETWORK_LEAD in request.roles,
        "may_invite_lead": networks.may_invite_lead(found, request.roles),
    }
    return render(request, "schools/network.html", context)
