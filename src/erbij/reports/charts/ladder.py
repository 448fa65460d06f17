"""The ladder of strata: what is expected of each combination, beside what its groups add up to."""

from collections.abc import Iterator

from erbij.reports.charts import dots, rows
from erbij.reports.charts.canvas import GRID, INK, Layout, line
from erbij.reports.charts.rows import Placed
from erbij.reports.description import Figure

HALF = 13
"""Half the height of the mark of the sum, in px: taller than a dot, so that it shows behind one."""


def drawn(figure: Figure, layout: Layout) -> tuple[list[str], float]:
    """The parts of the drawing, what lies under first, and its height."""
    placed, height = rows.place(figure, layout)
    frame = (*rows.grid(figure, layout, height), *rows.everyone(figure, layout, height))
    return [*frame, *(part for one in placed for part in _rung(one, figure, layout))], height


def _rung(placed: Placed, figure: Figure, layout: Layout) -> Iterator[str]:
    if placed.row.value is not None:
        yield line((layout.plot[0], placed.y), (layout.plot[1], placed.y), GRID)
    if placed.row.expected is not None:
        x = rows.across(figure, layout, placed.row.expected)
        yield line((x, placed.y - HALF), (x, placed.y + HALF), INK, width=2.5)
    yield from dots.row(placed, figure, layout)
