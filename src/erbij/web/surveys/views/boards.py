"""The board of a class: its word, its QR, and how many ballots came in."""

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.models import SchoolClass
from erbij.web.schools.roles import MANAGERS, READERS, Role
from erbij.web.surveys import length, queries, services
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal

SCRIPTS = ("nl", "en", "fr")


@never_cache
@for_roles(*READERS, Role.TEACHER)
def board(request: SchoolRequest, code: str, class_code: str) -> HttpResponse:
    """What stands on the board, and what the adult reads aloud."""
    wave, school_class = _found(request, code, class_code)
    session = queries.session_of(wave, school_class)
    address = request.build_absolute_uri(reverse("pupil-start"))
    link = request.build_absolute_uri(reverse("pupil-questions", args=[session.word])) if session else ""
    if wave.with_cards:
        address = link = request.build_absolute_uri(reverse("pupil-card"))
    context = {
        "wave": wave,
        "school_class": school_class,
        "session": session,
        "address": address.split("://", 1)[-1].rstrip("/"),
        "qr": mark_safe(qr(link)) if session else "",  # noqa: S308 (our own address, drawn)
        "band": queries.band_of(wave, school_class),
        "is_full": queries.is_full(wave, school_class),
        "has_deck": bool(queries.mark_of_deck(wave, school_class.code)),
        "may_manage": bool(request.roles & set(MANAGERS)),
        "minutes": length.minutes(wave.instrument, wave.items_on),
        "script": f"surveys/script.{_language(request)}.html",
    }
    return render(request, "surveys/board.html", context)


@require_POST
@for_roles(*READERS, Role.TEACHER)
def open_board(request: SchoolRequest, code: str, class_code: str) -> HttpResponse:
    """Put a word on the board."""
    wave, school_class = _found(request, code, class_code)
    try:
        services.open_session(wave=wave, school_class=school_class)
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
    return redirect("board", school=request.school.slug, code=code, class_code=class_code)


@require_POST
@for_roles(*READERS, Role.TEACHER)
def close_board(request: SchoolRequest, code: str, class_code: str) -> HttpResponse:
    """Take the word off the board."""
    wave, school_class = _found(request, code, class_code)
    session = queries.session_of(wave, school_class)
    if session is not None:
        services.close_session(session=session)
        thanks = _("This class is closed. Thank you!")
        messages.success(request, thanks if wave.with_cards else _("The word is off the board. Thank you!"))
    return redirect("board", school=request.school.slug, code=code, class_code=class_code)


@require_POST
@for_roles(*READERS, Role.TEACHER)
def make_room(request: SchoolRequest, code: str, class_code: str) -> HttpResponse:
    """One more pupil in a class that is full."""
    wave, school_class = _found(request, code, class_code)
    try:
        services.make_room(wave=wave, school_class=school_class)
        messages.success(request, _("There is room for one more. The tablet sends by itself."))
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("board", school=request.school.slug, code=code, class_code=class_code)


def _found(request: SchoolRequest, code: str, class_code: str) -> tuple[Wave, SchoolClass]:
    wave = queries.wave(request.school.pk, code)
    school_class = queries.class_of(request.school.pk, class_code)
    if wave is None or school_class is None or not wave.asks_pupils:
        raise Http404
    # A teacher has the board of her own class only.
    if not request.roles & set(READERS) and not queries.teaches(request.user, school_class):
        raise PermissionDenied
    return wave, school_class


def _language(request: SchoolRequest) -> str:
    return request.school.language if request.school.language in SCRIPTS else "en"


def qr(link: str) -> str:
    """An SVG without style or script: colours by class."""
    drawn: str = segno.make(link, error="m").svg_inline(
        scale=1, border=4, omitsize=True, dark="#1d2b33", light="#fff", svgclass="code-qr", lineclass=None
    )
    return drawn
