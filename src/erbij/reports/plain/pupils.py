"""The page for pupils: what was heard and what is not known. What happens next, people write themselves.

No group is named: in a class everyone would know who is meant.
"""

from erbij.privacy.release import Cell, Release
from erbij.reports.plain import counts
from erbij.reports.plain.page import Page, Part
from erbij.reports.results import Results
from erbij.reports.words import Words

YOUNGEST = "8-9"
"""Ages of an instrument whose readers count to ten; the others to a hundred."""


def tell(release: Release, language: str) -> Page:
    """Tell a release to the pupils who answered, in one of ten languages.

    Raises
    ------
    ReportError
        As `counts.look_up`; or the language is not one of `words.PLAIN_LANGUAGES`.
    """
    words, found = counts.words_of(language), counts.look_up(release)
    unknown = tuple(words.say(f"pupils-unknown-{what}") for what in ("who", "why", "rest"))
    return Page(
        language=language,
        title=words.say("pupils-title"),
        lead=(words.say("pupils-thanks"),),
        mark=words.say("made-up") if release.card.source.is_made_up else "",
        unreviewed=counts.unreviewed(words),
        parts=(
            Part("heard", words.say("pupils-heard-title"), _heard(found, words)),
            Part("unknown", words.say("pupils-unknown-title"), unknown),
        ),
    )


def around(language: str) -> dict[str, str]:
    """The words that stand around what people wrote: what happens next, and whom to talk to."""
    words = counts.words_of(language)
    return {
        "title": words.say("pupils-title"),
        "gone": words.say("pupils-gone"),
        "next_title": words.say("pupils-next-title"),
        "talk_title": words.say("pupils-talk-title"),
        "talk": words.say("pupils-talk"),
        "talk_call": words.say("pupils-talk-call"),
    }


def _heard(found: Results, words: Words) -> tuple[str, ...]:
    of = 10 if found.release.card.instrument.ages == YOUNGEST else 100
    belong = counts.belonging(found, words, "pupils", of=of)
    return (
        counts.answered(found, words, "pupils"),
        *belong,
        *_not_everyone(found, words),
        *_best_and_least(found, words),
    )


def _not_everyone(found: Results, words: Words) -> tuple[str, ...]:
    """Only where it is told that some do not."""
    below = found.everyone("below")
    is_told = below is not None and not below.reason and bool(below.value)
    return (words.say("pupils-differs"),) if is_told else ()


def _best_and_least(found: Results, words: Words) -> tuple[str, ...]:
    """With whom it goes best and least well, where the two ranges do not touch."""
    told = [
        (cell, words.say(f"pupils-place-{scale.id}"))
        for scale in found.scales(part="source")
        if words.has(f"pupils-place-{scale.id}")
        and (cell := found.everyone(f"mean:{scale.id}")) is not None
        and cell.value is not None
    ]
    ranked = sorted(told, key=lambda one: one[0].value or 0.0)
    if len(ranked) < 2:
        return ()
    # Two that share the first or the last place are not told apart.
    best = words.say("pupils-best", place=ranked[-1][1]) if _is_apart(ranked[-2], ranked[-1]) else ""
    least = words.say("pupils-least", place=ranked[0][1]) if _is_apart(ranked[0], ranked[1]) else ""
    return tuple(sentence for sentence in (best, least) if sentence)


def _is_apart(lower: tuple[Cell, str], higher: tuple[Cell, str]) -> bool:
    below, above = lower[0].high, higher[0].low
    return below is not None and above is not None and below < above
