"""What a coordinator does with one idea."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from erbij.web.ideas import queries, sorting
from erbij.web.ideas.forms import AnswerForm, ThroughForm, WhyForm
from erbij.web.ideas.models import Idea, Round
from erbij.web.ideas.refusals import Refusal
from erbij.web.ideas.views.rounds import found_or_404
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS


@require_POST
@for_roles(*MANAGERS)
def sort(request: SchoolRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    """Let an idea through, put it with another, keep it back, or see a call for help in it."""
    asked = found_or_404(request, code)
    idea, act = _idea(asked, pk), ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    return _did(request, asked, lambda: act(request, asked, idea))


@require_POST
@for_roles(*MANAGERS)
def answer(request: SchoolRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    """Answer an idea."""
    asked = found_or_404(request, code)
    idea, form = _idea(asked, pk), AnswerForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise Refusal("no-why")
        sorting.answer(idea=idea, **form.cleaned_data)

    return _did(request, asked, act)


@require_POST
@for_roles(*MANAGERS)
def looked_after(request: SchoolRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    """The school did what it does after a call for help."""
    asked = found_or_404(request, code)
    idea = _idea(asked, pk)
    return _did(request, asked, lambda: sorting.looked_after(idea=idea))


def _through(request: SchoolRequest, _asked: Round, idea: Idea) -> None:
    form = ThroughForm(request.POST)
    if not form.is_valid():
        raise Refusal("no-title" if "title" in form.errors else "too-dear")
    sorting.let_through(idea=idea, **form.cleaned_data)


def _with(request: SchoolRequest, asked: Round, idea: Idea) -> None:
    wanted = request.POST.get("into", "")
    into = next((each for each in queries.ideas_of(asked) if str(each.pk) == wanted), None)
    sorting.put_with(idea=idea, into=into)


def _off(request: SchoolRequest, _asked: Round, idea: Idea) -> None:
    form = WhyForm(request.POST)
    if not form.is_valid():
        raise Refusal("no-why")
    sorting.keep_back(idea=idea, **form.cleaned_data)


def _help(_request: SchoolRequest, _asked: Round, idea: Idea) -> None:
    sorting.call_for_help(idea=idea)


ACTS: dict[str, Callable[[SchoolRequest, Round, Idea], None]] = {
    "through": _through,
    "with": _with,
    "off": _off,
    "help": _help,
}


def _idea(asked: Round, pk: uuid.UUID) -> Idea:
    for idea in queries.ideas_of(asked):
        if idea.pk == pk:
            idea.round = asked
            return idea
    raise Http404


def _did(request: SchoolRequest, asked: Round, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
    return redirect("idea-round", school=request.school.slug, code=asked.code)
