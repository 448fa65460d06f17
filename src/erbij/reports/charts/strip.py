"""The strip of variance: all differences as one bar, divided over where they lie, each part told under it."""

from collections.abc import Iterator
from textwrap import wrap

from erbij.reports.charts.canvas import GRID, LINE, SOFT, TEAL, TEAL_SOFT, WASH, Layout, Style, block, words
from erbij.reports.charts.rows import LETTER
from erbij.reports.description import Figure, Row

BAR, MIDDLE = 40, 26
"""Height of the bar and where its middle is, in px."""
BESIDE, SHARE = 26, 64
"""Px for the square before a name, and for the share at the right."""
PAINTS = ((TEAL, "none"), (TEAL_SOFT, "none"), (WASH, GRID))
"""Of the parts, the widest units first; the last is what is left: between pupils."""


def drawn(figure: Figure, layout: Layout) -> tuple[list[str], float]:
    """The parts of the drawing, what lies under first, and its height."""
    parts, start, y = [], 0.0, 80.0
    for place, row in enumerate(figure.rows):
        paint, edge = PAINTS[-1] if place == len(figure.rows) - 1 else PAINTS[place % 2]
        end = start + layout.width * (row.value or 0.0) / 100
        parts.append(block((start, end), MIDDLE, BAR, paint, edge=edge))
        parts += [block((0, 14), y, 14, paint, edge=edge or GRID), *_named(row, y, layout)]
        start, y = end, y + _height(row, layout)
    return parts, y


def _height(row: Row, layout: Layout) -> float:
    return LINE * (layout.text * len(_lines(row, layout)) + (layout.small if row.detail else 0)) + 14


def _lines(row: Row, layout: Layout) -> list[str]:
    """The name of a part, so that it leaves room for its share."""
    return wrap(row.label, int((layout.width - BESIDE - SHARE) / (LETTER * layout.text)))


def _named(row: Row, y: float, layout: Layout) -> Iterator[str]:
    lines = _lines(row, layout)
    for place, text in enumerate(lines):
        yield words(BESIDE, y + 1 + LINE * layout.text * place, text, Style(layout.text))
    if row.detail:
        under = y + LINE * layout.text * len(lines)
        yield words(BESIDE, under, row.detail, Style(layout.small, SOFT))
    yield words(layout.width, y + 1, row.shown, Style(layout.text + 1, align="end", weight=600))
