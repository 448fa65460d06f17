"""A distribution: a column for each part of the scale. Its area is its share; its width is the part's own."""

from collections.abc import Iterator

from erbij.reports.charts.canvas import (
    CARD,
    INK,
    SOFT,
    TEAL,
    Layout,
    Style,
    block,
    line,
    words,
)
from erbij.reports.description import Figure, Row

TALLEST, TOP, BOTTOM = 180, 34, 28
"""Px of the highest column with its interval, above it, and under the axis."""
SIDE = 14
"""Px at both sides: half a number of the axis."""


def drawn(figure: Figure, layout: Layout) -> tuple[list[str], float]:
    """The parts of the drawing, what lies under first, and its height."""
    bottom = TOP + TALLEST
    parts = [part for row in figure.rows for part in _column(row, _scale(figure), layout)]
    if figure.everyone is not None:
        x = _across(figure.everyone, layout)
        parts.append(line((x, TOP - 22), (x, bottom), INK, width=1.6, dash="2 4"))
    edges = sorted({end for row in figure.rows for end in ends(row)})
    parts.append(line((SIDE, bottom), (layout.width - SIDE, bottom), SOFT, width=1.5))
    number = Style(13, SOFT, "middle")
    parts += [words(_across(edge, layout), bottom + 16, f"{edge:g}", number) for edge in edges]
    return parts, bottom + BOTTOM


def ends(row: Row) -> tuple[float, float]:
    """Where a part of the scale begins and ends: its id is `LOW-HIGH`."""
    low, _, high = row.id.partition("-")
    return float(low), float(high)


def _scale(figure: Figure) -> float:
    """Px of height for each per cent of each point of the scale."""
    tallest = max((_density(row, row.high or row.value or 0.0) for row in figure.rows), default=0.0)
    return TALLEST / tallest if tallest else 0.0


def _density(row: Row, share: float) -> float:
    low, high = ends(row)
    return share / (high - low)


def _across(value: float, layout: Layout) -> float:
    return SIDE + (layout.width - 2 * SIDE) * value / 100


def _column(row: Row, scale: float, layout: Layout) -> Iterator[str]:
    left, right = (_across(end, layout) for end in ends(row))
    bottom, middle = TOP + TALLEST, (left + right) / 2
    if row.value is None:
        return  # of all parts one is never withheld alone
    height = scale * _density(row, row.value)
    yield block((left + 2, right - 2), bottom - height / 2, height, TEAL)
    low, high = (bottom - scale * _density(row, end or 0.0) for end in (row.low, row.high))
    yield line((middle, low), (middle, high), CARD, width=5)
    yield line((middle, low), (middle, high), INK, width=2)
    yield words(
        middle, min(high, bottom - height) - 12, row.shown, Style(layout.text + 1, align="middle", weight=600)
    )
