"""What the pupil's page has to know of the class session behind a word; nothing of a person who answers."""

from dataclasses import dataclass

from django_scopes import scope, scopes_disabled

from erbij.instruments.schema import Audience, Instrument
from erbij.web.schools.models import SchoolClass
from erbij.web.surveys import queries, questionnaire
from erbij.web.surveys.models import Ballot, Wave


@dataclass(frozen=True, slots=True)
class Asking:
    """One class being asked: what, in which languages, with which public key (65 bytes).

    Parents and staff have no class: `class_code` is empty.
    """

    word: str
    wave: str
    class_code: str
    public_key: bytes
    instrument: Instrument
    items_on: tuple[str, ...]
    languages: tuple[str, ...]
    country: str = ""
    helpers: tuple[str, ...] = ()
    audience: Audience = "pupils"


def by_word(word: str) -> Asking | None:
    """What is asked under a word that stands on a board now, or None."""
    session = queries.open_session(word)
    if session is None:
        return None
    return _asking(session.wave, session.school_class, word=session.word)


def by_wave(wave: str, class_code: str, *, word: str) -> Asking | None:
    """What a page asked whose word left the board before it was handed in; None once the wave closed."""
    with scopes_disabled():
        found = Wave.objects.select_related("school").filter(code=wave, state=Wave.State.OPEN).first()
        if found is None:
            return None
        if not found.asks_pupils:
            return _asking(found, None, word=word)
        school_class = SchoolClass.objects.filter(school=found.school, code=class_code).first()
    return _asking(found, school_class, word=word) if school_class else None


def is_handed_in(ballot: str) -> bool:
    """Whether this ballot is in the box: a form that comes back from a browser's history then is empty."""
    return Ballot.objects.filter(pk=ballot).exists()


def _asking(wave: Wave, school_class: SchoolClass | None, *, word: str) -> Asking:
    instrument, items_on = wave.instrument, tuple(wave.items_on)
    possible = questionnaire.languages(instrument, items_on)
    return Asking(
        word=word,
        wave=wave.code,
        class_code=school_class.code if school_class else "",
        public_key=bytes(wave.public_key),
        instrument=instrument,
        items_on=items_on,
        languages=tuple(code for code in possible if code in wave.languages) or possible,
        country=wave.school.country,
        helpers=_helpers(wave),
        audience=wave.audience,
    )


def _helpers(wave: Wave) -> tuple[str, ...]:
    if not wave.asks_pupils:
        return ()
    with scope(school=wave.school):
        asked = queries.help_adults_of(wave)
    return tuple(adult.membership.person.name for adult in asked if adult.is_confirmed)
