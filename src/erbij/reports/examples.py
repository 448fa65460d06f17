"""Every shape of chart with made-up numbers, for the page of the look, in the words of reports."""

from dataclasses import replace

from erbij.privacy.release import Cell
from erbij.reports import figures
from erbij.reports.description import Axis, Figure, Point, Row, Section, Shape, Table
from erbij.reports.words import Words

HIGH = (("context-class", 71.0), ("context-playground", 55.0), ("context-activities", None))
SPREAD, EVERYONE = 5.0, 65.0
AXIS = Axis(40.0, 80.0)
WHOLE = Axis(0.0, 100.0)
NOTES: dict[Shape, str] = {
    "distribution": "level-distribution-note",
    "dots": "chart-note",
    "ladder": "intersections-note",
    "shares": "level-below-note",
    "slope": "change-note",
    "strip": "systemic-figure-note",
}


def sections(words: Words) -> tuple[Section, ...]:
    """A section for each shape: a figure in which one row asks for attention and one is withheld."""
    made = (_distribution, _dots, _ladder, _shares, _slope, _strip)
    return tuple(_section(words, make(words)) for make in made)


def _section(words: Words, figure: Figure) -> Section:
    said = (words.say("certainty-interval"),)
    told = (words.say("limits-cause"),)
    return Section(figure.shape, figure.title, lead=(), figures=(figure,), sure=said, not_told=told)


def _figure(words: Words, shape: Shape, title: str, rows: tuple[Row, ...], axis: Axis = AXIS) -> Figure:
    named = words.say(title)
    head = (words.say("column-group"), words.say("column-mean"))
    return Figure(
        id=f"example-{shape}",
        title=named,
        subtitle=words.say("made-up"),
        rows=rows,
        axis=axis,
        note=words.say(NOTES[shape], line=words.number(50.0)),
        alt=figures.alt(words, named, rows),
        table=Table(head, tuple((row.label, row.shown) for row in rows)),
        shape=shape,
    )


def _rows(words: Words) -> tuple[Row, ...]:
    return tuple(_row(words, name, value) for name, value in HIGH)


def _row(words: Words, name: str, value: float | None) -> Row:
    if value is None:
        return figures.filled(words, Row(name, words.say(name)), None)
    cell = Cell(
        "all", "all", "everyone", name, "mean", 90, value, value - SPREAD, value + SPREAD, "shown", None
    )
    row = figures.filled(words, Row(name, words.say(name)), cell)
    return replace(row, is_low=value + SPREAD < EVERYONE)


def _distribution(words: Words) -> Figure:
    told = (("0-50", 14.0), ("50-75", 47.0), ("75-100", 39.0))
    rows = []
    for ends, value in told:
        low, _, high = ends.partition("-")
        named = Row(ends, words.say("level-band", low=low, high=high))
        own = (value, value - 6, value + 7, "shown", None)
        cell = Cell("all", "all", "everyone", "everyone", f"band:{ends}", 90, *own)
        rows.append(figures.share_row(words, named, cell))
    return replace(_figure(words, "distribution", "level-distribution", tuple(rows), WHOLE), everyone=50.0)


def _dots(words: Words) -> Figure:
    line = words.say("everyone-line", mean=words.number(EVERYONE))
    figure = _figure(words, "dots", "part-context", _rows(words))
    return replace(figure, everyone=EVERYONE, everyone_label=line)


def _ladder(words: Words) -> Figure:
    rows = (replace(row, expected=row.value and row.value + 4) for row in _rows(words))
    return _figure(words, "ladder", "intersections-figure", tuple(rows))


def _slope(words: Words) -> Figure:
    rows = []
    for row in _rows(words):
        was = None if row.value is None else row.value - 6
        point = (
            Point(shown=row.shown)
            if was is None
            else Point(was, was - SPREAD, was + SPREAD, words.number(was))
        )
        rows.append(replace(row, earlier=(point,)))
    waves = tuple(words.say("change-asking", number=number) for number in (1, 2))
    return replace(_figure(words, "slope", "change-figure", tuple(rows)), waves=waves)


def _shares(words: Words) -> Figure:
    told = (
        ("everyone-row", 16.0, None),
        ("context-class", 15.0, "at-most"),
        ("context-home", 85.0, "at-least"),
    )
    rows = []
    for name, value, bound in told:
        cell = Cell("all", "all", "everyone", name, "below", 90, value, value - 4, value + 5, "shown", bound)
        rows.append(figures.share_row(words, Row(name, words.say(name)), cell))
    return _figure(words, "shares", "column-below", (*rows, _rows(words)[-1]), WHOLE)


def _strip(words: Words) -> Figure:
    told = (("school", 9.0), ("class-in-school", 4.0), ("rest", 87.0))
    rows = (
        Row(level, words.say("systemic-part", level=level), value=share, shown=_percent(words, share))
        for level, share in told
    )
    return _figure(words, "strip", "systemic-figure", tuple(rows), WHOLE)


def _percent(words: Words, share: float) -> str:
    return words.say("percent", share=words.number(share))
