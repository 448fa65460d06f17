from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.actions import decisions
from erbij.actions.decisions import Choice, Wave
from erbij.actions.words import Words
from erbij.errors import ActionError
from tests.actions.conftest import cell, release

OTHER = ("home-language", "other")
GAP, LOW = "gap.home-language.other", "low.belonging"
SPRING, AUTUMN = date(2026, 4, 1), date(2026, 10, 1)


def wave(on, *, gap=-9.0, mean=60.0):
    below = cell("below", 30.0, half=10.0, group=OTHER, n=40)
    return Wave(release(cell("gap", gap, group=OTHER), cell("mean", mean), below), on)


def by_id(found):
    return {one.id: one for one in found}


def test_what_is_not_chosen_stands_as_the_status_quo_with_its_age_and_cost():
    (found,) = decisions.of([wave(SPRING)])
    assert found.is_open
    assert found.age(SPRING + timedelta(days=42)) == 42
    status = decisions.status(found, SPRING + timedelta(days=42))
    assert Words("nl").tell(status) == "status quo, niet gekozen · 42 dagen"
    assert "8 to 16 pupils" in Words("en").tell(decisions.cost(found))


@pytest.mark.parametrize("what", ["act", "look-closer", "leave"])
def test_a_choice_ends_the_status_quo(what):
    choice = Choice(GAP, what, SPRING + timedelta(days=5), "we know why")
    (found,) = decisions.of([wave(SPRING)], [choice])
    assert found.choice == choice
    assert not found.is_open
    assert found.age(AUTUMN) == 5
    assert decisions.status(found, AUTUMN).id == f"chosen-{what}"


@pytest.mark.parametrize("reason", ["", "  "])
def test_leaving_things_as_they_are_needs_a_reason(reason):
    with pytest.raises(ActionError, match="needs a reason"):
        Choice(GAP, "leave", SPRING, reason)


def test_there_are_three_choices_and_no_other():
    with pytest.raises(ActionError, match="act, look-closer, leave"):
        Choice(GAP, "close", SPRING)


def test_the_last_choice_counts():
    choices = [Choice(GAP, "act", SPRING + timedelta(9)), Choice(GAP, "look-closer", SPRING + timedelta(2))]
    (found,) = decisions.of([wave(SPRING)], choices)
    assert found.choice.what == "act"


def test_the_open_ones_come_first_the_oldest_first():
    found = decisions.of(
        [wave(SPRING), wave(AUTUMN, mean=40.0), wave(AUTUMN + timedelta(9), mean=40.0)],
        [Choice(GAP, "act", AUTUMN + timedelta(20))],
    )
    assert [(one.id, one.is_open) for one in found] == [(LOW, True), (GAP, False)]


def test_what_stands_open_grows_older_over_waves():
    (found,) = decisions.of([wave(SPRING), wave(AUTUMN)])
    assert found.since == SPRING
    assert found.age(AUTUMN) == 183


def test_what_shows_again_after_a_choice_is_asked_again_and_remembers_it():
    choice = Choice(GAP, "act", SPRING + timedelta(3))
    (found,) = decisions.of([wave(SPRING), wave(AUTUMN)], [choice])
    assert (found.is_open, found.since, found.earlier) == (True, AUTUMN, choice)


def test_what_was_chosen_and_no_longer_shows_is_settled():
    assert decisions.of([wave(SPRING), wave(AUTUMN, gap=0.0)], [Choice(GAP, "act", SPRING)]) == ()


@pytest.mark.parametrize(("gap", "standing"), [(0.0, "shows-no-longer"), (None, "not-told")])
def test_what_was_never_chosen_stays_open_even_where_it_no_longer_shows(gap, standing):
    (found,) = decisions.of([wave(SPRING), wave(AUTUMN, gap=gap)])
    assert (found.id, found.is_open, found.standing, found.since) == (GAP, True, standing, SPRING)
    assert decisions.standing(found).id == f"standing-{standing}"


@pytest.mark.parametrize("waves", [[], [wave(AUTUMN), wave(SPRING)]])
def test_waves_stand_oldest_first_and_there_is_one(waves):
    with pytest.raises(ActionError, match="oldest first"):
        decisions.of(waves)


@given(
    gaps=st.lists(st.sampled_from([-9.0, 0.0, None]), min_size=1, max_size=5),
    chosen=st.lists(st.tuples(st.sampled_from([GAP, LOW]), st.integers(-10, 500)), max_size=3),
)
def test_nothing_that_was_not_chosen_is_ever_lost(gaps, chosen):
    waves = [wave(SPRING + timedelta(100 * i), gap=gap) for i, gap in enumerate(gaps)]
    choices = [Choice(name, "act", SPRING + timedelta(days)) for name, days in chosen]
    found = by_id(decisions.of(waves, choices))
    first = next((each.closed_on for each, gap in zip(waves, gaps, strict=True) if gap == -9.0), None)
    last = max((one.on for one in choices if one.signal == GAP), default=date.min)
    if first is not None and last < first:
        assert found[GAP].is_open
        assert found[GAP].since == first
    assert all(one.is_open == (one.choice is None) for one in found.values())


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize(("low", "high"), [(20.0, 20.0), (20.0, 40.0), (0.0, 40.0), (None, None)])
def test_the_cost_is_said_in_every_case(language, low, high):
    half = 0.0 if low is None else (high - low) / 2
    below = cell("below", None if low is None else (low + high) / 2, half=half, group=OTHER)
    (found,) = decisions.of([Wave(release(cell("gap", -9.0, group=OTHER), below), SPRING)])
    said = Words(language).tell(decisions.cost(found))
    assert ("16" in said) == (high == 40.0)
    assert ("8" in said) == (low == 20.0)
