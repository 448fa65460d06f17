import pytest

from erbij.findings import participation


def test_participation_counts_asked_and_scored_pupils_of_each_unit(make_study, values):
    study = make_study(
        [50.0, None, 70.0, 20.0, 30.0],
        places={"school": ["north", "north", "south", "south", None]},
        asked={"north": 4, "all": 10},
    )
    found = participation.find(study)
    assert values(found, "unit", measure="asked") == {"all": 10, "north": 4, "south": 2}
    assert values(found, "unit", measure="n") == {"all": 4, "north": 1, "south": 2}
    assert values(found, "unit", measure="response") == pytest.approx({"all": 40, "north": 25, "south": 100})


def test_participation_has_no_interval(make_study):
    found = participation.find(make_study([50.0, 60.0]))
    assert found["low"].is_null().all()
    assert found["high"].is_null().all()


def test_response_is_empty_where_nobody_was_asked(make_study, values):
    found = participation.find(make_study([50.0, 60.0], asked={"all": 0}))
    assert values(found, "measure") == {"asked": 0, "n": 2, "response": None}


def test_unit_in_which_nobody_has_a_score_stays_in_the_count(make_study, values):
    found = participation.find(make_study([None, None, 40.0], places={"class": ["a", "a", "b"]}))
    assert values(found, "unit", measure="n", level="class") == {"a": 0, "b": 1}
    assert values(found, "unit", measure="response", level="class") == {"a": 0, "b": 100}
