"""The opening of the box, once: ballots, in random order, into a study, through the gate, into a release.

The release is stored in the same transaction that empties the box, so that a crash leaves either all
ballots and no release, or a release and no ballots. Whatever happened, `close_wave` can be run again.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django_scopes import scope

from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace, Majority
from erbij.web.surveys import keys, mixing, queries, sealing
from erbij.web.surveys.models import Ballot, Card, ClassSession, Tally, Wave
from erbij.web.surveys.refusals import Refusal

EVERY = 50
"""Ballots between two signs of progress."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stays of a wave: the release, the number of ballots per class, and how many could not be read.

    `per_class`: by the name of the class, empty for ballots whose class is not known.
    """

    release: Release
    per_class: Mapping[str, int]
    undecodable: int


Keep = Callable[[Wave, Outcome], None]
Progress = Callable[[str, int, int], None]
"""Told a step (`opening`, `protecting`, `destroying`), how far it is and how far it goes."""


def no_progress(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def close_wave(*, wave: Wave, keep: Keep, word: str = "", progress: Progress = no_progress) -> None:
    """Close a wave and open its box.

    Parameters
    ----------
    keep
        Stores the outcome; called inside the transaction that destroys ballots, tallies, cards and keys.
    word
        The coordinator's passphrase or recovery code, where the wave has one.

    Raises
    ------
    Refusal
        `nothing-to-close` for a wave that never opened; `wrong-words` or `key-file`, before anything changes.
    """
    with scope(school=wave.school):
        wave = Wave.objects.get(pk=wave.pk)
        if wave.state == Wave.State.CLOSED:
            mixing.catch_up()
            return
        private = _private_key(wave, word)
        _take_no_more(wave)
        outcome = _opened(wave, private, progress)
        progress("destroying", 0, 1)
        _keep_and_destroy(wave, outcome, keep)
        # The release is there: where this fails, `Wave.is_untidy` says so and it can be done again.
        mixing.catch_up()
        progress("destroying", 1, 1)


def tidy_up() -> bool:
    """Try once more to remove what the disk still tells of closed waves; whether it is gone."""
    return mixing.catch_up()


def check_word(*, wave: Wave, word: str) -> None:
    """Refuse as `close_wave` would, without changing anything."""
    _private_key(wave, word)


def _private_key(wave: Wave, word: str) -> bytes:
    if wave.is_draft:
        raise Refusal("nothing-to-close")
    try:
        server_key = keys.read_key_file(settings.KEY_FILE)
        return keys.unwrap(wave.wrapped_key, server_key=server_key, wave=wave.code, word=word)
    except keys.KeyFileError as problem:
        raise Refusal("key-file") from problem
    except keys.LockedError as problem:
        raise Refusal("wrong-words" if word or _has_words(wave) else "key-file") from problem


def _has_words(wave: Wave) -> bool:
    return keys.needs_words(wave.wrapped_key)


@transaction.atomic
def _take_no_more(wave: Wave) -> None:
    """From here on no ballot is accepted: whoever was accepting held this row."""
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if locked.is_open:
        locked.state = Wave.State.CLOSING
        locked.save(update_fields=["state"])
        ClassSession.objects.filter(wave=wave).update(is_open=False)


def _opened(wave: Wave, private: bytes, progress: Progress) -> Outcome:
    found, undecodable = _unsealed(wave, private, progress)
    progress("protecting", 0, 1)
    instrument, places = wave.instrument, _places(wave)
    asking = Asking(
        title=dict.fromkeys(("nl", "en", "fr"), wave.title),
        items_on=wave.items_on,
        classes=places,
        attribution=wave.school.name,
        majority=Majority(wave.majority_item, tuple(wave.majority_codes)),
        salt=secrets.token_bytes(32),
        invited=wave.invited,
        policy={"threshold": wave.least},
    )
    release = gate.release(ballots.to_study(found, instrument, asking, undecodable=undecodable))
    progress("protecting", 1, 1)
    return Outcome(release, _per_class(found, places), undecodable)


def _unsealed(wave: Wave, private: bytes, progress: Progress) -> tuple[list[dict[str, object]], int]:
    ids = list(Ballot.objects.filter(wave=wave.code).values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(ids)
    found, undecodable = [], 0
    for done, ballot_id in enumerate(ids):
        if done % EVERY == 0:
            progress("opening", done, len(ids))
        sealed = Ballot.objects.filter(pk=ballot_id).values_list("sealed", flat=True).first()
        if sealed is None:
            break  # somebody else closed the wave meanwhile: `_keep_and_destroy` will see it
        opened = _one(sealed, private, wave.code, str(ballot_id))
        if opened is None:
            undecodable += 1
        else:
            found.append(opened)
    return found, undecodable


def _one(sealed: str, private: bytes, wave: str, ballot: str) -> dict[str, object] | None:
    try:
        opened = sealing.unseal(sealed, private, wave=wave, ballot=ballot)
    except sealing.SealError:
        return None
    return opened if ballots.is_well_formed(opened) else None


def _places(wave: Wave) -> dict[str, ClassPlace]:
    if not wave.asks_pupils:
        return {}
    classes = queries.classes_of(wave.school_id)
    return {each.code: ClassPlace(each.grade.name, each.name, each.size) for each in classes}


def _per_class(found: list[dict[str, object]], places: Mapping[str, ClassPlace]) -> dict[str, int]:
    counts = dict.fromkeys((place.name for place in places.values()), 0)
    for ballot in found:
        place = places.get(str(ballot["class"]))
        name = place.name if place else ""
        counts[name] = counts.get(name, 0) + 1
    return counts


@transaction.atomic
def _keep_and_destroy(wave: Wave, outcome: Outcome, keep: Keep) -> None:
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if locked.state == Wave.State.CLOSED:
        return  # somebody else closed it meanwhile
    keep(locked, outcome)
    Ballot.objects.filter(wave=wave.code).delete()
    Tally.objects.filter(wave=wave).delete()
    Card.objects.filter(wave=wave).delete()
    ClassSession.objects.filter(wave=wave).delete()
    locked.state, locked.public_key, locked.wrapped_key = Wave.State.CLOSED, b"", ""
    locked.save(update_fields=["state", "public_key", "wrapped_key"])
    mixing.note_due(locked)
