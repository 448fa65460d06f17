"""The adults' side: what pupils asked of them, and a card for the class."""

import logging
import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from erbij.web.help import queries, reading, services
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS, Role
from erbij.web.surveys import keys, pupil_words
from erbij.web.surveys import queries as surveys

log = logging.getLogger(__name__)


@require_GET
@never_cache
@for_roles(Role.HELP_ADULT)
def letters(request: SchoolRequest) -> HttpResponse:
    """What pupils asked of whoever is signed in."""
    try:
        found = reading.letters_for(request.user)
    except keys.KeyFileError as problem:
        return _without_key(request, problem)
    context = {"letters": found, "days": settings.HELP_DAYS}
    return render(request, "help/letters.html", context)


@require_POST
@for_roles(Role.HELP_ADULT)
def open_letter(request: SchoolRequest, pk: uuid.UUID) -> HttpResponse:
    """I have seen it, and look after it."""
    try:
        is_mine = services.open_request(person=request.user, id=pk)
    except keys.KeyFileError as problem:
        return _without_key(request, problem)
    if not is_mine:
        raise Http404
    return redirect("help", school=request.school.slug)


@require_POST
@for_roles(Role.HELP_ADULT)
def talked(request: SchoolRequest, pk: uuid.UUID) -> HttpResponse:
    """We have talked: it is erased."""
    try:
        is_mine = services.erase(person=request.user, id=pk)
    except keys.KeyFileError as problem:
        return _without_key(request, problem)
    if not is_mine:
        raise Http404
    messages.success(request, _("Erased. Thank you for being there."))
    return redirect("help", school=request.school.slug)


@require_GET
@for_roles(*READERS, Role.TEACHER, Role.HELP_ADULT)
def card(request: SchoolRequest, code: str, language: str) -> HttpResponse:
    """On paper, for the wall of the class: whom to talk to, without any screen."""
    wave = surveys.wave(request.school.pk, code)
    if wave is None or language not in pupil_words.languages():
        raise Http404
    words = pupil_words.words(language)
    lines = [{**line, "words": words[line["for"]]} for line in pupil_words.helplines(request.school.country)]
    context = {"words": words, "language": language, "names": queries.names_of(wave), "helplines": lines}
    return render(request, "help/card.html", context)


def _without_key(request: SchoolRequest, problem: keys.KeyFileError) -> HttpResponse:
    log.error("the help channel is shut: %s", problem)
    return render(request, "help/shut.html", status=503)
