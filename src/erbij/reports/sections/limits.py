"""What this cannot tell you."""

from erbij.reports.description import Section
from erbij.reports.results import Results
from erbij.reports.words import Words

ALWAYS = ("cause", "pupil", "ranking", "third", "age", "time")


def tell(results: Results, words: Words) -> Section:
    """The limits, made-up figures first."""
    made_up = ("made-up",) if results.release.card.source.is_made_up else ()
    points = tuple(words.say(f"limits-{limit}") for limit in (*made_up, *ALWAYS))
    return Section("limits", words.say("limits"), lead=(), points=points)
