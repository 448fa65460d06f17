"""Did it help? Change where an action ran against change where it did not, from what was released.

Difference in differences over units. For each wave s at which the action had newly run somewhere, the change
from s - 1 to s there is held against that of units where it had not run by then; never against one that had.
Changes of a unit over several waves hang together in a known way (errors of waves are independent), which the
estimate uses (generalised least squares); with one start it is the t-test on changes, and exact.

Chosen because it was low, a unit tends to rise by chance alone. The corrected estimate takes only that part
of the starting value as real which the released intervals allow (Kelley 1927: reliability times the deviation
from the mean). That mends chance in who answered, not a bad month of a class.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

import numpy as np
from scipy import stats

from erbij.actions import power
from erbij.actions.panel import Panel
from erbij.actions.power import FEWEST, LEVEL, Power
from erbij.errors import ActionError
from erbij.stats.design import FloatArray, IntArray
from erbij.words import Message

Assigned = Literal["by-lot", "by-need", "by-wish"]
"""How it was decided where it ran first: by lot, where results were low, or where people wanted it."""

MOST_RELIABLE = 0.99


@dataclass(frozen=True, slots=True)
class Change:
    """An estimated difference of changes, with its 95 % interval and degrees of freedom."""

    value: float
    low: float
    high: float
    df: int

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves no doubt about the direction."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an action went with. `corrected` is the one to tell; `plain` stands beside it.

    `before`: the same difference one wave earlier, where there was one: a trend that was there already.
    `reliability`: which part of the differences at the start is real.
    """

    assigned: Assigned
    ran: int
    compared: int
    corrected: Change
    plain: Change
    before: Change | None
    reliability: float
    power: Power


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs of successive waves by unit, each of shape (pairs,).

    `wave` is the later one; `among` numbers which pairs are held against each other: those of one wave, and
    of one draw where lots were drawn more than once.
    """

    unit: IntArray
    wave: IntArray
    among: IntArray
    ran: FloatArray
    earlier: FloatArray
    later: FloatArray


def evaluate(
    panel: Panel,
    starts: Mapping[str, int],
    *,
    assigned: Assigned,
    drift: float = 0.0,
    drawn: Mapping[str, int] | None = None,
) -> Evaluation:
    """Evaluate an action.

    Parameters
    ----------
    panel
        Units over waves, at least two told waves in a row for the units that count.
    starts
        For each unit in which the action ran, the index of the first wave after its start, from 1; units that
        are not named never had it.
    assigned
        How it was decided where it ran; the words depend on it.
    drift
        For the power: standard deviation, in points, by which a unit moves from wave to wave by itself.
    drawn
        For each unit the draw in which it took part, where lots were drawn more than once: chance decided
        within each draw, so units are held against those of their own. Others have no part.

    Raises
    ------
    ActionError
        There is one wave, a unit is not known or starts outside the waves, or fewer than two units are on a
        side.
    """
    _check(panel, starts, assigned)
    pairs = _pairs(panel, starts, drawn=drawn)
    ran, compared = _sides(pairs)
    if min(ran, compared) < FEWEST:
        problem = "needs two told units or more on each side"
        raise ActionError(problem, where=("evaluation",), found=[ran, compared])
    share, share_se = reliability(panel, min(starts.values()))
    sooner = {unit: start - 1 for unit, start in starts.items() if start > 1}
    earlier = _pairs(panel, sooner, until=starts, drawn=drawn)
    return Evaluation(
        assigned,
        ran,
        compared,
        _estimate(pairs, share, share_se),
        _estimate(pairs, 1.0),
        _estimate(earlier, 1.0) if min(_sides(earlier)) >= FEWEST else None,
        share,
        power.of(panel, _sides_of_draws(pairs, panel.waves), drift=drift),
    )


def fair_start(units: tuple[str, ...], waves: int, seed: int) -> dict[str, int]:
    """Who starts when, by lot: everyone in the end, so that those who wait are a fair comparison.

    Each start gets two units or more: of one alone nobody can tell how much units differ.

    Returns
    -------
    dict
        For each unit the wave after its start, from 1; those with `waves` start after the comparison ends.
    """
    if waves < 2 or len(units) < waves * FEWEST:
        raise ActionError("needs two starts or more, and two units for each", found=[len(units), waves])
    order = np.random.default_rng(seed).permutation(len(units))
    return {units[i]: 1 + place * waves // len(units) for place, i in enumerate(order)}


def reliability(panel: Panel, until: int) -> tuple[float, float]:
    """Which part of the differences between units before `until` is real, 0 to 0.99; and its error.

    As in Efron & Morris (1973), so that few units do not correct too much. The standard error is that of the
    variance between units; the released intervals count as known.
    """
    centred = panel.value[:, :until] - np.nanmean(panel.value[:, :until], axis=0)
    told = ~np.isnan(centred)
    spare = max(int(told.sum()) - until, 1)
    between = float((centred[told] ** 2).sum()) / spare
    chance = float(np.mean(panel.se[:, :until][told] ** 2))
    part = min(1.0, max(spare - 2, 1) / spare * chance / between) if between > 0 else 1.0
    return min(1 - part, MOST_RELIABLE), part * float(np.sqrt(2 / spare))


def _check(panel: Panel, starts: Mapping[str, int], assigned: str) -> None:
    if panel.waves < 2:
        raise ActionError("an evaluation needs two waves or more", found=panel.waves)
    if assigned not in get_args(Assigned):
        raise ActionError("is no way to assign", found=assigned, allowed=get_args(Assigned))
    for unit, start in starts.items():
        if unit not in panel.units:
            raise ActionError("no such unit", found=unit, allowed=panel.units)
        if start < 1:
            raise ActionError("there is no wave before the start", where=(unit,), found=start)


def _pairs(
    panel: Panel,
    starts: Mapping[str, int],
    *,
    until: Mapping[str, int] | None = None,
    drawn: Mapping[str, int] | None = None,
) -> _Pairs:
    """Pairs of a wave in which some unit newly had the action and the wave before, of all who had it not yet.

    A unit counts until its own start (of `until`, where that is another one), and not after.
    """
    found = []
    for wave in sorted(set(starts.values())):
        if wave >= panel.waves:
            continue
        for i, unit in enumerate(panel.units):
            start = starts.get(unit, panel.waves)
            last = (until or starts).get(unit, panel.waves)
            values = panel.value[i, wave - 1], panel.value[i, wave]
            if start < wave or (until is not None and last <= wave) or np.isnan(values).any():
                continue
            draw = 0 if drawn is None else drawn.get(unit, -1)
            if draw >= 0:
                found.append((i, wave, wave + panel.waves * draw, float(start == wave), *values))
    columns = np.array(found, dtype=float).reshape(-1, 6).T
    pairs = _Pairs(*(column.astype(np.int64) for column in columns[:3]), *columns[3:])
    return pairs if drawn is None else _with_both(pairs)


def _with_both(pairs: _Pairs) -> _Pairs:
    """Only draws and waves in which some had the action and some did not: the others compare nothing."""
    both = {*pairs.among[pairs.ran == 1].tolist()} & {*pairs.among[pairs.ran == 0].tolist()}
    stays = np.isin(pairs.among, sorted(both))
    return _Pairs(*(getattr(pairs, field.name)[stays] for field in fields(_Pairs)))


def _sides(pairs: _Pairs) -> tuple[int, int]:
    """Units where it ran, and units against which they are held at some wave."""
    ran = set(pairs.unit[pairs.ran == 1].tolist())
    return len(ran), len(set(pairs.unit[pairs.ran == 0].tolist()))


def _sides_of_draws(pairs: _Pairs, waves: int) -> list[tuple[int, int]]:
    """The two sides of each draw; without draws all units are one."""
    draw = pairs.among // waves
    sides = []
    for one in np.unique(draw):
        ran, rest = ({*pairs.unit[(draw == one) & (pairs.ran == side)].tolist()} for side in (1, 0))
        sides.append((len(ran), len(rest)))
    return sides


def _estimate(pairs: _Pairs, reliability: float, reliability_se: float = 0.0) -> Change:
    """The difference, by least squares with a mean for each wave (and draw); `reliability` 1 is plain."""
    means = (pairs.among[:, None] == np.unique(pairs.among)).astype(float)
    X = np.column_stack([pairs.ran, means])
    y = pairs.later - reliability * pairs.earlier
    root = np.linalg.cholesky(_covariance(pairs, reliability))
    X, y = np.linalg.solve(root, X), np.linalg.solve(root, y)
    df = len(y) - int(np.linalg.matrix_rank(X))
    if df < 1:
        raise ActionError("too few units to tell chance from change", found=len(y))
    inverse = np.linalg.pinv(X.T @ X)
    beta = inverse @ X.T @ y
    rest = y - X @ beta
    # What was taken off at the start is as uncertain as the reliability times the sides' distance there.
    apart = float((inverse @ X.T @ np.linalg.solve(root, pairs.earlier))[0])
    se = float(np.sqrt(rest @ rest / df * inverse[0, 0] + (reliability_se * apart) ** 2))
    reach = float(stats.t.ppf((1 + LEVEL) / 2, df)) * se
    return Change(float(beta[0]), float(beta[0]) - reach, float(beta[0]) + reach, df)


def _covariance(pairs: _Pairs, reliability: float) -> FloatArray:
    """How pairs of one unit hang together, in units of the error variance of one wave.

    A value is a lasting part and an error with variance 1; the lasting part leaves the plain change.
    """
    lasting = reliability / (1 - reliability) if reliability < 1 else 0.0
    same = pairs.unit[:, None] == pairs.unit
    apart = np.abs(pairs.wave[:, None] - pairs.wave)
    errors = np.where(apart == 0, 1 + reliability**2, np.where(apart == 1, -reliability, 0.0))
    return np.asarray(same * (errors + lasting * (1 - reliability) ** 2))


def sentences(found: Evaluation) -> tuple[Message, ...]:
    """What was seen, how sure that is, and what it does not tell; no cause where the design gives none."""
    change = found.corrected
    verdict = "unclear" if not change.is_sure else "better" if change.value > 0 else "worse"
    low, high = sorted((change.low, change.high))
    values: dict[str, float | int] = {
        "points": round(abs(change.value)),
        "low": float(round(low, 0)),
        "high": float(round(high, 0)),
        "ran": found.ran,
        "compared": found.compared,
    }
    said = [Message(f"evaluation-{verdict}", values), power.tell(found.power)]
    if verdict != "unclear":
        said.append(Message(f"evaluation-{found.assigned}", {}))
    plain = {"points": float(found.plain.value), "share": 100 * found.reliability}
    said.append(Message("evaluation-corrected", plain))
    if found.before is None:
        said.append(Message("evaluation-no-trend", {}))
    elif found.before.is_sure:
        said.append(Message("evaluation-trend", {"points": float(found.before.value)}))
    return tuple(said)
