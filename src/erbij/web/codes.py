"""Codes that people read from paper: without letters that look alike, with a check character."""

import secrets

from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31: a prime, so one wrong or two swapped signs always show
LOOK_ALIKE = str.maketrans("", "", " -\u00a0\t.")
SECRET_SIGNS = 10
CLASS_LETTERS = "abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """Make a secret of ten signs (49 bits) with its check sign, as eleven signs in capitals."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_SIGNS))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """Give the sign that closes a code.

    Parameters
    ----------
    body
        Signs of ALPHABET; other signs are a ValueError.

    Examples
    --------
    >>> check_sign("2345678922")
    'C'
    """
    return ALPHABET[sum((place + 2) * ALPHABET.index(sign) for place, sign in enumerate(body)) % 31]


def tidy(typed: str) -> str:
    """Write a typed code as it was made: capitals, without spaces and hyphens.

    >>> tidy(" abcd-efgh 234 ")
    'ABCDEFGH234'
    """
    return typed.translate(LOOK_ALIKE).upper()


def is_whole(code: str) -> bool:
    """Whether a tidied code has the right length and signs, and its check sign is right."""
    if len(code) != SECRET_SIGNS + 1 or set(code) - set(ALPHABET):
        return False
    return check_sign(code[:-1]) == code[-1]


def shown(code: str) -> str:
    """Write a code in groups, to read aloud or to type over.

    >>> shown("ABCDEFGH234")
    'ABCD-EFGH-234'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def keyed_hash(code: str, *, purpose: str) -> str:
    """Hash a code with a key that is not in the database (HMAC-SHA256, 64 hexadecimal digits).

    Parameters
    ----------
    code
        A tidied code.
    purpose
        What it is for: the same code for something else gives another hash.
    """
    return salted_hmac(f"erbij.web.codes/{purpose}", code, algorithm="sha256").hexdigest()


def class_code() -> str:
    """Make the six letters that stand for a class inside a ballot; they say nothing of the class."""
    return "".join(secrets.choice(CLASS_LETTERS) for _ in range(6))
