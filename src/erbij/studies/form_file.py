"""The sheets of an XLSForm file, read within the limits of workbooks."""

from pathlib import Path

import fastexcel

from erbij.errors import StudyError
from erbij.studies import workbook_guard

SHEETS = ("survey", "choices", "settings", "erbij", "erbij_items", "erbij_formats", "erbij_scales")
MOST_ROWS = 5000
Sheet = list[dict[str, str]]


def read(path: Path) -> dict[str, Sheet]:
    """The rows of each sheet that an instrument is made of, as column: cell; all as text.

    Raises
    ------
    StudyError
        No workbook, a damaged one, or one that is too large.
    """
    if not path.is_file():
        raise StudyError("no such file", where=(str(path),))
    workbook_guard.check(path)
    try:
        book = fastexcel.read_excel(path)
        return {name: _rows(book, name, path) for name in SHEETS if name in book.sheet_names}
    except fastexcel.FastExcelError as error:
        raise StudyError("not a workbook, or a damaged one", where=(path.name,), found=str(error)) from error


def _rows(book: fastexcel.ExcelReader, name: str, path: Path) -> Sheet:
    frame = book.load_sheet(name, header_row=None, n_rows=MOST_ROWS + 1, dtypes="string").to_polars()
    if frame.height > MOST_ROWS:
        raise StudyError("too many rows", where=(path.name, name), allowed=[f"at most {MOST_ROWS}"])
    rows = [[str(cell or "").strip() for cell in row] for row in frame.iter_rows()]
    head = rows[0] if rows else []
    return [{key: cell for key, cell in zip(head, row, strict=True) if key} for row in rows[1:] if any(row)]
