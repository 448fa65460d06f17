"""What a list of classes comes to, and why one is refused."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from erbij.errors import StudyError

MOST_BYTES = 8 * 2**20
MOST_UNPACKED = 64 * 2**20
MOST_ROWS = 100_000
MOST_CLASSES = 200
LARGEST_CLASS = 500
LONGEST_NAME = 60
_LONGEST_WRITTEN = 200

Reason = Literal[
    "empty",
    "too-large",
    "unpacks-to-too-much",
    "damaged",
    "unknown-kind",
    "encoding",
    "document-type",
    "no-columns",
    "not-whole",
    "version",
    "missing-file",
    "formula",
    "name",
    "number",
    "not-classes",
    "no-classes",
    "too-many",
]
PROBLEMS: dict[Reason, str] = {
    "empty": "an empty file",
    "too-large": f"larger than {MOST_BYTES // 2**20} MB",
    "unpacks-to-too-much": f"unpacks to more than {MOST_UNPACKED // 2**20} MB",
    "damaged": "damaged, or not what its name says",
    "unknown-kind": "not a list of classes: OneRoster (.zip), EDEX (.xml), .xlsx or .csv",
    "encoding": "not text in UTF-8",
    "document-type": "XML with a document type or entities",
    "no-columns": "without a column of classes in its first row",
    "not-whole": "only what changed since the last time; export everything (bulk)",
    "version": "another version than OneRoster 1.1 or 1.2",
    "missing-file": "OneRoster without classes.csv or enrollments.csv",
    "formula": "with a formula where a name stands",
    "name": "with a name that is too long or has invisible signs",
    "number": f"with a number of pupils that is not between 1 and {LARGEST_CLASS}",
    "not-classes": "with almost as many classes as rows: that column does not hold classes",
    "no-classes": "without a class that has pupils",
    "too-many": f"with more than {MOST_CLASSES} classes or {MOST_ROWS} rows",
}


class RosterError(StudyError):
    """A list of classes can't be taken. It tells a reason and a row, never what stood there."""

    def __init__(self, reason: Reason, *, row: int | None = None) -> None:
        where = ("the list of classes",) if row is None else ("the list of classes", f"row {row}")
        super().__init__(PROBLEMS[reason], where=where)
        self.reason: Reason = reason
        self.row = row

    def __reduce__(self) -> tuple[type["RosterError"], tuple[Reason]]:
        return type(self), (self.reason,)


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class: the school where the file names one, its grade or "", its name, and its pupils."""

    school: str
    grade: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Roster:
    """The classes of one file, in its order.

    `kind`: which format it was. `dropped`: rows about pupils that were counted and let go.
    """

    kind: Literal["oneroster", "edex", "sheet"]
    classes: tuple[FoundClass, ...]
    dropped: int


def name_of(text: str, *, row: int | None = None) -> str:
    r"""Write a name in one way; what nobody can see, a formula and a whole text are refused.

    >>> name_of("  3A \t blauw ")
    '3A blauw'
    """
    name = " ".join(unicodedata.normalize("NFC", text[: _LONGEST_WRITTEN + 1]).split())
    if name.startswith(("=", "@", "+", "-")):
        raise RosterError("formula", row=row)
    if len(name) > _LONGEST_WRITTEN or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise RosterError("name", row=row)
    return name[:LONGEST_NAME].strip()


def checked(kind: Literal["oneroster", "edex", "sheet"], classes: Iterable[FoundClass], rows: int) -> Roster:
    """Keep the classes that have pupils; none, too many or an impossible one is a RosterError."""
    found = tuple(each for each in classes if each.size > 0 and each.name)
    if not found:
        raise RosterError("no-classes")
    if len(found) > MOST_CLASSES:
        raise RosterError("too-many")
    if any(each.size > LARGEST_CLASS for each in found):
        raise RosterError("number")
    # A column of names of pupils would make a "class" of every row: nothing of it may be shown.
    if rows and 2 * sum(each.size == 1 for each in found) > len(found):
        raise RosterError("not-classes")
    return Roster(kind, found, rows)
