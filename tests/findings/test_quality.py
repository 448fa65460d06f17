import numpy as np
import pytest

from erbij.findings import quality

NO = np.nan
ANSWERS = np.array(
    [
        [1, 2, 3, 4, 1, 2],  # all six, differing
        [3, 3, 3, 3, 3, 3],  # straight
        [2, 2, 2, 2, 2, NO],  # straight over five; one of six left open
        [2, 2, 2, 2, NO, NO],  # four answers: too few to call straight; two left open
        [NO, NO, NO, NO, NO, NO],  # did not begin
    ]
)


@pytest.fixture
def tiny(make_study):
    return make_study([50.0, 60.0, 70.0, None, None], answers=ANSWERS)


def test_missing_is_the_share_of_questions_left_open_by_those_who_began(tiny, values):
    found = quality.find(tiny)
    assert values(found, "measure")["missing"] == pytest.approx(100 * (0 + 0 + 1 / 6 + 2 / 6) / 4)
    assert values(found, "measure", column="n")["missing"] == 4


def test_straight_counts_pupils_with_one_answer_over_five_questions(tiny, values):
    found = quality.find(tiny)
    assert values(found, "measure")["straight"] == pytest.approx(200 / 3)
    assert values(found, "measure", column="n")["straight"] == 3


def test_quality_stops_at_the_school(make_study):
    study = make_study([50.0, 60.0], places={"school": ["s", "s"], "class": ["a", "b"]})
    assert set(quality.find(study)["level"]) == {"all", "school"}


def test_quality_of_a_unit_without_answers_has_no_value(make_study, values):
    answers = np.where(np.arange(4)[:, None] < 2, ANSWERS[:1], NO)
    study = make_study([50.0, 60.0, None, None], answers=answers, places={"school": ["a", "a", "b", "b"]})
    found = quality.find(study)
    assert values(found, "unit", measure="straight", level="school") == {"a": 0, "b": None}
    assert values(found, "unit", measure="missing", level="school") == {"a": 0, "b": None}


def test_share_of_zero_has_an_interval_that_says_how_little_twenty_pupils_tell(make_study, values):
    found = quality.find(make_study([50.0] * 20))
    highest = 100 * (1 - 0.025 ** (1 / 20))  # Clopper and Pearson (1934)
    assert values(found, "measure") == {"missing": 0, "straight": 0}
    assert values(found, "measure", column="low") == {"missing": 0, "straight": 0}
    assert values(found, "measure", column="high") == pytest.approx({"missing": highest, "straight": highest})
