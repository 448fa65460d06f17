"""A described report becomes one self-contained HTML page: no request leaves it, and it prints well."""

from base64 import b64encode
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from erbij.reports import charts
from erbij.reports.description import Figure, Report

FACES = (
    ("Source Serif 4", 400, "source-serif-4"),
    ("Source Serif 4", 600, "source-serif-4"),
    ("Source Sans 3", 400, "source-sans-3"),
    ("Source Sans 3", 600, "source-sans-3"),
)
"""The faces that `make` puts in `fonts/`; without them a page falls back on the reader's own."""


def render(report: Report) -> str:
    """The page as text."""
    template = _environment().get_template("report.html")
    return template.render(report=report, style=Markup(_style()), draw=_draw, chrome=report.chrome)  # noqa: S704


def _draw(figure: Figure, width: charts.Width) -> Markup:
    return Markup(charts.draw(figure, width))  # noqa: S704 (charts escapes its own text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("erbij.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    look = resources.files("erbij.reports").joinpath("look.css").read_text("utf-8")
    return "\n".join((*(_face(*face) for face in FACES), look))


def _face(family: str, weight: int, file: str) -> str:
    font = resources.files("erbij.reports").joinpath("fonts", f"{file}-latin-{weight}-normal.woff2")
    if not font.is_file():
        return ""
    data = b64encode(font.read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )
