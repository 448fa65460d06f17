"""A likeness knows the same answers again with some more or less, and says next to nothing of one of them."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.privacy import likeness

KEY = b"a key of thirty-two bytes, or so"
SEEDS = range(100)


def rows(n: int, seed: int = 1) -> list[str]:
    rng = np.random.default_rng(seed)
    return ["".join(map(str, row)) for row in rng.integers(1, 5, size=(n, 16))]


def alike(before: list[str], after: list[str]) -> bool:
    return likeness.is_alike(likeness.of(before, KEY), after, KEY)


@settings(max_examples=30)
@given(st.lists(st.text(max_size=5), unique=True), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_rows: list[str], chance: Random) -> None:
    shuffled = list(given_rows)
    chance.shuffle(shuffled)
    assert likeness.of(given_rows, KEY) == likeness.of(shuffled, KEY)


@settings(max_examples=30)
@given(st.integers(12, 300), st.integers(1, 2**32 - 1), st.integers(0, 11))
def test_one_pupil_more_or_less_is_alike(n: int, seed: int, place: int) -> None:
    known = rows(n, seed)
    less = [*known[:place], *known[place + 1 :]]
    assert alike(known, less)
    assert alike(less, known)


@pytest.mark.parametrize(("first", "later"), [(40, 200), (100, 110), (200, 40), (30, 90)])
def test_file_that_grew_or_shrank_is_alike(first: int, later: int) -> None:
    found = sum(alike(rows(max(first, later), n)[:first], rows(max(first, later), n)[:later]) for n in SEEDS)
    assert found >= 97


@pytest.mark.parametrize(("first", "later"), [(12, 12), (40, 200), (200, 40), (100, 110)])
def test_other_pupils_are_not_alike(first: int, later: int) -> None:
    assert sum(alike(rows(first, n), rows(later, n + 1000)) for n in SEEDS) <= 2


def test_pupils_who_happen_to_answer_the_same_do_not_make_it_the_same_asking() -> None:
    known = rows(200)
    assert not alike(known, [*known[:40], *rows(160, 2)])
    assert alike(known, [*known[:160], *rows(40, 2)])


def test_another_key_knows_nothing() -> None:
    known = rows(100)
    assert not likeness.is_alike(likeness.of(known, KEY), known, KEY[::-1])


def test_one_row_hardly_shows() -> None:
    """Who has key and likeness and tries a row: more than a fifth of those that are not in it seem to be."""
    bits = np.unpackbits(
        np.frombuffer(bytes.fromhex(likeness.of(rows(500), KEY).partition(".")[2]), np.uint8)
    )
    assert 0.2 < bits.mean() < 0.25
    assert not likeness.is_alike(likeness.of(rows(500), KEY), rows(500)[:1], KEY)


def test_no_rows_are_like_nothing() -> None:
    assert likeness.of([], KEY) == ""
    assert not likeness.is_alike("", rows(5), KEY)
    assert not likeness.is_alike(likeness.of(rows(5), KEY), [], KEY)
