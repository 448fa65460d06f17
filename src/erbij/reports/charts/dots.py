"""Dots with their intervals against the line of everyone together. The emblem is drawn so too."""

from collections.abc import Iterator

from erbij.reports.charts import rows
from erbij.reports.charts.canvas import AMBER_SOFT, TEAL_SOFT, Layout, band, dot
from erbij.reports.charts.rows import Placed
from erbij.reports.description import Figure


def drawn(figure: Figure, layout: Layout) -> tuple[list[str], float]:
    """The parts of the drawing, what lies under first, and its height."""
    placed, height = rows.place(figure, layout)
    frame = (*rows.grid(figure, layout, height), *rows.everyone(figure, layout, height))
    return [*frame, *(part for one in placed for part in row(one, figure, layout))], height


def row(placed: Placed, figure: Figure, layout: Layout) -> Iterator[str]:
    """One row: interval, dot, words; or that it is withheld."""
    told = placed.row
    yield from rows.labels(placed, layout)
    if told.value is None:
        yield from rows.withheld(placed.y, told.shown, layout)
        return
    if told.low is not None and told.high is not None:
        ends = rows.across(figure, layout, told.low), rows.across(figure, layout, told.high)
        yield band(ends, placed.y, AMBER_SOFT if told.is_low else TEAL_SOFT)
    yield dot(rows.across(figure, layout, told.value), placed.y, is_low=told.is_low)
    yield rows.value(placed.y, told, layout)
