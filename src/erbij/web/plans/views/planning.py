"""Planning an action for a finding, and changing what was planned."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from erbij.actions import registry
from erbij.actions.opportunity import Action
from erbij.web.plans import queries, services, telling
from erbij.web.plans.forms import ActionForm, initial_of
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.views import found
from erbij.web.schools import queries as schools
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS

OWN = "own"
"""In an address: an action that the school thought of itself."""


@for_roles(*MANAGERS)
def plan(request: SchoolRequest, signal: str, name: str) -> HttpResponse:
    """Plan an action of the catalogue, or one of the school's own."""
    standing = found.plan_for(request)
    decided = found.decision_or_404(standing, signal)
    action = _action_or_404(name)
    if decided.choice is None or decided.choice.what != "act":
        messages.error(request, _("First choose to act."))
        return redirect("decision", school=request.school.slug, signal=signal)
    form = _form(request, action, _companions(request, action, signal))
    if form.is_valid() and (planned := _planned(request, form, signal, action)):
        messages.success(request, _("Planned. Who sees to it finds it under “Act”."))
        return redirect("action", school=request.school.slug, pk=planned.pk)
    words = found.words()
    context = {
        "form": form,
        "action": telling.action_known(action, words) if action else None,
        "told": telling.decision_of(standing, decided, words, today=found.today()),
    }
    return render(request, "plans/plan_action.html", context, status=422 if form.errors else 200)


@for_roles(*MANAGERS)
def change(request: SchoolRequest, pk: int) -> HttpResponse:
    """Change who, where, when or how much."""
    told = found.action_or_404(request, found.plan_for(request), pk)
    form = ActionForm(
        request.POST or None,
        initial=initial_of(told.row),
        owners=queries.owners(request.school.pk),
        grades=schools.grades(),
    )
    if form.is_valid():
        services.change(planned=told.row, facts=form.facts())
        messages.success(request, _("Changed."))
        return redirect("action", school=request.school.slug, pk=pk)
    context = {"form": form, "told": told}
    return render(request, "plans/change_action.html", context, status=422 if form.errors else 200)


def _action_or_404(name: str) -> Action | None:
    if name == OWN:
        return None
    if name not in registry.actions():
        raise Http404
    return registry.actions()[name]


def _companions(request: SchoolRequest, action: Action | None, signal: str) -> dict[str, str]:
    """What can go with an action on pupils, by id; empty where that is there or not needed."""
    if action is None or action.changes != "pupils":
        return {}
    if services.stands(request.school, signal, action.with_):
        return {}
    known, words = registry.actions(), found.words()
    return {name: words.label(known[name].title, name) for name in action.with_}


def _form(request: SchoolRequest, action: Action | None, companions: dict[str, str]) -> ActionForm:
    today = found.today()
    return ActionForm(
        request.POST or None,
        initial={"starts_on": today, "owner": request.user.pk, "companion": next(iter(companions), "")},
        owners=queries.owners(request.school.pk),
        grades=schools.grades(),
        companions=companions,
        is_own=action is None,
    )


def _planned(
    request: SchoolRequest, form: ActionForm, signal: str, action: Action | None
) -> PlannedAction | None:
    """The new action; None where it was refused, and the form says why."""
    try:
        wanted = form.wanted(signal, action.id if action else "")
        return services.plan(school=request.school, wanted=wanted, facts=form.facts(), today=found.today())
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
