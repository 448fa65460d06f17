"""The chart grammar: one shape a module, each figure in a wide and a narrow drawing, as SVG.

Here live: where the marks and words of a described figure stand. Not here: words and numbers, which the
figure holds, and colours, which are CSS variables of the page. To add a shape: copy a neighbour, add its
line in `drawing.py`, its name in `description.Shape` and an example in the tests.
"""

from erbij.reports.charts.canvas import COLOURS, LAYOUTS, Layout, Width
from erbij.reports.charts.drawing import SHAPES, draw

__all__ = ["COLOURS", "LAYOUTS", "SHAPES", "Layout", "Width", "draw"]
