"""How many answered and how many belong, as people say it: out of ten or out of a hundred."""

from math import ceil, floor

from erbij.errors import ReportError
from erbij.privacy.release import Cell, Release
from erbij.privacy.telling import AT_MOST
from erbij.reports import results
from erbij.reports.plain.page import Tally
from erbij.reports.results import Results
from erbij.reports.words import PlainWords, Words

MIDDLE = 50.0
"""Only where the line is the middle of the scale does "below" mean: rather no than yes."""


def look_up(release: Release) -> Results:
    """The results of pupils about belonging, told by the middle of the scale.

    Raises
    ------
    ReportError
        Others than pupils answered, or the main scale is not belonging with its line in the middle.
    """
    found = results.look_up(release)
    if release.card.instrument.audience != "pupils":
        raise ReportError("is not about pupils", found=release.card.instrument.audience)
    if (found.main.kind, found.main.high_is_good, found.main.line) != ("belonging", True, MIDDLE):
        raise ReportError(
            "only belonging with its line in the middle can be told plainly", found=found.main.id
        )
    return found


def words_of(language: str) -> Words:
    """The plain words of a language.

    >>> words_of("pl").say("status")
    'machine, not reviewed'
    """
    return PlainWords(language)


def unreviewed(words: Words) -> str:
    """What a page says of words that nobody checked; empty where somebody did."""
    return "" if words.say("status") == "reviewed" else words.say("unreviewed")


def answered(found: Results, words: Words, page: str) -> str:
    """How many answered, of how many where that is known."""
    n, asked = found.everyone("n"), found.everyone("asked")
    if n is None or n.value is None:
        return words.say(f"{page}-answered-hidden")
    told = {"n": words.number(n.value)}
    if asked is None or asked.value is None:
        return words.say(f"{page}-answered-count", **told)
    return words.say(f"{page}-answered", asked=words.number(asked.value), **told)


def belonging(found: Results, words: Words, page: str, *, of: int) -> tuple[str, ...]:
    """How many of `of` pupils feel rather yes than no that they belong, and how sure that is."""
    below = found.everyone("below")
    if below is None or below.value is None:
        return (words.say(f"{page}-belong-hidden"),)
    if below.reason:
        return (_bound(words, page, below, of),)
    low, high = _out_of(of, below.high or 0.0), _out_of(of, below.low or 0.0)
    told = words.say(f"{page}-belong", of=str(of), share=words.number(round(_out_of(of, below.value))))
    return told, words.say(f"{page}-belong-sure", low=words.number(floor(low)), high=words.number(ceil(high)))


def tally(found: Results, words: Words) -> Tally | None:
    """Of ten how many surely belong, perhaps and not; nothing where the share is not told exactly."""
    below = found.everyone("below")
    if below is None or below.value is None or below.reason or below.low is None or below.high is None:
        return None
    sure, most = floor(_out_of(10, below.high)), ceil(_out_of(10, below.low))
    names = (words.say("tally-sure"), words.say("tally-perhaps"), words.say("tally-rest"))
    return Tally((sure, most - sure, 10 - most), names)


def _bound(words: Words, page: str, below: Cell, of: int) -> str:
    """At most so many below is at least so many who belong; rounded so that it stays true."""
    share = _out_of(of, below.value or 0.0)
    is_least = below.reason == AT_MOST
    rounded = floor(share) if is_least else ceil(share)
    ending = "at-least" if is_least else "at-most"
    return words.say(f"{page}-belong-{ending}", of=str(of), share=words.number(rounded))


def _out_of(of: int, below: float) -> float:
    # A millionth is noise of binary fractions, and rounding outwards would make a whole one of it.
    return round((100.0 - below) * of / 100.0, 6)
