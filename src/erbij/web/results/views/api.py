"""The API: what a program with a key may read. Read-only, and only of releases that were shared."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_scopes import scope

from erbij.reports import codebook
from erbij.web.results import api_keys, queries
from erbij.web.results import openapi as description
from erbij.web.results.models import ApiToken, ReleaseRecord

Answer = Callable[..., HttpResponse]


def about(request: HttpRequest) -> HttpResponse:
    """A plain page about the API, for who writes a program."""
    return render(request, "results/api.html", {"api": description.document()})


def openapi(_request: HttpRequest) -> HttpResponse:
    """The description that programs read."""
    return _json(description.document())


def _for_key(view: Callable[..., HttpResponse]) -> Answer:
    """Guard a view of the API: a key that is valid, not too often, and its own school only."""

    @wraps(view)
    def guarded(request: HttpRequest, *, school: str | None = None, **names: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return _refused(405, "only GET", Allow="GET, HEAD")
        token = api_keys.token_of(request.headers.get("Authorization", ""), timezone.localdate())
        if token is None:
            return _refused(401, "no valid key", **{"WWW-Authenticate": "Bearer"})
        if not api_keys.PACE.may(token.pk):
            return _refused(429, "too often", **{"Retry-After": "5"})
        if school is not None and school != token.school.slug:
            return _refused(404, "not there")
        with scope(school=token.school):
            return view(token, **names)

    guarded.needs_key = True  # type: ignore[attr-defined]  # the tests of addresses read it
    return guarded


@_for_key
def schools(token: ApiToken) -> HttpResponse:
    """The school of the key."""
    school = token.school
    return _json([{"school": school.slug, "name": school.name, "country": school.country}])


@_for_key
def waves(token: ApiToken) -> HttpResponse:
    """The surveys whose release was shared."""
    return _json([_wave(each) for each in queries.releases_of(token.school_id, only_shared=True)])


def _wave(kept: ReleaseRecord) -> dict[str, Any]:
    wave = kept.wave
    facts = {"wave": wave.code, "title": wave.title, "closed_on": kept.closed_on.isoformat()}
    return {**facts, "instrument": wave.instrument_id, "sha256": kept.sha256}


@_for_key
def release(token: ApiToken, code: str) -> HttpResponse:
    """`release.json` as it was stored."""
    return _of(token, code, lambda kept: HttpResponse(kept.text, content_type="application/json"))


@_for_key
def cells(token: ApiToken, code: str) -> HttpResponse:
    """The cells as a list."""
    return _of(token, code, lambda kept: _json(list(queries.release_of(kept).cells.iter_rows(named=True))))


@_for_key
def codebook_of(token: ApiToken, code: str) -> HttpResponse:
    """What the columns mean."""
    return _of(token, code, _codebook)


def _codebook(kept: ReleaseRecord) -> HttpResponse:
    return HttpResponse(codebook.write(queries.release_of(kept)), content_type="application/xml")


def _of(token: ApiToken, code: str, answer: Callable[[ReleaseRecord], HttpResponse]) -> HttpResponse:
    kept = (
        queries.record(token.school_id, code, only_shared=True) if code.isascii() and code.isalnum() else None
    )
    if kept is None:
        return _refused(404, "not there")
    response = answer(kept)
    response["Cache-Control"] = "no-store"
    return response


def _json(value: object) -> HttpResponse:
    response = HttpResponse(msgspec.json.encode(value), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def _refused(status: int, words: str, **headers: str) -> HttpResponse:
    response = _json({"error": words})
    response.status_code = status
    for name, value in headers.items():
        response[name] = value
    return response
