"""What has treatment to do with it? The emblem: majority; minority, little; minority, much."""

from erbij.privacy.release import Cell, DiscriminationCard
from erbij.reports import figures
from erbij.reports.description import Figure, Row, Section
from erbij.reports.phrases import directed
from erbij.reports.results import Results, is_lower, is_sure
from erbij.reports.words import Words

BREAKDOWN = "discrimination"
EMBLEM = ("majority", "minority-little", "minority-much")
WITHIN_MAJORITY = ("majority-little", "majority-much")


def tell(results: Results, words: Words) -> Section:
    """The emblem, the same split within the majority, and what may be said of both."""
    measure = results.release.card.discrimination
    heading = words.say("treatment")
    if measure is None:
        return Section("treatment", heading, lead=(words.say("treatment-absent"),))
    named = words.label(measure.label, BREAKDOWN)
    first, *others = _said(results, words, named)
    is_hidden = first == words.say("treatment-hidden")
    return Section(
        id="treatment",
        heading=heading,
        lead=(first,),
        points=tuple(others),
        figures=(
            _figure(results, words, measure, groups=EMBLEM, title="treatment-figure"),
            _figure(results, words, measure, groups=WITHIN_MAJORITY, title="treatment-figure-majority"),
        ),
        sure=(words.say("treatment-sure", line=words.number(measure.line), measure=named),),
        not_told=(words.say("treatment-not-told", measure=named),),
        answer=words.say("treatment-hidden-answer") if is_hidden else "",
    )


def _figure(
    results: Results, words: Words, measure: DiscriminationCard, *, groups: tuple[str, ...], title: str
) -> Figure:
    named = (_row(words, measure, group) for group in groups)
    rows = tuple(figures.with_numbers(results, words, BREAKDOWN, row) for row in named)
    return figures.of_groups(results, words, BREAKDOWN, rows, title=words.say(title))


def _row(words: Words, measure: DiscriminationCard, group: str) -> Row:
    origin, _, amount = group.partition("-")
    named = words.label(measure.label, BREAKDOWN)
    detail = words.say(f"treatment-{amount}", measure=named) if amount else ""
    return Row(group, words.say(f"treatment-{origin}"), detail)


def _said(results: Results, words: Words, named: str) -> tuple[str, ...]:
    """What may be said, the most important first."""
    within_minority = results.group(BREAKDOWN, "minority-much", "difference:minority-little")
    within_majority = results.group(BREAKDOWN, "majority-much", "difference:majority-little")
    origin = results.group(BREAKDOWN, "minority-little", "difference:majority-little")
    if within_minority is None or within_majority is None or origin is None:
        return (words.say("treatment-hidden"),)
    if not is_sure(within_minority):
        return (words.say("treatment-lead-unsure", measure=named),)
    said = [words.say("treatment-lead-minority", measure=named, **directed(words, within_minority))]
    if is_sure(within_majority):
        said.append(words.say("treatment-lead-majority", **directed(words, within_majority)))
    said.append(_origin(words, origin))
    if is_lower(within_minority) and _is_larger(within_minority, origin):
        said.append(words.say("treatment-lead-more"))
    return tuple(said)


def _origin(words: Words, origin: Cell) -> str:
    if is_sure(origin):
        return words.say("treatment-lead-origin", **directed(words, origin))
    return words.say("treatment-lead-origin-unsure")


def _is_larger(treatment: Cell, origin: Cell) -> bool:
    """Whether the smallest likely difference by treatment exceeds the largest likely one by origin."""
    smallest = min(abs(treatment.low or 0.0), abs(treatment.high or 0.0))
    return smallest > max(abs(origin.low or 0.0), abs(origin.high or 0.0))
