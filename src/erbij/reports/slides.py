"""A described report becomes slides (.pptx) that a team can change: text as text, tables as tables.

Each slide has a heading, what was found, how sure that is and, where there is one, the picture with its text.
In the notes: what to talk about, and what this does not tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from erbij.errors import ReportError
from erbij.reports import charts, deck, pdf
from erbij.reports.deck import Slide
from erbij.reports.description import Figure, Report, Section, Table

Item = TypeVar("Item")
Questions = Mapping[str, Sequence[str]]
MOST_ROWS, MOST_LINES, MOST_POINTS = 8, 12, 7
"""Of a picture, of a table and of a list: with more on one slide nobody in the back can read it."""


def render(report: Report, sections: Sequence[str] = (), questions: Questions | None = None) -> bytes:
    """Make slides of the sections that somebody picks.

    Parameters
    ----------
    report
        As `report.describe` tells it; a section that is new can be picked by itself.
    sections
        Ids of its sections, in any order: they come in that of the report. Empty: all of them.
    questions
        What a team can talk about, by section; it stands in the notes of the first slide of the section.

    Returns
    -------
    bytes
        A presentation in 16:9, the same for the same report.

    Raises
    ------
    ReportError
        There is no such section.
    """
    return deck.write(report, tuple(describe(report, sections, questions or {})))


def describe(report: Report, sections: Sequence[str], questions: Questions) -> Iterator[Slide]:
    """The slides of these sections, after one with the title."""
    known = [section.id for section in report.sections]
    if unknown := [name for name in sections if name not in known]:
        raise ReportError("there is no such section", found=unknown[0], allowed=known)
    yield Slide(report.title, (report.lead, *_mark(report)), sure=_usual(report))
    for section in report.sections:
        if section.id in sections or not sections:
            yield from _of_section(section, report, tuple(questions.get(section.id, ())))


def _of_section(section: Section, report: Report, questions: tuple[str, ...]) -> Iterator[Slide]:
    sure = " ".join(section.sure) or _usual(report)
    not_told = (report.chrome["not-told"] + ":", *section.not_told) if section.not_told else ()
    notes = (*questions, *not_told)
    for said, points in _in_words(section.lead, section.points):
        yield Slide(section.heading, said, points, sure=sure, notes=notes)
    for figure in section.figures:
        yield from _of_figure(figure, report, sure, notes)
    for title, table in section.tables:
        yield from _of_table(title, table, sure, notes)


def _of_figure(figure: Figure, report: Report, sure: str, notes: tuple[str, ...]) -> Iterator[Slide]:
    if figure.is_withheld:
        words = report.chrome["not-shown"]
        yield Slide(figure.title, (words[:1].upper() + words[1:] + ".",), sure=sure, notes=notes)
        return
    is_beside = len(figure.rows) == len(figure.table.rows)
    said = figure.sentences or (f"{figure.subtitle} · {figure.mark}" if figure.mark else figure.subtitle,)
    tables: Sequence[Table | None] = _in_tables(figure.table, MOST_ROWS, is_beside=True) if is_beside else ()
    parts = _in_parts(figure.rows, max((len(one.rows) for one in tables if one), default=MOST_ROWS))
    tables = tables or [None] * len(parts)
    for rows, table in zip(parts, tables, strict=True):
        drawn = pdf.on_paper(charts.draw(replace(figure, rows=rows), "paper"))
        yield Slide(figure.title, said, (), drawn, figure.alt, table, f"{figure.note} {sure}", notes)
    if not is_beside:
        yield from _of_table(figure.title, figure.table, sure, notes)


def _of_table(title: str, table: Table, sure: str, notes: tuple[str, ...]) -> Iterator[Slide]:
    for part in _in_tables(table, MOST_LINES, is_beside=False):
        yield Slide(title, table=part, sure=sure, notes=notes)


def _in_words(
    sentences: tuple[str, ...], points: tuple[str, ...]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The sentences on the first slide, and points in even parts that each stand on one."""
    for most in range(MOST_POINTS, 0, -1):
        first, *more = _in_parts(points, most) or [()]
        said: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
            (sentences, first),
            *(((), one) for one in more),
        ]
        if all(deck.words_size(*one) for one in said):
            return said
    return [(sentences, ()), *(((), (point,)) for point in points)]


def _in_tables(table: Table, most: int, *, is_beside: bool) -> list[Table]:
    """Parts of about the same size that each stand on a slide; of one row, whatever it takes."""
    while True:
        parts = [replace(table, rows=rows) for rows in _in_parts(table.rows, most)]
        if most == 1 or all(deck.holds(part, is_beside=is_beside) for part in parts):
            return parts
        most -= 1


def _in_parts(items: tuple[Item, ...], most: int) -> list[tuple[Item, ...]]:
    """Parts of about the same size, none with more than `most`."""
    count = -(-len(items) // most)
    size = -(-len(items) // count) if count else 0
    return [items[start : start + size] for start in range(0, len(items), size)] if size else []


def _usual(report: Report) -> str:
    """What holds for every figure, where a section says nothing of its own."""
    told = next((section.lead for section in report.sections if section.id == "certainty"), ())
    return " ".join(told)


def _mark(report: Report) -> tuple[str, ...]:
    return (report.mark,) if report.mark else ()
