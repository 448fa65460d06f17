"""Described slides become a presentation that can be changed. No clock: the same slides, the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from erbij.reports import slide_room, typeset
from erbij.reports.description import Report, Table
from erbij.reports.slide_room import Layout

EPOCH = (1980, 1, 1, 0, 0, 0)
WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
TITLE, TOP, BOTTOM = Inches(0.9), Inches(1.55), Inches(6.15)
UNDER_WORDS, BESIDE = Inches(0.75), Inches(7.75)
"""Under a line of words, and beside a picture."""
INDENT = 40.0
"""Points that bullets and margins of a box take."""
_colour: Any = RGBColor.from_string
INK, SOFT, WASH, TEAL, WHITE = map(_colour, ("1D2B33", "56656D", "F3EEE5", "0F5C63", "FFFFFF"))
HEADINGS = "Georgia"
WITH_CONTENT, TITLE_ONLY = 1, 5
"""Layouts of the presentation that the library starts with."""
LANGUAGES = {"nl": MSO_LANGUAGE_ID.DUTCH, "en": MSO_LANGUAGE_ID.ENGLISH_UK, "fr": MSO_LANGUAGE_ID.FRENCH}
SHARP = 200
"""Dots in an inch of a drawing: it stands on a wall."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide, described. `picture` is SVG as text; `alt` says what is on it."""

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    picture: str = ""
    alt: str = ""
    table: Table | None = None
    sure: str = ""
    notes: tuple[str, ...] = ()


def write(report: Report, slides: Iterable[Slide]) -> bytes:
    """A presentation in 16:9.

    Parameters
    ----------
    report
        Its title and language.
    slides
        In their order.
    """
    made = Presentation()
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    about = made.core_properties
    about.title, about.author, about.language = report.title, "Erbij", report.language
    for each in slides:
        _slide(made, each, report)
    file = io.BytesIO()
    made.save(file)
    return _without_clock(file.getvalue())


def _slide(made: Any, each: Slide, report: Report) -> None:
    has_words = bool(each.sentences or each.points)
    slide = made.slides.add_slide(made.slide_layouts[WITH_CONTENT if has_words else TITLE_ONLY])
    _heading(slide.shapes.title, each.heading)
    top: int = TOP
    if has_words:
        is_alone = not each.picture and each.table is None
        height = BOTTOM - TOP if is_alone else UNDER_WORDS
        _words(slide.placeholders[1], each.sentences, each.points, height=height, is_alone=is_alone)
        top = TOP if is_alone else TOP + height
    if each.picture:
        _picture(slide, each.picture, each.alt, top)
    if each.table is not None:
        _table(slide, each.table, top, is_beside=bool(each.picture))
    if each.sure:
        _sure(slide, report.chrome["how-sure"], each.sure)
    _foot(slide, report)
    slide.notes_slide.notes_text_frame.text = "\n".join(each.notes)
    _in_language(slide, report.language)


def _heading(shape: Any, words: str) -> None:
    shape.left, shape.top, shape.width, shape.height = EDGE, Inches(0.45), WIDTH - 2 * EDGE, TITLE
    shape.text_frame.word_wrap = True
    shape.text_frame.text = words
    for paragraph in shape.text_frame.paragraphs:
        _aligned_left(paragraph)
        _set(paragraph, 30 if len(words) < 70 else 24, INK, is_bold=True, font=HEADINGS)


def _words(
    shape: Any, sentences: Sequence[str], points: Sequence[str], *, height: int, is_alone: bool
) -> None:
    shape.left, shape.top, shape.width, shape.height = EDGE, TOP, WIDTH - 2 * EDGE, height
    frame = shape.text_frame
    frame.word_wrap = True
    size = (words_size(sentences, points) or slide_room.SIZES[-1]) if is_alone else 14
    for place, words in enumerate((*sentences, *points)):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = words
        paragraph.space_after = Pt(8)
        if place < len(sentences):
            _without_bullet(paragraph)
            _set(paragraph, size, INK, font=HEADINGS if is_alone else None)
        else:
            _set(paragraph, size - 2, INK)


