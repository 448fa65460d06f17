"""How much is the system? What part of the differences lies between classes, schools and groups."""

from dataclasses import replace

from erbij.privacy.release import Cell
from erbij.reports import figures
from erbij.reports.description import Figure, Row, Section, Table
from erbij.reports.phrases import between, interval
from erbij.reports.results import Results
from erbij.reports.words import Words, sentence

LEVELS = ("school", "class")


def was_found(results: Results) -> bool:
    """Whether the release has any share at all, shown or withheld."""
    return any(cell.measure.startswith(("share:", "between:")) for cell in results.at_top.values())


def tell(results: Results, words: Words) -> Section:
    """The share of each level as a sentence, that of each breakdown as a row; never ranked."""
    found = ((level, results.everyone(f"share:{level}")) for level in LEVELS)
    told = {level: cell for level, cell in found if cell is not None}
    named = {level: "class-in-school" if level == "class" and len(told) > 1 else level for level in told}
    said = tuple(_level(words, named[level], cell) for level, cell in told.items())
    return Section(
        id="systemic",
        heading=words.say("systemic"),
        lead=said or (words.say("systemic-hidden"),),
        figures=(_strip(results, words, {named[level]: cell for level, cell in told.items()}),)
        if told
        else (),
        tables=(*_groups(results, words), *_schools(results, words)),
        sure=(words.say("systemic-sure"),),
        not_told=(words.say("systemic-not-told"),),
    )


def _level(words: Words, level: str, cell: Cell) -> str:
    told = between(words, cell, decimals=1)
    if not cell.low:
        return words.say("systemic-level-none", level=level, high=told["high"])
    return words.say("systemic-level", level=level, share=words.number(cell.value or 0.0, 1), **told)


def _strip(results: Results, words: Words, told: dict[str, Cell]) -> Figure:
    """All differences as one bar: what lies between schools and classes, and what is left between pupils."""
    parts = [_part(words, level, cell) for level, cell in told.items()]
    rest = max(0.0, 100.0 - sum(part.value or 0.0 for part in parts))
    shown = words.say("percent", share=words.number(rest, 1))
    rows = (*parts, Row("rest", words.say("systemic-part", level="rest"), value=rest, shown=shown))
    figure = figures.of_shares(results, words, rows, title=words.say("systemic-figure"), name="systemic")
    subtitle, note = words.say("systemic-figure-subtitle"), words.say("systemic-figure-note")
    return replace(figure, shape="strip", subtitle=subtitle, note=note)


def _part(words: Words, level: str, cell: Cell) -> Row:
    detail = words.say("systemic-part-interval", **between(words, cell, decimals=1))
    row = Row(level, words.say("systemic-part", level=level), detail)
    return figures.share_row(words, row, cell, decimals=1)


def _groups(results: Results, words: Words) -> tuple[tuple[str, Table], ...]:
    rows = []
    for card in results.breakdowns:
        cell = results.everyone(f"between:{card.id}")
        if cell is not None:
            named = sentence(words.label(card.label, card.id))
            share = words.say("percent", share=words.number(cell.value or 0.0, 1))
            rows.append((named, share, interval(words, cell.low, cell.high, decimals=1)))
    heads = ("column-question", "systemic-column-share", "column-interval")
    head = tuple(words.say(name) for name in heads)
    return ((words.say("systemic-groups"), Table(head, tuple(rows))),) if rows else ()


def _schools(results: Results, words: Words) -> tuple[tuple[str, Table], ...]:
    """What part lies between the classes of each school that tells enough of them, in alphabetical order."""
    rows = []
    for name, cells in results.units("school"):
        cell = cells.get("share:class")
        if cell is not None and cell.value is not None:
            share = words.say("percent", share=words.number(cell.value, 1))
            rows.append((name, share, interval(words, cell.low, cell.high, decimals=1)))
    head = (words.say("unit-school"), words.say("systemic-column-share"), words.say("column-interval"))
    return ((words.say("systemic-schools"), Table(head, tuple(rows))),) if rows else ()
