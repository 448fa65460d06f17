"""Letting an operator in to the set-up of a school, for a while."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.schools import admissions, queries
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.admissions import Wanted
from erbij.web.schools.forms import AdmissionForm
from erbij.web.schools.roles import MANAGERS, Role


@for_roles(Role.COORDINATOR)
def operators(request: SchoolRequest) -> HttpResponse:
    """Who is in now, and the form to let somebody in."""
    return _page(request, AdmissionForm(school=request.school))


@require_POST
@for_roles(Role.COORDINATOR)
def let_in(request: SchoolRequest) -> HttpResponse:
    """Let an operator in; only the school's own coordinator may."""
    form = AdmissionForm(request.POST, school=request.school)
    if not form.is_valid():
        return _page(request, form)
    try:
        admissions.let_in(school=request.school, wanted=Wanted(**form.cleaned_data), now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _page(request, form)
    return redirect("operators", school=request.school.slug)


@require_POST
@for_roles(*MANAGERS)
def shut_out(request: SchoolRequest, pk: int) -> HttpResponse:
    """End it before its time."""
    admissions.shut_out(school=request.school, pk=pk)
    messages.success(request, _("The operator sees nothing of your school any more."))
    return redirect("school", school=request.school.slug)


def _page(request: SchoolRequest, form: AdmissionForm) -> HttpResponse:
    context = {
        "form": form,
        "admissions": queries.admissions(timezone.now()),
        "are_operators": queries.operators_of(request.school).exists(),
    }
    return render(request, "schools/operators.html", context, status=422 if form.errors else 200)
