"""What still stands in the way of opening a wave, each in words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from erbij.errors import InstrumentError
from erbij.instruments.scoring import needed
from erbij.web.surveys import keys, queries
from erbij.web.surveys.models import Wave

HELP_ADULTS = 2


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing to do first: `id` for scripts, `words` for people, and where it is done.

    `page`: name of the page of the wave or of its school, empty where nobody at the school can do it;
    `link`: what leads there.
    """

    id: str
    words: str | Promise
    page: str = ""
    link: str | Promise = ""


def _asks_pupils(wave: Wave) -> bool:
    try:
        return wave.asks_pupils
    except InstrumentError:
        return True


def _has_classes(wave: Wave) -> bool:
    return not _asks_pupils(wave) or bool(queries.classes_of(wave.school_id))


def _has_invited(wave: Wave) -> bool:
    return _asks_pupils(wave) or wave.invited > 0


def has_help_adults(wave: Wave) -> bool:
    """Whether as many adults as a wave needs said yes and are still there."""
    if not _asks_pupils(wave):
        return True
    # Two people, and not two roles of one person.
    people = {adult.membership.person_id for adult in queries.help_adults_of(wave) if adult.is_confirmed}
    return len(people) >= HELP_ADULTS


def _has_dates(wave: Wave) -> bool:
    return wave.opens_on is not None and wave.closes_on is not None


def _dates_are_right(wave: Wave) -> bool:
    if wave.opens_on is None or wave.closes_on is None:
        return True
    return wave.opens_on <= wave.closes_on and wave.closes_on >= dt.date.today()


def _has_text(wave: Wave) -> bool:
    try:
        known = wave.instrument.translations
    except InstrumentError:
        return False
    return bool(wave.languages) and all(language in known for language in wave.languages)


def _has_main_scale(wave: Wave) -> bool:
    try:
        instrument = wave.instrument
    except InstrumentError:
        return True
    items = instrument.scales[instrument.main_scale].items
    return len(set(items) & set(wave.items_on)) >= needed(instrument.min_share_answered, len(items))


def _has_reasons(wave: Wave) -> bool:
    try:
        items = wave.instrument.items
    except InstrumentError:
        return True
    return all(wave.reasons.get(i) for i in wave.items_on if i in items and items[i].special_category)


def _is_alone(wave: Wave) -> bool:
    others = Wave.objects.filter(school_id=wave.school_id, instrument_id=wave.instrument_id)
    return not others.filter(state__in=(Wave.State.OPEN, Wave.State.CLOSING)).exclude(pk=wave.pk).exists()


def _has_key_file(_wave: Wave) -> bool:
    try:
        keys.read_key_file(settings.KEY_FILE)
    except keys.KeyFileError:
        return False
    return True


CHECKS: tuple[tuple[str, str | Promise, Callable[[Wave], bool]], ...] = (
    ("no-classes", _("Your school has no classes yet."), _has_classes),
    ("no-invited", _("Nobody said yet how many people are invited to answer."), _has_invited),
    ("no-help-adults", _("Two adults have to confirm that pupils may come to them."), has_help_adults),
    ("no-dates", _("The first and the last day are missing."), _has_dates),
    ("wrong-dates", _("The last day lies before the first day, or in the past."), _dates_are_right),
    ("no-text", _("The questionnaire has no text in a language of this survey."), _has_text),
    ("main-scale", _("Too few questions about belonging are left for a score."), _has_main_scale),
    ("no-reason", _("A sensitive question has no reason why your school asks it."), _has_reasons),
    ("another-open", _("Another survey with this questionnaire is still open."), _is_alone),
    ("key-file", _("The server has no key file, so answers could not be kept safe."), _has_key_file),
)


PLACES: dict[str, tuple[str, str | Promise]] = {
    "no-classes": ("classes", _("Add classes")),
    "no-invited": ("wave-settings", _("Say how many")),
    "no-help-adults": ("wave-adults", _("Ask adults")),
    "no-dates": ("wave-settings", _("Choose the days")),
    "wrong-dates": ("wave-settings", _("Choose other days")),
    "no-text": ("wave-settings", _("Choose the languages")),
    "main-scale": ("wave-items", _("Choose the questions")),
    "no-reason": ("wave-items", _("Give the reason")),
    "another-open": ("waves", _("See all surveys")),
    "key-file": ("", _("Ask who looks after the server.")),
}


def of(wave: Wave) -> tuple[Blocker, ...]:
    """Everything that stands in the way, in the order in which it is best done."""
    return tuple(Blocker(id_, words, *PLACES[id_]) for id_, words, is_fine in CHECKS if not is_fine(wave))
