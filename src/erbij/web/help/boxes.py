"""The keys of the help channel: one pair per wave, wrapped by a key file of its own."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django_scopes import scope, scopes_disabled

from erbij.web.help.models import HelpBox
from erbij.web.help.router import STORE
from erbij.web.surveys import keys, sealing
from erbij.web.surveys.models import Wave

PURPOSE = "help"
"""In the seal: a ballot can't be read as a request, nor a request as a ballot."""

SETTING = "ERBIJ_HELP_KEY_FILE"


def server_key() -> bytes:
    """The key file of the help channel.

    Raises
    ------
    KeyFileError
        It is not there, open to others, or no key file.
    """
    return keys.read_key_file(settings.HELP_KEY_FILE, name=SETTING)


def code_of(wave: str, key: bytes) -> str:
    """Where the requests of a wave are: 64 hexadecimal digits that lead back to it with the key only."""
    return hmac.new(key, f"erbij/help-box/1/{wave}".encode(), hashlib.sha256).hexdigest()


def box_of(wave: Wave) -> HelpBox:
    """The box of a wave; made when the first pupil needs it.

    Raises
    ------
    KeyFileError
        Also where the key file is another one than that of the boxes that are there.
    """
    key = server_key()
    code = code_of(wave.code, key)
    with scope(school=wave.school), transaction.atomic(using=STORE):
        if not HelpBox.objects.filter(pk=code).exists():
            _check_is_theirs(key)
            HelpBox.objects.bulk_create([_new(wave, code, key)], ignore_conflicts=True)
        box: HelpBox = HelpBox.objects.get(pk=code)
    return box


def private_key(box: HelpBox, key: bytes) -> bytes:
    """Unlock the private key of a box.

    Raises
    ------
    LockedError
        With another key file than the one that locked it.
    """
    return keys.unwrap(box.wrapped_key, server_key=key, wave=box.code)


def any_box() -> HelpBox | None:
    """Some box of whatever school: what a key file must be able to open."""
    with scopes_disabled():
        box: HelpBox | None = HelpBox.objects.first()
    return box


def _new(wave: Wave, code: str, key: bytes) -> HelpBox:
    public, private = sealing.new_key_pair()
    wrapped = keys.wrap(private, server_key=key, wave=code)
    return HelpBox(code=code, school=wave.school.slug, public_key=public, wrapped_key=wrapped)


def _check_is_theirs(key: bytes) -> None:
    # With a new key file the old requests would be there and never be found.
    box = any_box()
    try:
        _ = box and private_key(box, key)
    except keys.LockedError as problem:
        raise keys.KeyFileError("is another key file", where=(SETTING,)) from problem
