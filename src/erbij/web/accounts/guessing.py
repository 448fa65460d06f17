"""Guessing at the passwords of one school slows down, and keeps nobody of that school out.

A school is known here by the part of an address after the @. Nobody is looked up, so that the pace tells
nothing about who has an account. A browser in which somebody signed in before is no stranger for that
person: whatever others try, she is let through. docs/decisions/0030-ways-in.md weighs it.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

HOUR = 3600  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 5, 60
"""Seconds between two tries of one place, just over the budget and far over it."""
STEP = 10
"""Failures after which the pause doubles."""
COOKIE = f"{settings.COOKIE_PREFIX and '__Secure-'}known"
"""Not `__Host-`: it goes to the sign-in pages only."""
SALT = "erbij.known-browser"
KNOWN_FOR = 180 * 24 * HOUR
MOST = 8
"""People that a shared computer remembers."""
OWN_RATE = {"login_known": "10/5m/key"}
"""What a known browser may fail; apart from what others fail with the same address."""


def is_too_soon(email: str, place: str) -> bool:
    """Whether one place has to wait before it tries somebody of this school again; if not, it waits from now.

    `place` is where a try comes from. Its first try is always let through, and a try too soon does not
    make the wait longer: only its own tries keep a place waiting.
    """
    pause = pause_of(cache.get(_failures(email), 0))
    return pause > 0 and not cache.add(f"{_failures(email)}:{_digest(place)}", 1, timeout=pause)


def pause_of(failures: int) -> int:
    """Give the seconds between two tries of one place, after so many failures within an hour."""
    over = failures - int(settings.FAILED_SIGN_INS)
    return 0 if over < 0 else min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(over // STEP, 10))


def failed(email: str) -> None:
    """Count a failure for the school; an hour after the first of them the count begins anew."""
    if not cache.add(_failures(email), 1, timeout=HOUR):
        try:
            cache.incr(_failures(email))
        except ValueError:
            cache.set(_failures(email), 1, timeout=HOUR)  # the hour ended in between


def known_as(request: HttpRequest, email: str) -> str:
    """Name a browser in which this person signed in before; empty for a stranger."""
    kept = _kept(request)
    return str(kept["browser"]) if _digest(email.strip().lower()) in kept["people"] else ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let a browser be known for this person; the cookie names nobody, and goes to the sign-in pages only."""
    kept, person = _kept(request), _digest(email.strip().lower())
    people = [person, *(each for each in kept["people"] if each != person)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps({"browser": kept["browser"], "people": people}, salt=SALT),
        max_age=KNOWN_FOR,
        path="/account/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return {"browser": secrets.token_hex(8), "people": []}
    return kept


def _failures(email: str) -> str:
    return f"failed-sign-ins:{_digest(email.strip().lower().rpartition('@')[2])}"


def _digest(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:20]
