from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.web import codes

BODIES = st.text(codes.ALPHABET, min_size=codes.SECRET_SIGNS, max_size=codes.SECRET_SIGNS)


@given(BODIES, st.integers(0, codes.SECRET_SIGNS), st.sampled_from(codes.ALPHABET))
def test_one_wrong_sign_always_shows(body: str, place: int, sign: str) -> None:
    code = body + codes.check_sign(body)
    typed = code[:place] + sign + code[place + 1 :]
    assert codes.is_whole(typed) == (typed == code)


@given(BODIES, st.integers(0, codes.SECRET_SIGNS - 1), st.integers(0, codes.SECRET_SIGNS - 1))
def test_two_swapped_signs_always_show(body: str, one: int, other: int) -> None:
    signs = list(body)
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs) + codes.check_sign(body)
    assert codes.is_whole(typed) == (typed[:-1] == body)


@given(BODIES)
def test_code_survives_being_shown_and_typed(body: str) -> None:
    assert codes.tidy(codes.shown(body).lower()) == body


def test_new_codes_are_whole_and_differ() -> None:
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(codes.is_whole(code) for code in made)


@pytest.mark.parametrize("code", ["", "ABC", "ABCDEFGH2345", "ABCDEFGHIO1"])
def test_what_is_no_code_is_not_whole(code: str) -> None:
    assert not codes.is_whole(code)


def test_hash_depends_on_purpose_and_on_the_key(settings: Any) -> None:
    code = "ABCDEFGH234"
    one, two = (codes.keyed_hash(code, purpose=purpose) for purpose in ("invitation", "card"))
    settings.SECRET_KEY = "another"  # noqa: S105
    assert len({one, two, codes.keyed_hash(code, purpose="invitation")}) == 3
