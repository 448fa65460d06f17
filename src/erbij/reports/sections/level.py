"""How many belong?"""

from dataclasses import replace

from erbij.privacy.release import Cell
from erbij.reports import figures
from erbij.reports.description import Figure, Row, Section, Table
from erbij.reports.phrases import between, bound, count, interval, share, share_of, whole
from erbij.reports.results import Results
from erbij.reports.words import Words

PARTS = ("source", "context", "facet")
UNIT_LEVELS = ("school", "grade", "class")
MOST_UNITS = 60
"""More units do not read as a table; they stand in cells.csv."""


def tell(results: Results, words: Words) -> Section:
    """The mean, the share below the line, the parts, and the units."""
    line = words.number(results.main.line)
    return Section(
        id="level",
        heading=words.say("level"),
        lead=_lead(results, words, line),
        points=_many_units(results, words),
        figures=(
            *_below_line(results, words, line),
            *_distribution(results, words, line),
            _parts(results, words),
            *_own(results, words),
        ),
        tables=_units(results, words),
        sure=_sure(results, words),
        not_told=(words.say("level-not-told", line=line),),
    )


def _lead(results: Results, words: Words, line: str) -> tuple[str, ...]:
    mean, below = results.everyone("mean"), results.everyone("below")
    sentences = []
    if mean is not None:
        sentences.append(words.say("level-lead", mean=whole(words, mean), **between(words, mean)))
    if below is not None:
        sentences.append(_below(words, below, line))
    return tuple(sentences) or (words.say("level-hidden"),)


def _below(words: Words, below: Cell, line: str) -> str:
    if bound(below):
        return words.say(f"level-below{bound(below)}", share=share_of(words, below), line=line)
    return words.say("level-below", share=whole(words, below), line=line, **between(words, below))


def _below_line(results: Results, words: Words, line: str) -> list[Figure]:
    """What part of all is below the line."""
    below = results.everyone("below")
    if below is None:
        return []
    rows = (figures.share_row(words, Row("below", words.say("everyone-row")), below),)
    title = words.say("level-below-figure", line=line)
    figure = figures.of_shares(results, words, rows, title=title, name="below")
    return [replace(figure, subtitle=words.say("level-below-subtitle"), note=words.say("level-below-note"))]


def _distribution(results: Results, words: Words, line: str) -> list[Figure]:
    """How all are spread over the scale: told of every band, or of none."""
    told = (cell for cell in results.at_top.values() if cell.value is not None)
    rows = tuple(_band(words, cell) for cell in told if cell.measure.startswith("band:"))
    if not rows:
        return []
    title = words.say("level-distribution")
    figure = figures.of_shares(results, words, rows, title=title, name="distribution")
    return [
        replace(
            figure,
            subtitle=words.say("level-distribution-subtitle"),
            note=words.say("level-distribution-note", line=line),
            shape="distribution",
            everyone=results.main.line,
        )
    ]


def _band(words: Words, cell: Cell) -> Row:
    ends = cell.measure.removeprefix("band:")
    low, _, high = ends.partition("-")
    return figures.share_row(words, Row(ends, words.say("level-band", low=low, high=high)), cell)


def _sure(results: Results, words: Words) -> tuple[str, ...]:
    mean = results.everyone("mean")
    return (words.say("level-sure", **between(words, mean)),) if mean else ()


def _parts(results: Results, words: Words) -> Figure:
    rows = [figures.with_numbers(results, words, "everyone", Row("everyone", words.say("everyone-row")))]
    for part in PARTS:
        heading = words.say(f"part-{part}")
        for scale in results.scales(part=part):
            rows.append(figures.scale_row(results, words, scale, starts_part=heading))
            heading = ""
    title = words.say("level-figure" if len(rows) > 1 else "level-figure-whole")
    return figures.of_scales(results, words, tuple(rows), title=title, name="parts")


def _own(results: Results, words: Words) -> list[Figure]:
    """Belonging beside the main scale: that of the team itself, which tells of pupils in the main one."""
    beside = [s for s in results.scales(kind="belonging") if s.part is None and s != results.main]
    rows = tuple(figures.scale_row(results, words, scale) for scale in beside)
    title = words.say("level-own")
    return [figures.of_scales(results, words, rows, title=title, name="own")] if rows else []


def _many_units(results: Results, words: Words) -> tuple[str, ...]:
    counts = ((level, results.count_units(level)) for level in UNIT_LEVELS)
    return tuple(
        words.say("level-units-many", count=count, level=words.say(f"unit-{level}"))
        for level, count in counts
        if count > MOST_UNITS
    )


def _units(results: Results, words: Words) -> tuple[tuple[str, Table], ...]:
    tables = []
    for level in UNIT_LEVELS:
        if 1 < results.count_units(level) <= MOST_UNITS:
            rows = tuple(_unit(words, name, cells) for name, cells in results.units(level))
            title = words.say("level-units", level=words.say(f"unit-{level}"))
            heads = ("column-pupils", "column-mean", "column-interval", "column-below")
            head = (words.say(f"unit-{level}"), *(words.say(column) for column in heads))
            tables.append((title, Table(head, rows)))
    return tuple(tables)


def _unit(words: Words, name: str, cells: dict[str, Cell]) -> tuple[str, ...]:
    mean = cells["mean"]
    told = words.say("not-shown") if mean.value is None else whole(words, mean)
    between_these = interval(words, mean.low, mean.high)
    return name, count(words, cells["n"]), told, between_these, share(words, cells["below"], decimals=0)
