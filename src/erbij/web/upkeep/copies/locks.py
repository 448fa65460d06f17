"""The lock of a copy: age (age-encryption.org), so that the program `age` opens it too, without Erbij.

The server knows who may open, not how: with its disk alone nobody opens a copy.
"""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

import pyrage

from erbij.errors import WebError

RECIPIENTS = "ERBIJ_BACKUP_FOR"


def new_identity(path: Path) -> str:
    """Write a new key that opens copies, in the form of `age-keygen`; gives its public half, `age1...`.

    Raises
    ------
    WebError
        Something stands there already, or nothing can be written there.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# created: {dt.date.today()}\n# public key: {public}\n{identity}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
    except OSError as problem:
        raise WebError(f"can't be written ({problem.strerror})", where=(str(path),)) from problem
    return public


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """Read the keys in a file of `new_identity` or of `age-keygen`.

    Raises
    ------
    WebError
        There is none, or it can't be read.
    """
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as problem:
        raise WebError("is no key of a backup", where=(str(path),)) from problem
    if not found:
        raise WebError("holds no key of a backup", where=(str(path),))
    return found


def close(raw: bytes, names: Sequence[str]) -> tuple[bytes, pyrage.x25519.Identity]:
    """Lock for everyone who is named; the key that comes back opens it too, and is for looking once.

    Raises
    ------
    WebError
        Nobody is named, or somebody who is no `age1...`.
    """
    if not names:
        advice = "Make a key: erbij backup --new-key FILE. Keep that file elsewhere, and on paper."
        raise WebError("names nobody who may open the copy", where=(RECIPIENTS,), advice=advice)
    try:
        recipients = [pyrage.x25519.Recipient.from_str(name) for name in names]
    except pyrage.RecipientError as problem:
        raise WebError(
            "is not the public half of a key", where=(RECIPIENTS,), allowed=["age1..."]
        ) from problem
    # The server keeps no key that opens copies: this one is forgotten once what was written is read back.
    once = pyrage.x25519.Identity.generate()
    return pyrage.encrypt(raw, [*recipients, once.to_public()]), once


def open_with(locked: bytes, keys: Sequence[pyrage.x25519.Identity]) -> bytes:
    """Unlock.

    Raises
    ------
    WebError
        It was locked for somebody else, or is not whole.
    """
    try:
        return bytes(pyrage.decrypt(locked, list(keys)))
    except pyrage.DecryptError as problem:
        raise WebError(
            "does not open with this key, or is not whole",
            where=("backup",),
            advice="Give the file of the key for which it was made: --key FILE.",
        ) from problem
