"""The pages of the team: rounds, one round, its board, and moving it on."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from erbij.web.ideas import queries, services
from erbij.web.ideas.forms import AnswerForm, RoundForm, ThroughForm, WhyForm
from erbij.web.ideas.models import Idea, Round
from erbij.web.ideas.refusals import Refusal
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS, READERS, Role
from erbij.web.surveys.views.boards import qr

GUIDES = (*READERS, Role.TEACHER, Role.COUNCIL_GUIDE)
"""Who may put the word on a board; ideas themselves are read by who answers for them."""
MOVES: dict[str, Callable[..., None]] = {
    "stop": services.stop_proposing,
    "vote": services.start_voting,
    "answer": services.answer_without_vote,
    "count": services.count_votes,
    "finish": services.finish,
}


@require_GET
@for_roles(*GUIDES)
def rounds(request: SchoolRequest) -> HttpResponse:
    """The rounds of the school."""
    context = {
        "rounds": queries.rounds_of(request.school.pk),
        "may_open": _may_manage(request) and bool(queries.pages_for_a_round(request.school.pk)),
        "may_manage": _may_manage(request),
    }
    return render(request, "ideas/rounds.html", context)


@for_roles(*MANAGERS)
def new(request: SchoolRequest) -> HttpResponse:
    """Open a round."""
    pages = queries.pages_for_a_round(request.school.pk)
    question = _("What would help so that everyone belongs here?")
    form = RoundForm(request.POST or None, pages=pages, question=question)
    if form.is_valid():
        try:
            made = services.open_round(**form.cleaned_data)
            return redirect("idea-round", school=request.school.slug, code=made.code)
        except Refusal as refusal:
            form.add_error(None, str(refusal.words))
    context = {"form": form, "pages": pages}
    return render(request, "ideas/new.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@for_roles(*GUIDES)
def round_page(request: SchoolRequest, code: str) -> HttpResponse:
    """One round: its board, and for who manages it what is to do now."""
    asked = found_or_404(request, code)
    context = {"asked": asked, "may_manage": _may_manage(request), **_board(request, asked)}
    if _may_manage(request):
        context |= _ideas(asked)
    return render(request, "ideas/round.html", context)


@require_POST
@for_roles(*GUIDES)
def open_board(request: SchoolRequest, code: str) -> HttpResponse:
    """Put a word on the board for a lesson."""
    return _did(request, code, lambda asked: services.put_on_board(asked=asked))


@require_POST
@for_roles(*GUIDES)
def close_board(request: SchoolRequest, code: str) -> HttpResponse:
    """Take the word off the board."""
    return _did(request, code, lambda asked: services.take_off_board(asked=asked))


@require_POST
@for_roles(*MANAGERS)
def move(request: SchoolRequest, code: str) -> HttpResponse:
    """On to the next stage; there is no way back."""
    step = MOVES.get(request.POST.get("step", ""))
    if step is None:
        return HttpResponseBadRequest()
    return _did(request, code, lambda asked: step(asked=asked))


@require_POST
@for_roles(*MANAGERS)
def tell(request: SchoolRequest, code: str) -> HttpResponse:
    """Let pupils read the answers, or not any more."""
    is_told = "tell" in request.POST
    return _did(request, code, lambda asked: services.tell(asked=asked, is_told=is_told))


def found_or_404(request: SchoolRequest, code: str) -> Round:
    """The round of an address."""
    asked = queries.round_of(request.school.pk, code)
    if asked is None:
        raise Http404
    return asked


def _did(request: SchoolRequest, code: str, act: Callable[[Round], object]) -> HttpResponse:
    try:
        act(found_or_404(request, code))
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
    return redirect("idea-round", school=request.school.slug, code=code)


def _may_manage(request: SchoolRequest) -> bool:
    return bool(request.roles & set(MANAGERS))


def _board(request: SchoolRequest, asked: Round) -> dict[str, Any]:
    if not asked.is_on_board:
        return {}
    place = request.build_absolute_uri(reverse("pupil-ideas-start"))
    link = request.build_absolute_uri(reverse("pupil-ideas", args=[asked.word]))
    drawn = mark_safe(qr(link))  # noqa: S308 (our own address, drawn)
    return {"address": place.split("://", 1)[-1].rstrip("/"), "qr": drawn}


def _ideas(asked: Round) -> dict[str, Any]:
    """The ideas with a form for each thing that can be done with them."""
    ideas = queries.ideas_of(asked)
    shown = [idea for idea in ideas if idea.state == Idea.State.ON]
    return {
        "ideas": [_row(asked, idea, shown) for idea in sorted(ideas, key=_first_what_waits)],
        "unread": sum(idea.state == Idea.State.NEW for idea in ideas),
        "unanswered": queries.unanswered(asked),
        "can_vote": bool(asked.budget and any(idea.cost for idea in shown)),
    }


def _first_what_waits(idea: Idea) -> tuple[int, bool]:
    order = (Idea.State.HELP, Idea.State.NEW, Idea.State.ON, Idea.State.MERGED, Idea.State.OFF)
    return order.index(Idea.State(idea.state)), bool(idea.verdict)


def _row(asked: Round, idea: Idea, shown: Sequence[Idea]) -> dict[str, Any]:
    own = f"{idea.pk}-%s"
    if idea.state == Idea.State.HELP and not idea.text:
        return {"idea": idea}  # looked after: nothing is left to do
    if asked.stage == Round.Stage.SORTING:
        through = {"title": idea.title, "cost": idea.cost}
        return {
            "idea": idea,
            "through": ThroughForm(initial=through, auto_id=own),
            "others": [other for other in shown if other.pk != idea.pk],
            "off": WhyForm(initial={"why": idea.why}, auto_id=own),
        }
    given = idea.verdict or (Idea.Verdict.YES if idea.is_bought else Idea.Verdict.NO)
    initial = {"verdict": given, "why": idea.why, "by": idea.by}
    return {"idea": idea, "answer": AnswerForm(initial=initial, auto_id=own)}
