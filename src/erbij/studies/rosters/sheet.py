"""A plain sheet, .csv or .xlsx: a row for each class with its number of pupils, or a row for each pupil.

Only the columns of class, grade and number are looked at. Where there is no number, rows are counted.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from erbij.studies.rosters.cells import Row
from erbij.studies.rosters.found import LARGEST_CLASS, FoundClass, Roster, RosterError, checked, name_of

CLASS = {
    "class",
    "class name",
    "klas",
    "klasnaam",
    "klasgroep",
    "groep",
    "groepsnaam",
    "classe",
    "nom de la classe",
}
GRADE = {
    "grade",
    "year",
    "year group",
    "leerjaar",
    "jaar",
    "graad",
    "jaargroep",
    "niveau",
    "annee",
    "annee scolaire",
}
SIZE = {
    *("size", "pupils", "students", "number", "number of pupils", "number of students", "count"),
    *("aantal", "aantal leerlingen", "leerlingen", "groepsgrootte"),
    *("effectif", "effectifs", "eleves", "nombre", "nombre d eleves"),
}


def read(rows: Iterable[Row]) -> Roster:
    """Find the columns by their heads (nl, en, fr), then read or count the classes."""
    lines = ((number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row))
    _number, top = next(lines, (1, []))
    heads = [_head(cell) for cell in top]
    class_at, grade_at, size_at = (_place(heads, known) for known in (CLASS, GRADE, SIZE))
    if class_at is None:
        raise RosterError("no-columns")
    if size_at is None:
        return _counted(lines, class_at, grade_at)
    found = [
        FoundClass(
            "", _cell(row, grade_at, number), _cell(row, class_at, number), _size(row, size_at, number)
        )
        for number, row in lines
    ]
    return checked("sheet", found, 0)


def _counted(lines: Iterator[tuple[int, Row]], class_at: int, grade_at: int | None) -> Roster:
    sizes = Counter((_cell(row, grade_at, number), _cell(row, class_at, number)) for number, row in lines)
    found = [FoundClass("", grade, name, size) for (grade, name), size in sizes.items()]
    return checked("sheet", found, sizes.total())


def _place(heads: list[str], known: set[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if head in known), None)


def _head(cell: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", cell[:60].lower()) if sign.isascii())
    return re.sub(r"[^a-z]+", " ", bare).strip()


def _cell(row: Row, place: int | None, number: int) -> str:
    if place is None:
        return ""
    return name_of(row[place] if place < len(row) else "", row=number)


def _size(row: Row, place: int, number: int) -> int:
    written = re.fullmatch(r"\s*(\d{1,4})(?:[.,]0+)?\s*", row[place] if place < len(row) else "")
    if written is None or not 1 <= int(written[1]) <= LARGEST_CLASS:
        raise RosterError("number", row=number)
    return int(written[1])
