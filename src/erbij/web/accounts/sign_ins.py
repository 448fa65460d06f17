"""Where somebody is signed in: what is kept of it in a session, and what their own page tells of it.

No address and no name of a device. A session is named on the page by a digest: its key would be a way in.
"""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import salted_hmac

from erbij.web.accounts.models import Person

BEGAN, SEEN, BROWSER = "began", "seen", "browser"
FAMILIES = (
    # The first that fits: most browsers name others whose pages they can show.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser in which somebody is signed in; `browser` is empty where it is not a known one."""

    name: str
    browser: str
    last_day: dt.date
    is_here: bool


def family(user_agent: str) -> str:
    """Name the kind of browser, without its version or the device; empty for any other.

    >>> family("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox'
    >>> family("curl/8.5")
    ''
    """
    return next((name for mark, name in FAMILIES if mark in user_agent), "")


def is_over(kept: Mapping[str, Any], now: float) -> bool:
    """Whether a session lasted a school day, or nobody did anything in it for long; `now` in seconds."""
    began, seen = kept.get(BEGAN, now), kept.get(SEEN, now)
    return bool(now - began > settings.SESSION_COOKIE_AGE or now - seen > 60 * settings.IDLE_MINUTES)


def named(key: str) -> str:
    """Give the name under which a page speaks of a session."""
    return salted_hmac("erbij.sign-in", key, algorithm="sha256").hexdigest()[:24]


def is_of(kept: Mapping[str, Any], person: Person) -> bool:
    """Whether a session still lets this person in: not after another password, nor when it is over."""
    return (
        kept.get(SESSION_KEY) == str(person.pk)
        and kept.get(HASH_SESSION_KEY) == person.get_session_auth_hash()
        and not is_over(kept, time.time())
    )


def sign_in(key: str, kept: Mapping[str, Any], *, is_here: bool) -> SignIn:
    """Describe a session."""
    seen = dt.datetime.fromtimestamp(kept.get(SEEN, time.time()), tz=dt.UTC)
    return SignIn(named(key), kept.get(BROWSER, ""), timezone.localdate(seen), is_here)
