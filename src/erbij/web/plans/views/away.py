"""What is taken away from the plan: calendar files, the sheet for the wall; and whether letters come."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.plans import calendar, services, sheet
from erbij.web.plans.roles import SEE
from erbij.web.plans.telling import ActionTold
from erbij.web.plans.views import found
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS


@for_roles(*SEE)
def one(request: SchoolRequest, pk: int) -> HttpResponse:
    """The days of one action."""
    return _file([found.action_or_404(request, found.plan_for(request), pk)], "erbij-action.ics")


@for_roles(*SEE)
def mine(request: SchoolRequest) -> HttpResponse:
    """The days of all actions that somebody sees to, also of those that stopped: calendars take these out."""
    told = found.actions_for(request, found.plan_for(request))
    return _file([each for each in told if each.row.owner_id == request.user.pk], "erbij.ics")


def _file(actions: Iterable[ActionTold], name: str) -> HttpResponse:
    text = calendar.of(actions, now=timezone.now())
    response = HttpResponse(text, content_type=calendar.TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_roles(*READERS)
def wall(request: SchoolRequest) -> HttpResponse:
    """The plan on one sheet."""
    plan = found.plan_for(request)
    made = sheet.of(
        request.school, plan, found.actions_for(request, plan), found.words(), today=found.today()
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="plan.pdf"'
    return response


@require_POST
@for_roles(*SEE)
def letters(request: SchoolRequest) -> HttpResponse:
    """Switch reminders by e-mail on or off."""
    is_wanted = "yes" in request.POST
    services.want_letters(person=request.user, is_wanted=is_wanted)
    messages.success(
        request, _("Reminders come by e-mail.") if is_wanted else _("No more reminders by e-mail.")
    )
    return redirect("actions", school=request.school.slug)
