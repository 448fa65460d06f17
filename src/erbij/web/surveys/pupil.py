"""The views of a pupil: no sign-in, no cookie, nothing that could link two pages or a person to an answer."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from erbij.instruments.schema import Audience
from erbij.web import codes
from erbij.web.surveys import asking as askings
from erbij.web.surveys import brake, pupil_page, pupil_words, questionnaire, sealing, services, words
from erbij.web.surveys.asking import Asking
from erbij.web.surveys.refusals import Refusal

LARGEST_BODY = 96 * 1024
"""Bytes: one sealed ballot of 64 kB in JSON, with room to spare."""
MINUTES = ("under-5", "5-10", "10-20", "over-20")
PROBLEMS = {
    "card-needed": "card_needed",
    "card-wrong": "card_wrong",
    "no-card": "card_unknown",
    "card-used": "card_used",
    "class-not-started": "card_early",
    "class-full": "full",
    "wave-not-open": "closed",
}
"""For each refusal the words for a pupil."""
_WORD = re.compile(r"[\w-]{1,60}")


# A word may stand in the address; a code would stand in histories and logs there, and is taken by POST only.
@gzip_page
@csrf_exempt
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the word on the board, and lead to its questions; the code of a card leads there too."""
    form = _form(request)
    typed, language = _first(form, "word"), _chosen_language(request, form)
    word = words.as_typed(typed or request.GET.get("word", ""))
    if _is_like_a_card(typed) and askings.by_word(word) is None:
        return _drawn(typed, language)
    if _WORD.fullmatch(word):
        return _led_to("pupil-questions", word, language=language)
    return _word_form(language)


# Compressed: ten languages travel with the page. There is no secret in it that its length could betray.
@gzip_page
@csrf_exempt
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, word: str) -> HttpResponse:
    """Show the questions, or take the form of a browser that can't seal."""
    form = _form(request)
    asking = askings.by_word(word) or _left_the_board(form, word)
    if asking is None:
        return _no_questions(request)
    if asking.with_cards:
        return _card_form(_language(request, pupil_words.languages()), problem="card_needed")
    if request.method == "GET":
        return _questions(asking, _language(request, asking.languages))
    return _answered(asking, form)


@gzip_page
@csrf_exempt
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Take the code of a card and show its questions; their form comes back here where none can seal."""
    form = _form(request)
    language = _chosen_language(request, form)
    if "_admission" not in form:
        return _drawn(_first(form, "code"), language) if "code" in form else _card_form(language)
    asking = askings.by_admission(_first(form, "_admission"))
    if asking is None:
        return _card_form(language, problem="closed", status=409)
    return _answered(asking, form)


def _drawn(typed: str, language: str) -> HttpResponse:
    try:
        asking = askings.by_card(codes.tidy(typed))
    except Refusal as refusal:
        is_slip = refusal.id == "card-wrong"
        if is_slip or refusal.id == "no-card":
            brake.WRONG.mistake()
        # What was typed stays for who has to look for one sign; a code that is whole leaves the page.
        return _card_form(
            language, problem=PROBLEMS[refusal.id], typed=typed if is_slip else "", status=refusal.status
        )
    return _questions(asking, _one_of(language, asking.languages))


def _is_like_a_card(typed: str) -> bool:
    code = codes.tidy(typed)
    is_long_enough = len(code) == codes.SECRET_SIGNS + 1
    return codes.is_whole(code) or (is_long_enough and any(sign.isdigit() for sign in code))


def _answered(asking: Asking, form: Mapping[str, list[str]]) -> HttpResponse:
    """Hand in the form of a browser that can't seal, or show it in another language."""
    if "_show" not in form:
        return _handed_in(asking, form)
    language = _one_of(_first(form, "_show"), asking.languages)
    if askings.is_handed_in(_ballot_id(_first(form, "_ballot"))):
        return _led_to(pupil_page.ENDINGS[asking.audience], language=language, word=asking.word)
    return _questions(asking, language, form=form)


@csrf_exempt
@require_POST
def ballots(request: HttpRequest) -> HttpResponse:
    """Take a sealed ballot; acknowledged means stored, also where it was stored before."""
    try:
        services.accept_ballot(**_sent(request))
    except Refusal as refusal:
        with translation.override(_language(request, ("nl", "en", "fr"))):
            answer = {"error": refusal.id, "message": str(refusal.words)}
        return _quiet(JsonResponse(answer, status=refusal.status))
    return _quiet(JsonResponse({"stored": True}))


@gzip_page
@require_GET
def done(request: HttpRequest, audience: Audience = "pupils") -> HttpResponse:
    """The ending."""
    word = request.GET.get("word", "")
    language = _language(request, pupil_words.languages())
    known = word if _WORD.fullmatch(word) else ""
    context = pupil_page.of_the_end(language, word=known, audience=audience)
    return _page("pupil/done.html", context)


