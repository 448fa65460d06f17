"""Is it safe to open this workbook? Looked at as a stream, before any reader unpacks it.

A few kilobytes of .xlsx can unpack to many gigabytes: by compression, by parts that overlap, by sizes that
lie, or by one cell in the furthest corner, from which a reader builds a dense grid.
"""

import re
import struct
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NoReturn

from erbij.errors import StudyError
from erbij.studies.answer_file import AnswerFile

MOST_BYTES = 512 * 2**20
MOST_PARTS = 10_000
MOST_CELLS = 50_000_000
MOST_RATIO = 300
# Small parts may pack well; from this size on the ratio counts.
RATIO_FROM = 8 * 2**20
_CHUNK = 2**16
_ENCRYPTED = 0x1
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
# OSError: a list of parts that says one begins before the file does.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OSError)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def check(path: AnswerFile) -> None:
    """Refuse a workbook that is no zip file, or that would not fit in memory.

    Raises
    ------
    StudyError
        Naming the part of the workbook, what was found and what is allowed.
    """
    with path.open("rb") as file:
        check_stream(file, path, most_bytes=MOST_BYTES)


def check_stream(file: BinaryIO, path: AnswerFile, *, most_bytes: int, most_cells: int = MOST_CELLS) -> None:
    """Refuse a workbook, or another zip file, that is open already; `path` only names it in errors."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_directory(path, parts, archive.start_dir, most_bytes)
            left = most_bytes
            for part in parts:
                left -= _check_part(path, file, part, left=left, most_cells=most_cells)
    except _DAMAGED as error:
        _refuse_damaged(path, file, error)


def _refuse_damaged(path: AnswerFile, file: BinaryIO, error: Exception) -> NoReturn:
    file.seek(0)
    is_old = file.read(4) == _OLD_EXCEL
    advice = "It is an old .xls or has a password. " if is_old else ""
    raise StudyError(
        "not a workbook, or a damaged one",
        where=(path.name,),
        found=str(error),
        allowed=(".xlsx as Excel or LibreOffice writes it",),
        advice=advice + "Save it again as .xlsx without a password, or as .csv.",
    ) from error


def _check_directory(path: AnswerFile, parts: list[zipfile.ZipInfo], end: int, most_bytes: int) -> None:
    if len(parts) > MOST_PARTS:
        _refuse(path, "too many parts", len(parts), f"at most {MOST_PARTS}")
    if sum(part.file_size for part in parts) > most_bytes:
        _refuse_large(path, "workbook", sum(part.file_size for part in parts))
    ordered = sorted(parts, key=lambda part: part.header_offset)
    ends = [part.header_offset for part in ordered[1:]] + [end]
    for part, limit in zip(ordered, ends, strict=True):
        if part.header_offset + part.compress_size > limit:
            _refuse(path, "parts that overlap", part.filename, "each part on its own")
        if part.flag_bits & _ENCRYPTED:
            _refuse(path, "a part with a password", part.filename, "no password")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _refuse(path, "an unknown compression", part.filename, "deflate")


def _check_part(
    path: AnswerFile, file: BinaryIO, part: zipfile.ZipInfo, *, left: int, most_cells: int
) -> int:
    """How many bytes the part really unpacks to; its cells are looked at on the way."""
    sheet = _Sheet(most_cells) if part.filename.lower().endswith((".xml", ".rels")) else None
    size = 0
    for chunk in _unpacked(file, part):
        size += len(chunk)
        if size > left:
            _refuse_large(path, part.filename, size)
        if size > RATIO_FROM and size > MOST_RATIO * part.compress_size:
            _refuse(path, "packed too well to be answers", part.filename, f"at most {MOST_RATIO} to 1")
        if sheet is not None:
            _look(path, part, sheet, chunk)
    if size != part.file_size:
        _refuse(path, f"part {part.filename} has another size than it says", size, str(part.file_size))
    return size


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    # zipfile itself stops at the size that the directory declares; a reader that does not would be misled.
    file.seek(part.header_offset + 26)
    name, extra = struct.unpack("<HH", file.read(4))
    file.seek(name + extra, 1)
    left = part.compress_size
    stream = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        if stream is None:
            yield packed
            continue
        while packed and not stream.eof:
            yield stream.decompress(packed, _CHUNK)
            packed = stream.unconsumed_tail
    if stream is not None:
        yield from iter(lambda: stream.decompress(stream.unconsumed_tail, _CHUNK), b"")


@dataclass(slots=True)
class _Sheet:
    """Follows the cells of one sheet; only a cell that holds something makes the grid larger.

    A real XML parser, because comments and quotes can hide a cell from a search in the text.
    """

    most_cells: int
    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    wrong: str = ""
    parser: xml.parsers.expat.XMLParserType = field(default_factory=xml.parsers.expat.ParserCreate)

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.doctype

    def doctype(self, *_: object) -> None:
        self.wrong = "a document type, which no workbook has"

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes.get("r", ""))
        elif tag in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        elif tag == "row":
            self.row, self.column = _whole(attributes.get("r", ""), self.row + 1), 0
        elif tag == "Relationship" and _is_hidden_sheet(attributes):
            self.wrong = "a sheet that is not in an .xml part"

    def _cell(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            self.column += 1
            return
        self.column, self.row = _column_number(match[1]), int(match[2])


def _is_hidden_sheet(attributes: dict[str, str]) -> bool:
    is_sheet = attributes.get("Type", "").endswith("/worksheet")
    return is_sheet and not attributes.get("Target", "").lower().endswith(".xml")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _look(path: AnswerFile, part: zipfile.ZipInfo, sheet: _Sheet, chunk: bytes) -> None:
    try:
        sheet.parser.Parse(chunk, False)
    except xml.parsers.expat.ExpatError as error:
        _refuse(path, f"part {part.filename} is damaged", str(error), "XML")
    if sheet.wrong:
        _refuse(path, sheet.wrong, part.filename, "a plain workbook")
    if sheet.rows * sheet.columns > sheet.most_cells:
        raise StudyError(
            "a cell too far down or to the right",
            where=(path.name, part.filename),
            found=f"{sheet.rows} rows x {sheet.columns} columns",
            allowed=[f"at most {sheet.most_cells} cells"],
            advice="Delete what stands outside the answers, or save the sheet as .csv.",
        )


def _refuse_large(path: AnswerFile, part: str, size: int) -> NoReturn:
    raise StudyError(
        "unpacks to too much",
        where=(path.name, part),
        found=f"{size} bytes or more",
        allowed=[f"at most {MOST_BYTES} bytes in all"],
        advice="Save the answers as .csv or .parquet.",
    )


def _refuse(path: AnswerFile, problem: str, found: object, allowed: str) -> NoReturn:
    raise StudyError(
        problem,
        where=(path.name,),
        found=found,
        allowed=[allowed],
        advice="Save the workbook again in Excel or LibreOffice, or as .csv.",
    )
