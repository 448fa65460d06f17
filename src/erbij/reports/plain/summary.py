"""One page for parents: who answered, how many belong, for whom the school has to do more, what now."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from babel.dates import format_date

from erbij.privacy.release import BreakdownCard, Cell, GroupCard, Release
from erbij.reports import figures, phrases, typeset
from erbij.reports.plain import counts
from erbij.reports.plain.page import Page, Part
from erbij.reports.results import Results, is_lower
from erbij.reports.words import PLAIN_LANGUAGES, Words

LEAST = 10
"""Fewest pupils in a group that is named on paper for everyone, also where a policy asks for fewer."""
SPACE = 5
"""Lines to write on."""

Calls = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sender:
    """What only the asker knows: the name of the school, the last day, and whom parents can call.

    `calls` has for each language a name and a number each.
    """

    school: str
    day: dt.date | None = None
    calls: Mapping[str, Calls] | None = None


def tell(release: Release, language: str, sender: Sender) -> Page:
    """Tell a release to parents in one of ten languages.

    Raises
    ------
    ReportError
        As `counts.look_up`; or the language is not one of `words.PLAIN_LANGUAGES`.
    """
    words, found = counts.words_of(language), counts.look_up(release)
    return Page(
        language=language,
        title=words.say("family-title", school=sender.school),
        lead=(*_day(words, sender.day), words.say("family-intro")),
        mark=words.say("made-up") if release.card.source.is_made_up else "",
        unreviewed=counts.unreviewed(words),
        parts=_parts(found, words, sender),
    )


def render(page: Page) -> bytes:
    """One sheet of A4, as PDF/UA-1."""
    return typeset.pdf("summary", asdict(page))


def in_all_languages(release: Release, sender: Sender) -> dict[str, bytes]:
    """The sheet in every language, by the name of its file."""
    return {file_of(name): render(tell(release, name, sender)) for name in PLAIN_LANGUAGES}


def file_of(language: str) -> str:
    """The name of the file in a language.

    >>> file_of("ar")
    'summary-ar.pdf'
    """
    return f"summary-{language}.pdf"


def _day(words: Words, day: dt.date | None) -> tuple[str, ...]:
    # British English: in Europe the day comes first.
    locale = {"en": "en_GB"}.get(words.language, words.language)
    return (words.say("family-day", day=format_date(day, "long", locale=locale)),) if day else ()


def _parts(found: Results, words: Words, sender: Sender) -> tuple[Part, ...]:
    def part(name: str, *sentences: str) -> Part:
        return Part(name, words.say(f"family-{name}-title"), sentences)

    unknown = (words.say(f"family-unknown-{what}") for what in ("why", "child", "rest"))
    plan = words.say("family-plan-title"), (), SPACE, words.say("family-plan-space")
    return (
        part("answered", counts.answered(found, words, "family")),
        part("belong", *counts.belonging(found, words, "family", of=100)),
        part("difference", *_difference(found, words)),
        Part("plan", *plan),
        part("unknown", *unknown),
        part("turn", words.say("family-turn"), *_calls(words, sender)),
    )


def _difference(found: Results, words: Words) -> tuple[str, ...]:
    gaps = tuple(_gaps(found))
    if not gaps:
        return (words.say("family-difference-hidden"),)
    sure = [gap for gap in gaps if is_lower(gap[-1])]
    if not sure:
        return (words.say("family-difference-none"),)
    breakdown, group, gap = min(sure, key=lambda one: one[-1].value or 0.0)
    size = phrases.outwards(words, *sorted((abs(gap.low or 0.0), abs(gap.high or 0.0))))
    told = words.say(
        "family-difference",
        about=_about(words, breakdown),
        group=words.label(group.label, group.id),
        points=words.number(abs(gap.value or 0.0)),
        **size,
    )
    return told, words.say("family-difference-caution")


def _gaps(found: Results) -> Iterator[tuple[BreakdownCard, GroupCard, Cell]]:
    """The gaps with everyone together that are shown, of groups large enough for paper that goes home."""
    for card in found.breakdowns:
        for group in card.groups:
            gap = found.group(card.id, group.id, "gap")
            if gap is not None and (gap.n or 0) >= LEAST and card.id != figures.INTERSECTIONS:
                yield card, group, gap


def _about(words: Words, card: BreakdownCard) -> str:
    """What the question was about: our own instruments have it in all ten languages."""
    is_ours = words.has(f"about-{card.id}")
    return words.say(f"about-{card.id}") if is_ours else words.label(card.label, card.id)


def _calls(words: Words, sender: Sender) -> tuple[str, ...]:
    calls = (sender.calls or {}).get(words.language, ())
    told = tuple(f"{name}: {number}" for name, number in calls)
    return (words.say("family-turn-call") + " " + " · ".join(told),) if told else ()
