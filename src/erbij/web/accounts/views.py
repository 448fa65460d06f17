"""Pages of a person's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from erbij.web.accounts import queries, services
from erbij.web.accounts import second_step as second_steps
from erbij.web.accounts.forms import LanguageForm, PersonForm
from erbij.web.accounts.models import Person
from erbij.web.accounts.requests import PersonRequest
from erbij.web.security import bad_request


@login_required
def account(request: PersonRequest) -> HttpResponse:
    """Name and language, and the way to password, codes and passkeys."""
    form = PersonForm(request.POST or None, instance=request.user)
    if form.is_valid():
        services.change_person(person=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        response = redirect("account")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    return render(request, "accounts/account.html", {"form": form})


@login_required
def address_stays(request: PersonRequest) -> HttpResponse:
    """Lead back: an address comes from an invitation; who could change it could reset the password."""
    return redirect("account")


@login_required
def sign_ins(request: PersonRequest) -> HttpResponse:
    """Where somebody is signed in: the kind of browser, and the last day."""
    found = queries.sign_ins_of(request.user, here=request.session.session_key)
    return render(request, "accounts/sign_ins.html", {"sign_ins": found})


@require_POST
@login_required
def end_sign_in(request: PersonRequest, name: str) -> HttpResponse:
    """Sign out of one browser; one that has ended already is fine."""
    services.end_sign_in(person=request.user, name=name)
    messages.success(request, _("Signed out there."))
    return redirect("sign-ins")


@require_POST
@login_required
def end_others(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    services.end_other_sign_ins(person=request.user, here=request.session.session_key)
    messages.success(request, _("You are signed in here only."))
    return redirect("sign-ins")


@login_required
def second_step(request: PersonRequest) -> HttpResponse:
    """The ways to set up a second step, for who has to have one."""
    if second_steps.has_taken(request):
        return redirect("home")
    return render(request, "accounts/second_step.html")


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language: for this browser, and for the person who is signed in."""
    form = LanguageForm(request.POST)
    if form.is_valid() and isinstance(request.user, Person):
        services.change_person(
            person=request.user, name=request.user.name, language=form.cleaned_data["language"]
        )
    return set_language(request)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old or came from elsewhere (Django's CSRF check).

    One that is too large arrives without its token: that is said instead.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        return bad_request(request, RequestDataTooBig())
    return render(request, "403_csrf.html", status=403)
