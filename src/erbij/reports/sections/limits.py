"""What this cannot tell you."""

from erbij.reports.description import Section
from erbij.reports.results import Results
from erbij.reports.words import Words

ALWAYS = ("cause", "pupil", "ranking", "third", "age", "time")
OF_ADULTS = {
    "parents": ("cause", "pupil", "twice", "reached", "time"),
    "staff": ("cause", "pupil", "twice", "seen", "time"),
}
"""Parents and staff answer by an open link; what is said of classes, ages and PISA is of pupils."""


def tell(results: Results, words: Words) -> Section:
    """The limits, made-up figures first."""
    made_up = ("made-up",) if results.release.card.source.is_made_up else ()
    limits = OF_ADULTS.get(words.audience, ALWAYS)
    # With an earlier release it is no longer one moment, and why it changed takes its place.
    asked = {"time": "change-limit"} if results.before else {}
    points = tuple(words.say(asked.get(limit, f"limits-{limit}")) for limit in (*made_up, *limits))
    return Section("limits", words.say("limits"), lead=(), points=points)
