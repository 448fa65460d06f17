import re
from dataclasses import replace
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from erbij.reports import charts
from erbij.reports.charts import rows as placing
from erbij.reports.description import Axis, Figure, Point, Row, Shape, Table

LONG = "een heel lange naam van een groep die zeker niet op één regel past, met nog iets erbij"
HIDDEN = "niet getoond, om leerlingen te beschermen"
ROWS = (
    Row("a", "Girls & <b>others</b>", value=61.0, low=55.0, high=66.0, shown="61"),
    Row("b", "Boys", shown=HIDDEN),
    Row("c", LONG, detail=LONG, value=45.0, low=42.0, high=48.0, shown="45", is_low=True, starts_part="Part"),
)
WIDTHS = get_args(charts.Width)
NARROW = Axis(40.0, 80.0)
ON_AXIS = ("dots", "ladder", "shares", "slope")


def figure(rows=ROWS, *, everyone=60.0, shape="dots", axis=NARROW):
    label = "" if everyone is None else f"everyone together {everyone:.0f}"
    return Figure(
        id="figure",
        title="Title",
        subtitle="",
        rows=rows,
        axis=axis,
        note="",
        alt='Title: "a" & <b>',
        table=Table((), ()),
        everyone=everyone,
        everyone_label=label,
        shape=shape,
        waves=("Autumn", "Spring") if shape == "slope" else (),
    )


def of_shape(shape, rows=ROWS):
    """A figure of a shape, with what is its own in every row."""
    was = {"earlier": (Point(50.0, 45.0, 56.0, "50"),)} if shape == "slope" else {}
    sum_ = {"expected": 58.0} if shape == "ladder" else {}
    axis = Axis(0.0, 100.0) if shape in {"shares", "strip"} else Axis(40.0, 80.0)
    if shape == "distribution":
        rows = tuple(
            replace(row, id=ends) for row, ends in zip(rows, ("0-25", "25-50", "50-100"), strict=False)
        )
    return figure(tuple(replace(row, **was, **sum_) for row in rows), shape=shape, axis=axis)


def parsed(drawing):
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def texts(drawing):
    """Every text with its place on the drawing."""
    found = (node for node in parsed(drawing).iter() if node.tag.endswith("text") and node.text)
    return [(node, float(node.get("x")), float(node.get("y"))) for node in found]


def marks(drawing, kind):
    return [node for node in parsed(drawing).iter() if node.get("class") == kind]


def size(node):
    return float(node.get("font-size").removesuffix("px"))


@pytest.mark.parametrize("shape", get_args(Shape))
@pytest.mark.parametrize("width", WIDTHS)
class TestEveryShape:
    def test_is_valid_and_named(self, shape, width):
        root = parsed(charts.draw(of_shape(shape), width))
        assert root.get("role") == "img"
        assert root.get("aria-label") == 'Title: "a" & <b>'
        assert root.get("width") is None
        assert len(root.get("viewBox").split()) == 4

    def test_draws_every_text(self, shape, width):
        words = " ".join(node.text for node, _, _ in texts(charts.draw(of_shape(shape), width)))
        if shape == "distribution":  # it names its parts by where they end, and none is withheld alone
            assert set(words.split()) == {"61", "45", "0", "25", "50", "100"}
            return
        assert "Girls & <b>others</b>" in words
        assert "niet getoond, om leerlingen" in words
        assert {"61", "45"} <= set(words.split())
        assert ("Autumn" in words) is (shape == "slope")

    def test_has_no_text_under_twelve_pixels(self, shape, width):
        assert min(size(node) for node, _, _ in texts(charts.draw(of_shape(shape), width))) >= 12

    def test_keeps_its_text_within_the_drawing(self, shape, width):
        rows = ROWS
        if shape == "strip":  # it has no part that is withheld, and details of a few words
            rows = tuple(replace(row, shown="12%", detail=row.detail[:28]) for row in ROWS)
        drawing = charts.draw(of_shape(shape, rows), width)
        _, _, right, bottom = map(float, parsed(drawing).get("viewBox").split())
        for node, x, y in texts(drawing):
            # Half a letter's height is a fair mean width; labels wrap at that.
            length = 0.5 * size(node) * len(node.text)
            start = x - {"start": 0.0, "middle": length / 2, "end": length}[node.get("text-anchor")]
            assert start >= -2, node.text
            assert start + length <= right + 2, node.text
            assert 0 <= y <= bottom, node.text

    def test_takes_its_colours_from_the_page(self, shape, width):
        drawing = charts.draw(of_shape(shape), width)
        assert not re.search(r'(fill|stroke)="(#|rgb|[a-z]+")(?<!none")', drawing)
        names = set(re.findall(r"var\(--([a-z-]+)\)", drawing))
        assert {"ink", "teal"} <= names <= set(charts.COLOURS)

    def test_of_withheld_rows_only_draws_no_mark(self, shape, width):
        rows = tuple(Row(name, name, shown=HIDDEN) for name in "abc")
        drawn = of_shape(shape, rows).rows if shape == "distribution" else rows
        drawing = charts.draw(figure(drawn, everyone=None, shape=shape), width)
        key = 2 if shape == "slope" else 0
        assert len(marks(drawing, "dot")) == key
        assert not marks(drawing, "band")
        assert all(float(node.get("width")) <= 14 for node in marks(drawing, "block"))  # the squares of a key


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("everyone", [40.0, 60.0, 80.0])
def test_words_of_everyone_stay_within_the_drawing(width, everyone):
    drawing = charts.draw(figure(everyone=everyone), width)
    right = float(parsed(drawing).get("viewBox").split()[2])
    (told,) = (x for node, x, _ in texts(drawing) if node.text.startswith("everyone"))
    half = 0.5 * 13 * len(f"everyone together {everyone:.0f}") / 2
    assert half <= told <= right - half


