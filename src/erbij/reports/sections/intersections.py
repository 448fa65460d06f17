"""Which combinations of groups belong less, and is that more than the sum of its parts?"""

from dataclasses import replace

from erbij.privacy.release import Cell
from erbij.reports import figures
from erbij.reports.description import Axis, Figure, Row, Section
from erbij.reports.phrases import between, directed
from erbij.reports.results import Results, is_sure
from erbij.reports.words import Words, sentence

BREAKDOWN = figures.INTERSECTIONS
JOINED = "+"
VAGUE = 50.0
"""An interval of a share that is wider than so many points says hardly anything."""


def tell(results: Results, words: Words) -> Section:
    """The share between combinations, what adds up, and which combinations stand out beyond that."""
    found = _predicted(results)
    vpc = results.everyone("vpc")
    is_told = bool(found) and vpc is not None
    return Section(
        id="intersections",
        heading=words.say("intersections"),
        lead=_lead(results, words, vpc, len(found))
        if vpc and found
        else (words.say("intersections-hidden"),),
        points=_standing_out(results, words, tuple(found)) if is_told else (),
        figures=(_ladder(results, words, found),) if is_told else (),
        sure=(words.say("intersections-sure"), *_ordered(results, words)) if is_told else (),
        not_told=(words.say("intersections-not-told"),),
    )


def _ordered(results: Results, words: Words) -> tuple[str, ...]:
    """Which breakdowns add up as one straight line, which changes what is beyond adding up."""
    named = ", ".join(
        words.label(card.label, card.id)
        for card in results.breakdowns
        if card.is_ordered and card.id in results.release.card.intersections
    )
    return (words.say("intersections-ordered", breakdowns=named),) if named else ()


def _predicted(results: Results) -> dict[str, Cell]:
    """What is expected of each shown combination, in the order of the groups."""
    return {
        cell.group: cell
        for cell in results.at_top.values()
        if (cell.breakdown, cell.measure, cell.status) == (BREAKDOWN, "predicted", "shown")
    }


def _lead(results: Results, words: Words, vpc: Cell, count: int) -> tuple[str, ...]:
    labels = {card.id: words.label(card.label, card.id) for card in results.breakdowns}
    named = ", ".join(labels[name] for name in results.release.card.intersections)
    told = between(words, vpc, decimals=1)
    if not vpc.low:
        first = words.say("intersections-vpc-none", count=count, breakdowns=named, high=told["high"])
    else:
        share = words.number(vpc.value or 0.0, 1)
        first = words.say("intersections-vpc", count=count, breakdowns=named, share=share, **told)
    return (first, words.say("intersections-usual"), *_added_up(words, results.everyone("pcv")))


def _added_up(words: Words, pcv: Cell | None) -> tuple[str, ...]:
    if pcv is None or pcv.value is None or pcv.low is None or pcv.high is None:
        return ()
    # Below zero only by chance: nothing can add up to less than nothing.
    told = between(words, replace(pcv, low=max(pcv.low, 0.0)))
    if pcv.high - pcv.low > VAGUE:
        said = words.say("intersections-pcv-unsure", **told)
    else:
        said = words.say("intersections-pcv", share=words.number(pcv.value), **told)
    return (said, words.say("intersections-boundary")) if pcv.value >= 100.0 else (said,)


def _standing_out(results: Results, words: Words, groups: tuple[str, ...]) -> tuple[str, ...]:
    rests = ((group, results.group(BREAKDOWN, group, "rest")) for group in groups)
    sure = [(group, rest) for group, rest in rests if rest is not None and is_sure(rest)]
    if not sure:
        return (words.say("intersections-none-stands-out"),)
    return tuple(
        words.say(
            "intersections-stands-out", combination=_name(results, words, group), **directed(words, rest)
        )
        for group, rest in sure
    )


def _name(results: Results, words: Words, combination: str) -> str:
    cards = {card.id: card for card in results.breakdowns}
    chosen = (cards[name] for name in results.release.card.intersections)
    labels = [
        next(words.label(g.label, g.id) for g in card.groups if g.id == group)
        for card, group in zip(chosen, combination.split(JOINED), strict=True)
    ]
    return sentence(", ".join(labels))


def _ladder(results: Results, words: Words, found: dict[str, Cell]) -> Figure:
    rows = tuple(figures.filled(words, _rung(results, words, group), cell) for group, cell in found.items())
    figure = figures.of_scales(
        results, words, rows, title=words.say("intersections-figure"), name="intersections"
    )
    low = min(10.0 * (cell.low // 10) for cell in found.values() if cell.low is not None)
    high = max(10.0 * -(-cell.high // 10) for cell in found.values() if cell.high is not None)
    axis = Axis(max(0.0, min(low, figure.axis.low)), min(100.0, max(high, figure.axis.high)))
    return replace(figure, axis=axis, shape="ladder", note=words.say("intersections-note"))


def _rung(results: Results, words: Words, group: str) -> Row:
    """The row of a combination with what its groups add up to."""
    sum_ = results.group(BREAKDOWN, group, "additive")
    return Row(group, _name(results, words, group), expected=None if sum_ is None else sum_.value)
