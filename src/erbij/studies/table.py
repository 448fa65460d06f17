"""A table of answers as it stood in a file: columns, value labels and where each row came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from erbij.errors import StudyError
from erbij.stats.design import BoolArray, IntArray

Labels = Mapping[object, str]
"""The label of each value of one column, as SPSS, Stata and SAS keep them."""


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What STUDY.toml says of the answer file; None leaves it to the extension."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that were read, with the names of all columns of the file.

    `sha256` is that of the bytes of the file. `kept`: shape (n,), the place of each row among the rows of
    the file, or None while every row is still there. `may_have_commas`: a number may be written "3,5".
    """

    file: str
    frame: pl.DataFrame
    columns: tuple[str, ...]
    sha256: str
    labels: Mapping[str, Labels] = field(default_factory=dict)
    kept: IntArray | None = None
    may_have_commas: bool = False

    def row(self, index: int) -> int:
        """The row as a person counts in a spreadsheet: the header is row 1."""
        return 2 + (index if self.kept is None else int(self.kept[index]))

    def cell(self, index: int, column: str) -> tuple[str, str, str]:
        """Where a value stands, for an error."""
        return (self.file, f"row {self.row(index)}", f"column {column}")

    def only(self, is_kept: BoolArray) -> "Table":
        """The table with some of its rows. `is_kept`: shape (n,)."""
        places = np.flatnonzero(is_kept)
        kept = places if self.kept is None else self.kept[places]
        return replace(self, frame=self.frame.filter(pl.Series(is_kept)), kept=kept.astype(np.int64))

    def with_frame(self, frame: pl.DataFrame) -> "Table":
        """The table with other values in the same rows."""
        return replace(self, frame=frame)

    def column(self, name: str) -> pl.Series:
        """One column that was read; text without blanks around it, empty text and NaN as missing."""
        values = self.frame[name]
        if values.dtype in (pl.Categorical, pl.Enum):
            values = values.cast(pl.String)
        if values.dtype == pl.String:
            values = values.str.strip_chars()
            return values.set(values == "", None)
        if values.dtype.is_float():
            return values.fill_nan(None)
        if values.dtype == pl.Boolean:
            return values.cast(pl.Int64)
        if values.dtype.is_nested() or values.dtype == pl.Binary:
            raise StudyError(
                "holds lists or bytes",
                where=(self.file, f"column {name}"),
                found=str(values.dtype),
                allowed=("numbers", "text"),
            )
        return values if values.dtype.is_numeric() else values.cast(pl.String)
