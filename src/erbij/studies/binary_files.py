"""Answer files that are not text: workbooks, Parquet, SPSS, Stata and SAS."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pyreadstat

from erbij.errors import StudyError
from erbij.studies import header, workbook_guard
from erbij.studies.answer_file import AnswerFile, InMemory
from erbij.studies.header import Choose
from erbij.studies.table import Labels

LARGEST_FOOTER = 64 * 2**20
_STATISTICAL_ERRORS = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, TypeError, ValueError)
Read = tuple[pl.DataFrame, tuple[str, ...], Mapping[str, Labels]]
"""The chosen columns, the names of all columns, and the value labels."""


def read_workbook(path: AnswerFile, columns: Collection[str] | Choose | None, *, sheet: str | None) -> Read:
    """Read one sheet of an .xlsx file, the first where `sheet` is None; its first row names the columns."""
    workbook_guard.check(path)
    try:
        book = fastexcel.read_excel(path.content if isinstance(path, InMemory) else path)
        if sheet is not None and sheet not in book.sheet_names:
            advice = "Write sheet under [file] in STUDY.toml as the tab is called."
            allowed = book.sheet_names
            raise StudyError("no such sheet", where=(path.name,), found=sheet, allowed=allowed, advice=advice)
        return _read_sheet(path, book, sheet or 0, columns)
    except fastexcel.FastExcelError as error:
        raise _damaged(path, error, "an .xlsx workbook") from error


def _read_sheet(
    path: AnswerFile, book: fastexcel.ExcelReader, sheet: str | int, columns: Collection[str] | Choose | None
) -> Read:
    top = book.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=1, dtypes="string").to_polars()
    if top.is_empty():
        raise StudyError("an empty sheet", where=(path.name,), found=str(sheet))
    names = header.check([name or "" for name in top.row(0)], path.name)
    wanted = header.chosen(names, columns, path.name)
    frame = book.load_sheet(
        sheet,
        header_row=None,
        skip_rows=1,
        schema_sample_rows=None,
        skip_whitespace_tail_rows=True,
        use_columns=[names.index(name) for name in wanted],
    ).to_polars()
    header.check_size(frame.height, len(wanted), path.name)
    frame.columns = wanted
    return frame, names, {}


def read_parquet(path: Path, columns: Collection[str] | Choose | None) -> Read:
    """Read the chosen columns of a Parquet file; the others stay on the disk."""
    _check_footer(path)
    try:
        names = header.check(list(pl.read_parquet_schema(path)), path.name)
        wanted = header.chosen(names, columns, path.name)
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        header.check_size(rows, len(wanted), path.name)
        return pl.read_parquet(path, columns=wanted, glob=False), names, {}
    except pl.exceptions.DuplicateError as error:
        raise StudyError(
            "a column name that stands there twice", where=(path.name, "header"), found=str(error)
        ) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _damaged(path, error, "a Parquet file") from error


def _check_footer(path: Path) -> None:
    # The footer describes every column: a hostile one would fill the memory before its columns are counted.
    with path.open("rb") as file:
        size = path.stat().st_size
        file.seek(max(size - 8, 0))
        footer = int.from_bytes(file.read(8)[:4], "little")
    if size >= 12 and min(footer, size) > LARGEST_FOOTER:
        raise StudyError(
            "a header that is too large",
            where=(path.name, "header"),
            found=f"{footer} bytes",
            allowed=[f"at most {header.MOST_COLUMNS} columns", f"at most {LARGEST_FOOTER} bytes"],
        )


def read_statistical(
    path: Path,
    columns: Collection[str] | Choose | None,
    *,
    reader: Callable[..., Any],
    encoding: str | None,
) -> Read:
    """Read an SPSS, Stata or SAS file with its value labels; user-missing values are missing."""
    options = {"encoding": encoding, "output_format": "polars", "disable_datetime_conversion": True}
    try:
        _, meta = reader(str(path), metadataonly=True, **options)
        names = header.check([name or "" for name in meta.column_names], path.name)
        wanted = header.chosen(names, columns, path.name)
        header.check_size(1 if meta.number_rows is None else meta.number_rows, len(wanted), path.name)
        frame, meta = reader(str(path), usecols=wanted, **options)
        frame = frame.select(wanted)
    except (*_STATISTICAL_ERRORS, pl.exceptions.PolarsError) as error:
        raise _damaged(path, error, f"a {path.suffix} file") from error
    header.check_size(frame.height, len(wanted), path.name)
    labels: dict[str, Labels] = {name: dict(pairs) for name, pairs in meta.variable_value_labels.items()}
    return frame, names, labels


def _damaged(path: AnswerFile, error: BaseException, what: str) -> StudyError:
    return StudyError(
        f"not {what}, or a damaged one",
        where=(path.name,),
        found=str(error),
        advice="Copy or export the file again.",
    )
