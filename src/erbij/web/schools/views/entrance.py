"""The ways in: the first start, and an invitation."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from erbij.web import codes
from erbij.web.accounts import queries as people
from erbij.web.accounts import start_code
from erbij.web.accounts.models import Person
from erbij.web.schools import queries, services
from erbij.web.schools.forms import CodeForm, FirstForm, JoinForm
from erbij.web.schools.models import Invitation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def first(request: HttpRequest) -> HttpResponse:
    """Make the first coordinator and school; gone for good once anybody has an account."""
    if people.anyone_exists():
        raise Http404
    form = FirstForm(request.POST or None, initial={"language": get_language() or "nl"})
    if not form.is_valid():
        return render(request, "schools/first.html", {"form": form}, status=422 if form.is_bound else 200)
    facts = form.cleaned_data
    person, school = services.start(
        account=form.account(facts["language"]),
        school=facts["school"],
        country=facts["country"],
        language=facts["language"],
        network=facts["network"],
    )
    start_code.forget()
    login(request, person, backend=BACKEND)
    return redirect("school", school=school.slug)


def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a printed invitation."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return redirect("join", code=form.cleaned_data["code"])
    return render(request, "schools/invitation.html", {"form": form}, status=422 if form.is_bound else 200)


def join(request: HttpRequest, code: str) -> HttpResponse:
    """Accept an invitation: with the account of who is signed in, or with a new one."""
    code = codes.tidy(code)
    found = queries.open_invitation(code, timezone.localdate()) if codes.is_whole(code) else None
    if found is None:
        return render(request, "schools/invitation_gone.html", status=404)
    if isinstance(request.user, Person):
        return _join_as_self(request, request.user, code=code, found=found)
    return _join_as_new(request, code=code, found=found)


def _to(found: Invitation) -> HttpResponse:
    if found.school is None:
        return redirect("network", network=found.network_id)
    return redirect("school", school=found.school.slug)


def _join_as_self(request: HttpRequest, person: Person, *, found: Invitation, code: str) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            services.accept_invitation(code=code, person=person, today=timezone.localdate())
        except ValidationError as refused:
            problem = refused.messages[0]
        else:
            return _to(found)
    context = {"invitation": found, "problem": problem}
    return render(request, "schools/join.html", context, status=422 if problem else 200)


def _join_as_new(request: HttpRequest, *, found: Invitation, code: str) -> HttpResponse:
    today = timezone.localdate()
    form = JoinForm(request.POST or None, address=found.email)
    if form.is_valid():
        try:
            person = services.join(code=code, today=today, account=form.account(get_language() or "nl"))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            login(request, person, backend=BACKEND)
            return _to(found)
    context = {"invitation": found, "form": form}
    return render(request, "schools/join.html", context, status=422 if form.is_bound else 200)
