"""Answer files of text: comma-, semicolon- or tab-separated."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import polars as pl

from erbij.errors import StudyError
from erbij.studies import header
from erbij.studies.answer_file import AnswerFile, InMemory
from erbij.studies.header import Choose
from erbij.studies.table import FileLayout

LONGEST_LINE = 16 * 2**20
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_DECLARED = {"\t": '"\\t"'}
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(
    path: AnswerFile,
    columns: Collection[str] | Choose | None,
    *,
    delimiter: str,
    encoding: str | None,
    as_text: Collection[str] | None = (),
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Read the chosen columns and the names of all.

    The whole file passes once through a strict reader, which counts the fields of every row; Polars, which
    would fill up short rows in silence, then parses the chosen columns. `as_text`: columns whose
    values stay as written ("007" is not 7); None for all.
    """
    encoding = _known_encoding(path, encoding)
    raw, rows = _checked(path, _known_delimiter(path, delimiter), encoding)
    names = header.check(raw, path.name)
    wanted = header.chosen(names, columns, path.name)
    header.check_size(rows, len(wanted), path.name)
    texts = wanted if as_text is None else as_text
    overrides = {raw[names.index(name)]: pl.String for name in wanted if name in texts}
    frame = _parse(path, [names.index(name) for name in wanted], delimiter, encoding, overrides)
    if frame.height < rows or not frame[rows:].select(pl.all_horizontal(pl.all().is_null()).all()).item():
        _refuse(path, rows, "the rows can't be told apart", advice="Look for a quote that is never closed.")
    frame.columns = wanted
    return frame.head(rows), names


