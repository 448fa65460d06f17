"""Keys for programs: a coordinator makes them, sees each once, and withdraws them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erbij.web.results import api_keys
from erbij.web.results.forms import TokenForm
from erbij.web.results.models import ApiToken
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import Role


@never_cache
@for_roles(Role.COORDINATOR)
def tokens(request: SchoolRequest) -> HttpResponse:
    """List the keys, and make one; the new one is shown on this answer and never again."""
    form, key = TokenForm(request.POST or None), ""
    today = timezone.localdate()
    if form.is_valid():
        try:
            key = api_keys.make(school=request.school, maker=request.user, today=today, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    found = ApiToken.objects.filter(expires__gte=today).select_related("made_by")
    status = 422 if form.errors else 200
    return render(request, "results/tokens.html", {"form": form, "key": key, "tokens": found}, status=status)


@require_POST
@for_roles(Role.COORDINATOR)
def withdraw(request: SchoolRequest, pk: int) -> HttpResponse:
    """Take a key back."""
    api_keys.withdraw(token=get_object_or_404(ApiToken.objects.all(), pk=pk))
    messages.success(request, _("The key was withdrawn."))
    return redirect("tokens", school=request.school.slug)
