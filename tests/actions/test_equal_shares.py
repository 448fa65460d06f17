"""The method of equal shares: examples computed by hand, and what it promises to every group that agrees."""

import json
from fractions import Fraction
from itertools import chain, combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.actions import equal_shares
from erbij.actions.words import Words
from erbij.errors import ActionError


def names(result):
    return [one.proposal for one in result.bought]


def bought(costs, votes, budget, **how):
    return names(equal_shares.divide(costs, votes, budget, **how))


def test_by_hand_the_majority_can_not_take_all():
    # Ten voters with 100 each. Six approve a, b and c (300 each), four approve d (400).
    # a: 300/6 = 50 each; b: the same, the six are empty. c can not be paid; d: 400/4 = 100 each.
    costs = {"a": 300, "b": 300, "c": 300, "d": 400}
    votes = [{"a", "b", "c"}] * 6 + [{"d"}] * 4
    assert bought(costs, votes, 1000, spend_rest=False) == ["a", "b", "d"]


def test_by_hand_the_poor_pay_what_they_have_and_the_rich_the_rest():
    # Three voters with 4 each. x (6) by 1 and 2: 3 each, per unit 1/2. y (5) by 2 and 3: 5/2 each, per unit
    # 1/2: a tie of price and votes, so the cheaper y first. Purses 4, 3/2, 3/2. Then x: 3/2 from voter 2 and
    # 9/2 from voter 1, who has 4: not to be paid.
    result = equal_shares.divide({"x": 6, "y": 5}, [{"x"}, {"x", "y"}, {"y"}], 12, spend_rest=False)
    assert names(result) == ["y"]
    assert result.bought[0].price == Fraction(5, 2)
    # With x at 5.4 voter 1 pays 3.9 beside 1.5.
    costs = {"x": Fraction(27, 5), "y": 5}
    result = equal_shares.divide(costs, [{"x"}, {"x", "y"}, {"y"}], 12, spend_rest=False)
    assert [(one.proposal, one.price) for one in result.bought] == [
        ("y", Fraction(5, 2)),
        ("x", Fraction(39, 10)),
    ]
    assert result.left == Fraction(8, 5)


def test_by_hand_what_is_left_goes_to_most_votes():
    # Four voters with 25 each. p (60) has three votes: 20 each. q (40) has two with 5 and 25: 30, not enough.
    # 40 is left, which pays q.
    costs = {"p": 60, "q": 40, "r": 30}
    votes = [{"p"}, {"p"}, {"p", "q"}, {"q", "r"}]
    assert bought(costs, votes, 100, spend_rest=False) == ["p"]
    result = equal_shares.divide(costs, votes, 100)
    assert names(result) == ["p", "q"]
    assert (result.bought[1].price, result.left) == (None, 0)
    assert result.refused == (("r", 1),)


def test_sixty_votes_come_out_as_pabutools_counts_them(reference_folder: Path) -> None:
    """tests/reference/equal_shares.py says how; exact, because both count in fractions."""
    witness = json.loads((reference_folder / "equal_shares.json").read_text("utf-8"))
    assert (witness["pabutools"], len(witness["cases"])) == ("1.2.3", 60)
    for one in witness["cases"]:
        vote = (one["costs"], one["votes"], one["budget"])
        assert sorted(bought(*vote, spend_rest=False)) == one["bought"]
        assert sorted(bought(*vote)) == one["rest"]
    # It is worth something: many cases buy several, and many spend what is left on more.
    assert sum(len(one["bought"]) > 1 for one in witness["cases"]) > 30
    assert sum(one["bought"] != one["rest"] for one in witness["cases"]) > 10


def test_many_supporters_make_a_dear_proposal_cheap_for_each():
    assert bought({"dear": 90, "cheap": 20}, [{"dear"}] * 9 + [{"cheap"}], 100, spend_rest=False) == ["dear"]


def test_a_proposal_without_votes_is_never_bought():
    assert bought({"a": 1, "b": 1}, [{"a"}], 100) == ["a"]


COSTS = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 12), min_size=1, max_size=5)


@st.composite
def elections(draw):
    costs = draw(COSTS)
    ballot = st.sets(st.sampled_from(sorted(costs)), max_size=len(costs))
    return costs, draw(st.lists(ballot, min_size=1, max_size=6)), draw(st.integers(1, 30))


@settings(max_examples=50, deadline=None)
@given(elections())
def test_what_is_bought_is_paid_and_stays_within_the_budget(election):
    costs, votes, budget = election
    result = equal_shares.divide(costs, votes, budget)
    assert sum(one.cost for one in result.bought) + result.left == budget
    assert result.left >= 0
    assert len(set(names(result))) == len(names(result))
    assert set(names(result)) | {name for name, _ in result.refused} == set(costs)


@settings(max_examples=50, deadline=None)
@given(elections())
def test_the_order_of_voters_does_not_matter(election):
    costs, votes, budget = election
    assert bought(costs, votes, budget) == bought(costs, votes[::-1], budget)


@settings(max_examples=50, deadline=None)
@given(elections())
def test_every_group_that_agrees_on_what_it_can_pay_has_a_voter_who_gets_as_much(election):
    """Extended justified representation for approval budgets, up to one proposal.

    For a set T of proposals and a group that all approve of T, with a part of the budget no less than T
    costs: some voter of the group approves of as much of what was bought, in cost, as T; or would with one
    more proposal of T.
    """
    costs, votes, budget = election
    won = set(names(equal_shares.divide(costs, votes, budget, spend_rest=False)))
    for wanted in chain.from_iterable(combinations(sorted(costs), k) for k in range(1, len(costs) + 1)):
        group = [vote for vote in votes if set(wanted) <= vote]
        price = sum(costs[name] for name in wanted)
        if not group or Fraction(len(group) * budget, len(votes)) < price or set(wanted) <= won:
            continue
        best = max(sum(costs[name] for name in won & vote) for vote in group)
        assert best >= price or any(best + costs[name] > price for name in set(wanted) - won)


@settings(max_examples=50, deadline=None)
@given(elections())
def test_a_group_that_can_pay_what_it_agrees_on_never_goes_home_with_nothing(election):
    costs, votes, budget = election
    won = set(names(equal_shares.divide(costs, votes, budget, spend_rest=False)))
    for name, cost in costs.items():
        group = [vote for vote in votes if name in vote]
        if group and Fraction(len(group) * budget, len(votes)) >= cost:
            assert any(won & vote for vote in group)


@pytest.mark.parametrize(
    ("costs", "votes", "budget", "said"),
    [
        ({"a": 1}, [], 10, "needs voters"),
        ({"a": 1}, [{"a"}], 0, "needs voters"),
        ({"a": 0}, [{"a"}], 10, "must cost something"),
        ({"a": 1}, [{"b"}], 10, "no such proposal"),
    ],
)
def test_refuses_what_is_no_vote(costs, votes, budget, said):
    with pytest.raises(ActionError, match=said):
        equal_shares.divide(costs, votes, budget)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_outcome_is_said_in_three_languages(language):
    said = equal_shares.sentence(equal_shares.divide({"a": 3, "b": 90}, [{"a"}, {"b"}], 10))
    assert "7" in Words(language).tell(said)
