"""Making the deck of a class. The codes pass through here once, on their way to paper."""

from collections.abc import Iterable

from django.db import transaction

from erbij.web.records.services import Kind, note
from erbij.web.schools.models import SchoolClass
from erbij.web.surveys import cards, queries
from erbij.web.surveys.models import Card, Wave
from erbij.web.surveys.refusals import Refusal


@transaction.atomic
def keep_deck(*, wave: Wave, school_class: SchoolClass, codes: Iterable[str], instead_of: str = "") -> None:
    """Let these codes admit to a wave; the unused ones of the class stop working.

    Parameters
    ----------
    codes
        As `cards.draw` makes them; only hashes are kept.
    instead_of
        The mark of the deck that the coordinator saw (`queries.mark_of_deck`); empty where there was none.

    Raises
    ------
    Refusal
        `wave-not-open`, `no-cards-here`, `not-your-class`, or `deck-changed` where another deck was made
        meanwhile: a button pressed twice would give two papers of which one is worthless.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if not wave.is_open:
        raise Refusal("wave-not-open")
    if not wave.with_cards:
        raise Refusal("no-cards-here")
    if school_class.school_id != wave.school_id:
        raise Refusal("not-your-class")
    if queries.mark_of_deck(wave, school_class.code) != instead_of:
        raise Refusal("deck-changed")
    Card.objects.filter(wave=wave, class_code=school_class.code, is_used=False).delete()
    digests = sorted(cards.digest_of(cards.admission_of(code)) for code in codes)
    Card.objects.bulk_create(
        Card(digest=digest, wave=wave, class_code=school_class.code) for digest in digests
    )
    note(Kind.CARDS_MADE, school=wave.school_id, thing=f"wave:{wave.code}")
