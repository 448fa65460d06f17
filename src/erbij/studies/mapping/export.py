"""A file as a survey tool wrote it: which question stands in each column, and which columns stay shut."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from erbij.studies import delimited, files
from erbij.studies.answer_file import AnswerFile
from erbij.studies.answer_labels import plain
from erbij.studies.mapping import tools
from erbij.studies.mapping.tools import Tool
from erbij.studies.table import FileLayout, Table

PUPILS_PER_UNIT = 3
"""On average, from which a column can be one of classes: a class of one is a pupil's name."""


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of an export, without the rows of its header.

    `said`: the question in each column. `out`: why a column is left out (`person`, `time`, `tool`), else "".
    """

    file: str
    tool: Tool
    layout: FileLayout
    answers: pl.DataFrame = field(repr=False)
    said: Mapping[str, str]
    out: Mapping[str, str]

    def repeats(self, column: str) -> bool:
        """Whether the values of a column repeat as those of classes do."""
        known = self.answers[column].drop_nulls()
        return known.len() >= PUPILS_PER_UNIT * known.n_unique()

    def rows_that_differ(self, columns: Collection[str]) -> list[str]:
        """What some columns say, row by row and as plainly as can be; rows that are there twice are not."""
        texts = [self.answers[name].cast(pl.String, strict=False) for name in columns]
        rows = ["\x1f".join(_plainly(cell) for cell in row) for row in zip(*texts, strict=True)]
        times = Counter(rows)
        return [row for row in rows if times[row] == 1]


def _plainly(cell: str | None) -> str:
    # Excel keeps 4 as 4.0.
    return plain(cell or "").removesuffix(".0")


def read(file: str | AnswerFile) -> Export:
    """Read an export of a survey tool, or any other answer file.

    Raises
    ------
    StudyError
        As `files.read_table`.
    """
    file = Path(file) if isinstance(file, str) else file
    table, layout = _table(file)
    tool = tools.tool_of(table.columns)
    skip = tools.rows_of_header(tool, table.frame)
    answers = table.frame.slice(skip)
    return Export(
        file=file.name,
        tool=tool,
        layout=FileLayout(layout.delimiter, layout.encoding, layout.sheet, skip),
        answers=answers,
        said=_said(table, skip),
        out={name: tools.why_left_out(name, answers[name]) for name in table.columns},
    )


def _table(file: AnswerFile) -> tuple[Table, FileLayout]:
    if file.suffix.lower() != ".csv":
        return files.read_table(file), FileLayout()
    layout = delimited.layout_of(file)
    return files.read_table(file, as_text=None, delimiter=layout.delimiter, encoding=layout.encoding), layout


def _said(table: Table, skip: int) -> dict[str, str]:
    """The question in each column; in Qualtrics it stands in the row below the names."""
    if not skip:
        return {name: name for name in table.columns}
    questions = table.frame.row(0)
    return {name: str(question or name) for name, question in zip(table.columns, questions, strict=True)}
