"""Is the gap the same everywhere? How much it differs, and in which schools it is probably smaller."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from erbij.privacy.release import Cell
from erbij.reports.description import Section, Table
from erbij.reports.differences import signed
from erbij.reports.phrases import between, interval
from erbij.reports.results import Results, is_lower
from erbij.reports.words import Words, sentence

LEVELS = ("school", "class")
NAMED = "school"


@dataclass(frozen=True, slots=True)
class _Of:
    """How a gap differs: the group in words, the level, the usual gap and its spread."""

    breakdown: str
    group: str
    named: str
    level: str
    usual: Cell
    sd: Cell


def was_found(results: Results) -> bool:
    """Whether the release has any of it, shown or withheld."""
    return any(cell.measure.startswith("gap-sd:") for cell in results.at_top.values())


def tell(results: Results, words: Words) -> Section:
    """Which gaps are not the same everywhere, where a school may go and look, and all of them as a table."""
    found = tuple(_found(results, words))
    sure = [each for each in found if each.sd.low]
    points = tuple(said for each in sure for said in _said(results, words, each))
    lead = "spread-hidden" if not found else "spread-some" if sure else "spread-none"
    return Section(
        id="spread",
        heading=words.say("spread"),
        lead=(words.say(lead),),
        points=points,
        tables=_table(words, found),
        sure=(words.say("spread-sure"),) if found else (),
        not_told=(words.say("spread-not-told"),),
    )


def _found(results: Results, words: Words) -> Iterator[_Of]:
    for card in results.breakdowns:
        for group in card.groups:
            label = sentence(words.label(card.label, card.id))
            named = f"{label} · {words.label(group.label, group.id)}"
            for level in LEVELS:
                usual = results.group(card.id, group.id, f"gap-usual:{level}")
                sd = results.group(card.id, group.id, f"gap-sd:{level}")
                if usual is not None and sd is not None:
                    yield _Of(card.id, group.id, named, level, usual, sd)


def _said(results: Results, words: Words, of: _Of) -> Iterator[str]:
    points = words.points(of.sd.value or 0.0)
    yield words.say(
        "spread-differs", group=of.named, level=of.level, points=points, **between(words, of.sd, decimals=1)
    )
    smaller = _smaller(results, of)
    if smaller:
        yield words.say("spread-smaller", group=of.named, schools=", ".join(smaller))


def _smaller(results: Results, of: _Of) -> list[str]:
    """Schools in alphabetical order where a group that usually scores lower lies surely above that."""
    if of.level != NAMED or not is_lower(of.usual):
        return []
    units = results.release.cells.filter(
        pl.col("level") == NAMED,
        pl.col("breakdown") == of.breakdown,
        pl.col("group") == of.group,
        pl.col("measure") == "gap-unit",
        pl.col("low") > 0,
    )
    return sorted(units["unit"].to_list())


def _table(words: Words, found: tuple[_Of, ...]) -> tuple[tuple[str, Table], ...]:
    heads = ("column-group", "spread-column-level", "spread-column-usual", "spread-column-sd")
    rows = tuple((each.named, words.say(f"unit-{each.level}"), *_numbers(words, each)) for each in found)
    return ((words.say("spread-table"), Table(tuple(words.say(h) for h in heads), rows)),) if found else ()


def _numbers(words: Words, of: _Of) -> tuple[str, str]:
    low, high = (signed(words, end or 0.0, 1) for end in (of.usual.low, of.usual.high))
    usual = f"{signed(words, of.usual.value or 0.0, 1)} ({words.say('interval', low=low, high=high)})"
    spread = words.number(of.sd.value or 0.0, 1)
    return usual, f"{spread} ({interval(words, of.sd.low, of.sd.high, decimals=1)})"
