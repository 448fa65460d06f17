"""The one-time code of the first start: shown on the terminal, in a file until somebody has an account."""

import os
import secrets

from django.conf import settings

from erbij.web import codes
from erbij.web.accounts import queries

FILE = "start-code"


def current() -> str:
    """Give the code, made when there is none yet; empty as soon as anybody has an account."""
    path = settings.DATA / FILE
    if queries.anyone_exists():
        forget()
        return ""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(codes.new_code())
    return str(path.read_text())


def forget() -> None:
    """Throw the code away."""
    (settings.DATA / FILE).unlink(missing_ok=True)


def is_right(typed: str) -> bool:
    """Whether this is the code; compared in constant time."""
    code = current()
    return bool(code) and secrets.compare_digest(codes.tidy(typed).encode(), code.encode())
