"""The deck of a class: how many cards, their codes, and what is kept of a code. Nothing here asks a database.

A code stands on paper only. The page of who typed it gets an admission, a keyed hash of the code; the
table keeps a hash of the admission. So neither the table nor a page gives a code back, and who reads the
table can hand in nothing.
"""

import hashlib
from math import ceil

from erbij.web import codes
from erbij.web.surveys.bands import Band

PURPOSE = "card"
SPARE_SHARE, LEAST_SPARE = 0.1, 3


def spare(size: int) -> int:
    """How many cards there are beyond the pupils: a card gets lost, a child comes in.

    >>> spare(8), spare(23), spare(31)
    (3, 3, 4)
    """
    return max(LEAST_SPARE, ceil(SPARE_SHARE * size))


def number(band: Band) -> int:
    """How many cards a new deck needs, so that all of the class can answer.

    Cards that were used stay used. Their number is known in bands only, and so is that of the new deck:
    otherwise counting cards would be counting answers.

    >>> number(Band(0, 0, 23)), number(Band(10, 14, 23)), number(Band(25, 29, 23))
    (26, 16, 3)
    """
    return max(band.size + spare(band.size) - band.low, LEAST_SPARE)


def draw(count: int) -> tuple[str, ...]:
    """Make new codes, as whole codes with their check sign; in no order."""
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(codes.new_code())
    return tuple(drawn)


def admission_of(code: str) -> str:
    """What a page carries instead of the code: HMAC-SHA256 with a key outside the database, as hexadecimals.

    Parameters
    ----------
    code
        A whole code, tidied.
    """
    return codes.keyed_hash(code, purpose=PURPOSE)


def digest_of(admission: str) -> str:
    """What the table keeps: SHA-256 of an admission, 64 hexadecimals.

    >>> len(digest_of("a"))
    64
    """
    return hashlib.sha256(admission.encode()).hexdigest()
