"""Waves: list, prepare, open."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.models import SchoolClass
from erbij.web.schools.roles import MANAGERS, READERS, Role
from erbij.web.surveys import (
    blockers,
    keys,
    length,
    outlook,
    paper,
    pupil_words,
    queries,
    questionnaire,
    services,
)
from erbij.web.surveys.bands import Band
from erbij.web.surveys.forms import (
    ConsentForm,
    ExtendForm,
    HelpAdultsForm,
    NewWaveForm,
    OpenForm,
    WaveForm,
    in_words,
    language_name,
)
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal
from erbij.web.surveys.views import links, places

ASKERS = (*READERS, Role.TEACHER, Role.HELP_ADULT)
REVIEWED = "reviewed"


@for_roles(*ASKERS)
def waves(request: SchoolRequest) -> HttpResponse:
    """The waves of the school; who is asked to help finds the question here."""
    context = {
        "waves": queries.waves_of(request.school.pk),
        "asked_to_help": queries.asked_to_help(request.user),
        "may_manage": bool(request.roles & set(MANAGERS)),
    }
    return render(request, "surveys/waves.html", context)


@for_roles(*MANAGERS)
def new(request: SchoolRequest) -> HttpResponse:
    """Prepare a wave; an address may name the questionnaire that it starts with."""
    form = NewWaveForm(request.POST or None, initial={"instrument": request.GET.get("instrument", "")})
    if form.is_valid():
        wave = services.create_wave(school=request.school, **form.cleaned_data)
        return _to("wave", wave)
    return render(request, "surveys/new.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*READERS, Role.TEACHER)
def wave(request: SchoolRequest, code: str) -> HttpResponse:
    """One wave: what is still to do, or how the asking goes."""
    return _page(request, _found(request, code))


@for_roles(*MANAGERS)
def settings(request: SchoolRequest, code: str) -> HttpResponse:
    """Name, days, languages, consent, majority."""
    found = _found(request, code)
    if not found.asks_pupils:
        return links.settings(request, found)
    form = WaveForm(request.POST or None, wave=found)
    if form.is_valid() and _done(request, services.change_wave, wave=found, **form.values()):
        return _to("wave", found)
    context = {"form": form, "wave": found}
    return render(request, "surveys/settings.html", context, status=422 if form.errors else 200)


@for_roles(*MANAGERS)
def items(request: SchoolRequest, code: str) -> HttpResponse:
    """Questions on and off, and why the sensitive ones are asked."""
    found = _found(request, code)
    if request.method == "POST":
        on = request.POST.getlist("on")
        reasons = {name[4:]: str(value) for name, value in request.POST.items() if name.startswith("why-")}
        if _done(request, services.choose_items, wave=found, on=on, reasons=reasons):
            return _to("wave", found)
        found.items_on, found.reasons = on, reasons
    context = {"wave": found, "blocks": _blocks(found), "minutes": _minutes(found)}
    return render(request, "surveys/items.html", context)


@for_roles(*MANAGERS)
def consent(request: SchoolRequest, code: str) -> HttpResponse:
    """How many parents were asked and said no. Who they are stays on paper at the school."""
    found = _found(request, code)
    if not found.asks_pupils:
        raise Http404
    pupils = queries.pupils_of(request.school.pk)
    initial = {"asked": found.parents_asked or None, "refused": found.parents_refused}
    form = ConsentForm(
        request.POST or None,
        pupils=pupils,
        consent=found.consent,
        initial=initial if found.parents_asked else {},
    )
    if form.is_valid() and _done(request, services.note_consent, wave=found, **form.cleaned_data):
        return _to("wave", found)
    context = {"form": form, "wave": found, "pupils": pupils}
    return render(request, "surveys/consent.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*MANAGERS)
def extend(request: SchoolRequest, code: str) -> HttpResponse:
    """Another last day for a wave that is open."""
    found = _found(request, code)
    form = ExtendForm(request.POST, wave=found)
    if not form.is_valid():
        return _page(request, found, extend_form=form)
    if _done(request, services.extend_wave, wave=found, **form.cleaned_data):
        messages.success(request, _("Saved."))
    return _to("wave", found)


@for_roles(*READERS, Role.TEACHER)
def preview(request: SchoolRequest, code: str) -> HttpResponse:
    """Every question as a pupil reads it, in each language, and who checked its words."""
    found = _found(request, code)
    possible = questionnaire.languages(found.instrument, found.items_on)
    offered = [each for each in possible if each in found.languages] or list(possible)
    language = request.GET.get("language", "")
    if language not in offered:
        language = next((each for each in offered if each == get_language()), offered[0] if offered else "")
    if not language:
        raise Http404
    shown = questionnaire.questionnaire(found.instrument, language, items_on=found.items_on)
    context = {
        "wave": found,
        "questions": shown.questions,
        "has_jars": shown.has_jars,
        "chosen": language,  # `language` is that of the page around it
        "name": language_name(language),
        "direction": pupil_words.words(language)["direction"],
        "languages": [(each, language_name(each)) for each in offered],
        "is_machine": found.instrument.translations.get(language) != REVIEWED,
    }
    return render(request, "surveys/preview.html", context)


@require_POST
@for_roles(*MANAGERS)
def help_adults(request: SchoolRequest, code: str) -> HttpResponse:
    """Ask adults to be there."""
    found = _found(request, code)
    form = HelpAdultsForm(request.POST, possible=queries.possible_help_adults(request.school.pk))
    if form.is_valid():
        services.choose_help_adults(wave=found, members=form.chosen())
    return _to("wave", found)


@require_POST
@for_roles(*ASKERS)
def confirm(request: SchoolRequest, code: str) -> HttpResponse:
    """An adult answers for herself or himself only."""
    found = _found(request, code)
    for member in queries.memberships_of(request.user):
        services.confirm_help_adult(wave=found, member=member, is_there="yes" in request.POST)
    return redirect("waves", school=request.school.slug)


@require_POST
@never_cache
@for_roles(*MANAGERS)
def open_wave(request: SchoolRequest, code: str) -> HttpResponse:
    """Open; a recovery code is shown this once."""
    found = _found(request, code)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, open_form=form)
    try:
        recovery = services.open_wave(wave=found, passphrase=form.cleaned_data["passphrase"])
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
        return _to("wave", found)
    if recovery:
        context = {"wave": found, "recovery": recovery, "sheet": paper.recovery_sheet(found, recovery)}
        return render(request, "surveys/recovery.html", context)
    return _to("wave", found)


def _found(request: SchoolRequest, code: str) -> Wave:
    found = queries.wave(request.school.pk, code)
    if found is None:
        raise Http404
    return found


def _to(name: str, found: Wave) -> HttpResponse:
    return redirect(name, school=found.school.slug, code=found.code)


def _page(request: SchoolRequest, found: Wave, **forms: Any) -> HttpResponse:
    if not found.asks_pupils:
        return links.overview(request, found, **forms)
    adults = queries.help_adults_of(found)
    chosen = [str(adult.membership_id) for adult in adults]
    may_read = bool(request.roles & set(READERS))
    context = {
        "wave": found,
        "title": in_words(found.instrument.title),
        "blockers": places.of_blockers(found) if found.is_draft and may_read else (),
        "minutes": _minutes(found),
        "forecast": outlook.of(found) if found.is_draft else None,
        "bands": _bands(request, found) if found.is_open else (),
        "running": {each.school_class_id for each in queries.sessions_of(found)},
        "adults": adults,
        "needs_adults": not found.is_draft and not blockers.has_help_adults(found),
        "needs_words": bool(found.wrapped_key) and keys.needs_words(found.wrapped_key),
        "may_manage": bool(request.roles & set(MANAGERS)),
        "may_read": may_read,
        "machine": _machine(found),
        "open_form": OpenForm(),
        "extend_form": ExtendForm(wave=found, initial={"closes_on": found.closes_on}),
        "adults_form": HelpAdultsForm(
            possible=queries.possible_help_adults(request.school.pk), initial={"members": chosen}
        ),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "surveys/wave.html", context | forms, status=status)


def _bands(request: SchoolRequest, found: Wave) -> list[tuple[SchoolClass, Band]]:
    """The classes of the school; for a teacher her own only."""
    rows = queries.bands_of(found)
    if request.roles & set(READERS):
        return rows
    own = queries.classes_taught(request.user)
    return [(school_class, band) for school_class, band in rows if school_class.pk in own]


def _machine(found: Wave) -> list[str]:
    known = found.instrument.translations
    return [language_name(code) for code in found.languages if known.get(code) != REVIEWED]


def _minutes(found: Wave) -> int:
    return length.minutes(found.instrument, found.items_on)


def _blocks(found: Wave) -> list[dict[str, Any]]:
    """The questions by scale, background last, each with what the page shows."""
    asked = found.instrument
    blocks: dict[str, dict[str, Any]] = {}
    for item in asked.items.values():
        scale = asked.scales[item.scale] if item.scale else None
        name = in_words(scale.label) if scale else ""
        block = blocks.setdefault(item.scale or "", {"name": name, "items": []})
        why = found.reasons.get(item.id) or (in_words(item.why) if item.why else "")
        block["items"].append(
            {"item": item, "text": in_words(item.text), "is_on": item.id in found.items_on, "why": why}
        )
    return list(blocks.values())


def _done(request: SchoolRequest, service: Any, **values: Any) -> bool:
    try:
        service(**values)
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
        return False
    return True
