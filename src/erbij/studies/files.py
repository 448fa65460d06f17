"""Answer files become tables: one door for every format."""

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pyreadstat

from erbij.errors import StudyError
from erbij.studies import binary_files, delimited
from erbij.studies.answer_file import AnswerFile, InMemory
from erbij.studies.binary_files import Read
from erbij.studies.header import Choose
from erbij.studies.table import FileLayout, Table

_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_READERS: dict[str, Callable[..., Any]] = {
    ".sav": pyreadstat.read_sav,
    ".dta": pyreadstat.read_dta,
    ".sas7bdat": pyreadstat.read_sas7bdat,
}
EXTENSIONS = (*_DELIMITERS, ".xlsx", ".parquet", *_READERS)
IN_MEMORY = (*_DELIMITERS, ".xlsx")
"""What can be read without a disk; the readers of the others need a path."""


def read_table(  # noqa: PLR0913 - the four ways in which a file can differ, and what to take
    path: str | AnswerFile,
    *,
    columns: Collection[str] | Choose | None = None,
    as_text: Collection[str] | None = (),
    delimiter: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read an answer file, only the columns that are needed.

    Parameters
    ----------
    path
        .csv, .tsv, .xlsx, .parquet, .sav, .dta or .sas7bdat; of a file in memory the first three.
    columns
        Names, or a function that gets all names of the file and returns those to read; None for all.
    as_text
        Columns of a .csv or .tsv whose values stay as written ("007" is not 7); None for all columns.
    delimiter, encoding
        Of a .csv or .tsv; "," or tab, and UTF-8, where None. The encoding of .sav, .dta and .sas7bdat stands
        in the file, unless it is given.
    sheet
        Of an .xlsx; the first where None.

    Returns
    -------
    Table
        Empty cells, user-missing values of .sav and extended missing values of .dta are missing.

    Raises
    ------
    StudyError
        Naming file, row or column, what was found, what is allowed and what to do.
    """
    path = Path(path) if isinstance(path, str) else path
    layout = FileLayout(delimiter, encoding, sheet)
    reader = _reader_for(path, layout, as_text)
    try:
        _check_is_file(path)
        frame, names, labels = reader(path, columns)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StudyError("can't be opened", where=(str(path),), found=error.strerror or str(error)) from error
    return Table(path.name, frame, names, sha256, labels, may_have_commas=_may_have_commas(path, layout))


def _reader_for(path: AnswerFile, layout: FileLayout, as_text: Collection[str] | None) -> Callable[..., Read]:
    kind = path.suffix.lower()
    allowed = IN_MEMORY if isinstance(path, InMemory) else EXTENSIONS
    if kind == ".xlsx":
        return lambda p, columns: binary_files.read_workbook(p, columns, sheet=layout.sheet)
    if kind == ".parquet" and kind in allowed:
        return binary_files.read_parquet
    if kind in _READERS and kind in allowed:
        reader, encoding = _READERS[kind], layout.encoding
        return lambda p, columns: binary_files.read_statistical(p, columns, reader=reader, encoding=encoding)
    if kind in _DELIMITERS:
        return lambda p, columns: _read_text(p, columns, layout, as_text)
    advice = "Export the answers as .csv in UTF-8."
    raise StudyError(
        "unknown kind of file", where=(path.name,), found=path.suffix, allowed=allowed, advice=advice
    )


def _read_text(
    path: AnswerFile,
    columns: Collection[str] | Choose | None,
    layout: FileLayout,
    as_text: Collection[str] | None,
) -> Read:
    delimiter = layout.delimiter or _DELIMITERS[path.suffix.lower()]
    frame, names = delimited.read(
        path, columns, delimiter=delimiter, encoding=layout.encoding, as_text=as_text
    )
    return frame, names, {}


def _may_have_commas(path: AnswerFile, layout: FileLayout) -> bool:
    # Excel parts the columns by ";" where the comma is taken, as in Dutch and French.
    return path.suffix.lower() in _DELIMITERS and layout.delimiter == ";"


def _check_is_file(path: AnswerFile) -> None:
    if isinstance(path, InMemory):
        return
    if path.is_dir():
        raise StudyError("a directory, not a file", where=(str(path),), allowed=EXTENSIONS)
    if not path.exists():
        raise StudyError("no such file", where=(str(path),), advice="Look at its name and its folder.")
    if not path.is_file():
        raise StudyError("not a plain file", where=(str(path),), allowed=EXTENSIONS)