def layout_of(path: AnswerFile) -> FileLayout:
    """Guess the delimiter and the encoding of a file of text, by its first row and all of its bytes."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StudyError("can't be opened", where=(str(path),), found=error.strerror or str(error)) from error
    encoding = None
    if content.startswith(_BOMS):
        encoding = "utf-16"
    elif not _is_text(content, "utf-8"):
        encoding = "cp1252"
    top = content[:LONGEST_LINE].decode(encoding or "utf-8-sig", "replace").partition("\n")[0]
    outside = re.sub(r'"(?:[^"]|"")*"', "", top)
    return FileLayout(max((",", ";", "\t"), key=outside.count), encoding)


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _parse(
    path: AnswerFile, places: list[int], delimiter: str, encoding: str, overrides: dict[str, type[pl.String]]
) -> pl.DataFrame:
    source: Path | bytes = path.content if isinstance(path, InMemory) else path
    if not _is_utf8(encoding):
        # Polars reads UTF-8 only; other encodings pass through memory.
        source = path.read_bytes().decode(encoding).encode()
    try:
        return pl.read_csv(
            source, separator=delimiter, columns=places, infer_schema_length=None, schema_overrides=overrides
        )
    except pl.exceptions.PolarsError as error:
        raise StudyError("not a table of text", where=(path.name,), found=str(error)) from error


def _checked(path: AnswerFile, delimiter: str, encoding: str) -> tuple[list[str], int]:
    """The header and how many rows follow; every row has as many fields as the header."""
    done, rows = 0, 0
    with path.open("rb") as file:
        _check_start(path, file, encoding)
        _check_width_of_header(path, file, delimiter)
        reader = csv.reader(_lines(file, encoding), delimiter=delimiter, strict=True)
        try:
            names = next(reader, [])
            done = 1
            _check_header(path, names, delimiter)
            for fields in reader:
                done += 1
                if fields:
                    _check_width(path, done, fields, names, blank=done - rows - 2)
                    rows = done - 1
        except UnicodeDecodeError as error:
            _refuse_encoding(path, done + 1, error, encoding)
        except csv.Error as error:
            _refuse(path, done + 1, f"can't be read as a row ({error})", advice="Look at its quotes.")
        except _TooLongError:
            _refuse(path, done + 1, f"a line of more than {LONGEST_LINE // 2**20} MiB")
    return names, rows


def _check_width(path: AnswerFile, row: int, fields: list[str], names: list[str], *, blank: int) -> None:
    # A blank line between rows is a pupil whose answers were lost, unless there is one column only.
    if blank and len(names) > 1:
        _refuse(path, row - blank, "a blank line between rows", advice="Remove it.")
    if len(fields) != len(names):
        _refuse(
            path,
            row,
            f"too {'many' if len(fields) > len(names) else 'few'} fields",
            found=len(fields),
            allowed=[f"{len(names)}, as in the header"],
            advice="Text that holds the delimiter must stand between double quotes.",
        )


def _check_header(path: AnswerFile, names: list[str], delimiter: str) -> None:
    if not any(names):
        _refuse(path, 1, "no column names", advice="The first row must name the columns.")
    if len(names) > 1:
        return
    for other, name in _NAMES.items():
        if other != delimiter and other in names[0]:
            declared = _DECLARED.get(other, f'"{other}"')
            _refuse(
                path,
                1,
                f"one column whose name holds a {name}: the wrong delimiter",
                found=other,
                allowed=[_NAMES.get(delimiter, repr(delimiter))],
                advice=f"Write delimiter = {declared} under [file] in STUDY.toml, or give --delimiter.",
            )


def _check_start(path: AnswerFile, file: BinaryIO, encoding: str) -> None:
    start = file.peek(4096)[:4096] if isinstance(file, io.BufferedReader) else b""
    if not start:
        raise StudyError("an empty file", where=(path.name,), advice="Export the answers again.")
    if encoding.startswith(("utf-16", "utf-32")):
        return
    # Plain letters in UTF-16 have every second byte zero.
    if start.startswith(_BOMS) or 2 * max(start[:40:2].count(0), start[1:40:2].count(0)) > len(start[:40:2]):
        raise StudyError(
            "in UTF-16",
            where=(path.name, "start"),
            found=start[:4],
            allowed=("utf-8",),
            advice='Save it as "CSV UTF-8", or write encoding = "utf-16" under [file] in STUDY.toml.',
        )
    if 0 in start:
        raise StudyError("not a file of text", where=(path.name, "start"), found=start[:8])


def _check_width_of_header(path: AnswerFile, file: BinaryIO, delimiter: str) -> None:
    # Before any name is made: a million names cost 100 MB.
    columns = file.readline(LONGEST_LINE).count(delimiter.encode()) + 1
    file.seek(0)
    header.check_count(columns, path.name)


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    # Line by line, not by the chunk: an error then tells the row in which the byte stands.
    if encoding.startswith(("utf-16", "utf-32")):
        yield from io.StringIO(file.read().decode(encoding), newline="")
        return
    first = True
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise _TooLongError
        yield line.decode("utf-8-sig" if first and _is_utf8(encoding) else encoding)
        first = False


class _TooLongError(Exception):
    pass


def _known_encoding(path: AnswerFile, encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding or "utf-8").name
    except LookupError as error:
        allowed = ("utf-8", "cp1252", "iso-8859-1", "utf-16")
        raise StudyError("unknown encoding", where=(path.name,), found=encoding, allowed=allowed) from error


def _known_delimiter(path: AnswerFile, delimiter: str) -> str:
    if len(delimiter.encode()) != 1 or delimiter in '"\r\n':
        raise StudyError(
            "not a delimiter", where=(path.name,), found=delimiter, allowed=("one sign", *_NAMES.values())
        )
    return delimiter


def _is_utf8(encoding: str) -> bool:
    return encoding in ("utf-8", "utf-8-sig", "ascii")


def _refuse_encoding(path: AnswerFile, row: int, error: UnicodeDecodeError, encoding: str) -> NoReturn:
    found = f"byte 0x{error.object[error.start]:02x}" if error.start < len(error.object) else "nothing"
    _refuse(
        path,
        row,
        f"not text in {encoding} (byte {error.start + 1} of the row)",
        found=found,
        allowed=("utf-8",),
        advice='Save it as UTF-8, or write its encoding (often "cp1252") under [file] in STUDY.toml.',
    )


def _refuse(path: AnswerFile, row: int, problem: str, **details: Any) -> NoReturn:
    raise StudyError(problem, where=(path.name, f"row {row}"), **details)
