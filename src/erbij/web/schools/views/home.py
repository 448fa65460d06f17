"""Where somebody arrives after signing in, and the home of a school."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from erbij.web.accounts.requests import PersonRequest
from erbij.web.schools import access, queries
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS, READERS


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Go to the only school, or choose one."""
    schools = access.schools_of(request.user)
    if len(schools) == 1:
        return redirect("school", school=schools[0].slug)
    return render(request, "schools/home.html", {"schools": schools})


@for_roles()
def school(request: SchoolRequest) -> HttpResponse:
    """The home of a school: what is there and what comes next."""
    context = {
        "counts": queries.counts(),
        "may_manage": bool(request.roles & set(MANAGERS)),
        "may_read": bool(request.roles & set(READERS)),
    }
    return render(request, "schools/school.html", context)
