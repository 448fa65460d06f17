"""Where somebody arrives after signing in, and the home of a school."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.accounts.requests import PersonRequest
from erbij.web.schools import access, networks, next_steps, queries, services
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.forms import CodeForm, SchoolForm
from erbij.web.schools.roles import LET_IN, MANAGERS, READERS, SET_UP, Role


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Go to the only school, or choose one; networks stand beside the schools."""
    schools, mine = access.schools_of(request.user), access.networks_of(request.user)
    if len(schools) == 1 and not mine:
        return redirect("school", school=schools[0].slug)
    may_make_network = access.may_make_network(request.user)
    context = {"schools": schools, "networks": mine, "may_make_network": may_make_network}
    return render(request, "schools/home.html", context)


@for_roles()
def school(request: SchoolRequest) -> HttpResponse:
    """The home of a school: what comes next, and what is there."""
    context = {
        "counts": queries.counts(),
        "next_steps": next_steps.of(request),
        "may_manage": bool(request.roles & set(MANAGERS)),
        "may_read": bool(request.roles & set(READERS)),
        "is_operator": bool(request.roles & {Role.OPERATOR, LET_IN}),
        "is_let_in": LET_IN in request.roles,
        "admissions": queries.admissions(timezone.now()),
        "may_make_network": access.may_make_network(request.user),
    }
    return render(request, "schools/school.html", context)


@for_roles(*SET_UP)
def change(request: SchoolRequest) -> HttpResponse:
    """Name, country and language of the school; its network."""
    form = SchoolForm(request.POST or None, instance=request.school)
    if form.is_valid():
        services.change_school(school=request.school, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("school", school=request.school.slug)
    return _settings(request, form, CodeForm())


@require_POST
@for_roles(Role.COORDINATOR)
def join_network(request: SchoolRequest) -> HttpResponse:
    """Join the network of a code. Leads get in by this, so only the school's own coordinator may."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            networks.join(school=request.school, code=form.cleaned_data["code"])
        except ValidationError as refused:
            form.add_error("code", refused.messages)
        else:
            return redirect("school-settings", school=request.school.slug)
    return _settings(request, SchoolForm(instance=request.school), form)


@require_POST
@for_roles(Role.COORDINATOR)
def leave_network(request: SchoolRequest) -> HttpResponse:
    """Leave the network: its leads see nothing of this school any more."""
    networks.leave(school=request.school)
    messages.success(request, _("Your school has left the network."))
    return redirect("school-settings", school=request.school.slug)


def _settings(request: SchoolRequest, form: SchoolForm, code_form: CodeForm) -> HttpResponse:
    context = {
        "form": form,
        "code_form": code_form,
        "leads": queries.leads_of(request.school.network) if request.school.network else (),
        "may_join": Role.COORDINATOR in request.roles,
    }
    status = 422 if form.errors or code_form.errors else 200
    return render(request, "schools/settings.html", context, status=status)
