"""Writes of the help channel: taking a request, opening it, erasing it. What waiting does: ticks.py."""

import logging
import uuid

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from erbij.web.accounts.models import Person
from erbij.web.help import boxes, erasing, letters, queries
from erbij.web.help.models import HelpBox, HelpRequest
from erbij.web.help.queries import Readable
from erbij.web.help.refusals import NotSent
from erbij.web.help.router import STORE
from erbij.web.surveys import keys, sealing
from erbij.web.surveys import queries as surveys
from erbij.web.surveys.models import HelpAdult, Wave

LONGEST_NAME, LONGEST_WORDS = 100, 500
"""Signs. Sealed, every request has the same length."""
SEALED_LENGTH = 5570
"""Signs of one block, sealed."""
MOST_WAITING = 200
"""Unopened requests of a school: more is play, and the adults would no longer see who needs them."""
UUID_VERSION = 4

log = logging.getLogger(__name__)


def wave_behind(word: str) -> Wave:
    """The wave whose word stands on a board now.

    Raises
    ------
    NotSent
        `closed`.
    """
    session = surveys.open_session(word)
    # Parents and staff are asked too, and have other ways.
    if session is None or not session.wave.asks_pupils:
        raise NotSent("closed")
    wave: Wave = session.wave
    return wave


def box_of(wave: Wave) -> HelpBox:
    """The box of a wave.

    Raises
    ------
    NotSent
        `no-key`; the operator finds the reason in the log.
    """
    try:
        return boxes.box_of(wave)
    except keys.KeyFileError as problem:
        log.error("the help channel is shut: %s", problem)
        raise NotSent("no-key") from problem


def seal(*, wave: Wave, id: str, name: str, words: str, language: str) -> str:  # noqa: A002 (as sent)
    """Seal the words of a pupil whose browser can't.

    Raises
    ------
    NotSent
        `no-name`, `too-long` or `no-key`.
    """
    if not name.strip():
        raise NotSent("no-name")
    if len(name.strip()) > LONGEST_NAME or len(words.strip()) > LONGEST_WORDS:
        raise NotSent("too-long")
    box = box_of(wave)
    plain = {"v": 1, "name": name.strip(), "words": words.strip(), "language": language}
    return sealing.seal(plain, bytes(box.public_key), wave=box.code, ballot=id, purpose=boxes.PURPOSE)


def take(*, wave: Wave, id: str, adult: str, sealed: str) -> bool:  # noqa: A002 (as sent)
    """Take a sealed request; returns after it is committed, and tells the adults.

    Parameters
    ----------
    wave
        Of the class session; it is not kept.
    id
        UUID of version 4, made by the page. A second arrival is a success that changes nothing.
    adult
        The name on the page; empty where any of the adults is fine.
    sealed
        As `sealing.seal` makes it for this box; not opened here.

    Returns
    -------
    bool
        Whether this was the first arrival.

    Raises
    ------
    NotSent
        `not-a-request`, `adult-gone`, `too-many` or `no-key`.
    """
    if not _is_id(id) or len(sealed) != SEALED_LENGTH or not sealing.looks_sealed(sealed):
        raise NotSent("not-a-request")
    box = box_of(wave)
    with scope(school=wave.school):
        adults = queries.adults_of(wave)
        chosen = _chosen(adults, adult)
        asked = HelpRequest(
            id=uuid.UUID(id),
            box=box.code,
            school=wave.school.slug,
            adult=chosen,
            sealed=sealed,
            day=timezone.localdate(),
        )
        if not _is_kept(asked):
            return False
    letters.to_adults(wave.school, [each for each in adults if chosen in (None, each.membership_id)])
    return True


@transaction.atomic(using=STORE)
def _is_kept(asked: HelpRequest) -> bool:
    if HelpRequest.objects.filter(pk=asked.pk, box=asked.box).exists():
        return False
    if HelpRequest.objects.filter(state=HelpRequest.State.NEW).count() >= MOST_WAITING:
        raise NotSent("too-many")
    HelpRequest.objects.bulk_create([asked], ignore_conflicts=True)
    return bool(HelpRequest.objects.filter(pk=asked.pk, box=asked.box).exists())


def _chosen(adults: list[HelpAdult], name: str) -> int | None:
    """The membership behind a name; None for any adult, also where two have the same name."""
    if not adults:
        raise NotSent("adult-gone")
    found = [each.membership_id for each in adults if str(each.membership.person) == name]
    if name and not found:
        # Not to another one: perhaps the pupil does not want that one to read it.
        raise NotSent("adult-gone")
    return found[0] if len(found) == 1 else None


def _is_id(text: str) -> bool:
    try:
        found = uuid.UUID(text)
    except ValueError:
        return False
    # One spelling only: another one would be another request to the seal.
    return found.version == UUID_VERSION and str(found) == text


def open_request(*, person: Person, id: uuid.UUID) -> bool:  # noqa: A002 (in its address)
    """Note that somebody looks after a request; False where it is not hers or his to read."""
    found = _readable(person, id)
    if found is None:
        return False
    with transaction.atomic(using=STORE):
        waiting = HelpRequest.objects.filter(pk=id, state=HelpRequest.State.NEW)
        waiting.update(state=HelpRequest.State.SEEN, waited=0, opened_by=found.membership)
    return True


def erase(*, person: Person, id: uuid.UUID) -> bool:  # noqa: A002 (in its address)
    """Erase a request after the talk; False where it is not hers or his, or was never opened."""
    found = _readable(person, id)
    if found is None or found.request.state != HelpRequest.State.SEEN:
        return False
    with transaction.atomic(using=STORE):
        HelpRequest.objects.filter(pk=id).delete()
    erasing.wipe()
    return True


def _readable(person: Person, id_: uuid.UUID) -> Readable | None:
    return next((one for one in queries.readable(person, boxes.server_key()) if one.request.pk == id_), None)
