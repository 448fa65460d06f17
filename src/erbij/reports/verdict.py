"""What an attack on releases could and could not work out, in words."""

from collections.abc import Sequence

from erbij.privacy.outsider import Fall, Verdict
from erbij.privacy.release import Release
from erbij.reports.words import Words


def tell(verdict: Verdict, releases: Sequence[Release], words: Words) -> tuple[str, ...]:
    """What was tried, what fell or that all stands, and what was not tried: a sentence each."""
    counts = {name: getattr(verdict, name) for name in ("releases", "hidden", "pairs", "pupils")}
    tried = words.say("audit-tried-inside" if verdict.pupils else "audit-tried", **counts)
    said = [_fall(words, fall, releases) for fall in verdict.falls] or [words.say("audit-stands")]
    return (tried, *said, words.say("audit-not-tried"))


def _fall(words: Words, fall: Fall, releases: Sequence[Release]) -> str:
    labels = {
        (card.id, group.id): (words.label(card.label, card.id), words.label(group.label, group.id))
        for release in releases
        for card in release.card.breakdowns
        for group in card.groups
    }
    breakdown, group = labels.get((fall.breakdown, fall.group), (fall.breakdown, fall.group))
    return words.say(f"audit-{fall.kind}", unit=fall.unit, breakdown=breakdown, group=group, count=fall.count)
