"""Pupils divide a budget by vote: the method of equal shares (Peters, Pierczynski & Skowron 2021).

Every voter gets the same part of the budget. A proposal is bought by those who approve of it, each paying
alike as far as their money goes; the one that asks least of each supporter, for what it costs, is bought
first. So every group of voters that agrees gets out of it what its size is worth, and the largest group can
not take all. All arithmetic is in exact fractions. What is left goes, where it reaches, to most votes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from erbij.errors import ActionError
from erbij.words import Message

Ballot = frozenset[str]
"""The proposals that one voter approves of; nothing tells who the voter is."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A proposal that is carried out: its votes, and what each supporter pays at most (the price).

    `price` is None where it was bought from what was left, by votes alone.
    """

    proposal: str
    cost: Fraction
    votes: int
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class Result:
    """What is bought, in order; what is left of the budget; and which proposals are not, with their votes."""

    bought: tuple[Bought, ...]
    left: Fraction
    refused: tuple[tuple[str, int], ...]


def divide(
    costs: Mapping[str, int | Fraction],
    ballots: Sequence[Iterable[str]],
    budget: int | Fraction,
    *,
    spend_rest: bool = True,
) -> Result:
    """Divide a budget over proposals by approval votes.

    Parameters
    ----------
    costs
        Of each proposal, above 0. Equal cases are decided by most votes, then least cost, then by name.
    ballots
        For each voter the proposals approved of; a voter may approve of none.
    budget
        Above 0; in the unit of `costs`.
    spend_rest
        Whether what is left goes to the proposals with most votes, as far as it reaches.

    Raises
    ------
    ActionError
        A cost or the budget is not above 0, nobody votes, or a ballot names an unknown proposal.

    Examples
    --------
    >>> votes = [{"bench", "books"}] * 6 + [{"ramp"}] * 4
    >>> [one.proposal for one in divide({"bench": 300, "books": 300, "ramp": 400}, votes, 1000).bought]
    ['bench', 'books', 'ramp']
    """
    votes = _checked(costs, ballots, budget)
    prices = {name: Fraction(cost) for name, cost in costs.items()}
    purse = [Fraction(budget) / len(votes)] * len(votes)
    bought: list[Bought] = []
    while (best := _cheapest(prices, votes, purse, {one.proposal for one in bought})) is not None:
        price, name = best
        supporters = _supporters(votes, name)
        for i in supporters:
            purse[i] -= min(purse[i], price * prices[name])
        bought.append(Bought(name, prices[name], len(supporters), price * prices[name]))
    left = Fraction(budget) - sum((one.cost for one in bought), Fraction(0))
    if spend_rest:
        more = tuple(_rest(prices, votes, left, {one.proposal for one in bought}))
        bought += more
        left -= sum((one.cost for one in more), Fraction(0))
    names = {one.proposal for one in bought}
    refused = [(name, len(_supporters(votes, name))) for name in prices if name not in names]
    return Result(tuple(bought), left, tuple(sorted(refused, key=lambda pair: (-pair[1], pair[0]))))


def _checked(
    costs: Mapping[str, int | Fraction], ballots: Sequence[Iterable[str]], budget: int | Fraction
) -> list[Ballot]:
    votes = [frozenset(ballot) for ballot in ballots]
    if not votes or budget <= 0:
        raise ActionError("a vote needs voters and a budget", found=[len(votes), str(budget)])
    if wrong := [name for name, cost in costs.items() if cost <= 0]:
        raise ActionError("a proposal must cost something", found=wrong)
    if unknown := sorted({name for vote in votes for name in vote} - set(costs)):
        raise ActionError("no such proposal", found=unknown, allowed=costs)
    return votes


def _supporters(votes: Sequence[Ballot], name: str) -> list[int]:
    return [i for i, vote in enumerate(votes) if name in vote]


def _cheapest(
    prices: Mapping[str, Fraction], votes: Sequence[Ballot], purse: Sequence[Fraction], taken: set[str]
) -> tuple[Fraction, str] | None:
    """The least part of its cost that a proposal asks of any supporter, and its name; None where none can."""
    found = []
    for name, cost in prices.items():
        supporters = _supporters(votes, name)
        if name in taken or sum((purse[i] for i in supporters), Fraction(0)) < cost:
            continue
        price = _price(cost, sorted(purse[i] for i in supporters)) / cost
        found.append((price, -len(supporters), cost, name))
    if not found:
        return None
    price, _, _, name = min(found)
    return price, name


def _price(cost: Fraction, purses: Sequence[Fraction]) -> Fraction:
    """What the richest pay where everyone pays alike as far as their money goes; purses poorest first."""
    missing = cost
    for i, purse in enumerate(purses):
        each = missing / (len(purses) - i)
        if each <= purse:
            return each
        missing -= purse
    raise ActionError(
        "the purses do not reach", found=str(cost)
    )  # pragma: no cover - asked only where they do


def _rest(
    prices: Mapping[str, Fraction], votes: Sequence[Ballot], left: Fraction, taken: set[str]
) -> Iterable[Bought]:
    """What is left, spent on what has most votes, then costs least, as far as it reaches."""
    counts = {name: len(_supporters(votes, name)) for name in prices if name not in taken}
    for name in sorted(counts, key=lambda name: (-counts[name], prices[name], name)):
        if counts[name] and prices[name] <= left:
            left -= prices[name]
            yield Bought(name, prices[name], counts[name], None)


def sentence(found: Result) -> Message:
    """What the vote came to, in a line."""
    values = {"count": len(found.bought), "refused": len(found.refused), "left": float(found.left)}
    return Message("vote-result", values)
