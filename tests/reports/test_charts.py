import re
from xml.etree import ElementTree as ET

import pytest

from erbij.reports import charts
from erbij.reports.description import Axis, Figure, Row, Table

LONG = "een heel lange naam van een groep die zeker niet op één regel past, met nog iets erbij"
ROWS = (
    Row("a", "Girls & <b>others</b>", value=61.0, low=55.0, high=66.0, shown="61"),
    Row("b", "Boys", shown="not shown, to protect pupils"),
    Row("c", LONG, detail=LONG, value=45.0, low=42.0, high=48.0, shown="45", is_low=True, starts_part="Part"),
)
WIDTHS = ("wide", "narrow")


def figure(rows=ROWS, *, everyone=60.0):
    label = "" if everyone is None else f"everyone together {everyone:.0f}"
    return Figure(
        id="figure",
        title="Title",
        subtitle="",
        rows=rows,
        axis=Axis(40.0, 80.0),
        note="",
        alt='Title: "a" & <b>',
        table=Table((), ()),
        everyone=everyone,
        everyone_label=label,
    )


def parsed(drawing):
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def texts(drawing):
    """Every text with its place on the drawing, its size and its width, roughly."""

    def walk(node, x, y):
        moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if node.tag.endswith("text") and node.text:
            yield node, x, y
        for child in node:
            yield from walk(child, x, y)

    return list(walk(parsed(drawing), 0.0, 0.0))


def size(node):
    return float(node.get("font-size").removesuffix("px"))


@pytest.mark.parametrize("width", WIDTHS)
def test_drawing_is_valid_and_named(width):
    root = parsed(charts.draw(figure(), width))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Title: "a" & <b>'
    assert root.get("width") is None
    assert len(root.get("viewBox").split()) == 4


@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_is_drawn(width):
    words = " ".join(node.text for node, _, _ in texts(charts.draw(figure(), width)))
    assert "Girls & <b>others</b>" in words
    assert "not shown, to protect pupils" in words
    assert "everyone together 60" in words
    assert "Part" in words
    assert {"40", "50", "60", "70", "80"} <= set(words.split())


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_smaller_than_twelve_pixels(width):
    assert min(size(node) for node, _, _ in texts(charts.draw(figure(), width))) >= 12


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("everyone", [40.0, 60.0, 80.0])
def test_no_text_leaves_the_drawing(width, everyone):
    drawing = charts.draw(figure(everyone=everyone), width)
    _, _, right, bottom = map(float, parsed(drawing).get("viewBox").split())
    for node, x, y in texts(drawing):
        # Half a letter's height is a fair mean width; labels wrap at that.
        length = 0.5 * size(node) * len(node.text)
        start = x - {"start": 0.0, "middle": length / 2, "end": length}[node.get("text-anchor")]
        assert start >= -2, node.text
        assert start + length <= right + 2, node.text
        assert 0 <= y <= bottom, node.text


@pytest.mark.parametrize("width", WIDTHS)
def test_withheld_row_draws_no_dot_and_no_band(width):
    root = parsed(charts.draw(figure(), width))
    marks = [n for g in root.iter() if "mark-symbol" in g.get("class", "") for n in g]
    assert len(marks) == 2
    bands = [n for n in root.iter() if n.get("stroke-linecap") == "round"]
    assert len(bands) == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_drawing_of_withheld_rows_only_has_no_marks(width):
    rows = tuple(Row(name, name, shown="not shown") for name in "abc")
    root = parsed(charts.draw(figure(rows, everyone=None), width))
    assert not [n for g in root.iter() if "mark-symbol" in g.get("class", "") for n in g]


def test_attention_is_asked_by_shape_and_not_by_colour_alone():
    rows = (Row("a", "a", value=50.0, low=45.0, high=55.0, shown="50", is_low=flag) for flag in (True, False))
    low, usual = (charts.draw(figure((row,)), "wide") for row in rows)
    path = r'mark-symbol[^>]*>\s*<path[^>]* d="([^"]+)"'
    assert re.search(path, low)[1] != re.search(path, usual)[1]


def test_dot_stands_where_its_value_is():
    root = parsed(charts.draw(figure((Row("a", "a", value=50.0, low=45.0, high=55.0, shown="50"),)), "wide"))
    (mark,) = (n for g in root.iter() if "mark-symbol" in g.get("class", "") for n in g)
    start, end = charts.LAYOUTS["wide"].plot
    x = float(re.match(r"translate\(([-\d.]+)", mark.get("transform"))[1])
    assert x == pytest.approx(start + (end - start) / 4)


@pytest.mark.parametrize("width", WIDTHS)
def test_colours_are_those_of_the_page(width):
    drawing = charts.draw(figure(), width)
    assert not re.search(r'(fill|stroke)="#', drawing)
    names = set(re.findall(r"var\(--([a-z-]+)\)", drawing))
    assert {"ink", "soft", "grid", "teal", "amber"} <= names <= set(charts.COLOURS.values())
