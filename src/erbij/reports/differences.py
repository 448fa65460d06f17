"""Figures of numbers that are no score: shares of pupils, and differences around nothing."""

from dataclasses import replace
from math import ceil, floor

from erbij.privacy.release import Cell
from erbij.reports import figures
from erbij.reports.description import Axis, Figure, Row, Table
from erbij.reports.phrases import bound, interval
from erbij.reports.results import Results
from erbij.reports.words import Words

NARROWEST = 10.0
"""A narrower axis would make a small difference look large."""

PERCENT = 40.0
"""The same for an axis of shares, which starts at nothing."""

PLUS, MINUS = "+", "\N{MINUS SIGN}"

Named = tuple[Row, Cell | None]
"""A row without numbers, and the cell that has them."""


def signed(words: Words, value: float, decimals: int = 0) -> str:
    """A difference with its sign.

    >>> signed(Words("nl"), 3.0), signed(Words("nl"), -0.2), signed(Words("nl"), -1.25, 2) == f"{MINUS}1,25"
    ('+3', '0', True)
    """
    size = words.number(abs(value), decimals)
    rounded = round(value, decimals)
    return size if rounded == 0 else f"{PLUS if rounded > 0 else MINUS}{size}"


def between_signed(words: Words, cell: Cell) -> dict[str, str]:
    """The interval of a difference that may be nothing, with signs, rounded outwards."""
    low, high = floor(round(cell.low or 0.0, 6)), ceil(round(cell.high or 0.0, 6))
    return {"low": signed(words, low), "high": signed(words, high)}


def of_shares(results: Results, words: Words, named: tuple[Named, ...], *, title: str, name: str) -> Figure:
    """A figure of shares of pupils in per cent."""
    rows = tuple(_percent(words, row, cell) for row, cell in named)
    high = max((row.high for row in rows if row.high is not None), default=100.0)
    head = (words.say("column-what"), words.say("column-share"), words.say("column-interval"))
    body = [(row.label, _value(words, cell), _interval(words, cell)) for row, cell in named]
    return Figure(
        id=f"figure-{name}",
        title=title,
        subtitle=words.say("chart-subtitle-shares"),
        rows=rows,
        axis=Axis(0.0, min(100.0, max(PERCENT, 10.0 * -(-high // 10)))),
        note=words.say("chart-note-shares"),
        alt=figures.alt(words, title, rows),
        table=Table(head, tuple(body)),
        mark=figures.mark(results, words),
    )


def _percent(words: Words, row: Row, cell: Cell | None) -> Row:
    filled = figures.filled(words, row, cell)
    if cell is None or cell.value is None:
        return filled
    return replace(filled, shown=words.say(f"percent{bound(cell)}", share=words.number(cell.value)))


def _value(words: Words, cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return words.say("not-shown")
    return words.say(f"percent{bound(cell)}", share=words.number(cell.value, 1))


def _interval(words: Words, cell: Cell | None) -> str:
    return "" if cell is None or bound(cell) else interval(words, cell.low, cell.high, decimals=1)


def of_differences(
    results: Results, words: Words, named: tuple[Named, ...], *, title: str, name: str
) -> Figure:
    """A figure of differences in points, around a line where there is none."""
    figure = Figure(
        id=f"figure-{name}",
        title=title,
        subtitle=words.say("chart-subtitle-differences"),
        rows=(),
        axis=_around_nothing([cell for _, cell in named if cell is not None]),
        note=words.say("chart-note-differences"),
        alt="",
        table=Table((), ()),
        everyone=0.0,
        everyone_label=words.say("no-difference"),
        mark=figures.mark(results, words),
    )
    return _with_numbers(words, figure, named, decimals=1)


def of_slopes(results: Results, words: Words, named: tuple[Named, ...], *, title: str, name: str) -> Figure:
    """A figure of how many points of belonging go with ten points of something else."""
    figure = of_differences(results, words, named, title=title, name=name)
    return replace(figure, subtitle=words.say("chart-subtitle-slopes"))


def of_correlations(
    results: Results, words: Words, named: tuple[Named, ...], *, title: str, name: str
) -> Figure:
    """A figure of correlations from -1 to 1."""
    figure = of_differences(results, words, named, title=title, name=name)
    figure = _with_numbers(words, figure, named, decimals=2)
    return replace(
        figure,
        subtitle=words.say("chart-subtitle-correlations"),
        axis=Axis(-1.0, 1.0),
        everyone_label=words.say("no-link"),
        note=words.say("chart-note-correlations"),
        table=replace(
            figure.table, head=(figure.table.head[0], words.say("column-link"), figure.table.head[2])
        ),
    )


def _with_numbers(words: Words, figure: Figure, named: tuple[Named, ...], *, decimals: int) -> Figure:
    """The figure with rows, a table and a text alternative in which every number has its sign."""
    rows, body, alts = [], [], []
    for row, cell in named:
        shown = figures.filled(words, row, cell)
        if cell is None or cell.value is None or cell.low is None or cell.high is None:
            rows.append(shown)
            body.append((row.label, words.say("not-shown"), ""))
            alts.append(words.say("chart-alt-withheld", label=row.label))
            continue
        value, low, high = (signed(words, number, decimals) for number in (cell.value, cell.low, cell.high))
        rows.append(replace(shown, shown=value))
        body.append((row.label, value, words.say("interval", low=low, high=high)))
        alts.append(words.say("chart-alt-row", label=row.label, mean=value, low=low, high=high))
    head = (words.say("column-what"), words.say("column-difference"), words.say("column-interval"))
    alt = figures.alt_of(words, figure.title, rows, alts)
    return replace(figure, rows=tuple(rows), alt=alt, table=Table(head, tuple(body)))


def _around_nothing(cells: list[Cell]) -> Axis:
    """Whole fives around all intervals and nothing, wide enough."""
    lowest = min((cell.low for cell in cells if cell.low is not None), default=0.0)
    highest = max((cell.high for cell in cells if cell.high is not None), default=0.0)
    low, high = 5.0 * min(lowest // 5, 0.0), 5.0 * max(-(-highest // 5), 0.0)
    while high - low < NARROWEST:
        low, high = (low - 5.0, high) if high + low < 0 else (low, high + 5.0)
    return Axis(low + 0.0, high + 0.0)
