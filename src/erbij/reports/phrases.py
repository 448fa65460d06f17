"""The values that sentences need of a cell: a number never goes into words without its interval."""

from math import ceil, floor

from erbij.privacy.release import Cell
from erbij.privacy.telling import AT_MOST
from erbij.reports.results import is_lower
from erbij.reports.words import Words


def between(words: Words, cell: Cell, *, decimals: int = 0) -> dict[str, str]:
    """The interval of a level or a share, rounded outwards: words never promise more than the numbers."""
    return outwards(words, cell.low or 0.0, cell.high or 0.0, decimals=decimals)


def outwards(words: Words, low: float, high: float, *, decimals: int = 0) -> dict[str, str]:
    """Two bounds as text, rounded away from what lies between them."""
    step = 10**decimals
    # To a millionth first: 13.6 * 10 is a little over 136 in binary.
    below, above = floor(round(low * step, 6)) / step, ceil(round(high * step, 6)) / step
    return {"low": words.number(below, decimals), "high": words.number(above, decimals)}


def size(words: Words, gap: Cell) -> dict[str, str]:
    """A difference and its interval without their signs, the smaller bound first.

    Only for a difference whose interval leaves no doubt about its direction.
    """
    low, high = sorted(abs(bound or 0.0) for bound in (gap.low, gap.high))
    return {"points": words.points(gap.value or 0.0), **outwards(words, low, high)}


def directed(words: Words, gap: Cell) -> dict[str, str]:
    """The same, with the direction as a sentence chooses its words by it."""
    return {"direction": "lower" if is_lower(gap) else "higher", **size(words, gap)}


def either(words: Words, gap: Cell) -> dict[str, str]:
    """How much lower and how much higher a difference may be, where its interval holds both; outwards."""
    lower, higher = (ceil(round(max(0.0, end), 6)) for end in (-(gap.low or 0.0), gap.high or 0.0))
    points = {"less": words.points(lower), "more": words.points(higher)}
    return {"lower": words.number(lower), "higher": words.number(higher), **points}


def bound(cell: Cell) -> str:
    """How the message of a share ends where the share is told as a bound: `-at-most`, `-at-least` or not."""
    return f"-{cell.reason}" if cell.reason else ""


def whole(words: Words, cell: Cell) -> str:
    """The value of a shown cell, without decimals, as running text has it."""
    return words.number(cell.value or 0.0)


def share_of(words: Words, cell: Cell) -> str:
    """A bound of a share in whole per cents, rounded so that it stays true."""
    outwards = ceil if cell.reason == AT_MOST else floor
    return words.number(outwards(round(cell.value or 0.0, 6)))


def count(words: Words, cell: Cell | None) -> str:
    """A number of pupils as a table shows it."""
    return words.say("not-shown") if cell is None or cell.value is None else words.number(cell.value)


def interval(words: Words, low: float | None, high: float | None, *, decimals: int = 0) -> str:
    """An interval as a table shows it; empty where there is none."""
    if low is None or high is None:
        return ""
    return words.say("interval", low=words.number(low, decimals), high=words.number(high, decimals))


def share(words: Words, cell: Cell | None, *, decimals: int = 1) -> str:
    """A percentage with its interval, as a table shows it."""
    if cell is None or cell.value is None:
        return words.say("not-shown")
    told = words.say(f"percent{bound(cell)}", share=words.number(cell.value, decimals))
    if bound(cell):
        return told
    return f"{told} ({interval(words, cell.low, cell.high, decimals=decimals)})"
