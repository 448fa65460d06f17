from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.actions import allocation, registry
from erbij.actions.allocation import Overruling, Rule
from erbij.actions.words import Words
from erbij.errors import ActionError
from tests.actions.conftest import cell, release

ACTIONS = tuple(registry.actions()[name] for name in ("cooperative-learning", "relations-first"))
QUICK = Rule(draws=40)


def classes(*shares, n=20, mean=60.0, hidden=0):
    cells = []
    for i, share in enumerate((*shares, *[None] * hidden)):
        at = ("class", f"school/{i}")
        cells.append(cell("below", share, half=8.0, at=at, n=n))
        cells.append(cell("mean", mean if share is None else mean - share / 3, half=7.0, at=at, n=n))
    return release(*cells)


def divided(*shares, budget=60.0, rule=QUICK, hidden=0, **more):
    of = allocation.problem(classes(*shares, hidden=hidden), "class", ACTIONS, budget=budget, rule=rule)
    return allocation.divide(of, **more)


@settings(max_examples=30, deadline=None)
@given(
    shares=st.lists(st.floats(9.0, 80.0), min_size=2, max_size=6),
    budget=st.floats(5.0, 600.0),
    depth=st.floats(0.0, 50.0),
    bounds=st.tuples(st.floats(0.0, 0.5), st.floats(1.0, 4.0)),
)
def test_never_more_pupils_are_expected_below_the_line_than_with_equal_shares(shares, budget, depth, bounds):
    share = budget / len(shares)
    rule = Rule(depth_weight=depth, least=bounds[0] * share, most=bounds[1] * share, draws=3)
    found = divided(*shares, budget=budget, rule=rule)
    assert found.by_need.below.value <= found.equal.below.value + 1e-9
    hours = [place.hours for place in found.places]
    assert sum(hours) <= budget * (1 + 1e-9)
    assert all(rule.least - 1e-9 <= h <= rule.most + 1e-9 for h in hours)


def test_most_goes_where_most_are_below():
    found = divided(10.0, 30.0, 60.0)
    hours = [place.hours for place in found.places]
    assert hours == sorted(hours)
    assert hours[2] > hours[0]
    assert found.places[2].steady > found.places[0].steady


def test_equal_needs_get_equal_hours_and_nothing_is_gained():
    found = divided(30.0, 30.0, 30.0)
    assert [place.hours for place in found.places] == pytest.approx([20.0] * 3)
    assert found.by_need.below.value == pytest.approx(found.equal.below.value)


def test_depth_weighs_those_furthest_below_and_none_does_not():
    near = (
        cell("mean", 60.0, half=3.0, at=("class", "a"), n=20),
        cell("below", 30.0, half=9.0, at=("class", "a"), n=20),
    )
    far = (
        cell("mean", 45.0, half=9.0, at=("class", "b"), n=20),
        cell("below", 30.0, half=9.0, at=("class", "b"), n=20),
    )
    for weight, more in ((0.0, False), (2.0, True)):
        rule = replace(QUICK, depth_weight=weight)
        of = allocation.problem(release(*near, *far), "class", ACTIONS, budget=25.0, rule=rule)
        a, b = allocation.divide(of).places
        assert (b.hours > a.hours + 1e-9) is more


def test_hours_are_of_named_actions_and_add_up():
    found = divided(10.0, 30.0, 60.0)
    for place in found.places:
        assert sum(place.by_action.values()) == pytest.approx(place.hours)
        assert set(place.by_action) <= {action.id for action in ACTIONS}


def test_a_place_that_is_withheld_gets_an_equal_share():
    found = divided(10.0, 60.0, hidden=1)
    hidden = next(place for place in found.places if not place.is_told)
    assert hidden.hours == pytest.approx(20.0)
    assert sum(place.hours for place in found.places) <= 60.0 + 1e-9
    assert "division-not-told" in [message.id for message in allocation.sentences(found)]


