"""The door for exports that are sent to a server: in memory, within limits; no error repeats a cell."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from erbij.errors import InstrumentError, StudyError
from erbij.studies import opening, study_file, workbook_guard
from erbij.studies.answer_file import InMemory
from erbij.studies.mapping import export, tools
from erbij.studies.mapping.export import Export
from erbij.studies.study import Study

MOST_BYTES = 8 * 2**20
MOST_UNPACKED = 64 * 2**20
MOST_CELLS = 2_000_000
MOST_COLUMNS = 300
MOST_PUPILS = 5000

Reason = Literal[
    "empty",
    "too-large",
    "unpacks-to-too-much",
    "damaged",
    "unknown-kind",
    "encoding",
    "header",
    "no-rows",
    "row",
    "too-many",
    "no-questions",
    "too-few-questions",
    "asked",
]
_SIGNS_OF_OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"PAR1", b"$FL2", b"\xff\xd8\xff", b"<", b"{")
_SAID: tuple[tuple[str, Reason], ...] = (
    ("an empty file", "empty"),
    ("an empty sheet", "empty"),
    ("a column without a name", "header"),
    ("a column name that stands there", "header"),
    ("no column names", "header"),
    ("wrong delimiter", "header"),
    ("a header and no rows", "no-rows"),
    ("too many columns", "too-many"),
    ("too large to read at once", "too-many"),
    ("a cell too far", "too-many"),
    ("fields", "row"),
    ("a blank line between rows", "row"),
    ("can't be read as a row", "row"),
    ("a line of more than", "row"),
    ("the rows can't be told apart", "row"),
    ("unpacks to too much", "unpacks-to-too-much"),
    ("packed too well", "unpacks-to-too-much"),
    ("not a file of text", "unknown-kind"),
    ("not text in", "encoding"),
    ("in UTF-16", "encoding"),
    ("asks a question of", "no-questions"),
    ("have no column", "too-few-questions"),
    ("fewer asked than answered", "asked"),
)
"""What readers say is wrong, and which reason that is."""


class ExportError(StudyError):
    """An export can't be taken. It tells a reason and a row, never what stood there."""

    def __init__(self, reason: Reason, *, row: str = "") -> None:
        super().__init__(f"can't be taken ({reason})", where=("the file", row) if row else ("the file",))
        self.reason: Reason = reason
        self.row = row


def taken(content: bytes) -> tuple[InMemory, Export]:
    r"""Read an export that was sent.

    Parameters
    ----------
    content
        The bytes of a .csv or an .xlsx, whatever it was called; at most `MOST_BYTES`.

    Returns
    -------
    file, export
        With a name of ours: theirs may be that of a person.

    Raises
    ------
    ExportError
        With one `reason`, and a row where that helps.

    Examples
    --------
    >>> taken(b"q1;q2\n1;2\n")[1].said
    {'q1': 'q1', 'q2': 'q2'}
    """
    if len(content) > MOST_BYTES:
        raise ExportError("too-large")
    if not content.strip():
        raise ExportError("empty")
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_SIGNS_OF_OTHERS):
        raise ExportError("unknown-kind")
    file = InMemory("answers.xlsx" if content.startswith(b"PK") else "answers.csv", content)
    with only_reasons():
        if file.suffix == ".xlsx":
            stream = io.BytesIO(content)
            workbook_guard.check_stream(stream, file, most_bytes=MOST_UNPACKED, most_cells=MOST_CELLS)
        given = export.read(file)
    if given.answers.height > MOST_PUPILS or given.answers.width > MOST_COLUMNS:
        raise ExportError("too-many")
    if not given.answers.height:
        raise ExportError("no-rows")
    if any(tools.is_an_answer(name) for name in given.said):
        raise ExportError("header")  # a pupil's row stands where the names should be: they are not shown
    return file, given


def study(file: InMemory, toml: str) -> Study:
    """The study of a file that was sent, by the text of its STUDY.toml.

    Raises
    ------
    ExportError
        As `taken`: too few questions, or fewer asked than answered.
    """
    with only_reasons():
        return opening.study_of(file, study_file.parse(toml))


@contextmanager
def only_reasons() -> Iterator[None]:
    """Make one reason of whatever a reader says is wrong."""
    try:
        yield
    except (StudyError, InstrumentError) as error:
        reason: Reason = next((reason for said, reason in _SAID if said in error.problem), "damaged")
        row = next((place for place in error.where if place.startswith("row ")), "")
        # Not `from`: what was said, and its traceback, may hold a cell.
        raise ExportError(reason, row=row.removeprefix("row ")) from None
