"""All tables in one file with a list of contents: how many rows each has, and the digest of each."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from erbij.errors import WebError

FORMAT = 1
CONTENTS = "contents.json"
DAY_ZERO = (1980, 1, 1, 0, 0, 0)
"""Files in the parcel carry no time."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a parcel.

    `steps`: for each database the changes to tables that were made to it, as `app.name`. `rows` and `digests`
    by `database/table`. `waves`: codes of surveys with sealed ballots in it. `keys`: names of the key files
    that travel with it, mostly none.
    """

    format: int
    version: str
    made: str
    steps: dict[str, list[str]]
    rows: dict[str, int]
    digests: dict[str, str]
    waves: list[str]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """Contents, and the files: lines of rows by `database/table`, and key files by `keys/name`."""

    contents: Contents
    files: Mapping[str, bytes]

    def lines(self, alias: str) -> dict[str, list[bytes]]:
        """The rows of one database, by table."""
        start = f"{alias}/"
        return {
            name.removeprefix(start): raw.splitlines(keepends=True)
            for name, raw in self.files.items()
            if name.startswith(start)
        }


def digest(raw: bytes) -> str:
    """Sha256, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def pack(parcel: Parcel) -> bytes:
    """One file; the same parcel gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        inside = {CONTENTS: json.dumps(asdict(parcel.contents), indent=1).encode(), **parcel.files}
        for name, raw in inside.items():
            file.writestr(zipfile.ZipInfo(name, DAY_ZERO), raw, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(raw: bytes) -> Parcel:
    """Read a parcel, and hold every file against its digest.

    Raises
    ------
    WebError
        It is no parcel of this program, one of a later one, or not whole.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            inside = {name: file.read(name) for name in file.namelist()}
        contents = Contents(**json.loads(inside.pop(CONTENTS)))
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as problem:
        raise WebError("is no copy that this version of Erbij can read", where=("backup",)) from problem
    if contents.format != FORMAT:
        raise WebError("is of another format", where=("backup",), found=contents.format, allowed=[FORMAT])
    parcel = Parcel(contents, inside)
    check(parcel)
    return parcel


def check(parcel: Parcel) -> None:
    """Hold every file against its digest and its number of rows; a WebError names the first that differs."""
    if set(parcel.files) != set(parcel.contents.digests):
        raise WebError("is not whole", where=("backup",))
    for name, raw in parcel.files.items():
        rows = parcel.contents.rows.get(name)
        is_same = digest(raw) == parcel.contents.digests[name]
        if not is_same or (rows is not None and rows != raw.count(b"\n")):
            raise WebError("is not what was written", where=("backup", name))
