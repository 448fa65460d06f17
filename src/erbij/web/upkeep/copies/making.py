"""Making a copy: only after mixing, read back before it counts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

import erbij
from erbij.errors import WebError
from erbij.web.ideas.models import Round
from erbij.web.surveys import mixing
from erbij.web.surveys.models import Ballot, ClassSession
from erbij.web.upkeep.copies import locks, parcel, rows, shelf, states
from erbij.web.upkeep.copies.parcel import Contents, Parcel

KEYS = {"wave-key": "KEY_FILE", "help-key": "HELP_KEY_FILE"}
SECRET = "secret-key"  # noqa: S105 - the name of a file
ALIASES = ("default", "help")


def make(*, folder: Path, names: Sequence[str], with_keys: bool = False) -> shelf.Copy:
    """Make a copy of all data, locked for everyone who is named, and read it back from the disk.

    Parameters
    ----------
    folder
        Where copies stand; made where it is not there, for this account only.
    names
        Public halves of keys, `age1...`.
    with_keys
        Whether the keys of this server travel with it. With them the copy opens the ballots of open surveys.

    Raises
    ------
    WebError
        A class is answering or waits to be mixed, the tables are of another version, nobody is named who may
        open it, or what was written is not what was read.
    """
    locks.close(b"", names)  # before any work: somebody has to be able to open it
    for alias in ALIASES:
        states.steps(alias)
    refuse_while_asking()
    packed = parcel.pack(gathered(with_keys=with_keys))
    locked, once = locks.close(packed, names)
    kept = shelf.keep(folder, locked, parcel.unpack(packed).contents)
    try:
        _read_back(kept.path, once, packed)
    except WebError:
        shelf.remove(kept)
        raise
    return kept


def refuse_while_asking() -> None:
    """Refuse (WebError) where a copy could tell who came before whom.

    Answers, ideas and votes go into a copy by their random ids, but a copy from the middle of a lesson would
    tell apart who had finished by then, and what still waits to be mixed lies on the disk by its arrival.
    """
    with scopes_disabled():
        boards = ClassSession.objects.filter(is_open=True, school_class__isnull=False).count()
        boards += Round.objects.filter(word_until__gt=timezone.now()).count()
    if boards:
        raise WebError(
            "a class is answering, and a copy would tell who had finished by now",
            where=("backup",),
            found=f"{boards} classes with words on the board",
            advice="Make the copy when the last one has closed.",
        )
    if not mixing.catch_up():
        raise WebError(
            "the database could not be mixed",
            where=("backup",),
            advice="It is busy: try again in a minute, or run: erbij manage mix",
        )


def gathered(*, with_keys: bool = False) -> Parcel:
    """All rows of both databases as they are at one moment."""
    steps = {alias: states.steps(alias) for alias in ALIASES}
    files: dict[str, bytes] = {}
    with ExitStack() as moments, scopes_disabled():
        for alias in ALIASES:
            moments.enter_context(_one_moment(alias))
        for alias in ALIASES:
            files |= as_files(states.models_after(steps[alias], alias), alias)
        waves = sorted(set(Ballot.objects.values_list("wave", flat=True)))
    counts = {name: raw.count(b"\n") for name, raw in files.items()}
    keys = _keys() if with_keys else {}
    made = dt.datetime.now(dt.UTC).isoformat(timespec="minutes")
    digests = {name: parcel.digest(raw) for name, raw in {**files, **keys}.items()}
    contents = Contents(parcel.FORMAT, erbij.__version__, made, steps, counts, digests, waves, sorted(keys))
    return Parcel(contents, {**files, **keys})


def as_files(apps: Any, alias: str) -> dict[str, bytes]:
    """The rows of a database, by `database/table`."""
    found = rows.tables(apps, alias)
    return {f"{alias}/{model._meta.label_lower}": b"".join(rows.written(model, alias)) for model in found}


def _one_moment(alias: str) -> ExitStack:
    """A transaction in which nothing changes for who reads."""
    stack = ExitStack()
    stack.enter_context(transaction.atomic(using=alias))
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return stack


def _keys() -> Mapping[str, bytes]:
    paths = {name: getattr(settings, setting) for name, setting in KEYS.items()}
    paths[SECRET] = settings.DATA / SECRET
    return {f"keys/{name}": path.read_bytes() for name, path in paths.items() if path.exists()}


def _read_back(path: Path, once: Any, packed: bytes) -> None:
    """Open what stands on the disk, and read every row into memory as it would be restored."""
    found = parcel.unpack(locks.open_with(path.read_bytes(), [once]))
    if parcel.pack(found) != packed:
        raise WebError("is not what was written", where=(str(path),))
    for alias in ALIASES:
        apps = states.models_after(found.contents.steps[alias], alias)
        lines = found.lines(alias)
        for model in rows.tables(apps, alias):
            for line in lines[model._meta.label_lower]:
                rows.read(model, line)
