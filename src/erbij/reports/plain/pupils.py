"""The page for pupils: what was heard and what is not known. What happens next, people write themselves.

No group is named: in a class everyone would know who is meant. The youngest count to ten and read less, the
oldest read how a number is known.
"""

from collections.abc import Iterator

from erbij.privacy.release import Cell, Release
from erbij.reports.plain import counts
from erbij.reports.plain.page import Page, Part
from erbij.reports.results import Results, ages_of
from erbij.reports.words import Words

YOUNGEST, OLDEST = 9, 13
"""Up to this age children count to ten; from this age young people also read how a number is known."""


def tell(release: Release, language: str) -> Page:
    """Tell a release to the pupils who answered, in one of ten languages.

    Raises
    ------
    ReportError
        As `counts.look_up`; or the language is not one of `words.PLAIN_LANGUAGES`.
    """
    words, found = counts.words_of(language), counts.look_up(release)
    return Page(
        language=language,
        title=words.say("pupils-title"),
        lead=(words.say("pupils-thanks"),),
        mark=words.say("made-up") if release.card.source.is_made_up else "",
        unreviewed=counts.unreviewed(words),
        parts=tuple(_parts(found, words)),
    )


def _parts(found: Results, words: Words) -> Iterator[Part]:
    lowest, highest = ages_of(found.release)
    is_young = highest <= YOUNGEST
    heard = _heard(found, words, is_young=is_young)
    yield Part("heard", words.say("pupils-heard-title"), heard, tally=counts.tally(found, words))
    unknown = ("who", "why") if is_young else ("who", "why", "rest")
    sentences = tuple(words.say(f"pupils-unknown-{what}") for what in unknown)
    yield Part("unknown", words.say("pupils-unknown-title"), sentences)
    if lowest >= OLDEST:
        few = words.say("old-how-few", few=words.number(found.release.card.policy.threshold))
        sentences = (words.say("old-how-sure"), few, words.say("old-how-cause"))
        yield Part("how", words.say("old-how-title"), sentences)


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


def _heard(found: Results, words: Words, *, is_young: bool) -> tuple[str, ...]:
    belong = counts.belonging(found, words, "young" if is_young else "pupils", of=10 if is_young else 100)
    return (
        counts.answered(found, words, "pupils"),
        *belong,
        *_not_everyone(found, words, is_young=is_young),
        *_best_and_least(found, words),
    )


def _not_everyone(found: Results, words: Words, *, is_young: bool) -> tuple[str, ...]:
    """Only where it is told that some do not."""
    below = found.everyone("below")
    if below is None or below.reason or not below.value:
        return ()
    return (words.say("young-differs") if is_young else words.say("pupils-differs"),)


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
