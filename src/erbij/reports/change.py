"""What changed between two releases of one school: differences of released numbers, and nothing else.

Only what was released is subtracted, so that a change tells nothing that could not be worked out already.

A released interval has a level of 95 %. The interval of a difference is recovered from both (MOVER: Zou &
Donner 2008, doi:10.1002/sim.3095; for two shares it is Newcombe's), as if other pupils answered each time.
Mostly the same pupils do, and who scored high then scores high now, so that it is rather too wide than too
narrow. What was rounded away is added: it can have gone either way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from erbij.privacy import policy
from erbij.privacy.release import BreakdownCard, Cell, GroupCard, Release, ScaleCard
from erbij.reports import comparability
from erbij.reports.results import EVERYONE, Results, is_lower

COARSE = 1.0
COARSE_SHARES = 5.0
"""The steps of a release under a policy that this version does not know: the widest of all presets."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of then and of now with their difference, told as a cell.

    `difference`: now less then, with its interval; `then` and `now` are shown cells of the same kind.
    """

    then: Cell
    now: Cell
    difference: Cell


def of_cells(then: Cell | None, now: Cell | None, steps: tuple[float, float]) -> Pair | None:
    """The difference of two released cells.

    Parameters
    ----------
    then, now
        Cells of one measure; None where withheld.
    steps
        To what `then` and `now` were rounded, in their unit.

    Returns
    -------
    Pair or None
        None where one is withheld, has no interval, or is a bound.

    Examples
    --------
    >>> then = Cell("all", "all", "everyone", "everyone", "mean", 90, 60.0, 57.0, 63.0, "shown", None)
    >>> now = Cell("all", "all", "everyone", "everyone", "mean", 90, 66.0, 62.0, 70.0, "shown", None)
    >>> told = of_cells(then, now, (0.0, 0.0)).difference
    >>> told.value, told.low, told.high
    (6.0, 1.0, 11.0)
    """
    first, second = _told(then), _told(now)
    if then is None or now is None or first is None or second is None:
        return None
    (value1, low1, high1), (value2, low2, high2) = first, second
    # Value and end may each be off by half a step, in opposite ways.
    down = hypot(value2 - low2 + steps[1], high1 - value1 + steps[0])
    up = hypot(high2 - value2 + steps[1], value1 - low1 + steps[0])
    value, slack = value2 - value1, (steps[0] + steps[1]) / 2
    key = (now.level, now.unit, now.breakdown, now.group, f"change:{now.measure}")
    ends = (value, value - slack - down, value + slack + up)
    return Pair(then, now, Cell(*key, None, *ends, "shown", None))


def _told(cell: Cell | None) -> tuple[float, float, float] | None:
    if cell is None or cell.value is None or cell.low is None or cell.high is None or cell.reason:
        return None
    return cell.value, cell.low, cell.high


def step(release: Release, level: str, measure: str) -> float:
    """To what a number of a release was rounded, in its unit."""
    kind = measure.partition(":")[0]
    rules = policy.presets().get(release.card.policy.id)
    if rules is None:
        return COARSE_SHARES if kind in policy.careful().shares else COARSE
    if kind in rules.shares:
        return float(rules.share_steps[level])
    return float(10.0 ** -rules.decimals_of.get(kind, rules.decimals[level]))


@dataclass(frozen=True, slots=True)
class Waves:
    """Two releases of one school that may be compared, with their cells at hand."""

    then: Results
    now: Results

    def everyone(self, measure: str) -> Pair | None:
        """The change of everyone together."""
        return self.group(EVERYONE, EVERYONE, measure)

    def group(self, breakdown: str, group: str, measure: str) -> Pair | None:
        """The change of a group; None where there is none to tell."""
        cells = (found.group(breakdown, group, measure) for found in (self.then, self.now))
        return of_cells(next(cells), next(cells), self._steps("all", measure))

    def scales(self) -> Iterator[tuple[ScaleCard, Pair]]:
        """The other scales that were scored in the same way."""
        for scale in comparability.scales(self.then.release, self.now.release):
            pair = self.everyone(f"mean:{scale.id}")
            if pair is not None and scale != self.now.main:
                yield scale, pair

    def groups(self, measure: str) -> Iterator[tuple[BreakdownCard, GroupCard, Pair]]:
        """The groups of breakdowns that had the same groups then: `mean`, or `gap` with everyone together."""
        for card, groups in comparability.breakdowns(self.then.release, self.now.release):
            for group in groups:
                pair = self.group(card.id, group.id, measure)
                if pair is not None:
                    yield card, group, pair

    def grades(self) -> Iterator[tuple[str, Pair]]:
        """The grades that have a mean both times: of other pupils each time."""
        then, now = (dict(found.units("grade")) for found in (self.then, self.now))
        for unit in now:
            cells = (told[unit].get("mean") if unit in told else None for told in (then, now))
            pair = of_cells(next(cells), next(cells), self._steps("grade", "mean"))
            if pair is not None:
                yield unit, pair

    def were_low(self) -> Iterator[tuple[BreakdownCard, GroupCard]]:
        """The groups that stood out as low then: what is picked so comes out higher by chance alone."""
        for card, groups in comparability.breakdowns(self.then.release, self.now.release):
            for group in groups:
                if is_lower(self.then.group(card.id, group.id, "gap")):
                    yield card, group

    def _steps(self, level: str, measure: str) -> tuple[float, float]:
        return step(self.then.release, level, measure), step(self.now.release, level, measure)
