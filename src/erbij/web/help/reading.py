"""What an adult reads: the words of a pupil, opened for the page and kept nowhere."""

import datetime as dt
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from erbij.web.accounts.models import Person
from erbij.web.help import boxes, queries
from erbij.web.help.models import HelpBox
from erbij.web.help.queries import Readable
from erbij.web.surveys import keys, pupil_words, sealing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """One request as its adult sees it; `name` and `words` are empty until it was opened.

    `opened_by` is empty for an adult who left. `is_for_all`: the other adults may read it too.
    """

    id: uuid.UUID
    day: dt.date
    is_new: bool
    is_for_all: bool
    opened_by: str = ""
    name: str = ""
    words: str = ""
    language: str = ""
    is_unreadable: bool = False


def letters_for(person: Person) -> list[Letter]:
    """The requests that somebody may read; needs the scope of the school.

    Raises
    ------
    KeyFileError
        Without the key file nobody can read them.
    """
    key = boxes.server_key()
    found = queries.readable(person, key)
    of = queries.boxes_by_code({one.request.box for one in found})
    names = queries.names_by_membership({one.request.opened_by for one in found})
    return [_letter(one, of.get(one.request.box), key, names) for one in found]


def _letter(one: Readable, box: HelpBox | None, key: bytes, names: Mapping[int, str]) -> Letter:
    request = one.request
    is_for_all = request.is_for_all or request.adult is None
    letter = Letter(request.pk, request.day, one.is_new, is_for_all)
    if one.is_new:
        return letter
    said = _opened(one, box, key)
    language = str(said.get("language", ""))
    return Letter(
        *(request.pk, request.day, False, is_for_all),
        opened_by=names.get(request.opened_by or 0, ""),
        name=str(said.get("name", "")),
        words=str(said.get("words", "")),
        language=language if language in pupil_words.languages() else "",
        is_unreadable=not said,
    )


def _opened(one: Readable, box: HelpBox | None, key: bytes) -> Mapping[str, object]:
    """What was sealed; nothing where it was damaged, and the adult still sees that a pupil asked."""
    if box is None:
        return {}
    try:
        private = boxes.private_key(box, key)
        sealed, id_ = one.request.sealed, str(one.request.pk)
        return sealing.unseal(sealed, private, wave=box.code, ballot=id_, purpose=boxes.PURPOSE)
    except (keys.LockedError, sealing.SealError) as problem:
        log.error("a request in the help channel can't be read: %s", type(problem).__name__)
        return {}
