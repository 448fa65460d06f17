"""A likeness of answers: some bits of all of them together, by which nearly the same answers are known again.

What was told of answers may not be told of nearly the same ones otherwise: the difference would be a few
pupils. Digests of answers would show it, and can be guessed one by one. A likeness can't: each bit is one of
the smallest keyed hash of all rows (minwise hashing, one bit for each hash function: Li and König 2010).
One row decides about two bits of 256, eight where there are twelve rows; half are right by chance.
"""

import hashlib
import math
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

LEAST_BITS, MOST_BITS = 96, 256
BITS_PER_ROW = 2
SURE = 4.3
"""In standard deviations of chance: of a million pairs of other answers fewer than ten look like the same."""

_Words = npt.NDArray[np.uint64]


def of(rows: Collection[str], key: bytes) -> str:
    """The likeness of rows, as 0 and 1: two for each row, from 96 to 256.

    Parameters
    ----------
    rows
        What each pupil answered, each row once; in any order.
    key
        Secret, and the same for all that is compared.

    Examples
    --------
    >>> of(["a", "b"], b"key") == of(["b", "a"], b"key"), len(of(["a", "b"], b"key"))
    (True, 96)
    """
    if not rows:
        return ""
    bits = min(MOST_BITS, max(LEAST_BITS, BITS_PER_ROW * len(rows)))
    digests = np.array([_digest(row, key) for row in rows], dtype=np.uint64)
    # By place: the first bits of a larger file are of the same functions as those of a smaller one.
    salts = np.array([_digest(f"function {place}", key) for place in range(bits)], dtype=np.uint64)
    smallest = np.array([_mixed(digests ^ salt).min() for salt in salts], dtype=np.uint64)
    return "".join(str(bit) for bit in (_mixed(smallest ^ _mixed(salts)) & np.uint64(1)).tolist())


def is_alike(one: str, other: str) -> bool:
    """Whether two likenesses agree in so many bits that half of the rows, or more, are the same ones."""
    bits = min(len(one), len(other))
    if not bits:
        return False
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return same >= min(bits, bits / 2 + SURE * math.sqrt(bits) / 2)


def _digest(text: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8, key=key[:64]).digest(), "big")


def _mixed(values: _Words) -> _Words:
    """Splitmix64's last step: every bit of what comes out depends on every bit of what went in."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