def words_size(sentences: Sequence[str], points: Sequence[str]) -> int | None:
    """With which letters words fill a slide that has nothing else; None where they are too many."""
    width, height = Emu(WIDTH - 2 * EDGE).pt - INDENT, Emu(BOTTOM - TOP).pt
    return slide_room.size_for(sentences, points, width=width, height=height)


def holds(table: Table, *, is_beside: bool) -> bool:
    """Whether a table stands on a slide, under words and beside a picture or alone."""
    return _layout_of(table, is_beside=is_beside) is not None


def _layout_of(table: Table, *, is_beside: bool) -> Layout | None:
    room = Emu(BOTTOM - TOP - (UNDER_WORDS if is_beside else 0)).pt
    found = slide_room.layout(table, Emu(WIDTH - EDGE - (BESIDE if is_beside else EDGE)).pt)
    return next((one for one in found if sum(one.rows) <= room), None)


def _picture(slide: Any, svg: str, alt: str, top: int) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(typeset.png(svg, dots=SHARP)), EDGE, top)
    share = min(Inches(6.9) / picture.width, (BOTTOM - top - Inches(0.1)) / picture.height)
    picture.width, picture.height = int(picture.width * share), int(picture.height * share)
    about = picture._element.nvPicPr.cNvPr
    about.set("descr", alt)


def _table(slide: Any, table: Table, top: int, *, is_beside: bool) -> None:
    across, down, start = len(table.head), len(table.rows) + 1, BESIDE if is_beside else EDGE
    found = _layout_of(table, is_beside=is_beside)
    if found is None:
        found = slide_room.layout(table, Emu(WIDTH - EDGE - start).pt)[-1]
    made = slide.shapes.add_table(down, across, start, top, WIDTH - EDGE - start, Pt(sum(found.rows))).table
    for column, width in zip(made.columns, found.columns, strict=True):
        column.width = Pt(width)
    for line, row in enumerate((table.head, *table.rows)):
        made.rows[line].height = Pt(found.rows[line])
        for column in range(across):
            words = row[column] if column < len(row) else ""
            _cell(made.cell(line, column), words, found.size, is_head=line == 0)


def _cell(cell: Any, words: str, size: int, *, is_head: bool) -> None:
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.fill.solid()
    cell.fill.fore_color.rgb = TEAL if is_head else WHITE
    cell.text_frame.text = words
    _set(cell.text_frame.paragraphs[0], size, WHITE if is_head else INK, is_bold=is_head)


def _sure(slide: Any, title: str, words: str) -> None:
    box = slide.shapes.add_textbox(EDGE, BOTTOM, WIDTH - 2 * EDGE, Inches(0.8))
    box.fill.solid()
    box.fill.fore_color.rgb = WASH
    frame = box.text_frame
    frame.word_wrap = True
    frame.text = f"{title} {words}"
    _set(frame.paragraphs[0], 12 if len(words) < 330 else 10, INK)


def _foot(slide: Any, report: Report) -> None:
    box = slide.shapes.add_textbox(EDGE, Inches(7.02), WIDTH - 2 * EDGE, Inches(0.35))
    box.text_frame.text = f"{report.title} · {report.mark}" if report.mark else report.title
    _set(box.text_frame.paragraphs[0], 10, SOFT)


def _set(
    paragraph: Any, size: int, colour: RGBColor, *, is_bold: bool = False, font: str | None = None
) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), is_bold, colour
        if font:
            run.font.name = font


def _aligned_left(paragraph: Any) -> None:
    paragraph._p.get_or_add_pPr().set("algn", "l")


def _without_bullet(paragraph: Any) -> None:
    about = paragraph._p.get_or_add_pPr()
    about.set("marL", "0")
    about.set("indent", "0")
    about.append(about.makeelement(qn("a:buNone"), {}))


def _in_language(slide: Any, language: str) -> None:
    """So that a screen reader speaks it, and a speller knows it."""
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    frames += [c.text_frame for s in slide.shapes if s.has_table for c in s.table.iter_cells()]
    for frame in (*frames, slide.notes_slide.notes_text_frame):
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.language_id = LANGUAGES[language]


def _without_clock(presentation: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(presentation)) as given, zipfile.ZipFile(packed, "w") as kept:
        for name in given.namelist():
            kept.writestr(zipfile.ZipInfo(name, EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