@pytest.mark.parametrize("shape", ON_AXIS)
def test_a_value_stands_where_it_is(shape):
    drawn = of_shape(shape, (Row("a", "a", value=50.0, low=45.0, high=55.0, shown="50"),))
    start, end = charts.LAYOUTS["wide"].plot
    share = 0.5 if shape == "shares" else 0.25
    drawing = charts.draw(drawn, "wide")
    places = [float(node.get("cx")) for node in marks(drawing, "dot")]
    strokes = (node for node in parsed(drawing).iter() if node.get("stroke-width") == "2.5")
    places += [float(node.get("x1")) for node in strokes if node.get("x1")]
    assert any(x == pytest.approx(start + (end - start) * share) for x in places)


@pytest.mark.parametrize("shape", ["dots", "ladder"])
def test_withheld_row_draws_no_dot_and_no_band(shape):
    drawing = charts.draw(of_shape(shape), "wide")
    assert (len(marks(drawing, "dot")), len(marks(drawing, "band"))) == (2, 2)


def test_attention_is_asked_by_shape_and_not_by_colour_alone():
    rows = (Row("a", "a", value=50.0, low=45.0, high=55.0, shown="50", is_low=flag) for flag in (True, False))
    low, usual = (marks(charts.draw(figure((row,)), "wide"), "dot")[0].tag for row in rows)
    assert (low.split("}")[-1], usual.split("}")[-1]) == ("path", "circle")


class TestSlope:
    def test_then_is_hollow_and_above_now(self):
        (_, _, then, now) = marks(charts.draw(of_shape("slope", ROWS[:1]), "wide"), "dot")
        assert float(then.get("cy")) < float(now.get("cy"))
        assert then.get("fill") == "var(--card)"
        assert now.get("fill") == "var(--teal)"

    def test_no_line_goes_to_an_asking_that_is_withheld(self):
        row = replace(ROWS[0], earlier=(Point(shown=HIDDEN),))
        drawing = charts.draw(figure((row,), shape="slope"), "wide")
        assert not [n for n in parsed(drawing).iter() if n.get("stroke") == "var(--teal)" and n.tag == "line"]
        assert HIDDEN in drawing

    def test_every_asking_has_its_place(self):
        row = replace(ROWS[0], earlier=(Point(50.0, 45.0, 55.0, "50"), Point(52.0, 47.0, 57.0, "52")))
        drawn = replace(figure((row,), shape="slope"), waves=("one", "two", "three"))
        heights = [float(node.get("cy")) for node in marks(charts.draw(drawn, "narrow"), "dot")][3:]
        assert heights == sorted(heights)
        assert len(set(heights)) == 3


