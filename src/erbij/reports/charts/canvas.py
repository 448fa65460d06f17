"""Marks and words at a place in px: the few pieces of SVG of which every chart is made.

Colours are CSS variables of the page, so that dark and print styles need no second drawing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

Width = Literal["wide", "narrow", "paper", "column"]

COLOURS = ("ink", "soft", "grid", "wash", "card", "teal", "teal-soft", "amber", "amber-soft")
"""The colours of the look; of attention there is one, and never by colour alone."""
INK, SOFT, GRID, WASH, CARD, TEAL, TEAL_SOFT, AMBER, AMBER_SOFT = (f"var(--{name})" for name in COLOURS)

Align = Literal["start", "middle", "end"]


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
    "column": Layout(420, (168, 360), 15, 13, 22, 30, label_above=False),
}
LINE = 1.25
"""Height of a line of words, in letters."""
MIDDLE = 0.36
"""How far under the middle of a line its letters stand, in letters."""


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set; size in px."""

    size: float
    colour: str = INK
    align: Align = "start"
    weight: Literal[400, 600] = 400


def words(x: float, y: float, text: str, style: Style) -> str:
    """One line of words with its middle at y."""
    return (
        f'<text x="{_px(x)}" y="{_px(y + MIDDLE * style.size)}" text-anchor="{style.align}" '
        f'font-family="sans-serif" font-size="{_px(style.size)}px" font-weight="{style.weight}" '
        f'fill="{style.colour}">{escape(text)}</text>'
    )


def line(
    start: tuple[float, float], end: tuple[float, float], colour: str, *, width: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{_px(start[0])}" y1="{_px(start[1])}" x2="{_px(end[0])}" y2="{_px(end[1])}" '
        f'stroke="{colour}" stroke-width="{_px(width)}"{dashed}/>'
    )


def band(ends: tuple[float, float], y: float, colour: str) -> str:
    """The interval: a thick line with round ends."""
    return (
        f'<line class="band" x1="{_px(ends[0])}" y1="{_px(y)}" x2="{_px(ends[1])}" y2="{_px(y)}" '
        f'stroke="{colour}" stroke-width="7" stroke-linecap="round"/>'
    )


def dot(x: float, y: float, *, is_low: bool = False, is_hollow: bool = False, radius: float = 8.5) -> str:
    """The value: a circle; a diamond where attention is asked, never colour alone; hollow for what was."""
    colour = AMBER if is_low else TEAL
    paint = f'fill="{CARD}" stroke="{colour}" stroke-width="2.5"' if is_hollow else f'fill="{colour}"'
    if is_low:
        d = radius * 1.33
        path = f"M{_px(x)} {_px(y - d)}L{_px(x + d)} {_px(y)}L{_px(x)} {_px(y + d)}L{_px(x - d)} {_px(y)}Z"
        return f'<path class="dot" d="{path}" {paint}/>'
    return f'<circle class="dot" cx="{_px(x)}" cy="{_px(y)}" r="{_px(radius)}" {paint}/>'


def block(x: tuple[float, float], y: float, height: float, colour: str, *, edge: str = "none") -> str:
    """A part of a bar, from x to x, with its middle at y; nothing where it has no width."""
    if x[1] - x[0] <= 0:
        return ""
    return (
        f'<rect class="block" x="{_px(x[0])}" y="{_px(y - height / 2)}" width="{_px(x[1] - x[0])}" '
        f'height="{_px(height)}" fill="{colour}" stroke="{edge}"/>'
    )


def svg(width: float, height: float, parts: Iterable[str], alt: str) -> str:
    """The drawing: a view box and no size of its own, so that it fills its place."""
    label = escape(alt, quote=True)
    box = f"0 0 {_px(width)} {_px(height)}"
    return f'<svg viewBox="{box}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def _px(number: float) -> str:
    """A number of px, to a hundredth.

    >>> _px(12.0), _px(3.14159)
    ('12', '3.14')
    """
    return f"{number:.2f}".rstrip("0").rstrip(".")
