"""Share bars: what part of all pupils, out of the whole. What is unsure is lighter; a bound has no value."""

from collections.abc import Iterator
from dataclasses import replace

from erbij.reports.charts import rows
from erbij.reports.charts.canvas import GRID, INK, TEAL, TEAL_SOFT, WASH, Layout, block, line
from erbij.reports.charts.rows import Placed
from erbij.reports.description import Figure

BAR, GAP = 18, 14
"""Height of a bar, and what is left between it and the words at the right, in px."""
LETTER = 0.56
"""Mean width of a bold letter or digit, in letters high."""


def drawn(figure: Figure, layout: Layout) -> tuple[list[str], float]:
    """The parts of the drawing, what lies under first, and its height."""
    layout = _with_room(figure, layout)
    placed, height = rows.place(figure, layout)
    return [
        *rows.grid(figure, layout, height),
        *(part for one in placed for part in _row(one, figure, layout)),
    ], height


def _with_room(figure: Figure, layout: Layout) -> Layout:
    """Shorter bars where the words at the right are long, as those of a bound are."""
    longest = max((len(row.shown) for row in figure.rows if row.value is not None), default=0)
    room = round(LETTER * (layout.text + 1) * longest) + GAP
    start, end = layout.plot
    return replace(layout, plot=(start, min(end, layout.width - room)))


def _row(placed: Placed, figure: Figure, layout: Layout) -> Iterator[str]:
    told, y = placed.row, placed.y
    yield from rows.labels(placed, layout)
    if told.value is None:
        yield from rows.withheld(y, told.shown, layout)
        return
    sure, unsure = _parts(placed)
    yield block(layout.plot, y, BAR, WASH, edge=GRID)
    first, last = (rows.across(figure, layout, end) for end in (sure, unsure))
    yield block((layout.plot[0], first), y, BAR, TEAL)
    yield block((first, last), y, BAR, TEAL_SOFT)
    if not told.bound:
        x = rows.across(figure, layout, told.value)
        yield line((x, y - BAR / 2 - 3), (x, y + BAR / 2 + 3), INK, width=2.5)
    yield rows.value(y, told, layout)


def _parts(placed: Placed) -> tuple[float, float]:
    """How far the bar is sure and how far it is not, per cent."""
    told = placed.row
    value = told.value or 0.0
    if told.bound:
        return (0.0, value) if told.bound == "at-most" else (value, 100.0)
    return (value if told.low is None else told.low), (value if told.high is None else told.high)
