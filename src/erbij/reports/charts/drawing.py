"""A described figure becomes an SVG, in the shape that it asks for."""

from collections.abc import Callable
from functools import lru_cache

from erbij.reports.charts import canvas, distribution, dots, ladder, shares, slope, strip
from erbij.reports.charts.canvas import LAYOUTS, Layout, Width
from erbij.reports.description import Figure, Shape

SHAPES: dict[Shape, Callable[[Figure, Layout], tuple[list[str], float]]] = {
    "distribution": distribution.drawn,
    "dots": dots.drawn,
    "ladder": ladder.drawn,
    "shares": shares.drawn,
    "slope": slope.drawn,
    "strip": strip.drawn,
}


@lru_cache(maxsize=256)  # the page and the paper take the same drawing
def draw(figure: Figure, width: Width) -> str:
    """The SVG of a figure, ready to stand inside a page.

    Returns
    -------
    str
        An `<svg>` with a view box and no size of its own, `role="img"` and the text alternative.
    """
    layout = LAYOUTS[width]
    parts, height = SHAPES[figure.shape](figure, layout)
    return canvas.svg(layout.width, height, parts, figure.alt)
