"""Equal opportunities through unequal effort: a budget divided over places by need, beside equal shares.

The rule in words: first where most pupils are expected below the line, more so where they are furthest
below; every further hour in a place helps a little less; each place gets at least and at most so much. As a
formula: choose hours h so that the sum over places of b (1 + w d / L) g(h) is as large as can be, with b the
pupils below the line L, d how far they are below it on average, w the weight of depth, and g the concave
share of them that h hours help. Where that would leave more pupils below the line than equal shares do, w is
lowered until it does not; the weight that was used is told. Nothing here knows single pupils.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Literal

import numpy as np

from erbij.actions import places as reading
from erbij.actions import returns
from erbij.actions.opportunity import Action
from erbij.actions.places import Need, Place
from erbij.actions.returns import Pieces
from erbij.errors import ActionError
from erbij.privacy.release import Release
from erbij.stats.design import FloatArray
from erbij.words import Message

HALVINGS = 30
"""Steps in which the weight of depth is lowered: to a billionth."""


OUTCOMES = {"division-need": "by_need", "division-equal": "equal", "division-present": "present"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Every weight of a division, by name; none is hidden.

    `effort`: what is divided, a field of an action; "hours" below are euros where it is money.
    `depth_weight`: w above. `least`, `most`: hours of a place. `reach`: the share of pupils below the line
    that an action is assumed to bring above it when all its hours are spent in a place, with `reach_low` and
    `reach_high` as what it might be: an assumption of the team and no finding. `steps`: parts of the hours of
    an action and the part of its reach that each brings. `cap`: the share that all actions of a place help
    at most. `draws`, `seed`: how often needs are drawn from their intervals, and from which start.
    """

    effort: Literal["hours", "money"] = "hours"
    depth_weight: float = 1.0
    least: float = 0.0
    most: float = float("inf")
    reach: float = 0.1
    reach_low: float = 0.0
    reach_high: float = 0.2
    steps: tuple[tuple[float, float], ...] = ((1 / 3, 0.5), (1 / 3, 0.3), (1 / 3, 0.2))
    cap: float = 0.5
    draws: int = 200
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.reach_low <= self.reach <= self.reach_high <= 1:
            raise ActionError("the reach lies outside what it might be", found=self.reach)
        if self.depth_weight < 0 or not 0 < self.cap <= 1 or self.draws < 1:
            raise ActionError("a weight of the rule is out of bounds", found=str(self))


@dataclass(frozen=True, slots=True)
class Range:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a way of dividing probably leads to.

    `below`: pupils below the line in all told places; `fewer`: how many fewer than without any hours; `gap`:
    points of per cent between the place where the largest share is below and all together.
    """

    below: Range
    fewer: Range
    gap: Range


@dataclass(frozen=True, slots=True)
class PlaceShare:
    """What one place gets. `steady`: in which share of the draws it gets more than an equal share.

    `is_told` is false where the release withholds its need: such a place gets an equal share, never less.
    """

    unit: str
    is_told: bool
    hours: float
    equal: float
    present: float
    by_action: Mapping[str, float]
    below: Range
    below_after: Range
    steady: float


@dataclass(frozen=True, slots=True)
class Overruling:
    """Hours for a place that the team decided otherwise, and why.

    Raises
    ------
    ActionError
        There is no reason, or the hours are negative.
    """

    unit: str
    hours: float
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip() or self.hours < 0:
            raise ActionError("to overrule needs a reason and hours", where=(self.unit,), found=self.hours)


@dataclass(frozen=True, slots=True)
class Division:
    """A divided budget beside equal shares and the present.

    `depth_weight`: the one that was used. `same`: the share of draws in which exactly the same places get
    more than an equal share; `overlap`: which part of those places stays, on average over draws.
    """

    rule: Rule
    budget: float
    depth_weight: float
    places: tuple[PlaceShare, ...]
    by_need: Outcome
    equal: Outcome
    present: Outcome
    same: float
    overlap: float
    overruled: tuple[Overruling, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What a division starts from. `needs` are of told places only, `drawn` likewise by draw.

    `factors`: shape (draws, actions), what the reach of each action might be, over what it is assumed to be.
    """

    rule: Rule
    budget: float
    places: tuple[Place, ...]
    actions: tuple[str, ...]
    line: float
    pieces: Pieces
    needs: Need
    drawn: Need
    factors: FloatArray

    @property
    def told(self) -> tuple[Place, ...]:
        """The places whose need is released."""
        return tuple(place for place in self.places if place.is_told)


