"""A release as text, and back; and the files that can be downloaded."""

import hashlib
from functools import lru_cache

from erbij.errors import ReportError
from erbij.privacy import release
from erbij.privacy.release import Release


def to_text(given: Release) -> str:
    """The text of `release.json`."""
    return release.to_json(given).decode()


@lru_cache(maxsize=32)
def from_text(text: str, *, sha256: str) -> Release:
    """The release in a text; it never changes, so that the last ones are read once.

    Raises
    ------
    ReportError
        The text is not the one that was stored.
    """
    if hash_of(text) != sha256:
        raise ReportError("is not what was released", where=("release",), found=hash_of(text)[:12])
    return release.from_json(text.encode())


def hash_of(text: str) -> str:
    """SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
