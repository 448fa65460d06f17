"""Change: then above, now below it, joined by a line that slopes the way it went; both with an interval."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from erbij.reports.charts import rows
from erbij.reports.charts.canvas import (
    AMBER,
    AMBER_SOFT,
    GRID,
    SOFT,
    TEAL,
    TEAL_SOFT,
    Layout,
    Style,
    band,
    dot,
    line,
    words,
)
from erbij.reports.charts.rows import Placed
from erbij.reports.description import Figure, Point

WAVE = 22
"""Px from one asking to the next."""
KEY = 22
"""Px of a line of the key above the rows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A number at one asking, and how high it stands."""

    point: Point
    y: float
    is_low: bool
    is_now: bool = False


def drawn(figure: Figure, layout: Layout) -> tuple[list[str], float]:
    """The parts of the drawing, what lies under first, and its height."""
    mark = float(WAVE * (len(figure.waves) - 1))
    top = KEY * len(figure.waves) + 14.0
    placed, height = rows.place(figure, layout, top=top, mark=mark)
    parts = [*_key(figure, layout), *rows.grid(figure, layout, height, top=top)]
    for one in placed:
        parts += [*rows.labels(one, layout, mark=mark), *_row(one, figure, layout, mark=mark)]
    return parts, height


def _key(figure: Figure, layout: Layout) -> Iterator[str]:
    """What each mark is, in the order in which they stand."""
    for place, name in enumerate(figure.waves):
        y = 10.0 + KEY * place
        is_now = place == len(figure.waves) - 1
        yield dot(layout.plot[0], y, is_hollow=not is_now, radius=6)
        yield words(layout.plot[0] + 16, y, name, Style(layout.small, SOFT))


def _row(placed: Placed, figure: Figure, layout: Layout, *, mark: float) -> Iterator[str]:
    told = placed.row
    points = (*told.earlier, Point(told.value, told.low, told.high, told.shown))
    top = placed.y - mark / 2
    asked = [Asked(point, top + WAVE * place, told.is_low) for place, point in enumerate(points)]
    asked[-1] = replace(asked[-1], is_now=True)
    for one in asked:
        yield from _band(one, figure, layout)
    for then, now in pairwise(asked):
        yield from _joined(then, now, figure, layout)
    for one in asked:
        yield from _point(one, figure, layout)


def _band(asked: Asked, figure: Figure, layout: Layout) -> Iterator[str]:
    low, high = asked.point.low, asked.point.high
    if low is not None and high is not None:
        ends = rows.across(figure, layout, low), rows.across(figure, layout, high)
        colour = AMBER_SOFT if asked.is_low else TEAL_SOFT
        yield band(ends, asked.y, colour if asked.is_now else GRID)


def _joined(then: Asked, now: Asked, figure: Figure, layout: Layout) -> Iterator[str]:
    """The line between two askings; none to one that is withheld."""
    if then.point.value is not None and now.point.value is not None:
        start, end = (rows.across(figure, layout, value) for value in (then.point.value, now.point.value))
        yield line((start, then.y), (end, now.y), AMBER if now.is_low else TEAL, width=2)


def _point(asked: Asked, figure: Figure, layout: Layout) -> Iterator[str]:
    point, is_now = asked.point, asked.is_now
    if point.value is None:
        yield from rows.withheld(asked.y, point.shown, layout)
        return
    x, is_low = rows.across(figure, layout, point.value), asked.is_low and is_now
    yield dot(x, asked.y, is_low=is_low, is_hollow=not is_now, radius=8 if is_now else 5.5)
    style = Style(layout.text, weight=600, align="end") if is_now else Style(layout.small, SOFT, "end")
    yield words(layout.width, asked.y + 1, point.shown, style)