def problem(
    release: Release, level: str, actions: tuple[Action, ...], *, budget: float, rule: Rule | None = None
) -> Problem:
    """A division of a budget over the units of a level and some actions.

    Raises
    ------
    ActionError
        There is no place whose need is told, no action, or no budget.
    """
    rule = rule or Rule()
    found = reading.of(release, level)
    told = tuple(place for place in found if place.is_told)
    if not told or not actions or not budget > 0:
        raise ActionError(
            "a division needs a told place, an action and a budget", found=[len(told), len(actions), budget]
        )
    main = release.card.instrument.main_scale
    line = next(scale.line for scale in release.card.scales if scale.id == main)
    rng = np.random.default_rng(rule.seed)
    reach = rng.uniform(rule.reach_low, rule.reach_high, (rule.draws, len(actions)))
    return Problem(
        rule,
        budget,
        found,
        tuple(action.id for action in actions),
        line,
        _pieces(rule, actions, len(told)),
        reading.need(told, line),
        reading.drawn(told, line, rng, rule.draws),
        reach / rule.reach if rule.reach else np.ones_like(reach),
    )


def _pieces(rule: Rule, actions: tuple[Action, ...], places: int) -> Pieces:
    parts, brings = np.array(rule.steps).T
    lengths = np.array([getattr(action, rule.effort)[1] for action in actions])[:, None] * parts
    shares = np.broadcast_to(rule.reach * brings, lengths.shape)
    rates = np.divide(shares, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return returns.pieces(lengths, rates, places=places, cap=rule.cap)


def sentences(found: Division) -> tuple[Message, ...]:
    """The rule, what it probably leads to beside equal shares and the present, and how fragile it is."""
    places = sum(1 for place in found.places if not place.is_told)
    gained = sum(1 for place in found.places if place.hours > place.equal + 1e-9)
    less = sum(1 for place in found.places if place.hours < place.equal - 1e-9)
    said = [
        _rule_told(found.rule),
        *(_told(name, getattr(found, field)) for name, field in OUTCOMES.items()),
        Message("division-who", {"more": gained, "less": less}),
        Message("division-fragile", {"same": 100 * found.same, "overlap": 100 * found.overlap}),
    ]
    if found.depth_weight < found.rule.depth_weight:
        said.append(Message("division-depth-lowered", {}))
    if places:
        said.append(Message("division-not-told", {"count": places}))
    said += [Message("division-overruled", {"unit": o.unit, "reason": o.reason}) for o in found.overruled]
    return tuple(said)


def _rule_told(rule: Rule) -> Message:
    shares = {"low": rule.reach_low, "reach": rule.reach, "high": rule.reach_high}
    return Message("rule", {"effort": rule.effort, **{name: 100 * share for name, share in shares.items()}})


def _told(name: str, found: Outcome) -> Message:
    below = found.below
    values = {
        "below": float(round(below.value)),
        "low": float(floor(below.low)),
        "high": float(ceil(below.high)),
    }
    return Message(name, values)


def divide(of: Problem, present: Mapping[str, float] | None = None) -> Division:
    """Divide by need. `present`: hours that each place has now, by unit; nothing where it is not named."""
    weight, hours = _by_need(of)
    return _division(of, hours, weight, present or {})


def overrule(
    of: Problem, overrulings: tuple[Overruling, ...], present: Mapping[str, float] | None = None
) -> Division:
    """The division with some places as the team decided; the reasons stay with it.

    Raises
    ------
    ActionError
        A place is not known or not told, or all hours together are more than the budget.
    """
    weight, hours = _by_need(of)
    row = {place.unit: i for i, place in enumerate(of.told)}
    for one in overrulings:
        if one.unit not in row:
            raise ActionError("no such told place", found=one.unit, allowed=row)
        hours[row[one.unit]] = one.hours
    if hours.sum() > _open_budget(of) * (1 + 1e-9):
        raise ActionError("more than the budget", found=round(float(hours.sum()), 1), allowed=[of.budget])
    return replace(_division(of, hours, weight, present or {}), overruled=overrulings)


def equal_shares(of: Problem) -> FloatArray:
    """The same hours for every told place, shape (places,)."""
    return np.full(len(of.told), _share(of))


def _share(of: Problem) -> float:
    """An equal share, within the bounds of the rule."""
    return min(max(of.budget / len(of.places), of.rule.least), of.rule.most)


def _open_budget(of: Problem) -> float:
    """What is left for told places: those that are withheld get an equal share, no less and no more."""
    return of.budget - (len(of.places) - len(of.told)) * _share(of)


def _by_need(of: Problem) -> tuple[float, FloatArray]:
    """The weight of depth that was used, and the hours of each told place."""
    equal = _helped(of, equal_shares(of))
    weight, hours = of.rule.depth_weight, _filled(of, of.needs, of.rule.depth_weight)
    if _helped(of, hours) >= equal * (1 - 1e-12):
        return weight, hours
    low, high = 0.0, weight
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _helped(of, _filled(of, of.needs, middle)) >= equal:
            low = middle
        else:
            high = middle
    return low, _filled(of, of.needs, low)


def _filled(of: Problem, needs: Need, weight: float) -> FloatArray:
    weights = needs.below * (1 + weight * needs.depth / of.line)
    J = len(of.told)
    least, most = np.full(J, of.rule.least), np.full(J, of.rule.most)
    return returns.fill(of.pieces, weights, _open_budget(of), least=least, most=most)


def _helped(of: Problem, hours: FloatArray) -> float:
    """Pupils who are expected to come above the line."""
    return float(of.needs.below @ returns.helped(of.pieces, hours).sum(axis=1))


def outcome(of: Problem, hours: FloatArray) -> Outcome:
    """What hours in told places, shape (places,), probably lead to."""
    help_ = returns.helped(of.pieces, hours)
    n = np.array([place.n for place in of.told], dtype=float)
    top = int(np.argmax(of.needs.below / n))
    after = of.needs.below * (1 - help_.sum(axis=1))
    drawn = of.drawn.below * (1 - np.clip(of.factors @ help_.T, 0.0, 1.0))
    return Outcome(
        _range(after.sum(), drawn.sum(axis=1)),
        _range((of.needs.below - after).sum(), (of.drawn.below - drawn).sum(axis=1)),
        _range(_gap(after, n, top), _gap(drawn, n, top)),
    )


def _gap(below: FloatArray, n: FloatArray, top: int) -> FloatArray:
    return np.asarray(100 * (below[..., top] / n[top] - below.sum(axis=-1) / n.sum()))


def _range(value: FloatArray | float, draws: FloatArray) -> Range:
    low, high = np.quantile(draws, [0.025, 0.975])
    # A value at the edge of skewed draws still belongs to its own range.
    return Range(float(value), min(float(low), float(value)), max(float(high), float(value)))


def _division(of: Problem, hours: FloatArray, weight: float, present: Mapping[str, float]) -> Division:
    equal = equal_shares(of)
    now = np.array([present.get(place.unit, 0.0) for place in of.told])
    drawn = np.array([_filled(of, _draw(of, i), weight) for i in range(of.rule.draws)])
    more, on_top = drawn > equal + 1e-9, hours > equal + 1e-9
    kept = (more & on_top).sum(axis=1) / max(1, on_top.sum())
    return Division(
        of.rule,
        of.budget,
        weight,
        _shares(of, hours, now, more.mean(axis=0)),
        outcome(of, hours),
        outcome(of, equal),
        outcome(of, now),
        float((more == on_top).all(axis=1).mean()),
        float(kept.mean()) if on_top.any() else 1.0,
    )


def _draw(of: Problem, i: int) -> Need:
    return Need(of.drawn.below[i], of.drawn.depth[i])


def _shares(of: Problem, hours: FloatArray, now: FloatArray, steady: FloatArray) -> tuple[PlaceShare, ...]:
    help_ = returns.helped(of.pieces, hours)
    by_action = returns.spent(of.pieces, hours)
    drawn = of.drawn.below * (1 - np.clip(of.factors @ help_.T, 0.0, 1.0))
    after = of.needs.below * (1 - help_.sum(axis=1))
    row = {place.unit: i for i, place in enumerate(of.told)}
    equal = equal_shares(of)
    unknown = Range(float("nan"), float("nan"), float("nan"))
    found = []
    for place in of.places:
        if place.unit not in row:
            share = _share(of)
            found.append(PlaceShare(place.unit, False, share, share, 0.0, {}, unknown, unknown, 1.0))
            continue
        i = row[place.unit]
        used = {name: float(h) for name, h in zip(of.actions, by_action[i], strict=True) if h > 0}
        found.append(
            PlaceShare(
                place.unit,
                True,
                float(hours[i]),
                float(equal[i]),
                float(now[i]),
                used,
                _range(of.needs.below[i], of.drawn.below[:, i]),
                _range(after[i], drawn[:, i]),
                float(steady[i]),
            )
        )
    return tuple(found)
