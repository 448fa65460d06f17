"""Letters for parents and pupils, from what this wave really asks; one printable page each."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation

from erbij.instruments.schema import Audience, Text
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS, Role
from erbij.web.surveys import length, queries
from erbij.web.surveys.models import Wave

LETTERS: dict[Audience, dict[str, str]] = {
    "pupils": {"parents": "parents", "pupils": "pupils"},
    "parents": {"parents": "families"},
    "staff": {"staff": "staff"},
}
"""Of a wave for these: the letters to whom, and the template of each."""
LANGUAGES = ("nl", "en", "fr")


@for_roles(*READERS, Role.TEACHER)
def letter(request: SchoolRequest, code: str, audience: str, language: str) -> HttpResponse:
    """One letter in one language."""
    wave = queries.wave(request.school.pk, code)
    template = LETTERS[wave.audience].get(audience) if wave else None
    if wave is None or template is None or language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        template = f"surveys/letters/{template}.{language}.html"
        return render(request, template, _content(wave, language) | {"audience": audience})


def _content(wave: Wave, language: str) -> dict[str, object]:
    asked = wave.instrument
    on = [item for item in asked.items.values() if item.id in wave.items_on]
    # The school gave its own reasons in its own language.
    own = wave.reasons if language == wave.school.language else {}
    scales = dict.fromkeys(item.scale for item in on if item.scale)
    return {
        "wave": wave,
        "language": language,
        "minutes": length.minutes(asked, wave.items_on),
        "threshold": wave.policy.least,
        "topics": [_in(asked.scales[scale].label, language) for scale in scales],
        "background": [
            {
                "text": _in(item.text, language),
                "why": own.get(item.id) or _in(item.why or {}, language),
                "is_sensitive": item.special_category,
            }
            for item in on
            if item.scale is None
        ],
        "adults": [a.membership.person.name for a in queries.help_adults_of(wave) if a.is_confirmed],
    }


def _in(text: Text, language: str) -> str:
    return text.get(language) or text.get("en", "")
