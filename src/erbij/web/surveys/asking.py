"""What the pupil's page has to know of the class session behind a word; nothing of a person who answers."""

from dataclasses import dataclass, replace

from django_scopes import scope, scopes_disabled

from erbij.instruments.schema import Audience, Instrument
from erbij.web import codes
from erbij.web.schools.models import SchoolClass
from erbij.web.surveys import cards, queries, questionnaire
from erbij.web.surveys.models import Ballot, Card, Wave
from erbij.web.surveys.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Asking:
    """One class being asked: what, in which languages, with which public key (65 bytes).

    Parents and staff have no class: `class_code` is empty. `admission` is that of a card, where one was
    drawn; `word` may be empty then.
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
    with_cards: bool = False
    admission: str = ""


def by_word(word: str) -> Asking | None:
    """What is asked under a word that stands on a board now, or None."""
    session = queries.open_session(word)
    if session is None:
        return None
    return _asking(session.wave, session.school_class, word=session.word)


def by_wave(wave: str, class_code: str, *, word: str) -> Asking | None:
    """What a page asked whose word left the board before it was handed in; None once the wave closed."""
    if not (wave + class_code).isprintable():
        return None
    with scopes_disabled():
        found = Wave.objects.select_related("school").filter(code=wave, state=Wave.State.OPEN).first()
        if found is None:
            return None
        if not found.asks_pupils:
            return _asking(found, None, word=word)
        school_class = SchoolClass.objects.filter(school=found.school, code=class_code).first()
    return _asking(found, school_class, word=word) if school_class else None


def by_card(code: str) -> Asking:
    """What is asked of who holds a card.

    Parameters
    ----------
    code
        As `codes.tidy` writes it.

    Raises
    ------
    Refusal
        `card-wrong` for a sign that is off, `no-card`, `wave-not-open`, `card-used` or `class-not-started`.
    """
    if not codes.is_whole(code):
        raise Refusal("card-wrong")
    admission = cards.admission_of(code)
    card = queries.card(cards.digest_of(admission))
    if card is None:
        raise Refusal("no-card")
    if not card.wave.is_open:
        raise Refusal("wave-not-open")
    if card.is_used:
        raise Refusal("card-used")
    asked = _of_card(card, admission)
    if not asked.word:
        raise Refusal("class-not-started")
    return asked


def by_admission(admission: str) -> Asking | None:
    """What a page asked that a card led to, also when the card was used since; None once the wave closed."""
    card = queries.card(cards.digest_of(admission))
    return _of_card(card, admission) if card and card.wave.is_open else None


def _of_card(card: Card, admission: str) -> Asking:
    with scope(school=card.wave.school):
        school_class = queries.class_of(card.wave.school_id, card.class_code)
        session = queries.session_of(card.wave, school_class) if school_class else None
    asked = _asking(card.wave, school_class, word=session.word if session else "")
    return replace(asked, class_code=card.class_code, admission=admission)


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
        with_cards=wave.with_cards,
    )


def _helpers(wave: Wave) -> tuple[str, ...]:
    if not wave.asks_pupils:
        return ()
    with scope(school=wave.school):
        asked = queries.help_adults_of(wave)
    return tuple(adult.membership.person.name for adult in asked if adult.is_confirmed)
