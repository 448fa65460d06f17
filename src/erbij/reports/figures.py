"""Cells become figures: rows with words, a shared axis, a text alternative and a table."""

from collections.abc import Sequence
from dataclasses import replace

from erbij.privacy.release import BreakdownCard, Cell, ScaleCard
from erbij.reports.description import Axis, Figure, Row, Table
from erbij.reports.phrases import bound, count, interval, share, share_of
from erbij.reports.results import Results, is_lower
from erbij.reports.words import Words, sentence

WHOLE = Axis(0.0, 100.0)
"""Of a share the whole is drawn, so that a small part looks small."""
INTERSECTIONS = "intersections"
MOST_SPOKEN = 1500
"""Characters: nobody listens to more rows than fit in these; they stand in the table too."""
NARROWEST = 40.0
"""A narrower axis would make a small difference look large."""


def shared_axis(results: Results) -> Axis:
    """One axis for every mean that the report draws: whole tens around the lowest and highest interval."""
    wanted = _drawn(results)
    # Combinations of groups have an axis of their own: the smallest would stretch all others.
    cells = (cell for cell in results.at_top.values() if cell.breakdown != INTERSECTIONS)
    drawn = [cell for cell in cells if cell.measure in wanted]
    low = min((cell.low for cell in drawn if cell.low is not None), default=0.0)
    high = max((cell.high for cell in drawn if cell.high is not None), default=100.0)
    return whole_tens(low, high)


