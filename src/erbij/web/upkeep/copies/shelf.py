"""The folder in which copies stand, and how long."""

import datetime as dt
import json
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from erbij.errors import WebError
from erbij.web.upkeep.copies import parcel
from erbij.web.upkeep.copies.parcel import Contents

ENDING, LABEL = ".age", ".json"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy on the shelf; `waves` are the codes of the surveys whose sealed ballots are in it."""

    path: Path
    made: dt.datetime
    waves: tuple[str, ...]
    with_keys: bool


def keep(folder: Path, locked: bytes, contents: Contents) -> Copy:
    """Put a copy on the shelf, whole or not at all, with a label beside it that holds no word of anybody.

    Raises
    ------
    WebError
        Nothing can be written there.
    """
    made = dt.datetime.fromisoformat(contents.made)
    path = folder / f"erbij-{made:%Y-%m-%d-%H%M}-{secrets.token_hex(3)}{ENDING}"
    label = {
        "made": contents.made,
        "version": contents.version,
        "sha256": parcel.digest(locked),
        "waves": contents.waves,
        "keys": contents.keys,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path.with_suffix(LABEL), json.dumps(label, indent=1).encode())
        _write(path, locked)
    except OSError as problem:
        raise WebError(f"can't be written ({problem.strerror})", where=(str(folder),)) from problem
    return Copy(path, made, tuple(contents.waves), bool(contents.keys))


def _write(path: Path, raw: bytes) -> None:
    draft = path.with_name(f".{path.name}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def copies(folder: Path) -> list[Copy]:
    """The copies that stand there, the newest first; without its label a file is not ours."""
    found = [_labelled(path) for path in folder.glob(f"erbij-*{ENDING}")] if folder.is_dir() else []
    return sorted((each for each in found if each), key=lambda copy: copy.made, reverse=True)


def _labelled(path: Path) -> Copy | None:
    try:
        label = json.loads(path.with_suffix(LABEL).read_bytes())
        made = dt.datetime.fromisoformat(label["made"])
        return Copy(path, made, tuple(label["waves"]), bool(label["keys"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def out_of_date(found: list[Copy], *, now: dt.datetime, days: int, closed: Collection[str]) -> list[Copy]:
    """Which copies have to go; the newest stays, whatever its age.

    Parameters
    ----------
    days
        How long a copy stays.
    closed
        Codes of surveys that are not open any more: their ballots are nowhere else, and may not be here.
    """
    oldest = now - dt.timedelta(days=days)
    return [copy for copy in found[1:] if copy.made < oldest or set(copy.waves) & set(closed)]


def remove(copy: Copy) -> None:
    """Take a copy off the shelf."""
    for path in (copy.path, copy.path.with_suffix(LABEL)):
        path.unlink(missing_ok=True)
