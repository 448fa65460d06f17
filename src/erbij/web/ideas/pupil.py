"""The pages of a pupil: propose, choose. No sign-in, no cookie, no token of the site, no script needed."""

import random
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods

from erbij.web.ideas import handing_in, queries, telling
from erbij.web.ideas.models import LONGEST_IDEA, Round
from erbij.web.ideas.refusals import Refusal
from erbij.web.surveys import brake, pupil_page, pupil_words
from erbij.web.surveys import words as session_words

LARGEST_BODY = 64 * 1024
"""Bytes: an idea that is far too long comes back to be made shorter; a book does not."""
PROBLEMS = {
    "empty": "ideas_empty",
    "signs": "ideas_signs",
    "too-long": "talk_too_long",
    "full": "ideas_full",
    "closed": "ideas_closed",
}
"""For each refusal the words for a pupil."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the words on the board."""
    language = _language(request, "")
    typed = session_words.as_typed(request.POST.get("word", ""))
    if typed and typed.isprintable() and "/" not in typed:
        return _led_to("pupil-ideas", typed, language)
    return _word_form(language)


@gzip_page
@csrf_exempt
@require_http_methods(["GET", "POST"])
def box(request: HttpRequest, word: str) -> HttpResponse:
    """Show what is asked, or take what is handed in."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _word_form(_language(request, ""), problem="talk_too_long", status=413)
    is_writing = request.method == "POST"
    asked = queries.by_word(word, is_writing=is_writing)
    language = _language(request, asked.school.language if asked else "")
    if asked is None:
        brake.WRONG.mistake()
        if is_writing and request.POST.get("_token"):
            return _shut(request, language)
        return _word_form(language, problem="unknown_title", status=404)
    if not is_writing or "_show" in request.POST:
        return _box(request, asked, language)
    return _handed_in(request, asked, language)


@require_GET
def done(request: HttpRequest, word: str) -> HttpResponse:
    """Thanks, the same for everyone."""
    asked = queries.by_word(word, is_writing=True)
    language = _language(request, asked.school.language if asked else "")
    kind = "vote" if asked and asked.stage == Round.Stage.VOTE else "ideas"
    if asked is None:
        brake.WRONG.mistake()
    context = _around(language) | {"word": word if asked else "", "kind": kind}
    said = context["words"]
    context |= {"title": said[f"{kind}_sent_title"], "text": said[f"{kind}_sent_text"]}
    return _page("pupil/ideas/done.html", context | _help(asked, language))


def _handed_in(request: HttpRequest, asked: Round, language: str) -> HttpResponse:
    token = handing_in.token_of(request.POST.get("_token", ""))
    try:
        if asked.stage == Round.Stage.VOTE:
            handing_in.vote(asked=asked, token=token, chosen=request.POST.getlist("chosen"))
        else:
            handing_in.propose(asked=asked, token=token, text=request.POST.get("idea", ""))
    except Refusal as refusal:
        if refusal.id == "closed":
            return _shut(request, language)
        return _box(request, asked, language, refusal=refusal)
    response = _led_to("pupil-ideas-done", asked.word, language)
    # "Back" must not find the words in the memory of a shared tablet.
    response["Clear-Site-Data"] = '"cache"'
    return response


def _box(
    request: HttpRequest, asked: Round, language: str, *, refusal: Refusal | None = None
) -> HttpResponse:
    is_vote = asked.stage == Round.Stage.VOTE
    token = handing_in.token_of(request.POST.get("_token", ""))
    context = _around(language) | _help(asked, language)
    said = context["words"]
    if refusal:
        context["problem"] = said["vote_none" if is_vote and refusal.id == "empty" else PROBLEMS[refusal.id]]
    context |= {
        "asked": asked,
        "here": reverse("pupil-ideas", args=[asked.word]),
        "own": asked.school.language,
        "token": token,
        "heard": reverse("pupils-page", args=[asked.page.code]) if asked.page.is_public else "",
        "longest": LONGEST_IDEA,
        "given": handing_in.without_odd_signs(request.POST.get("idea", "")),
    }
    if is_vote:
        how = said["vote_how"].replace("{n}", telling.amount(asked, asked.budget, language))
        context |= {"how": how, "choices": _choices(request, asked, token, language)}
    template = "pupil/ideas/vote.html" if is_vote else "pupil/ideas/propose.html"
    return _page(template, context, status=refusal.status if refusal else 200)


def _choices(request: HttpRequest, asked: Round, token: str, language: str) -> list[dict[str, Any]]:
    """What can be chosen, in another order on every page: the first one would win too often."""
    given = set(request.POST.getlist("chosen"))
    found = [
        {
            "id": str(idea.pk),
            "title": idea.title,
            "cost": telling.amount(asked, idea.cost or 0, language),
            "is_given": str(idea.pk) in given,
        }
        for idea in queries.choices_of(asked)
    ]
    random.Random(token).shuffle(found)  # noqa: S311 (no secret: the same page comes back in its order)
    return found


def _shut(request: HttpRequest, language: str) -> HttpResponse:
    """The box was closed meanwhile; what was written still stands there, to be kept on paper."""
    context = _around(language) | _help(None, language)
    given = handing_in.without_odd_signs(request.POST.get("idea", ""))
    context |= {"given": given, "problem": context["words"]["ideas_closed"]}
    return _page("pupil/ideas/shut.html", context, status=409)


def _word_form(language: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = _around(language) | {"here": reverse("pupil-ideas-start")}
    words = context["words"]
    if problem:
        text = words["unknown_text"] if problem == "unknown_title" else words["ideas_empty"]
        context["problem"] = {"title": words[problem].rstrip("."), "text": text}
    context["words"] = {**words, "word_go": words["next"]}
    return _page("pupil/word.html", context, status=status)


def _around(language: str) -> dict[str, Any]:
    around = pupil_page.in_language(language, pupil_words.languages())
    return around | {"words": {**around["words"], "page_title": around["words"]["ideas_page_title"]}}


def _help(asked: Round | None, language: str) -> dict[str, Any]:
    country = asked.school.country if asked else ""
    return {"helplines": pupil_page.helplines(country, language)}


def _led_to(name: str, word: str, language: str) -> HttpResponse:
    address = f"{reverse(name, args=[word])}?language={language}"
    return _quiet(HttpResponseRedirect(address, status=303))


def _page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    # Without the request: no context processor may look at a session or make a cookie.
    return _quiet(HttpResponse(render_to_string(template, context), status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _language(request: HttpRequest, own: str) -> str:
    """That which was asked for, else that of the school, else Dutch."""
    sent = [request.POST.get(name, "") for name in ("_show", "language")]
    asked = [*sent, request.GET.get("language", ""), own]
    return next((each for each in asked if each in pupil_words.languages()), "nl")
