"""Writes of the surveys app: waves and class sessions. How a ballot arrives: arrivals.py; cards: decks.py."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import IntegrityError, transaction

from erbij.instruments import registry
from erbij.instruments.schema import Instrument
from erbij.instruments.scoring import needed
from erbij.web.records.services import Kind, note
from erbij.web.schools import services as class_services
from erbij.web.schools.models import Membership, School, SchoolClass
from erbij.web.surveys import blockers, keys, mixing, queries, sealing, words
from erbij.web.surveys.arrivals import accept_ballot
from erbij.web.surveys.decks import keep_deck
from erbij.web.surveys.models import ClassSession, HelpAdult, Wave, catalogue
from erbij.web.surveys.refusals import Refusal

__all__ = [
    "accept_ballot",
    "change_adults_wave",
    "change_wave",
    "choose_help_adults",
    "choose_items",
    "close_session",
    "confirm_help_adult",
    "create_wave",
    "extend_wave",
    "keep_deck",
    "make_room",
    "note_consent",
    "note_invited",
    "open_link",
    "open_session",
    "open_wave",
]

MOST_DRAWS = 50
PARTS_OF_AN_OPEN_LINK = 3
"""Two words would do for a lesson; an open link stands for weeks, and may not be guessed."""


@transaction.atomic
def create_wave(
    *,
    school: School,
    title: str,
    instrument: str,
    opens_on: dt.date | None = None,
    closes_on: dt.date | None = None,
) -> Wave:
    """Prepare a wave with the questions that the instrument has on by default.

    Raises
    ------
    Refusal
        `unknown-instrument`, also for a key-only one: there is nothing to show to a pupil.
    """
    asked = _with_text(instrument)
    on = [item.id for item in asked.items.values() if item.on]
    wave: Wave = Wave.objects.create(
        school=school,
        title=title.strip(),
        instrument_id=asked.id,
        languages=list(asked.translations),
        items_on=on,
        reasons={i: _why(asked, i, school.language) for i in on if asked.items[i].special_category},
        opens_on=opens_on,
        closes_on=closes_on,
        majority_codes=[1],
    )
    note(Kind.WAVE_MADE, school=school, thing=f"wave:{wave.code}")
    return wave


def _with_text(instrument: str) -> Instrument:
    # A path would be read from the server's disk: ids of the catalogue only.
    if instrument not in registry.ids() or not catalogue(instrument).translations:
        raise Refusal("unknown-instrument", details=[instrument])
    return catalogue(instrument)


def _why(instrument: Instrument, item: str, language: str) -> str:
    why = instrument.items[item].why or {}
    return why.get(language) or why.get("en", "")


@transaction.atomic
def choose_items(*, wave: Wave, on: Collection[str], reasons: Mapping[str, str]) -> Wave:
    """Say what is asked, and why where it is sensitive.

    Raises
    ------
    Refusal
        `not-a-draft`, `unknown-item`, `main-scale` (under the share that a score needs) or `no-reason`.
    """
    _check_draft(wave)
    instrument = wave.instrument
    chosen = [item for item in instrument.items.values() if item.id in on]
    if unknown := set(on) - set(instrument.items):
        raise Refusal("unknown-item", details=sorted(unknown))
    items = instrument.scales[instrument.main_scale].items
    if len(set(items) & set(on)) < needed(instrument.min_share_answered, len(items)):
        raise Refusal("main-scale", details=[i for i in items if i not in on])
    given = {item.id: reasons.get(item.id, "").strip() for item in chosen if item.special_category}
    if silent := [item for item, reason in given.items() if not reason]:
        raise Refusal("no-reason", details=silent)
    wave.items_on, wave.reasons = [item.id for item in chosen], given
    wave.save(update_fields=["items_on", "reasons"])
    return wave


@transaction.atomic
def change_wave(*, wave: Wave, **fields: object) -> Wave:
    """Change title, dates, languages, consent, cards or the majority of a wave in preparation.

    Raises
    ------
    Refusal
        `not-a-draft`.
    """
    _check_draft(wave)
    for name, value in fields.items():
        if name not in CHANGEABLE:
            raise TypeError(name)
        setattr(wave, name, value)
    wave.save(update_fields=list(fields))
    return wave


@transaction.atomic
def extend_wave(*, wave: Wave, closes_on: dt.date) -> None:
    """Give an open wave another last day; what is asked stays.

    Raises
    ------
    Refusal
        `wave-not-open`, or `wrong-days` for a day before the first one or in the past.
    """
    wave = _locked(wave)
    if not wave.is_open:
        raise Refusal("wave-not-open")
    if closes_on < dt.date.today() or (wave.opens_on and closes_on < wave.opens_on):
        raise Refusal("wrong-days")
    wave.closes_on = closes_on
    wave.save(update_fields=["closes_on"])
    note(Kind.WAVE_EXTENDED, school=wave.school_id, thing=f"wave:{wave.code}")


@transaction.atomic
def change_adults_wave(*, wave: Wave, invited: int, **fields: object) -> Wave:
    """Change a wave for parents or staff in preparation: as `change_wave`, with how many are invited."""
    note_invited(wave=wave, invited=invited)
    return change_wave(wave=wave, **fields)


CHANGEABLE = (
    *("title", "opens_on", "closes_on", "languages", "consent", "with_cards", "least"),
    *("majority_item", "majority_codes"),
)


@transaction.atomic
def note_invited(*, wave: Wave, invited: int) -> None:
    """Keep how many parents or colleagues are invited; the bands and the share that answered count by it."""
    _check_draft(wave)
    wave.parents_asked = invited
    wave.save(update_fields=["parents_asked"])


@transaction.atomic
def note_consent(*, wave: Wave, asked: int, refused: int) -> None:
    """Keep how many parents were asked and said no; who they are is for the school's own papers.

    Raises
    ------
    Refusal
        `wrong-consent` where more said no than were asked, or more were asked than there are pupils;
        `already-closed`.
    """
    if wave.state == Wave.State.CLOSED:
        raise Refusal("already-closed")
    if not wave.asks_pupils:
        raise Refusal("wrong-consent")  # the field holds how many adults are invited
    if not 0 <= refused <= asked <= queries.pupils_of(wave.school_id):
        raise Refusal("wrong-consent")
    wave.parents_asked, wave.parents_refused = asked, refused
    wave.save(update_fields=["parents_asked", "parents_refused"])


def _check_draft(wave: Wave) -> None:
    if not wave.is_draft:
        raise Refusal("not-a-draft")


@transaction.atomic
def choose_help_adults(*, wave: Wave, members: Collection[Membership]) -> None:
    """Ask these adults; who stays keeps the confirmation. Once pupils have seen who said yes, those stay."""
    chosen = [member.pk for member in members]
    others = HelpAdult.objects.filter(wave=wave).exclude(membership_id__in=chosen)
    (others if wave.is_draft else others.filter(is_confirmed=False)).delete()
    for member in members:
        HelpAdult.objects.get_or_create(wave=wave, membership=member)


@transaction.atomic
def confirm_help_adult(*, wave: Wave, member: Membership, is_there: bool = True) -> None:
    """Keep what an adult answers; nothing happens for one who was not asked."""
    HelpAdult.objects.filter(wave=wave, membership=member).update(is_confirmed=is_there)


@transaction.atomic
def open_wave(*, wave: Wave, passphrase: str = "") -> str:
    """Make the keys and take ballots from now on.

    Parameters
    ----------
    passphrase
        Of the coordinator, if she wants a lock of her own; it is kept nowhere.

    Returns
    -------
    str
        The recovery code, to be printed and shown this once; empty without a passphrase.

    Raises
    ------
    Refusal
        `not-a-draft`, or `blocked` with the ids of the blockers.
    """
    wave = _locked(wave)
    _check_draft(wave)
    if found := blockers.of(wave):
        raise Refusal("blocked", details=[blocker.id for blocker in found])
    public, private = sealing.new_key_pair()
    recovery = keys.recovery_code() if passphrase else ""
    wave.public_key = public
    wave.wrapped_key = keys.wrap(
        private,
        server_key=keys.read_key_file(settings.KEY_FILE),
        wave=wave.code,
        words=(passphrase, recovery) if passphrase else (),
    )
    wave.state = Wave.State.OPEN
    wave.save(update_fields=["public_key", "wrapped_key", "state"])
    note(Kind.WAVE_OPENED, school=wave.school_id, thing=f"wave:{wave.code}")
    return recovery


def _locked(wave: Wave) -> Wave:
    return Wave.objects.select_for_update().get(pk=wave.pk)


@transaction.atomic
def open_session(*, wave: Wave, school_class: SchoolClass) -> ClassSession:
    """Put a word on the board for a class; the one that is open already is given again.

    Raises
    ------
    Refusal
        `wave-not-open`, `outside-dates` or `not-your-class`, also in a wave for parents or staff.
    """
    wave = _locked(wave)
    _check_open_today(wave)
    if school_class.school_id != wave.school_id or not wave.asks_pupils:
        raise Refusal("not-your-class")
    return _running(wave, school_class) or _new_session(wave, school_class)


@transaction.atomic
def open_link(*, wave: Wave) -> ClassSession:
    """Make the one link of a wave for parents or staff; the one that is open already is given again.

    Raises
    ------
    Refusal
        `wave-not-open`, `outside-dates`, or `class-by-class` in a wave for pupils.
    """
    wave = _locked(wave)
    _check_open_today(wave)
    if wave.asks_pupils:
        raise Refusal("class-by-class")
    return _running(wave, None) or _new_session(wave, None)


def _check_open_today(wave: Wave) -> None:
    if not wave.is_open:
        raise Refusal("wave-not-open")
    if wave.opens_on and wave.closes_on and not wave.opens_on <= dt.date.today() <= wave.closes_on:
        raise Refusal("outside-dates")


def _running(wave: Wave, school_class: SchoolClass | None) -> ClassSession | None:
    return ClassSession.objects.filter(wave=wave, school_class=school_class, is_open=True).first()


def _new_session(wave: Wave, school_class: SchoolClass | None) -> ClassSession:
    for _ in range(MOST_DRAWS):
        try:
            with transaction.atomic():
                word = _new_word(wave, school_class)
                return ClassSession.objects.create(wave=wave, school_class=school_class, word=word)
        except IntegrityError:
            continue  # the word stands on another board
    raise RuntimeError("no free word")


def _new_word(wave: Wave, school_class: SchoolClass | None) -> str:
    if school_class is not None:
        return words.new_word(wave.school.language)
    return words.new_word(wave.school.language, parts=PARTS_OF_AN_OPEN_LINK)


@transaction.atomic
def make_room(*, wave: Wave, school_class: SchoolClass) -> SchoolClass:
    """One more pupil in a class that is full: its size was too small.

    Raises
    ------
    Refusal
        `wave-not-open`, or `has-room` where it is not full: two adults who press at once make room for one.
    """
    wave = _locked(wave)
    if not wave.is_open:
        raise Refusal("wave-not-open")
    if not queries.is_full(wave, school_class):
        raise Refusal("has-room")
    locked = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    return class_services.change_class(school_class=locked, name=locked.name, size=locked.size + 1)


def close_session(*, session: ClassSession) -> None:
    """Take the word off the board, and mix the box; the class may open again under another word.

    Outside any transaction.
    """
    with transaction.atomic():
        session.is_open = False
        session.save(update_fields=["is_open"])
        mixing.note_due(session.wave)
    mixing.catch_up()
