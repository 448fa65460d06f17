"""Acting: what is planned, by the day to look at it; one action with its steps."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.actions import registry
from erbij.web.plans import queries, services, telling
from erbij.web.plans.forms import NoteForm, StatusForm
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.roles import SEE
from erbij.web.plans.telling import ActionTold
from erbij.web.plans.views import found
from erbij.web.results.views.found import is_reader
from erbij.web.schools.access import SchoolRequest, for_roles


@for_roles(*SEE)
def actions(request: SchoolRequest) -> HttpResponse:
    """All planned actions, what is due first."""
    plan = found.plan_for(request)
    told = found.actions_for(request, plan)
    context = {
        "due": [one for one in told if one.is_due],
        "going": [one for one in told if one.row.is_active and not one.is_due],
        "over": [one for one in told if not one.row.is_active],
        "waiting": len(plan.open),
        "is_reader": is_reader(request),
        "owns": any(one.row.owner_id == request.user.pk for one in told),
        "sends_email": bool(settings.EMAIL_HOST),
        "wants_letters": queries.wants_letters(request.user),
    }
    return render(request, "plans/actions.html", context)


@for_roles(*SEE)
def action(request: SchoolRequest, pk: int) -> HttpResponse:
    """One action: who, where, when, how to see whether it takes hold, and its steps."""
    plan = found.plan_for(request)
    told = found.action_or_404(request, plan, pk)
    return render(request, "plans/action.html", _context(request, told) | {"pulse": queries.pulse_for(plan)})


@require_POST
@for_roles(*SEE)
def note(request: SchoolRequest, pk: int) -> HttpResponse:
    """Keep a small step."""
    told = found.action_or_404(request, found.plan_for(request), pk)
    found.check_may_follow(request, told.row)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "plans/action.html", _context(request, told) | {"form": form}, status=422)
    services.note(planned=told.row, step=form.step(), person=request.user, today=found.today())
    messages.success(request, _("Your step is kept."))
    return redirect("action", school=request.school.slug, pk=pk)


@require_POST
@for_roles(*SEE)
def status(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say how far it is."""
    told = found.action_or_404(request, found.plan_for(request), pk)
    found.check_may_follow(request, told.row)
    form = StatusForm(request.POST)
    if form.is_valid() and _is_moved(form, told):
        messages.success(request, _("Changed."))
        return redirect("action", school=request.school.slug, pk=pk)
    return render(request, "plans/action.html", _context(request, told) | {"state": form}, status=422)


def _is_moved(form: StatusForm, told: ActionTold) -> bool:
    status, reason = form.cleaned_data["status"], form.cleaned_data["reason"]
    try:
        services.move(planned=told.row, status=status, reason=reason, today=found.today())
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _context(request: SchoolRequest, told: ActionTold) -> dict[str, object]:
    known = registry.actions().get(told.row.action)
    return {
        "told": told,
        "draw": queries.draws_of(request.school.pk).get(told.row.code),
        "may_draw": found.may_manage(request) and told.row.status == PlannedAction.Status.PLANNED,
        "known": telling.action_known(known, found.words()) if known else None,
        "kept": queries.notes_of(told.row),
        "form": NoteForm(),
        "state": StatusForm(initial={"status": told.row.status}),
        "may_follow": found.may_follow(request, told.row),
        "may_manage": found.may_manage(request),
    }
