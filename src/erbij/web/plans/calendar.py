"""A calendar file (RFC 5545) of the days of actions: when it starts, and when to look whether it takes hold.

Whole days, without a clock or a place. A changed action has the same names with a higher sequence, so that a
calendar that reads the file again moves what it has.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from erbij.web.plans.models import PlannedAction
from erbij.web.plans.telling import ActionTold

TYPE = "text/calendar; charset=utf-8"
LONGEST = 75
"""Bytes of a line."""


def of(actions: Iterable[ActionTold], *, now: dt.datetime) -> str:
    """The days of these actions.

    Parameters
    ----------
    now
        With its time zone: when the file was made.
    """
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    events = [line for one in actions for line in _events(one, stamp)]
    around = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Erbij//Erbij//NL", "METHOD:PUBLISH"]
    return "".join(f"{fold(line)}\r\n" for line in (*around, *events, "END:VCALENDAR"))


def _events(one: ActionTold, stamp: str) -> Iterator[str]:
    row = one.row
    start, look = _("Starts: %(title)s"), _("Look whether it takes hold: %(title)s")
    days = (("start", row.starts_on, start), ("check", row.check_on, look))
    for name, day, words in days:
        yield "BEGIN:VEVENT"
        yield f"UID:{row.code}-{name}@erbij"
        yield f"DTSTAMP:{stamp}"
        yield f"SEQUENCE:{row.version}"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escape(words % {'title': one.title})}"
        yield f"STATUS:{'CANCELLED' if row.status == PlannedAction.Status.STOPPED else 'CONFIRMED'}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def escape(text: str) -> str:
    r"""Write a text so that a calendar reads it as one.

    >>> print(escape("Tea, at 8;\nbring \\ cups"))
    Tea\, at 8\;\nbring \\ cups
    """
    # Splitting lines also takes what is no line here but ends one elsewhere.
    plain = "\n".join(text.splitlines()).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", plain).replace("\n", "\\n")


def fold(line: str) -> str:
    r"""Break a line into pieces of at most 75 bytes, never within a letter; each next begins with a space.

    >>> [len(part) for part in fold("é" * 80).split("\r\n")]
    [37, 38, 7]
    """
    parts, room = [""], LONGEST
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(" ")
            room = LONGEST - 1
        parts[-1] += sign
        room -= size
    return "\r\n".join(parts)
