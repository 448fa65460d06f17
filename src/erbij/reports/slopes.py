"""Changes become pictures: a row for each thing that was told then and now, on one axis."""

from collections.abc import Iterable
from dataclasses import dataclass

from erbij.privacy.release import Cell
from erbij.reports import figures
from erbij.reports.change import Pair
from erbij.reports.description import Axis, Figure, Point, Row, Table
from erbij.reports.phrases import interval
from erbij.reports.results import Results
from erbij.reports.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """Something with its name, then and now; `part` is the heading under which it stands."""

    name: str
    pair: Pair
    part: str = ""
    is_low: bool = False


def table(words: Words, waves: tuple[str, str], lines: Iterable[Line]) -> Table:
    """Then, now, their difference and its interval, as released: with one decimal."""
    head = (words.say("column-question"), *waves, words.say("change-column"), words.say("column-interval"))
    return Table(head, tuple(_told(words, line) for line in lines))


def _told(words: Words, line: Line) -> tuple[str, ...]:
    cells = (line.pair.then, line.pair.now, line.pair.difference)
    difference = line.pair.difference
    name = f"{line.part} · {line.name}" if line.part else line.name
    numbers = (words.number(cell.value or 0.0, 1) for cell in cells)
    return (name, *numbers, interval(words, difference.low, difference.high, decimals=1))


def figure(
    results: Results, words: Words, lines: tuple[Line, ...], *, name: str, waves: tuple[str, str]
) -> Figure:
    """The picture of some changes with its table; `name` ends the id of its title."""
    parts = [line.part for line in lines]
    starts = [part if part not in parts[:place] else "" for place, part in enumerate(parts)]
    rows = tuple(_row(words, line, start) for line, start in zip(lines, starts, strict=True))
    title = words.say(name)
    return Figure(
        id=f"figure-{name}",
        title=title,
        subtitle=words.say("chart-subtitle-scales"),
        rows=rows,
        axis=_axis(lines),
        note=words.say("change-note"),
        alt=figures.alt(words, title, rows),
        table=table(words, waves, lines),
        mark=figures.mark(results, words),
        shape="slope",
        waves=waves,
    )


def _row(words: Words, line: Line, starts_part: str) -> Row:
    then, now = line.pair.then, line.pair.now
    was = Point(then.value, then.low, then.high, words.number(then.value or 0.0))
    row = Row(line.name, line.name, is_low=line.is_low, starts_part=starts_part, earlier=(was,))
    return figures.filled(words, row, now)


def _axis(lines: tuple[Line, ...]) -> Axis:
    """Whole tens around every interval, never so narrow that a small change looks large."""
    cells: list[Cell] = [cell for line in lines for cell in (line.pair.then, line.pair.now)]
    low = min((cell.low for cell in cells if cell.low is not None), default=0.0)
    high = max((cell.high for cell in cells if cell.high is not None), default=100.0)
    return figures.whole_tens(low, high)
