"""How much is the system? What part of the differences lies between classes, schools and groups."""

from erbij.privacy.release import Cell
from erbij.reports.description import Section, Table
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
    is_nested = len(told) == len(LEVELS)
    named = {level: "class-in-school" if level == "class" and is_nested else level for level in told}
    said = tuple(_level(words, named[level], cell) for level, cell in told.items())
    return Section(
        id="systemic",
        heading=words.say("systemic"),
        lead=said or (words.say("systemic-hidden"),),
        tables=_groups(results, words),
        sure=(words.say("systemic-sure"),),
        not_told=(words.say("systemic-not-told"),),
    )


def _level(words: Words, level: str, cell: Cell) -> str:
    told = between(words, cell, decimals=1)
    if not cell.low:
        return words.say("systemic-level-none", level=level, high=told["high"])
    return words.say("systemic-level", level=level, share=words.number(cell.value or 0.0, 1), **told)


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
