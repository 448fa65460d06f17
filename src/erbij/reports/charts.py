"""A described figure becomes an SVG: dots with intervals against the line of everyone, in one house style.

Every figure is drawn twice for a page, wide and narrow, so that no text falls under 12 px on a phone, and
once for paper. Colours are
CSS variables of the page, so that dark and print styles need no second drawing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Literal

import altair as alt
import polars as pl
import vl_convert

from erbij.reports.description import Figure, Row

Width = Literal["wide", "narrow", "paper"]

COLOURS = {
    "#111111": "ink",
    "#222222": "soft",
    "#333333": "grid",
    "#444444": "teal",
    "#555555": "teal-soft",
    "#666666": "amber",
    "#777777": "amber-soft",
}
"""Placeholders in the drawing and the CSS variables that take their place."""
INK, SOFT, GRID, TEAL, TEAL_SOFT, AMBER, AMBER_SOFT = COLOURS


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one drawing, in px. `label_chars`: how many characters of a label fit on a line."""

    width: int
    plot: tuple[int, int]
    text: int
    small: int
    label_chars: int
    row: int
    label_above: bool


LAYOUTS: dict[Width, Layout] = {
    "wide": Layout(600, (228, 536), 15, 13, 29, 52, label_above=False),
    "narrow": Layout(250, (10, 212), 14, 13, 34, 62, label_above=True),
    # Nobody taps on paper: rows stand closer, and a longer label keeps to one line.
    "paper": Layout(640, (290, 576), 15, 13, 38, 30, label_above=False),
}
LINE = 1.25
TOP, BOTTOM, PART = 30, 28, 34
"""Px above the first row, under the last one, and for the heading of a part."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; size in px."""

    size: float
    colour: str = INK
    align: Literal["left", "center", "right"] = "left"
    weight: Literal[400, 600] = 400


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with the height of its dot and the lines of its label."""

    row: Row
    y: float
    lines: tuple[str, ...]
    details: tuple[str, ...]
    part_y: float


@lru_cache(maxsize=64)  # the same release is looked at again and again
def draw(figure: Figure, width: Width) -> str:
    """The SVG of a figure, ready to stand inside a page.

    Returns
    -------
    str
        An `<svg>` with a view box and no size of its own, `role="img"` and the text alternative.
    """
    layout = LAYOUTS[width]
    placed, height = _place(figure, layout)
    layers = [
        *_frame(figure, layout, height),
        *_intervals(placed, figure, layout),
        *_dots(placed, figure, layout),
        *_texts(placed, layout),
    ]
    chart = (
        alt.layer(*layers)
        .properties(width=layout.width, height=height)
        .configure(
            padding=0,
            background="transparent",
            font="sans-serif",
            view=alt.ViewConfig(stroke=None),
            aria=False,
        )
    )
    return _inline(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)), figure)


def _place(figure: Figure, layout: Layout) -> tuple[list[Placed], float]:
    placed, y = [], float(TOP)
    for row in figure.rows:
        part_y = y + 20
        y += PART if row.starts_part else 0
        lines = tuple(wrap(row.label, layout.label_chars))
        details = tuple(wrap(row.detail, layout.label_chars + 4))
        text_height = LINE * (layout.text * len(lines) + layout.small * len(details))
        height = max(layout.row, text_height + (44 if layout.label_above else 16))
        dot = y + height - 14 if layout.label_above else y + height / 2
        placed.append(Placed(row, dot, lines, details, part_y))
        y += height
    return placed, y + BOTTOM


def _frame(figure: Figure, layout: Layout, height: float) -> list[alt.Chart]:
    """Grid, its numbers, and the line of everyone together."""
    low, high = figure.axis.low, figure.axis.high
    ticks = _ticks(low, high)
    bottom = height - BOTTOM
    grid = pl.DataFrame({"x": ticks, "y": [float(TOP)] * len(ticks), "y2": [bottom] * len(ticks)})
    numbers = pl.DataFrame(
        {"x": ticks, "y": [bottom + 18.0] * len(ticks), "text": [_tick(tick) for tick in ticks]}
    )
    drawn = [
        _at(alt.Chart(grid).mark_rule(color=GRID, strokeWidth=1), figure, layout).encode(y2=alt.Y2("y2")),
        _at(_text(numbers, Style(13, SOFT, align="center")), figure, layout),
    ]
    return drawn if figure.everyone is None else [*drawn, *_everyone(figure, layout, bottom)]


def _ticks(low: float, high: float) -> list[float]:
    span = high - low
    step = next((step for widest, step in ((4, 1), (10, 2), (20, 5), (60, 10)) if span <= widest), 20)
    return [float(tick) for tick in range(-100, 101, step) if low <= tick <= high]


def _tick(tick: float) -> str:
    return f"{tick:.0f}".replace("-", "\N{MINUS SIGN}")


def _everyone(figure: Figure, layout: Layout, bottom: float) -> list[alt.Chart]:
    line = pl.DataFrame({"x": [figure.everyone], "y": [TOP - 6.0], "y2": [bottom]})
    rule = alt.Chart(line).mark_rule(color=INK, strokeWidth=1.6, strokeDash=[2, 4])
    label = [(TOP - 14.0, figure.everyone_label)]
    x = _within(figure, layout)
    return [
        _at(rule, figure, layout).encode(y2=alt.Y2("y2")),
        _column(label, x, Style(13, align="center")),
    ]


def _within(figure: Figure, layout: Layout) -> float:
    """Where the label of the line stands so that both its ends stay in the picture."""
    (start, end), axis = layout.plot, figure.axis
    x = start + (end - start) * ((figure.everyone or 0.0) - axis.low) / (axis.high - axis.low)
    half = 3.6 * len(figure.everyone_label)
    return min(max(x, half), layout.width - half)


def _intervals(placed: list[Placed], figure: Figure, layout: Layout) -> list[alt.Chart]:
    """The bands: amber where attention is asked, teal elsewhere."""
    drawn = []
    for is_low, colour in ((False, TEAL_SOFT), (True, AMBER_SOFT)):
        rows = [p for p in placed if p.row.is_low is is_low and p.row.low is not None]
        data = pl.DataFrame(
            {"x": [p.row.low for p in rows], "x2": [p.row.high for p in rows], "y": [p.y for p in rows]},
            schema={"x": pl.Float64, "x2": pl.Float64, "y": pl.Float64},
        )
        bands = alt.Chart(data).mark_rule(color=colour, strokeWidth=7, strokeCap="round")
        drawn.append(_at(bands, figure, layout).encode(x2=alt.X2("x2")))
    return drawn


def _dots(placed: list[Placed], figure: Figure, layout: Layout) -> list[alt.Chart]:
    """The means: a diamond where attention is asked, never colour alone."""
    drawn = []
    for is_low, colour, shape, size in ((False, TEAL, "circle", 240), (True, AMBER, "diamond", 260)):
        rows = [p for p in placed if p.row.is_low is is_low and p.row.value is not None]
        data = pl.DataFrame(
            {"x": [p.row.value for p in rows], "y": [p.y for p in rows]},
            schema={"x": pl.Float64, "y": pl.Float64},
        )
        dots = alt.Chart(data).mark_point(filled=True, opacity=1, color=colour, shape=shape, size=size)
        drawn.append(_at(dots, figure, layout))
    return drawn


def _texts(placed: list[Placed], layout: Layout) -> list[alt.Chart]:
    """Labels at the left or above, values at the right, headings of parts."""
    labels = [line for p in placed for line in _label_lines(p, layout)]
    values = [(p.y + 1, p.row.shown) for p in placed if p.row.value is not None]
    withheld = [(p.y + 1, p.row.shown) for p in placed if p.row.value is None]
    parts = [(p.part_y, p.row.starts_part) for p in placed if p.row.starts_part]
    soft = Style(layout.small, SOFT)
    return [
        _column([(y, text) for y, text, is_detail in labels if not is_detail], 0, Style(layout.text)),
        _column([(y, text) for y, text, is_detail in labels if is_detail], 0, soft),
        _column(values, layout.width, Style(layout.text + 1, align="right", weight=600)),
        _column(withheld, layout.plot[0], soft),
        _column(parts, 0, Style(layout.small, SOFT, weight=600)),
    ]


def _label_lines(placed: Placed, layout: Layout) -> list[tuple[float, str, bool]]:
    """Height, text and whether it is a detail, for each line of a label."""
    sizes = [layout.text] * len(placed.lines) + [layout.small] * len(placed.details)
    total = LINE * sum(sizes)
    y = placed.y - 15 - total if layout.label_above else placed.y - total / 2
    lines = []
    for i, (text, size) in enumerate(zip((*placed.lines, *placed.details), sizes, strict=True)):
        y += LINE * size
        lines.append((y - LINE * size / 2 + 1, text, i >= len(placed.lines)))
    return lines


def _column(lines: list[tuple[float, str]], x: float, style: Style) -> alt.Chart:
    """Texts under each other at a fixed place from the left."""
    data = pl.DataFrame(lines, schema={"y": pl.Float64, "text": pl.String}, orient="row")
    return _text(data, style).encode(x=alt.value(x), y=_Y)


def _text(data: pl.DataFrame, style: Style) -> alt.Chart:
    mark = alt.Chart(data).mark_text(
        align=style.align, baseline="middle", fontSize=style.size, color=style.colour, fontWeight=style.weight
    )
    encoded: alt.Chart = mark.encode(text=alt.Text("text", type="nominal"))
    return encoded


_PX = alt.Scale(domain=[0, 1], range=[0, 1], clamp=False, nice=False, zero=False)
_Y = alt.Y("y", type="quantitative", axis=None, scale=_PX)
"""Heights are px already."""


def _at(chart: alt.Chart, figure: Figure, layout: Layout) -> alt.Chart:
    """Put marks with an x on the axis of the figure."""
    scale = alt.Scale(
        domain=[figure.axis.low, figure.axis.high], range=list(layout.plot), nice=False, zero=False
    )
    return chart.encode(x=alt.X("x", type="quantitative", axis=None, scale=scale), y=_Y)


def _inline(svg: str, figure: Figure) -> str:
    """Take the size, the namespace clutter and the fixed colours off, and name the picture."""
    box = re.search(r'viewBox="([^"]+)"', svg)
    body = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
    # The picture has one name; its parts have none to tell.
    body = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", body)
    for placeholder, name in COLOURS.items():
        body = body.replace(placeholder, f"var(--{name})")
    label = escape(figure.alt, quote=True)
    return f'<svg viewBox="{box[1] if box else ""}" role="img" aria-label="{label}">{body}</svg>'
