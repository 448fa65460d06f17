"""A report, described: frozen words and numbers that any renderer can draw. Nothing here draws."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["distribution", "dots", "ladder", "shares", "slope", "strip"]
"""How a figure is drawn: see `erbij.reports.charts`."""


@dataclass(frozen=True, slots=True)
class Point:
    """A number of an earlier asking, as a row of a slope has it; absent where it is withheld."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart. Numbers are absent where the cell is withheld.

    `id` is the group or scale; `starts_part` is a heading above the line, if it opens a part;
    `is_low`: the whole interval of the gap with everyone together lies below zero; `bound`: how a share is
    told that is no value, `at-most` or `at-least`; `expected`: what a combination adds up to; `earlier`: the
    row at each earlier asking, the oldest first.
    """

    id: str
    label: str
    detail: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    shown: str = ""
    is_low: bool = False
    starts_part: str = ""
    bound: str = ""
    expected: float | None = None
    earlier: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis that charts of one report share."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names, the others are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words, its text alternative and its table.

    `waves`: the names of the askings of a slope, now last.
    """

    id: str
    title: str
    subtitle: str
    rows: tuple[Row, ...]
    axis: Axis
    note: str
    alt: str
    table: Table
    everyone: float | None = None
    everyone_label: str = ""
    mark: str = ""
    sentences: tuple[str, ...] = ()
    shape: Shape = "dots"
    waves: tuple[str, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether there is nothing to draw."""
        return all(row.value is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the report: what was found, how sure, and what it does not tell.

    `answer` says it in one sentence where that is not the first of `lead`.
    """

    id: str
    heading: str
    lead: tuple[str, ...]
    points: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[tuple[str, Table], ...] = ()
    sure: tuple[str, ...] = ()
    not_told: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report in one language. `mark` is what every page and picture says of made-up figures."""

    language: str
    title: str
    lead: str
    mark: str
    sections: tuple[Section, ...]
    provenance: tuple[tuple[str, str], ...]
    chrome: dict[str, str]