def test_the_present_is_what_the_hours_are_now():
    none = divided(10.0, 30.0, 60.0)
    assert none.present.fewer.value == 0.0
    some = divided(10.0, 30.0, 60.0, present={"school/2": 30.0})
    assert 0 < some.present.fewer.value < some.by_need.fewer.value


def test_every_number_has_an_interval_that_holds_it():
    found = divided(10.0, 30.0, 60.0)
    for outcome in (found.by_need, found.equal, found.present):
        for number in (outcome.below, outcome.fewer, outcome.gap):
            assert number.low <= number.value <= number.high
    assert found.by_need.gap.value < found.present.gap.value
    assert 0 <= found.same <= 1
    assert 0 <= found.overlap <= 1


def test_sure_figures_make_a_firm_choice_and_unsure_ones_a_fragile_one():
    firm = divided(10.0, 11.0, 70.0, 75.0)
    fragile = divided(40.0, 41.0, 42.0, 43.0)
    assert firm.overlap > fragile.overlap


def test_the_same_seed_gives_the_same_and_every_weight_is_in_the_rule():
    assert divided(10.0, 60.0) == divided(10.0, 60.0)
    assert divided(10.0, 60.0).rule == QUICK


def test_a_bound_is_read_by_the_mean_and_stays_within_it():
    at = ("class", "a")
    bound = replace(cell("below", 40.0, at=at, n=20), low=0.0, high=60.0, reason="at-most")
    found = []
    for mean in (75.0, 45.0):
        made = release(bound, cell("mean", mean, half=8.0, at=at, n=20))
        of = allocation.problem(made, "class", ACTIONS, budget=10.0, rule=QUICK)
        found.append(allocation.divide(of).places[0].below)
    assert found[0].value < found[1].value
    assert found[1].high <= 12.0


def test_the_team_may_overrule_with_a_reason_that_stays():
    of = allocation.problem(classes(10.0, 30.0, 60.0), "class", ACTIONS, budget=60.0, rule=QUICK)
    decided = Overruling("school/2", 2.0, "a new teacher starts there")
    found = allocation.overrule(of, (decided,))
    assert found.overruled == (decided,)
    assert found.places[2].hours == 2.0
    said = [Words("en").tell(message) for message in allocation.sentences(found)]
    assert any("a new teacher starts there" in one for one in said)


def test_to_overrule_needs_a_reason_a_told_place_and_the_budget():
    of = allocation.problem(classes(10.0, 60.0), "class", ACTIONS, budget=40.0, rule=QUICK)
    with pytest.raises(ActionError, match="needs a reason"):
        Overruling("school/1", 3.0, " ")
    with pytest.raises(ActionError, match="no such told place"):
        allocation.overrule(of, (Overruling("elsewhere", 3.0, "why not"),))
    with pytest.raises(ActionError, match="more than the budget"):
        allocation.overrule(of, (Overruling("school/1", 300.0, "why not"),))


def test_a_division_needs_a_place_an_action_and_a_budget():
    for made, actions, budget in (
        (classes(hidden=2), ACTIONS, 9.0),
        (classes(30.0), (), 9.0),
        (classes(30.0), ACTIONS, 0.0),
    ):
        with pytest.raises(ActionError, match="needs a told place"):
            allocation.problem(made, "class", actions, budget=budget)


@pytest.mark.parametrize("wrong", [{"reach": 0.5}, {"depth_weight": -1.0}, {"cap": 0.0}, {"draws": 0}])
def test_a_rule_out_of_bounds_is_refused(wrong):
    with pytest.raises(ActionError):
        Rule(**wrong)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_a_division_is_said_in_three_languages(language):
    said = [Words(language).tell(one) for one in allocation.sentences(divided(10.0, 30.0, 60.0, hidden=1))]
    assert len(said) == 7
    lowered = replace(divided(10.0, 60.0), depth_weight=0.5)
    assert len(allocation.sentences(lowered)) == 7
