import numpy as np
import pytest

from erbij.findings import reliability

REVERSED = np.array([0, 1, 1, 0, 1, 0], dtype=bool)
"""Items of PISA 2015 in which a low code says much."""


def coefficients(study, values):
    return values(reliability.find(study), "measure")


def test_alpha_turns_reversed_items_round(make_study, values):
    rng = np.random.default_rng(8)
    feeling = rng.integers(0, 3, 80)[:, None]
    points = np.clip(feeling + rng.integers(0, 2, (80, 6)), 0, 3)
    codes = np.where(REVERSED, 4 - points, 1 + points).astype(float)
    S = np.cov(points, rowvar=False)
    found = coefficients(make_study([50.0] * 80, answers=codes), values)
    assert found["alpha"] == pytest.approx(6 / 5 * (1 - np.trace(S) / S.sum()), abs=1e-12)
    assert 0 < found["omega"] < 1


def test_reliability_rests_on_pupils_who_answered_every_item(make_study, values):
    codes = np.random.default_rng(1).integers(1, 5, (30, 6)).astype(float)
    codes[:4, 2] = np.nan
    frame = reliability.find(make_study([50.0] * 30, answers=codes))
    assert values(frame, "measure", column="n") == {"alpha": 26, "omega": 26}


@pytest.mark.parametrize(
    "codes",
    [
        np.full((20, 6), 2.0),
        np.full((20, 6), np.nan),
        np.array([[1.0, 2, 3, 4, 1, 2]]),
    ],
    ids=["all the same", "all missing", "one pupil"],
)
def test_omega_that_cannot_be_computed_is_empty(make_study, values, codes):
    assert coefficients(make_study([50.0] * len(codes), answers=codes), values)["omega"] is None


def test_alpha_of_a_sum_that_does_not_vary_is_empty(make_study, values):
    up, down = [1.0, 2, 3, 4], [4.0, 3, 2, 1]
    points = np.array([up, down, up, down, up, down]).T
    codes = np.where(REVERSED, 5 - points, points)
    assert coefficients(make_study([50.0] * 4, answers=codes), values) == {"alpha": None, "omega": None}


def test_reliability_of_many_random_answers_never_fails(make_study, values):
    rng = np.random.default_rng(2)
    for n in range(30, 80):
        codes = rng.integers(1, rng.integers(2, 5), (n, 6)).astype(float)
        codes[rng.random((n, 6)) < 0.1] = np.nan
        found = coefficients(make_study([50.0] * n, answers=codes), values)
        assert all(value is None or value <= 1 for value in found.values())


def test_reliability_of_a_handful_never_fails(make_study, values):
    rng = np.random.default_rng(2)
    for n in np.repeat(np.arange(2, 14), 15):
        codes = rng.integers(1, 4, (n, 6)).astype(float)
        codes[rng.random((n, 6)) < 0.25] = np.nan
        found = coefficients(make_study([50.0] * n, answers=codes), values)
        assert all(value is None or value <= 1 for value in found.values())
