"""What do pupils say about the five opportunities? What the school affords, and not what a pupil lacks."""

from math import ceil, floor

from erbij.reports import figures
from erbij.reports.description import Section
from erbij.reports.results import Results
from erbij.reports.words import Words


def were_asked(results: Results) -> bool:
    """Whether there is any scale of an opportunity; a study of belonging alone has none."""
    return bool(results.scales(kind="opportunity"))


def tell(results: Results, words: Words) -> Section:
    """The five beside each other in their own order: other questions, so that they are not ranked."""
    scales = results.scales(kind="opportunity")
    rows = tuple(figures.scale_row(results, words, scale) for scale in scales)
    title = words.say("opportunities-figure")
    told = [row for row in rows if row.value is not None]
    low = min((row.low for row in told if row.low is not None), default=0.0)
    high = max((row.high for row in told if row.high is not None), default=100.0)
    span = {"low": words.number(floor(low)), "high": words.number(ceil(high))}
    return Section(
        id="opportunities",
        heading=words.say("page-opportunities"),
        lead=(words.say("opportunities-lead" if told else "opportunities-hidden", **span),),
        figures=(figures.of_scales(results, words, rows, title=title, name="opportunities"),),
        sure=(words.say("opportunities-sure"),) if told else (),
        not_told=(words.say("opportunities-not-told"),),
    )
