"""A likeness of answers: some bits of all of them together, by which the same answers are known again.

What was told of answers may not be told otherwise of the same ones with a few more or less: the difference
would be these few. Digests of answers would show it, and can be guessed one by one. A likeness is blurred: a
Bloom filter with one hash function and four bits for each row, of which more than a fifth are set. A row
that is in it has its bit set, and so has every fifth row that is not: of many rows together it can be said
how many are in it, of one row little.
"""

import hashlib
import math
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

BITS_PER_ROW = 4
SAME_ASKING = 0.5
"""From this share of the smaller of the two, as in the ledger of those who keep their answers."""
NOISE = 3.0
"""In standard deviations of chance: fewer rows in common than that can't be told from none."""


def of(rows: Collection[str], key: bytes) -> str:
    """The likeness of rows: how many there are, and the bits in hexadecimal digits.

    Parameters
    ----------
    rows
        What each pupil answered, each row once; in any order.
    key
        Secret, and the same for all that is compared.

    Examples
    --------
    >>> of(["a", "b"], b"key") == of(["b", "a"], b"key"), of([], b"key")
    (True, '')
    """
    if not rows:
        return ""
    bits = np.zeros(8 * math.ceil(BITS_PER_ROW * len(rows) / 8), dtype=np.bool_)
    bits[_digests(rows, key) % np.uint64(bits.size)] = True
    return f"{len(rows)}.{np.packbits(bits).tobytes().hex()}"


def is_alike(kept: str, rows: Collection[str], key: bytes) -> bool:
    """Whether half of the rows of a likeness, or half of these where they are fewer, are the same ones.

    Parameters
    ----------
    kept
        What `of` gave, or "", which is like nothing.
    rows, key
        As in `of`.
    """
    if not kept or not rows:
        return False
    size, _, digits = kept.partition(".")
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(digits), dtype=np.uint8))
    by_chance = float(bits.mean())
    hits = int(bits[_digests(rows, key) % np.uint64(bits.size)].sum())
    in_common = (hits - len(rows) * by_chance) / (1 - by_chance)
    noise = math.sqrt(len(rows) * by_chance / (1 - by_chance))
    return in_common >= max(SAME_ASKING * min(int(size), len(rows)), NOISE * noise)


def _digests(rows: Collection[str], key: bytes) -> npt.NDArray[np.uint64]:
    found = [hashlib.blake2b(row.encode(), digest_size=8, key=key[:64]).digest() for row in rows]
    return np.array([int.from_bytes(each, "big") for each in found], dtype=np.uint64)
