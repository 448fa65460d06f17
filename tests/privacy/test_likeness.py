"""A likeness knows nearly the same answers again, and says next to nothing of one of them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.privacy import likeness

KEY = b"a key of thirty-two bytes, or so"


def rows(n: int, seed: int = 1) -> list[str]:
    rng = np.random.default_rng(seed)
    return ["".join(map(str, rng.integers(1, 5, size=16))) for _ in range(n)]


@settings(max_examples=30)
@given(st.lists(st.text(max_size=5), unique=True), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_rows: list[str], random: object) -> None:
    shuffled = list(given_rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = likeness.of(given_rows, KEY)
    assert found == likeness.of(shuffled, KEY)
    assert likeness.is_alike(found, found) == bool(given_rows)


@settings(max_examples=25)
@given(st.integers(12, 300), st.integers(1, 2**32 - 1), st.integers(0, 11))
def test_one_pupil_more_or_less_is_alike_and_other_pupils_are_not(n: int, seed: int, place: int) -> None:
    known = rows(n, seed)
    less = likeness.of([*known[:place], *known[place + 1 :]], KEY)
    assert likeness.is_alike(likeness.of(known, KEY), less)
    assert not likeness.is_alike(likeness.of(known, KEY), likeness.of(rows(n, seed + 2**32), KEY))


def test_about_half_of_the_same_rows_is_alike_more_often_than_not() -> None:
    found = 0
    for seed in range(20):
        before, after = rows(200, seed), [*rows(200, seed)[:135], *rows(65, seed + 900)]
        found += likeness.is_alike(likeness.of(before, KEY), likeness.of(after, KEY))
    assert found > 15


def test_another_key_gives_another_likeness() -> None:
    assert likeness.of(rows(40), KEY) != likeness.of(rows(40), KEY[::-1])


def test_guess_at_one_pupil_is_hardly_better_than_chance() -> None:
    """Who has key and likeness and tries a row: it agrees about as well whether it is in or not."""
    known = rows(100)
    bits = likeness.of(known, KEY)

    def agreement(row: str) -> float:
        own = likeness.of([row], KEY)
        return sum(a == b for a, b in zip(own, bits, strict=False)) / len(own)

    inside = np.mean([agreement(row) for row in known])
    outside = np.mean([agreement(row) for row in rows(100, 7)])
    assert abs(inside - outside) < 0.02


def test_no_rows_are_alike_nothing() -> None:
    assert likeness.of([], KEY) == ""
    assert not likeness.is_alike("", "")
