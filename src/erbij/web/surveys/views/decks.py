"""The decks of a wave: for each class a file to print and cut, given once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.models import SchoolClass
from erbij.web.schools.roles import MANAGERS
from erbij.web.surveys import cards, paper, queries, services
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal


@never_cache
@for_roles(*MANAGERS)
def decks(request: SchoolRequest, code: str) -> HttpResponse:
    """For each class whether it has cards. How many were used is a count of answers: not here."""
    wave = _found(request, code)
    context = {"wave": wave, "decks": queries.decks_of(wave) if wave.is_open and wave.with_cards else ()}
    return render(request, "surveys/decks.html", context)


@require_POST
@never_cache
@for_roles(*MANAGERS)
def deck(request: SchoolRequest, code: str, class_code: str) -> HttpResponse:
    """Make the cards of a class; their codes are in this answer and nowhere else."""
    wave = _found(request, code)
    school_class = queries.class_of(request.school.pk, class_code)
    if school_class is None:
        raise Http404
    try:
        made = _made(request, wave, school_class)
    except Refusal as refusal:
        messages.error(request, str(refusal.words))
        return redirect("decks", school=request.school.slug, code=code)
    answer = HttpResponse(made, content_type="application/pdf")
    name = slugify(school_class.name) or school_class.code
    answer["Content-Disposition"] = f'attachment; filename="erbij-{name}.pdf"'
    return answer


def _made(request: SchoolRequest, wave: Wave, school_class: SchoolClass) -> bytes:
    drawn = cards.draw(cards.number(queries.band_of(wave, school_class)))
    # Set before they are kept: a deck that can't be printed replaces none.
    link = request.build_absolute_uri(reverse("pupil-card"))
    made = paper.deck(wave, school_class, codes=drawn, link=link)
    services.keep_deck(
        wave=wave, school_class=school_class, codes=drawn, instead_of=request.POST.get("instead_of", "")
    )
    return made


def _found(request: SchoolRequest, code: str) -> Wave:
    found = queries.wave(request.school.pk, code)
    if found is None or not found.asks_pupils:
        raise Http404
    return found