class TestShares:
    def blocks(self, row):
        start, end = charts.LAYOUTS["wide"].plot
        drawing = charts.draw(figure((row,), shape="shares", axis=Axis(0.0, 100.0), everyone=None), "wide")
        found = ((node.get("fill"), float(node.get("width"))) for node in marks(drawing, "block"))
        return {fill: round(100 * width / (end - start), 1) for fill, width in found}, drawing

    def test_sure_part_and_unsure_part_are_told_apart(self):
        found, _ = self.blocks(Row("a", "a", value=16.0, low=12.0, high=21.0, shown="16%"))
        assert found == {"var(--wash)": 100.0, "var(--teal)": 12.0, "var(--teal-soft)": 9.0}

    @pytest.mark.parametrize("width", WIDTHS)
    def test_words_of_a_bound_do_not_stand_on_its_bar(self, width):
        row = Row("a", "a", value=15.0, low=0.0, high=30.0, shown="hoogstens 15 %", bound="at-least")
        drawing = charts.draw(figure((row,), shape="shares", axis=Axis(0.0, 100.0), everyone=None), width)
        ends = [float(n.get("x")) + float(n.get("width")) for n in marks(drawing, "block")]
        assert max(ends) <= charts.LAYOUTS[width].width - 0.5 * 15 * len(row.shown)

    @pytest.mark.parametrize(
        ("bound", "expected"),
        [
            ("at-most", {"var(--teal-soft)": 15.0}),
            ("at-least", {"var(--teal)": 15.0, "var(--teal-soft)": 85.0}),
        ],
    )
    def test_bound_has_no_stroke_of_a_value(self, bound, expected):
        found, drawing = self.blocks(Row("a", "a", value=15.0, low=0.0, high=30.0, shown="15%", bound=bound))
        assert found == {"var(--wash)": 100.0, **expected}
        assert 'stroke-width="2.5"' not in drawing


def test_parts_of_a_strip_fill_it_in_order():
    parts = zip(("schools", "classes", "pupils"), (8.6, 1.0, 90.4), strict=True)
    rows = tuple(Row(name, name, value=value, shown=f"{value}%") for name, value in parts)
    drawing = charts.draw(figure(rows, shape="strip", axis=Axis(0.0, 100.0)), "narrow")
    bars = [node for node in marks(drawing, "block") if node.get("height") == "40"]
    assert [float(node.get("width")) for node in bars] == pytest.approx([21.5, 2.5, 226.0])
    assert [float(node.get("x")) for node in bars] == pytest.approx([0.0, 21.5, 24.0])


def test_sum_of_a_rung_stands_behind_its_dot():
    drawing = charts.draw(of_shape("ladder", ROWS[:1]), "wide")
    stroke, dot = drawing.index('stroke-width="2.5"'), drawing.index('class="dot"')
    assert stroke < dot


@pytest.mark.parametrize(
    ("axis", "told"),
    [
        (Axis(0.0, 100.0), "0 20 40 60 80 100"),
        (Axis(40.0, 80.0), "40 50 60 70 80"),
        (Axis(-2.0, 2.0), "\N{MINUS SIGN}2 \N{MINUS SIGN}1 0 1 2"),
    ],
)
def test_axis_goes_by_steps_that_suit_its_width(axis, told):
    drawn = figure(axis=axis)
    numbers = re.findall(r">([^<]+)</text>", "".join(placing.grid(drawn, charts.LAYOUTS["wide"], 100.0)))
    assert numbers == told.split()


def test_the_area_of_a_column_is_its_share():
    rows = (
        Row("0-50", "0 to 50", value=20.0, low=15.0, high=26.0, shown="20"),
        Row("50-75", "50 to 75", value=30.0, low=24.0, high=37.0, shown="30"),
        Row("75-100", "75 to 100", value=50.0, low=43.0, high=57.0, shown="50"),
    )
    columns = marks(charts.draw(figure(rows, shape="distribution"), "wide"), "block")
    width, height = ([float(node.get(side)) for node in columns] for side in ("width", "height"))
    # Two px of each side are left open between columns.
    areas = [(w + 4) * h for w, h in zip(width, height, strict=True)]
    assert [area / sum(areas) for area in areas] == pytest.approx([0.2, 0.3, 0.5], abs=1e-4)
