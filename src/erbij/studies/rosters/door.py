"""The one door for lists of classes: looks what a file is, by what it holds, and has it read."""

import zipfile
from io import BytesIO

from erbij.studies.rosters import cells, edex, oneroster, sheet
from erbij.studies.rosters.found import MOST_BYTES, Roster, RosterError


def read(content: bytes) -> Roster:
    r"""Read a list of classes.

    Parameters
    ----------
    content
        The bytes of a OneRoster .zip, an EDEX .xml, an .xlsx or a .csv; at most `MOST_BYTES`.

    Returns
    -------
    Roster
        Names of classes, grades and counts. Nothing about one pupil is in it.

    Raises
    ------
    RosterError
        With one `reason`, and a row where that helps; never with what stood in the file.

    Examples
    --------
    >>> [(each.grade, each.name, each.size) for each in read(b"klas;jaar;aantal\n3A;3;22\n").classes]
    [('3', '3A', 22)]
    """
    if len(content) > MOST_BYTES:
        raise RosterError("too-large")
    if not content.strip():
        raise RosterError("empty")
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return edex.read(content)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")):
        raise RosterError("unknown-kind")
    return sheet.read(cells.of_text(content))


def _zipped(content: bytes) -> Roster:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise RosterError("damaged") from None
    if "[Content_Types].xml" in names:
        return sheet.read(cells.of_workbook(content))
    if any(name.lower().endswith(".csv") for name in names):
        return oneroster.read(oneroster.unpacked(content))
    raise RosterError("unknown-kind")
