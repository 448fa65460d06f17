"""Rows of text out of .csv and .xlsx, within limits; a RosterError never tells a word of them."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import fastexcel

from erbij.errors import StudyError
from erbij.studies import workbook_guard
from erbij.studies.rosters.found import MOST_ROWS, MOST_UNPACKED, RosterError

Row = list[str]
_LONGEST_HEADER = 8192
_MOST_COLUMNS = 500


def of_text(content: bytes, *, is_strict: bool = False) -> Iterator[Row]:
    """Rows of a .csv in UTF-8, UTF-16 with its mark, or the cp1252 of Excel; `is_strict` for UTF-8 only."""
    text = _decoded(content, is_strict=is_strict)
    top = text[:_LONGEST_HEADER].partition("\n")[0]
    delimiter = "," if is_strict else max(",;\t", key=top.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows):
            if number > MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise RosterError("too-many")
            yield row
    except csv.Error:
        # Not `from`: what csv says, and its traceback, may hold a cell.
        raise RosterError("damaged") from None


def _decoded(content: bytes, *, is_strict: bool) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and not is_strict:
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"] if is_strict else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not (encoding == "cp1252" and _is_odd(text)):
            return text
    raise RosterError("encoding")


def _is_odd(text: str) -> bool:
    """Whether too many signs are no letters for a list somebody saved: then it is no text at all."""
    return sum(sign < " " and sign not in "\r\n\t" for sign in text[:4096]) > 0


def of_workbook(content: bytes) -> Iterator[Row]:
    """Rows of the first sheet of an .xlsx, all as text."""
    check_zip(content)
    try:
        book = fastexcel.read_excel(content)
        frame = book.load_sheet(0, header_row=None, n_rows=MOST_ROWS + 2, dtypes="string").to_polars()
    except Exception:
        raise RosterError("damaged") from None
    if frame.height > MOST_ROWS or frame.width > _MOST_COLUMNS:
        raise RosterError("too-many")
    for row in frame.iter_rows():
        yield [value or "" for value in row]


def check_zip(content: bytes) -> None:
    """Refuse what unpacks to too much, overlaps, lies about its sizes or has a password."""
    try:
        workbook_guard.check_stream(io.BytesIO(content), Path("list"), most_bytes=MOST_UNPACKED)
    except StudyError as error:
        too_much = "unpacks to too much" in str(error) or "packed too well" in str(error)
        raise RosterError("unpacks-to-too-much" if too_much else "damaged") from None
