"""A described report becomes a PDF that reads aloud: the same words, pictures and tables as the page."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import resources

from erbij.reports import charts, typeset
from erbij.reports.description import Figure, Report, Section

Facts = Sequence[tuple[str, str]]
FACE = "Source Sans 3"
HALO = 'paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round"'
"""As look.css does: a line that passes behind a text does not cross it."""


def render(report: Report, facts: Facts = ()) -> bytes:
    """Set a report on paper.

    Parameters
    ----------
    report
        As `report.describe` tells it; a section that is new appears by itself.
    facts
        What only the asker knows, such as the name of the school and the day of closing: a label and a
        text each. They stand on the first page.

    Returns
    -------
    bytes
        A PDF/UA-1 of A4 pages, the same for the same report.

    Raises
    ------
    ReportError
        It can't be set.
    """
    opening = report.sections[0].lead if report.sections else ()
    return typeset.pdf(
        "report",
        {
            "language": report.language,
            "title": report.title,
            "lead": report.lead,
            "mark": report.mark,
            "opening": opening,
            "facts": list(facts),
            "sections": [_section(section) for section in report.sections],
            "provenance": report.provenance,
            "words": {name.replace("-", "_"): words for name, words in report.chrome.items()},
        },
    )


def _section(section: Section) -> dict[str, object]:
    return {**asdict(section), "figures": [_figure(figure) for figure in section.figures]}


def _figure(figure: Figure) -> dict[str, object]:
    svg = "" if figure.is_withheld else on_paper(charts.draw(figure, "paper"))
    return {**asdict(figure), "svg": svg}


def on_paper(svg: str) -> str:
    """A drawing of `charts` as a file of its own, in light colours and in our letters."""
    own = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    lettered = own.replace("<text ", f"<text {HALO} ").replace("sans-serif", FACE)
    return re.sub(r"var\(--([a-z-]+)\)", lambda found: _light()[found[1]], lettered)


@cache
def _light() -> dict[str, str]:
    """The colours of the page by day, by their names in look.css."""
    look = resources.files("erbij.reports").joinpath("look.css").read_text("utf-8")
    by_day = look[look.index(":root") : look.index("}")]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", by_day))