def whole_tens(low: float, high: float) -> Axis:
    """The axis of whole tens around two numbers, from 0 to 100 and at least `NARROWEST` wide."""
    low, high = max(0.0, 10.0 * (low // 10)), min(100.0, 10.0 * -(-high // 10))
    while high - low < NARROWEST:
        low, high = max(low - 10.0, 0.0), min(high + 10.0, 100.0)
    return Axis(low, high)


def _drawn(results: Results) -> set[str]:
    """The main scale, its parts, belonging beside it, and the opportunities."""
    scales = results.release.card.scales
    kinds = ("belonging", "opportunity")
    return {"mean", *(f"mean:{scale.id}" for scale in scales if scale.kind in kinds)}


def of_groups(results: Results, words: Words, breakdown: str, rows: tuple[Row, ...], *, title: str) -> Figure:
    """A figure of groups beside the line of everyone together."""
    figure = of_scales(results, words, rows, title=title, name=breakdown)
    everyone = results.everyone("mean")
    mean = None if everyone is None else everyone.value
    return replace(
        figure,
        subtitle=words.say("chart-subtitle"),
        note=words.say("chart-note"),
        table=_group_table(results, words, breakdown, rows),
        everyone=mean,
        everyone_label="" if mean is None else words.say("everyone-line", mean=words.number(mean)),
    )


def of_scales(results: Results, words: Words, rows: tuple[Row, ...], *, title: str, name: str) -> Figure:
    """A figure of several scales of everyone together."""
    head = (words.say("column-question"), words.say("column-mean"), words.say("column-interval"))
    return Figure(
        id=f"figure-{name}",
        title=title,
        subtitle=words.say("chart-subtitle-scales"),
        rows=rows,
        axis=shared_axis(results),
        note=words.say("chart-note-scales"),
        alt=alt(words, title, rows),
        table=Table(head, tuple((_named(row), *told(words, row)) for row in rows)),
        mark=mark(results, words),
    )


def group_rows(results: Results, words: Words, card: BreakdownCard) -> tuple[Row, ...]:
    """A row for each group of a breakdown, in its own order: never ranked."""
    named = (Row(group.id, sentence(words.label(group.label, group.id))) for group in card.groups)
    return tuple(with_numbers(results, words, card.id, row) for row in named)


def with_numbers(results: Results, words: Words, breakdown: str, row: Row) -> Row:
    """The row of a group with its mean, interval and mark."""
    is_low = is_lower(results.group(breakdown, row.id, "gap"))
    return replace(filled(words, row, results.group(breakdown, row.id, "mean")), is_low=is_low)


def scale_row(results: Results, words: Words, scale: ScaleCard, *, starts_part: str = "") -> Row:
    """The row of one scale of everyone together."""
    named = words.say(scale.id) if scale.part else words.label(scale.label, scale.id)
    cell = results.everyone("mean" if scale == results.main else f"mean:{scale.id}")
    return filled(words, Row(scale.id, sentence(named), starts_part=starts_part), cell)


def filled(words: Words, row: Row, cell: Cell | None) -> Row:
    """The row with the numbers of a cell, or with the words that it is withheld."""
    if cell is None or cell.value is None:
        return replace(row, shown=words.say("not-shown"))
    return replace(row, value=cell.value, low=cell.low, high=cell.high, shown=words.number(cell.value))


def of_shares(results: Results, words: Words, rows: tuple[Row, ...], *, title: str, name: str) -> Figure:
    """A figure of shares, out of all: every row has its value in per cent."""
    head = (words.say("column-question"), words.say("column-share"), words.say("column-interval"))
    body = ((_named(row), row.shown, _share_interval(words, row)) for row in rows)
    return Figure(
        id=f"figure-{name}",
        title=title,
        subtitle="",
        rows=rows,
        axis=WHOLE,
        note="",
        alt=alt(words, title, rows),
        table=Table(head, tuple(body)),
        mark=mark(results, words),
        shape="shares",
    )


def _share_interval(words: Words, row: Row) -> str:
    return "" if row.bound else interval(words, row.low, row.high, decimals=1)


def share_row(words: Words, row: Row, cell: Cell | None, *, decimals: int = 0) -> Row:
    """The row of a share, which may be told as a bound."""
    if cell is None or cell.value is None:
        return replace(row, shown=words.say("not-shown"))
    told = share_of(words, cell) if cell.reason else words.number(cell.value, decimals)
    shown = words.say(f"percent{bound(cell)}", share=told)
    return replace(row, value=cell.value, low=cell.low, high=cell.high, shown=shown, bound=cell.reason or "")


def alt(words: Words, title: str, rows: tuple[Row, ...]) -> str:
    """The text alternative of a chart: each row with its interval."""
    return alt_of(words, title, rows, [_alt_row(words, row) for row in rows])


def alt_of(words: Words, title: str, rows: Sequence[Row], spoken: Sequence[str]) -> str:
    """The text alternative of a chart whose rows are spoken so; of many rows only how far they reach."""
    together = "; ".join(spoken)
    if len(together) <= MOST_SPOKEN:
        return words.say("chart-alt", title=title, rows=together)
    told = sorted((row.value, row.shown) for row in rows if row.value is not None)
    if not told:
        return words.say("chart-alt-withheld", label=title)
    return words.say("chart-alt-many", title=title, count=len(rows), low=told[0][1], high=told[-1][1])


def _alt_row(words: Words, row: Row) -> str:
    if row.value is None:
        return words.say("chart-alt-withheld", label=_named(row))
    then = ", ".join(point.shown for point in row.earlier)
    told = words.say("chart-alt-change", then=then, now=row.shown) if row.earlier else row.shown
    if row.low is None or row.high is None or row.bound:
        return f"{_named(row)} {told}"
    low, high = words.number(row.low), words.number(row.high)
    return words.say("chart-alt-row", label=_named(row), mean=told, low=low, high=high)


def _named(row: Row) -> str:
    return f"{row.label}, {row.detail}" if row.detail else row.label


def told(words: Words, row: Row) -> tuple[str, str]:
    """Mean and interval as the table shows them: one decimal, as released."""
    if row.value is None:
        return words.say("not-shown"), ""
    return words.number(row.value, 1), interval(words, row.low, row.high, decimals=1)


def _group_table(results: Results, words: Words, breakdown: str, rows: tuple[Row, ...]) -> Table:
    heads = ("column-group", "column-pupils", "column-mean", "column-interval", "column-below")
    body = []
    for row in rows:
        n, below = results.group(breakdown, row.id, "n"), results.group(breakdown, row.id, "below")
        body.append((_named(row), count(words, n), *told(words, row), share(words, below)))
    return Table(tuple(words.say(head) for head in heads), tuple(body))


def mark(results: Results, words: Words) -> str:
    """What every picture of made-up answers says of itself."""
    return words.say("made-up") if results.release.card.source.is_made_up else ""
