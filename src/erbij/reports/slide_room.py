"""How much room words take on a slide: nothing runs off it, or over what stands below.

Programs for slides set words themselves, each with its own letters; what is reckoned here is a little wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from erbij.reports.description import Table

SIGN, DIGIT, LINE = 0.54, 0.62, 1.25
"""Of the size of letters: how wide a sign of a text is on average, and one of a number; how high a line."""
SIZES = (26, 22, 18, 15, 13)
"""Points of sentences, the largest first; points of a list are two smaller."""
LETTERS = (12, 11, 10, 9)
"""Points of a table."""
BETWEEN, PADDING, MARGIN = 8.0, 5.0, 9.0
"""Points between paragraphs; above and below the words of a cell; beside them."""
LONG = 16
"""Signs of a cell in a column of numbers; with more it goes on on the next line."""
BOLD = 1.2
"""How much wider bold letters are."""
FIRST = 0.22
"""Of a table's width, the least for its first column."""


def lines(words: str, width: float, size: float) -> int:
    """How many lines words take in so many points."""
    return max(1, ceil(len(words) * size * SIGN / width))


def size_for(sentences: Sequence[str], points: Sequence[str], *, width: float, height: float) -> int | None:
    """The largest letters with which all of it stands in so many points; None where it does not."""
    return next((s for s in SIZES if _height(sentences, points, width, s) <= height), None)


def _height(sentences: Sequence[str], points: Sequence[str], width: float, size: int) -> float:
    sizes = [(words, size) for words in sentences] + [(words, size - 2) for words in points]
    return sum(lines(words, width, one) * one * LINE + BETWEEN for words, one in sizes)


@dataclass(frozen=True, slots=True)
class Layout:
    """Letters in points, and widths and heights in points, of a table; `is_tight`: columns are too narrow."""

    size: int
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    is_tight: bool


def layout(table: Table, width: float) -> tuple[Layout, ...]:
    """How a table can stand in so many points: the best first, of wide enough columns and large letters."""
    return tuple(sorted((_layout(table, width, size) for size in LETTERS), key=lambda one: one.is_tight))


def _layout(table: Table, width: float, size: int) -> Layout:
    rows = [(*row, *("" for _ in table.head[len(row) :])) for row in (table.head, *table.rows)]
    others = [_wanted(column) * size * DIGIT + MARGIN for column in tuple(zip(*rows, strict=True))[1:]]
    spare = width * (1 - FIRST)
    is_tight = sum(others) > spare
    if is_tight:
        others = [spare * one / sum(others) for one in others]
    columns = (width - sum(others), *others)
    high = [max(lines(w, c - MARGIN, size) for w, c in zip(row, columns, strict=True)) for row in rows]
    return Layout(size, columns, tuple(count * size * LINE + PADDING for count in high), is_tight)


def _wanted(column: Sequence[str]) -> float:
    """Signs: a cell on one line, if it is no sentence, and of the head, which is bold, its longest word."""
    head = max(map(len, column[0].split()), default=0)
    return max(BOLD * head, *(min(len(words), LONG) for words in column[1:]), 1)
