"""Looking back: what changed where an action ran, and what to do next."""

from django.http import HttpResponse
from django.shortcuts import render

from erbij.web.plans import looking_back, queries
from erbij.web.plans.roles import SEE
from erbij.web.plans.views import found
from erbij.web.schools.access import SchoolRequest, for_roles


@for_roles(*SEE)
def look_back(request: SchoolRequest) -> HttpResponse:
    """All actions, each with what was seen of it or could be."""
    plan = found.plan_for(request)
    draws = queries.draws_of(request.school.pk)
    rows = queries.actions_of(request.school.pk)
    looked = looking_back.at(plan, found.actions_for(request, plan), found.words(), draws=draws, rows=rows)
    context = {
        "seen": [one for one in looked if one.seen],
        "waiting": [one for one in looked if not one.seen],
        "record": plan.records[-1] if plan.records else None,
        "may_manage": found.may_manage(request),
    }
    return render(request, "plans/look_back.html", context)
