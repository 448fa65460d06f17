"""A wave for parents or staff: one page with its open link, and a note to print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS, READERS
from erbij.web.surveys import keys, length, pupil_words, queries, services
from erbij.web.surveys.forms import AdultsWaveForm, ExtendForm, OpenForm, in_words, language_name
from erbij.web.surveys.models import ClassSession, Wave
from erbij.web.surveys.refusals import Refusal
from erbij.web.surveys.views import boards, places

LANGUAGES = ("nl", "en", "fr")
FEW_GROUPS = 3
"""With fewer people than this many times the threshold, groups will hardly ever be shown."""


def overview(request: SchoolRequest, wave: Wave, **forms: Any) -> HttpResponse:
    """What is still to do, or the link and how the asking goes; the view of the wave checked who asks."""
    session = queries.open_link(wave) if wave.is_open else None
    context = {
        "wave": wave,
        "title": in_words(wave.instrument.title),
        "minutes": length.minutes(wave.instrument, wave.items_on),
        "blockers": places.of_blockers(wave) if wave.is_draft else (),
        "expected": expected(wave),
        "session": session,
        "band": queries.band_of_invited(wave) if wave.is_open else None,
        "needs_words": bool(wave.wrapped_key) and keys.needs_words(wave.wrapped_key),
        "may_manage": bool(request.roles & set(MANAGERS)),
        "machine": [
            language_name(code)
            for code in wave.languages
            if wave.instrument.translations.get(code) != "reviewed"
        ],
        "open_form": OpenForm(),
        "extend_form": ExtendForm(wave=wave, initial={"closes_on": wave.closes_on}),
        **(_link(request, session) if session else {}),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "surveys/open_link.html", context | forms, status=status)


def expected(wave: Wave) -> str:
    """What the results can show of those invited, said before anything is asked; empty without a number."""
    invited, least = wave.invited, wave.policy.least
    if not invited:
        return ""
    told = {"invited": invited, "least": least}
    if invited < least:
        said = _("With %(invited)s people nothing can be shown: a figure needs at least %(least)s answers.")
    elif wave.audience == "staff":
        said = _(
            "With %(invited)s colleagues only the whole team will probably be shown, "
            "and nothing if fewer than %(least)s answer."
        )
    elif invited < FEW_GROUPS * least:
        said = _(
            "With %(invited)s parents only all parents together will probably be shown, "
            "and nothing if fewer than %(least)s answer."
        )
    else:
        said = _("Groups are shown only where at least %(least)s parents of each group answer.")
    return said % told


def settings(request: SchoolRequest, wave: Wave) -> HttpResponse:
    """Name, days, languages and how many are invited; the view of the wave checked who asks."""
    form = AdultsWaveForm(request.POST or None, wave=wave)
    if form.is_valid():
        try:
            services.change_adults_wave(wave=wave, **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal.words))
        else:
            return _to_wave(request, wave.code)
    context = {"form": form, "wave": wave}
    return render(request, "surveys/settings.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*MANAGERS)
def open_link(request: SchoolRequest, code: str) -> HttpResponse:
    """Make the link."""
    wave = _found(request, code)
    try:
        services.open_link(wave=wave)
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
    return _to_wave(request, code)


@require_POST
@for_roles(*MANAGERS)
def close_link(request: SchoolRequest, code: str) -> HttpResponse:
    """Let the link lead nowhere; what was handed in stays."""
    session = queries.open_link(_found(request, code))
    if session is not None:
        services.close_session(session=session)
        messages.success(request, _("The link no longer works. Answers that came in stay."))
    return _to_wave(request, code)


@never_cache
@for_roles(*READERS)
def note(request: SchoolRequest, code: str, language: str) -> HttpResponse:
    """A note with the link, to print and hand out."""
    wave = _found(request, code)
    session = queries.open_link(wave)
    if session is None or language not in LANGUAGES:
        raise Http404
    names = [(each, pupil_words.words(each)["name"]) for each in wave.languages]
    context = {
        "wave": wave,
        "session": session,
        "language": language,
        "names": names,
        "minutes": length.minutes(wave.instrument, wave.items_on),
        "threshold": wave.policy.least,
        **_link(request, session),
    }
    with translation.override(language):
        return render(request, "surveys/note.html", context)


def _link(request: SchoolRequest, session: ClassSession) -> dict[str, object]:
    link = request.build_absolute_uri(reverse("pupil-questions", args=[session.word]))
    start = request.build_absolute_uri(reverse("pupil-start"))
    return {
        "link": link,
        "address": start.split("://", 1)[-1].rstrip("/"),
        "qr": mark_safe(boards.qr(link)),  # noqa: S308 (our own address, drawn)
    }


def _found(request: SchoolRequest, code: str) -> Wave:
    """A wave for parents or staff; that of pupils has boards instead."""
    found = queries.wave(request.school.pk, code)
    if found is None or found.asks_pupils:
        raise Http404
    return found


def _to_wave(request: SchoolRequest, code: str) -> HttpResponse:
    return redirect("wave", school=request.school.slug, code=code)
