"""OneRoster CSV, as 1EdTech publishes it (OneRoster 1.2 CSV binding, 2022; 1.1 has the same columns here).

Of the files only manifest.csv, orgs.csv, classes.csv and enrollments.csv are opened. users.csv and
demographics.csv, which are about people, stay shut.
"""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from erbij.studies.rosters import cells
from erbij.studies.rosters.found import MOST_BYTES, FoundClass, Roster, RosterError, checked, name_of

OPENED = ("manifest.csv", "orgs.csv", "classes.csv", "enrollments.csv")
_VERSIONS = ("1.1", "1.2")


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files that are opened, out of a .zip; they may stand in a folder of it."""
    cells.check_zip(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(PurePosixPath(part.filename).name.lower(), part) for part in archive.infolist()]
            wanted = [(name, part) for name, part in parts if name in OPENED]
            if len({name for name, _part in wanted}) < len(wanted):
                raise RosterError("damaged")
            return {name: archive.read(part) for name, part in wanted}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError):
        raise RosterError("damaged") from None


def in_folder(folder: Path) -> dict[str, bytes]:
    """The files that are opened, out of a folder."""
    found = {name: folder / name for name in OPENED if (folder / name).is_file()}
    if any(path.stat().st_size > MOST_BYTES for path in found.values()):
        raise RosterError("too-large")
    return {name: path.read_bytes() for name, path in found.items()}


def read(files: Mapping[str, bytes]) -> Roster:
    """Count the pupils of each class.

    Parameters
    ----------
    files
        Content by name, of those in `OPENED`.

    Returns
    -------
    Roster
        Classes of the kind `homeroom` where there are any, else all. A class that is to be deleted and an
        enrolment that is to be deleted do not count; one pupil counts once in a class.

    Raises
    ------
    RosterError
        Among others for an export of changes only (`delta`).
    """
    if "classes.csv" not in files or "enrollments.csv" not in files:
        raise RosterError("missing-file")
    _check_manifest(files.get("manifest.csv"))
    orgs = _rows(files.get("orgs.csv", b""), "sourcedid", "name")
    schools = {row["sourcedid"]: row["name"] for row in orgs}
    pupils, rows = _pupils(files["enrollments.csv"])
    classes = list(_classes(files["classes.csv"]))
    homes = [row for row in classes if row["classtype"].strip().lower() == "homeroom"]
    found = (
        FoundClass(
            school=name_of(schools.get(row["schoolsourcedid"], "")),
            grade=_grade(row["grades"]),
            name=name_of(row["title"]),
            size=len(pupils[row["sourcedid"]]),
        )
        for row in homes or classes
        if row["sourcedid"] in pupils
    )
    return checked("oneroster", found, rows)


def _check_manifest(content: bytes | None) -> None:
    if content is None:
        return
    said = {row["propertyname"]: row["value"].lower() for row in _rows(content, "propertyname", "value")}
    if said.get("oneroster.version", "1.2") not in _VERSIONS:
        raise RosterError("version")
    if "delta" in (said.get("file.classes"), said.get("file.enrollments")):
        raise RosterError("not-whole")


def _classes(content: bytes) -> Iterator[dict[str, str]]:
    for row in _rows(content, "sourcedid", "title", "grades", "classtype", "schoolsourcedid", "status"):
        if row["status"].lower() != "tobedeleted":
            yield row


def _pupils(content: bytes) -> tuple[dict[str, set[str]], int]:
    """Who is in which class, to count each once: only here, and only while counting."""
    pupils, rows = defaultdict[str, set[str]](set), 0
    for row in _rows(content, "classsourcedid", "usersourcedid", "role", "status"):
        rows += 1
        if row["role"].lower() == "student" and row["status"].lower() != "tobedeleted":
            pupils[row["classsourcedid"]].add(row["usersourcedid"])
    return pupils, rows


def _rows(content: bytes, *columns: str) -> Iterator[dict[str, str]]:
    """The rows of a file, only these columns; "" where an optional one (grades, status ...) is absent."""
    rows = cells.of_text(content, is_strict=True)
    header = [name.strip().lower() for name in next(rows, [])]
    if header and not {*columns} - {"grades", "status", "classtype", "schoolsourcedid"} <= {*header}:
        raise RosterError("no-columns")
    places = {name: header.index(name) for name in columns if name in header}
    for number, row in enumerate(rows, start=2):
        if row and len(row) != len(header):
            raise RosterError("damaged", row=number)
        if row:
            yield dict.fromkeys(columns, "") | {name: row[place].strip() for name, place in places.items()}


def _grade(codes: str) -> str:
    """Grades of CEDS, `03` or `03,04`, as people write them."""
    return name_of("-".join(code.strip().lstrip("0") or code.strip() for code in codes.split(",")))
