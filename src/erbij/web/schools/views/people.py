"""Who has which role at a school, and inviting others."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.schools import queries, services
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.forms import InviteForm
from erbij.web.schools.models import Invitation, Membership
from erbij.web.schools.roles import MANAGERS, Role
from erbij.web.schools.views.invitations import handed_over


@for_roles(*MANAGERS)
def people(request: SchoolRequest) -> HttpResponse:
    """List the team and the open invitations."""
    return _page(request, InviteForm())


@require_POST
@for_roles(*MANAGERS)
def invite(request: SchoolRequest) -> HttpResponse:
    """Make an invitation: by e-mail, or as a page to print, shown this once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    made = services.invite(school=request.school, today=timezone.localdate(), **form.cleaned_data)
    return handed_over(request, made, back=reverse("people", kwargs={"school": request.school.slug}))


@require_POST
@for_roles(*MANAGERS)
def withdraw(request: SchoolRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    services.withdraw_invitation(invitation=get_object_or_404(Invitation.objects.all(), pk=pk))
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("people", school=request.school.slug)


@require_POST
@for_roles(*MANAGERS)
def remove(request: SchoolRequest, pk: int) -> HttpResponse:
    """Take a role away from somebody."""
    membership = get_object_or_404(Membership.objects.all(), pk=pk)
    try:
        services.remove_member(membership=membership)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("Removed."))
    return redirect("people", school=request.school.slug)


def _page(request: SchoolRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "members": queries.members(),
        "invitations": queries.invitations(timezone.localdate()),
        "may_let_in": Role.COORDINATOR in request.roles,
        "sends_email": bool(settings.EMAIL_HOST),
    }
    return render(request, "schools/people.html", context, status=status)
