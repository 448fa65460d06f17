"""Making a network, its schools and its leads. The page of a network itself: surveys/views/networks.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.accounts.requests import PersonRequest
from erbij.web.schools import access, networks, services
from erbij.web.schools.access import NetworkRequest, for_network
from erbij.web.schools.forms import LeadForm, NetworkForm, NewSchoolForm
from erbij.web.schools.networks import NewSchool
from erbij.web.schools.roles import NETWORK_ROLES, Role
from erbij.web.schools.views.invitations import handed_over


@login_required
def new(request: PersonRequest) -> HttpResponse:
    """Make a network: a network lead leads it, an operator looks after it."""
    if not access.may_make_network(request.user):
        raise PermissionDenied
    form = NetworkForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.create_network(
                name=form.cleaned_data["name"], maker=request.user, role=access.role_as_maker(request.user)
            )
        except ValidationError as refused:
            form.add_error("name", refused.messages)
        else:
            return redirect("network", network=made.pk)
    return render(request, "schools/network_new.html", {"form": form}, status=422 if form.errors else 200)


@for_network(*NETWORK_ROLES)
def add_school(request: NetworkRequest) -> HttpResponse:
    """Add a school that is not in Erbij yet, with an invitation for its coordinator."""
    form = NewSchoolForm(request.POST or None)
    facts = {"facts": NewSchool(**form.cleaned_data)} if form.is_valid() else {}
    return _invited(request, form, networks.add_school, template="schools/network_school.html", **facts)


@for_network(*NETWORK_ROLES)
def invite_lead(request: NetworkRequest) -> HttpResponse:
    """Invite a lead."""
    if not networks.may_invite_lead(request.network, request.roles):
        raise PermissionDenied
    form = LeadForm(request.POST if request.method == "POST" else None)
    facts = {**form.cleaned_data, "roles": request.roles} if form.is_valid() else {}
    return _invited(request, form, networks.invite_lead, template="schools/network_lead.html", **facts)


@require_POST
@for_network(*NETWORK_ROLES)
def withdraw(request: NetworkRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    networks.withdraw(network=request.network, pk=pk)
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("network", network=request.network.pk)


@require_POST
@for_network(Role.NETWORK_LEAD)
def remove_lead(request: NetworkRequest, pk: int) -> HttpResponse:
    """Take the role of a lead away."""
    try:
        networks.remove_lead(network=request.network, pk=pk)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("home")


def _invited(
    request: NetworkRequest, form: Any, service: Any, *, template: str, **facts: Any
) -> HttpResponse:
    back = reverse("network", kwargs={"network": request.network.pk})
    if form.is_valid():
        try:
            made = service(network=request.network, today=timezone.localdate(), **facts)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return handed_over(request, made, back=back)
    context = {"form": form, "network": request.network}
    return render(request, template, context, status=422 if form.errors else 200)
