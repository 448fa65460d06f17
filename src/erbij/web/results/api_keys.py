"""Keys of programs: made, shown once, kept as a hash, withdrawn; and how often one may ask."""

import datetime as dt
import secrets
import threading
import time
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from erbij.web import codes
from erbij.web.accounts.models import Person
from erbij.web.records.services import Kind, note
from erbij.web.results.models import ApiToken
from erbij.web.schools.models import School

PURPOSE, PREFIX = "api-token", "erbij_"
MOST = 20
"""Keys of one school at a time."""
LONGEST_DAYS = 366


@transaction.atomic
def make(*, school: School, name: str, expires: dt.date, maker: Person, today: dt.date) -> str:
    """Make a key and return it: the only moment at which it is known.

    Raises
    ------
    ValidationError
        A day that is not in the coming year, or too many keys.
    """
    if not today <= expires <= today + dt.timedelta(days=LONGEST_DAYS):
        raise ValidationError(_("Choose a day within a year."))
    ApiToken.objects.filter(expires__lt=today).delete()
    if ApiToken.objects.count() >= MOST:
        raise ValidationError(_("There are many keys already. Withdraw one first."))
    key = PREFIX + secrets.token_urlsafe(32)
    kept = ApiToken(school=school, name=name, code_hash=_hash(key), made_by=maker, expires=expires)
    kept.full_clean()
    kept.save()
    note(Kind.TOKEN_MADE, school=school, thing=f"key:{kept.pk}")
    return key


@transaction.atomic
def withdraw(*, token: ApiToken) -> None:
    """Take a key back: from now on it opens nothing."""
    note(Kind.TOKEN_WITHDRAWN, school=token.school_id, thing=f"key:{token.pk}")
    token.delete()


def token_of(header: str, today: dt.date) -> ApiToken | None:
    """The key in an `Authorization` header, as long as it is valid; needs no scope."""
    kind, _space, key = header.partition(" ")
    if kind.lower() != "bearer" or not key.startswith(PREFIX) or len(key) > 100:
        return None
    with scopes_disabled():
        found = ApiToken.objects.filter(code_hash=_hash(key.strip()), expires__gte=today)
        return found.select_related("school").first()


def _hash(key: str) -> str:
    return codes.keyed_hash(key, purpose=PURPOSE)


class Pace:
    """How often each key may ask: a bucket that fills up by the clock, in this process."""

    def __init__(
        self, *, most: int = 60, a_second: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._a_second, self._clock = most, a_second, clock
        self._lock = threading.Lock()
        self._left: dict[int, tuple[float, float]] = {}

    def may(self, key: int) -> bool:
        """Whether this key may ask now; that counts as asking."""
        with self._lock:
            now = self._clock()
            left, at = self._left.get(key, (float(self._most), now))
            left = min(self._most, left + (now - at) * self._a_second)
            self._left[key] = (left - 1 if left >= 1 else left, now)
            return left >= 1


PACE = Pace()
