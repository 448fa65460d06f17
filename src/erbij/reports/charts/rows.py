"""Rows with their labels at the left, or above in a narrow drawing, on an axis that all of them share."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from erbij.reports.charts.canvas import GRID, INK, LINE, SOFT, Layout, Style, line, words
from erbij.reports.description import Axis, Figure, Row

TOP, BOTTOM, PART = 30, 28, 34
"""Px above the first row, under the last one, and for the heading of a part."""
ROOM, ROOM_ABOVE, UNDER = 16, 44, 14
"""Px around a label, for a label and its mark under it, and under that mark."""
STEPS = ((4, 1), (10, 2), (20, 5), (60, 10))
"""Up to how wide an axis goes by which step."""
SMALLEST = 12
"""Px of the smallest letters: smaller ones are not read on a phone."""
CLOSEST = 24
"""Px between two numbers of an axis, at least."""
LETTER = 0.5
"""Mean width of a letter, in letters high: for keeping words within the drawing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with the height of its mark, the lines of its label and the height of its part's heading."""

    row: Row
    y: float
    lines: tuple[str, ...]
    details: tuple[str, ...]
    part_y: float


def place(
    figure: Figure, layout: Layout, *, top: float = TOP, mark: float = 0.0
) -> tuple[list[Placed], float]:
    """Every row with its place, and the height of the drawing. `mark`: px of a mark beyond one line."""
    placed, y = [], float(top)
    for row in figure.rows:
        part_y = y + 20
        y += PART if row.starts_part else 0
        lines = tuple(wrap(row.label, layout.label_chars))
        details = tuple(wrap(row.detail, layout.label_chars + 4))
        text_height = LINE * (layout.text * len(lines) + layout.small * len(details))
        if layout.label_above:
            height = max(layout.row, text_height + ROOM_ABOVE) + mark
            middle = y + height - UNDER - mark / 2
        else:
            height = max(layout.row + mark, text_height + ROOM)
            middle = y + height / 2
        placed.append(Placed(row, middle, lines, details, part_y))
        y += height
    return placed, y + BOTTOM


def across(figure: Figure, layout: Layout, value: float) -> float:
    """Where a value stands on the axis, in px."""
    (start, end), axis = layout.plot, figure.axis
    return start + (end - start) * (value - axis.low) / (axis.high - axis.low)


def grid(figure: Figure, layout: Layout, height: float, *, top: float = TOP) -> Iterator[str]:
    """The lines of the axis with their numbers."""
    bottom = height - BOTTOM
    for tick in _ticks(figure.axis, layout):
        x = across(figure, layout, tick)
        yield line((x, top), (x, bottom), GRID)
        yield words(x, bottom + 18, f"{tick:.0f}".replace("-", "\N{MINUS SIGN}"), Style(13, SOFT, "middle"))


def _ticks(axis: Axis, layout: Layout) -> Iterator[float]:
    span = axis.high - axis.low
    step = next((step for widest, step in STEPS if span <= widest), 20)
    # Numbers that would touch each other say less than half as many.
    step = step if (layout.plot[1] - layout.plot[0]) * step / span > CLOSEST else 50
    return (float(tick) for tick in range(-100, 101, step) if axis.low <= tick <= axis.high)


def everyone(figure: Figure, layout: Layout, height: float) -> Iterator[str]:
    """The line of everyone together with its words, both ends of which stay in the drawing."""
    if figure.everyone is None:
        return
    x = across(figure, layout, figure.everyone)
    half = LETTER * 13 * len(figure.everyone_label) / 2 + 4
    yield line((x, TOP - 6), (x, height - BOTTOM), INK, width=1.6, dash="2 4")
    yield words(
        min(max(x, half), layout.width - half), TOP - 14, figure.everyone_label, Style(13, align="middle")
    )


def labels(placed: Placed, layout: Layout, *, mark: float = 0.0) -> Iterator[str]:
    """The heading of a part, the label of a row and its detail."""
    soft = Style(layout.small, SOFT)
    if placed.row.starts_part:
        yield words(0, placed.part_y, placed.row.starts_part, Style(layout.small, SOFT, weight=600))
    sizes = [layout.text] * len(placed.lines) + [layout.small] * len(placed.details)
    total = LINE * sum(sizes)
    y = placed.y - mark / 2 - ROOM + 1 - total if layout.label_above else placed.y - total / 2
    for place_, (text, size) in enumerate(zip((*placed.lines, *placed.details), sizes, strict=True)):
        y += LINE * size
        style = Style(layout.text) if place_ < len(placed.lines) else soft
        yield words(0, y - LINE * size / 2 + 1, text, style)


def value(y: float, row: Row, layout: Layout) -> str:
    """The value at the right, in bold."""
    return words(layout.width, y + 1, row.shown, Style(layout.text + 1, align="end", weight=600))


def withheld(y: float, shown: str, layout: Layout) -> Iterator[str]:
    """Words over a dotted line: what may not be known looks unlike zero."""
    yield line((layout.plot[0], y + 11), (layout.plot[1], y + 11), SOFT, width=1.5, dash="1 5")
    # Words wider than the axis start at the edge, as small as words may be.
    is_long = len(shown) * LETTER * layout.small > layout.width - layout.plot[0]
    start, size = (0, SMALLEST) if is_long else (layout.plot[0], layout.small)
    yield words(start, y + 1, shown, Style(size, SOFT))
