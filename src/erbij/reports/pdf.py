"""A described report becomes a PDF that reads aloud: the same words, pictures and tables as the page."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import resources
from itertools import groupby

from erbij.reports import charts, typeset
from erbij.reports.description import Figure, Report, Section

Facts = Sequence[tuple[str, str]]
FACE = "Source Sans 3"
SMALL = 6
"""Rows of a picture that needs half of the paper only."""
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
    """A section; small pictures that follow each other stand side by side, in pairs."""
    small = [figure.shape == "dots" and len(figure.rows) <= SMALL for figure in section.figures]
    paired = [place < runs for runs, place in _places_in_runs(small)]
    figures = [_figure(figure, is_half=half) for figure, half in zip(section.figures, paired, strict=True)]
    return {**asdict(section), "figures": figures}


def _places_in_runs(small: Sequence[bool]) -> list[tuple[int, int]]:
    """Of each figure the pairs of its run of small ones, counted in figures, and its place in the run."""
    found: list[tuple[int, int]] = []
    for is_small, run in groupby(small):
        length = len(list(run))
        found += [(length // 2 * 2 if is_small else 0, place) for place in range(length)]
    return found


def _figure(figure: Figure, *, is_half: bool) -> dict[str, object]:
    width: charts.Width = "column" if is_half else "paper"
    svg = "" if figure.is_withheld else on_paper(charts.draw(figure, width))
    return {**asdict(figure), "svg": svg, "is_half": is_half}


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
