"""Dividing a budget over places: trying it, keeping it, and what was kept."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from erbij.actions import places, registry
from erbij.errors import ActionError
from erbij.web.plans import dividing, queries, services
from erbij.web.plans.budget_form import LEVELS, BudgetForm
from erbij.web.plans.views import found
from erbij.web.results import queries as results
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS


@for_roles(*READERS)
def budget(request: SchoolRequest) -> HttpResponse:
    """Try a division; who plans keeps one."""
    plan = found.plan_for(request)
    context: dict[str, Any] = {"kept": queries.divisions_of(request.school.pk), "may_manage": False}
    if not plan.records:
        return render(request, "plans/budget.html", context)
    release = results.release_of(plan.records[-1])
    units = {level: [one.unit for one in places.of(release, level) if one.is_told] for level in LEVELS}
    levels = [level for level, told in units.items() if len(told) > 1]
    rows, words = queries.actions_of(request.school.pk), found.words()
    planned = {row.action for row in rows if row.is_active}
    known = sorted(registry.actions().values(), key=lambda one: (one.id not in planned, one.id))
    sent = request.POST or request.GET or None
    form = BudgetForm(
        sent,
        levels=levels,
        places=sorted(dividing.short([unit for told in units.values() for unit in told]).items()),
        actions=[(one.id, words.label(one.title, one.id)) for one in known],
        initial={"actions": sorted(planned & {one.id for one in known})},
    )
    context |= {"form": form if levels else None, "may_manage": found.may_manage(request)}
    if not levels or not form.is_valid():
        return render(request, "plans/budget.html", context, status=422 if levels and form.errors else 200)
    try:
        told = dividing.divided(release, form, rows, words)
    except ActionError:
        form.add_error(
            None, _("These numbers do not fit together: look at the least, the most, and the budget.")
        )
        return render(request, "plans/budget.html", context, status=422)
    if request.method == "POST" and found.may_manage(request):
        made = services.keep_division(
            record=plan.records[-1],
            inputs=form.cleaned_data,
            results=told,
            person=request.user,
        )
        return redirect("division", school=request.school.slug, pk=made.pk)
    return render(request, "plans/budget.html", context | _shown(told))


@require_GET
@for_roles(*READERS)
def division(request: SchoolRequest, pk: int) -> HttpResponse:
    """A division as it was kept."""
    row = next((one for one in queries.divisions_of(request.school.pk) if one.pk == pk), None)
    if row is None:
        raise Http404
    fields = BudgetForm.base_fields
    inputs = [
        (fields[name].label, value)
        for name, value in row.inputs.items()
        if name in fields and value not in (None, "")
    ]
    return render(request, "plans/division.html", {"row": row, "inputs": inputs, **_shown(row.results)})


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    names = dividing.names()
    return {"told": told, "outcomes": [(names[one["name"]], one) for one in told["outcomes"]]}
