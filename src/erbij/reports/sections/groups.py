"""Who belongs less?"""

from collections.abc import Iterator
from dataclasses import replace

from erbij.privacy.release import BreakdownCard, Cell, GroupCard
from erbij.reports import figures
from erbij.reports.description import Figure, Section
from erbij.reports.phrases import directed, size
from erbij.reports.results import Results, is_lower, is_sure
from erbij.reports.words import Words, sentence


def tell(results: Results, words: Words) -> Section:
    """Every group beside everyone together, and the groups for which school now fits less."""
    gaps = tuple(_gaps(results))
    lower = tuple(_gap_sentence(words, *found) for found in gaps if is_lower(found[-1]))
    return Section(
        id="groups",
        heading=words.say("groups"),
        lead=(words.say(_lead(results, is_any_shown=bool(gaps), is_any_lower=bool(lower))),),
        points=lower,
        figures=tuple(_figure(results, words, card) for card in results.breakdowns),
        sure=(words.say("groups-sure", count=len(gaps)),) if gaps else (),
        not_told=(words.say("groups-not-told"),) if results.breakdowns else (),
        answer=_answer(words, tuple(found for found in gaps if is_lower(found[-1]))),
    )


def _answer(words: Words, lower: tuple[tuple[BreakdownCard, GroupCard, Cell], ...]) -> str:
    """All of them in one sentence, in the order of the study; how much lower stands in the points."""
    names = (
        words.say(
            "groups-named",
            breakdown=words.label(card.label, card.id),
            group=words.label(group.label, group.id),
        )
        for card, group, _gap in lower
    )
    return words.say("groups-answer", groups=words.listed(names)) if lower else ""


def _lead(results: Results, *, is_any_shown: bool, is_any_lower: bool) -> str:
    if not results.breakdowns:
        return "groups-absent"
    if not is_any_shown:
        return "groups-lead-hidden"
    return "groups-lead-some" if is_any_lower else "groups-lead-none"


def _gaps(results: Results) -> Iterator[tuple[BreakdownCard, GroupCard, Cell]]:
    """The gaps that are shown."""
    for card in results.breakdowns:
        for group in card.groups:
            gap = results.group(card.id, group.id, "gap")
            if gap is not None:
                yield card, group, gap


def _gap_sentence(words: Words, card: BreakdownCard, group: GroupCard, gap: Cell) -> str:
    breakdown, named = sentence(words.label(card.label, card.id)), words.label(group.label, group.id)
    return words.say("groups-gap", breakdown=breakdown, group=named, **size(words, gap))


def _figure(results: Results, words: Words, card: BreakdownCard) -> Figure:
    rows = figures.group_rows(results, words, card)
    title = sentence(words.label(card.label, card.id))
    figure = figures.of_groups(results, words, card.id, rows, title=title)
    return replace(figure, sentences=tuple(_beside_reference(results, words, card)))


def _beside_reference(results: Results, words: Words, card: BreakdownCard) -> Iterator[str]:
    names = {group.id: sentence(words.label(group.label, group.id)) for group in card.groups}
    if card.reference is None:
        return
    reference = names[card.reference]
    yield words.say("groups-reference", group=reference) + "."
    for group, name in names.items():
        cell = results.group(card.id, group, f"difference:{card.reference}")
        if cell is not None:
            yield _difference(words, name, reference, cell)


def _difference(words: Words, name: str, reference: str, cell: Cell) -> str:
    if not is_sure(cell):
        return words.say("groups-difference-unsure", group=name, reference=reference)
    return words.say("groups-difference", group=name, reference=reference, **directed(words, cell))
