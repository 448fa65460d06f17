"""The pupil's side: the key to seal with, and taking what is sent. No login, no cookie, no CSRF token."""

import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from erbij.web.help import services
from erbij.web.help.models import HelpBox
from erbij.web.help.refusals import NotSent
from erbij.web.surveys import asking as askings
from erbij.web.surveys import brake, pupil_page, pupil_words
from erbij.web.surveys.models import Wave

LARGEST_BODY = 16 * 1024
"""Bytes: one sealed request in JSON, or a form of 600 signs in any script."""


@require_GET
def key(request: HttpRequest, word: str) -> HttpResponse:
    """The public key, asked for when a pupil presses send and not before."""
    try:
        box: HelpBox = services.box_of(_wave(word))
    except NotSent as refusal:
        return _told(refusal, _language(request.GET.get("language", "")))
    return _quiet(JsonResponse({"box": box.code, "key": pupil_page.as_text(bytes(box.public_key))}))


@csrf_exempt
@require_POST
def ask(request: HttpRequest, word: str) -> HttpResponse:
    """Take a request: sealed by the browser (JSON), or a form that is sealed here at once."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    language = _language(request.GET.get("language", ""))
    form: dict[str, str] = {}
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise NotSent("too-large")
        if request.content_type == "application/json":
            _take_sealed(request, word)
        else:
            form = {name: str(request.POST.get(name, "")) for name in FIELDS}
            _take_form(form, word, language)
    except NotSent as refusal:
        return _told(refusal, language) if wants_json else _again(refusal, word, language, form)
    if wants_json:
        return _quiet(JsonResponse({"stored": True, **_said(language, "talk_sent_title", "talk_sent_text")}))
    return _led_to_the_end(word, language, form)


FIELDS = ("id", "adult", "name", "words", "beside")


@require_GET
def sent(request: HttpRequest, word: str) -> HttpResponse:
    """A calm page after sending without a script; nothing on it says what was sent, or to whom."""
    language = _language(request.GET.get("language", ""))
    beside = bool(request.GET.get("beside"))
    context = _page_about(word, language) | {"is_sent": True, "beside": beside}
    if not context.get("helpers"):
        brake.WRONG.mistake()  # names on the page would tell that a word is right
    return _page(context, status=200)


def _wave(word: str) -> Wave:
    try:
        return services.wave_behind(word)
    except NotSent:
        brake.WRONG.mistake()  # a way to guess words, like any other
        raise


def _take_sealed(request: HttpRequest, word: str) -> None:
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as problem:
        raise NotSent("not-a-request") from problem
    names = ("id", "adult", "sealed")
    if not isinstance(sent, dict) or not all(isinstance(sent.get(name), str) for name in names):
        raise NotSent("not-a-request")
    wave = _wave(word)
    services.take(wave=wave, id=sent["id"], adult=sent["adult"], sealed=sent["sealed"])


def _take_form(form: dict[str, str], word: str, language: str) -> None:
    wave = _wave(word)
    form["id"] = form["id"] or str(uuid.uuid4())
    sealed = services.seal(
        wave=wave, id=form["id"], name=form["name"], words=form["words"], language=language
    )
    services.take(wave=wave, id=form["id"], adult=form["adult"], sealed=sealed)


def _told(refusal: NotSent, language: str) -> HttpResponse:
    answer = {"error": refusal.id, "message": pupil_words.words(language)[refusal.words]}
    return _quiet(JsonResponse(answer, status=refusal.status))


def _again(refusal: NotSent, word: str, language: str, form: dict[str, str]) -> HttpResponse:
    """The page with adults and helplines once more, with what was written still in it."""
    note = pupil_words.words(language)[refusal.words]
    context = _page_about(word, language) | {"given": form, "note": note, "beside": form.get("beside", "")}
    return _page(context, status=refusal.status)


def _page_about(word: str, language: str) -> dict[str, Any]:
    asking = askings.by_word(word)
    offered = asking.languages if asking else pupil_words.languages()
    return pupil_page.of_help_page(asking, language if language in offered else offered[0])


def _led_to_the_end(word: str, language: str, form: dict[str, str]) -> HttpResponse:
    address = reverse("pupil-talk-sent", args=[word])
    beside = "&beside=1" if form["beside"] else ""
    response = HttpResponseRedirect(f"{address}?language={language}{beside}", status=303)
    # "Back" must not find the words in the memory of a shared tablet.
    response["Clear-Site-Data"] = '"cache"'
    return _quiet(response)


def _page(context: dict[str, Any], *, status: int) -> HttpResponse:
    # Without the request: no context processor may look at a session or make a cookie.
    return _quiet(HttpResponse(render_to_string("pupil/help.html", context), status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _said(language: str, *names: str) -> dict[str, str]:
    words = pupil_words.words(language)
    return dict(zip(("title", "text"), (words[name] for name in names), strict=True))


def _language(sent: str) -> str:
    return sent if sent in pupil_words.languages() else pupil_words.languages()[0]
