"""Why belonging: what research says, its limits first."""

from erbij.reports import claims
from erbij.reports.description import Section
from erbij.reports.results import Results
from erbij.reports.words import Words

LIMITS = ("cause", "cited", "elsewhere")


def tell(_results: Results, words: Words) -> Section:
    """The limits as lead; each claim as a point with its source."""
    return Section(
        id="why",
        heading=words.say("why"),
        lead=tuple(words.say(f"why-limits-{limit}") for limit in LIMITS),
        points=tuple(
            words.say("why-claim", block=heading, claim=claim.text, origin=claim.origin)
            for heading, found in claims.told(words)
            for claim in found
        ),
    )