@require_GET
def help_page(request: HttpRequest, word: str) -> HttpResponse:
    """Who to talk to; looking at it sends nothing."""
    asking = askings.by_word(word)
    language = _language(request, asking.languages if asking else pupil_words.languages())
    context = pupil_page.of_help_page(asking, language) | {"beside": bool(request.GET.get("beside"))}
    if asking is None:
        # Who looks for help finds the helplines, whatever became of the class.
        brake.WRONG.mistake()
        context["note"] = "{title}. {text}".format(**_problem("unknown", language))
    return _page("pupil/help.html", context, status=200 if asking else 404)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; at the root, because its folder limits which pages it serves."""
    path = finders.find("pupil/worker.js")
    if not isinstance(path, str):
        raise Http404
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (the finder answers a string)
        return _quiet(HttpResponse(file.read(), content_type="text/javascript; charset=utf-8"))


def _sent(request: HttpRequest) -> dict[str, str]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Refusal("too-large")
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as problem:
        raise Refusal("not-a-ballot") from problem
    names = ("id", "wave", "sealed")
    if not isinstance(sent, dict) or not all(isinstance(sent.get(name), str) for name in names):
        raise Refusal("not-a-ballot")
    ballot = {name: sent[name] for name in names}
    # The class is for the count only; an admission is there where a card was drawn.
    beside = {"class_code": sent.get("class", ""), "admission": sent.get("admission")}
    return ballot | {name: value for name, value in beside.items() if isinstance(value, str)}


def _left_the_board(form: Mapping[str, list[str]], word: str) -> Asking | None:
    # The class was closed while a slow pupil was still writing: the answers count all the same.
    if "_wave" not in form:
        return None
    return askings.by_wave(_first(form, "_wave"), _first(form, "_class"), word=words.as_typed(word))


def _form(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def _handed_in(asking: Asking, form: Mapping[str, list[str]]) -> HttpResponse:
    language = _one_of(_first(form, "_language"), asking.languages)
    ballot = _ballot_id(_first(form, "_ballot"))
    plain: dict[str, object] = {
        "v": 1,
        "class": asking.class_code,
        "language": language,
        "answers": questionnaire.answers(asking.instrument, form, items_on=asking.items_on),
    }
    # Only a script can measure it; where there is none the band is absent.
    if (minutes := _first(form, "_minutes")) in MINUTES:
        plain["minutes"] = minutes
    sealed = sealing.seal(plain, asking.public_key, wave=asking.wave, ballot=ballot)
    try:
        beside = {"admission": asking.admission} if asking.admission else {"class_code": asking.class_code}
        services.accept_ballot(id=ballot, wave=asking.wave, sealed=sealed, **beside)
    except Refusal as refusal:
        return _questions(asking, language, form=form, refusal=refusal)
    response = _led_to(pupil_page.ENDINGS[asking.audience], language=language, word=asking.word)
    # "Back" must not find the filled-in form in the memory of a shared tablet.
    response["Clear-Site-Data"] = '"cache"'
    return response


def _questions(
    asking: Asking,
    language: str,
    *,
    form: Mapping[str, list[str]] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    form = form or {}
    ballot = _ballot_id(_first(form, "_ballot"))
    context = pupil_page.of_questions(asking, language, ballot=ballot, given=form)
    if refusal:
        context["problem"] = _problem(PROBLEMS.get(refusal.id, "closed"), language, asking.audience)
    return _page("pupil/questions.html", context, status=refusal.status if refusal else 200)


def _no_questions(request: HttpRequest) -> HttpResponse:
    brake.WRONG.mistake()
    return _word_form(_language(request, pupil_words.languages()), problem="unknown", status=404)


def _word_form(language: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = pupil_page.in_language(language, pupil_words.languages())
    context["here"] = reverse("pupil-start")
    if problem:
        context["problem"] = _problem(problem, language)
    return _page("pupil/word.html", context, status=status)


def _card_form(language: str, *, problem: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    context = pupil_page.in_language(language, pupil_words.languages())
    context |= {"here": reverse("pupil-card"), "typed": typed}
    if problem:
        context["problem"] = _problem(problem, language)
    return _page("pupil/card.html", context, status=status)


def _problem(name: str, language: str, audience: Audience = "pupils") -> dict[str, str]:
    said = pupil_words.words(language, audience)
    return {"title": said[f"{name}_title"], "text": said[f"{name}_text"]}


def _page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    # Without the request: no context processor may look at a session or make a cookie.
    return _quiet(HttpResponse(render_to_string(template, context), status=status))


def _led_to(name: str, *args: str, language: str, word: str = "") -> HttpResponse:
    address = f"{reverse(name, args=args)}?language={language}{f'&word={word}' if word else ''}"
    return _quiet(HttpResponseRedirect(address, status=303))


def _quiet(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _language(request: HttpRequest, offered: tuple[str, ...]) -> str:
    return _one_of(request.GET.get("language", ""), offered)


def _chosen_language(request: HttpRequest, form: Mapping[str, list[str]]) -> str:
    asked = request.GET.get("language") or _first(form, "language") or _first(form, "_language")
    return _one_of(asked, pupil_words.languages())


def _one_of(language: str, offered: tuple[str, ...]) -> str:
    return language if language in offered else offered[0]


def _first(form: Mapping[str, list[str]], name: str) -> str:
    return next(iter(form.get(name, [])), "")


def _ballot_id(sent: str) -> str:
    try:
        found = uuid.UUID(sent)
    except ValueError:
        return str(uuid.uuid4())
    return str(found) if found.version == 4 else str(uuid.uuid4())
