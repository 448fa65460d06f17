"""Files that only the account of Erbij may read, and where they stand."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info
from django.core.checks import Warning as Caution
from django.db import connections
from django.utils.translation import gettext as _

from erbij.web.surveys import keys

OTHERS = 0o077
SETTINGS = ("ERBIJ_KEY_FILE", "ERBIJ_HELP_KEY_FILE")


def folder() -> Iterator[CheckMessage]:
    """Nobody else on this machine reads the folder of the data."""
    data: Path = settings.DATA
    if not data.is_dir():
        return
    known = data.stat()
    if known.st_mode & OTHERS:
        yield Error(
            _("Others on this machine may look into the folder of the data."),
            hint=_("Run: chmod 700 %(path)s") % {"path": data},
            id="erbij.folder",
        )
    if known.st_uid != os.geteuid():
        yield Error(
            _("The folder of the data belongs to another account than the one that asks."),
            hint=_("Run Erbij, and this check, as the account that owns %(path)s.") % {"path": data},
            id="erbij.folder",
        )


def keys_readable() -> Iterator[CheckMessage]:
    """Both key files are there, whole, and readable by their owner only."""
    for name, path in zip(SETTINGS, (settings.KEY_FILE, settings.HELP_KEY_FILE), strict=True):
        if not path.exists() and not is_started():
            continue
        try:
            keys.read_key_file(path, name=name)
        except keys.KeyFileError as problem:
            yield Error(
                _("A key file can't be used: %(why)s") % {"why": problem},
                hint=_("Put the copy back that was kept. A new key can't open what an old one closed."),
                id="erbij.keys",
            )


def keys_apart() -> Iterator[CheckMessage]:
    """A copy of the database's folder should not hold the key to the ballots in it."""
    if not is_started():
        yield Info(
            _("Erbij was not started here yet: there is no database and no key to look at."),
            hint=_("Run: erbij serve"),
            id="erbij.keys-apart",
        )
        return
    stands = Path(settings.KEY_FILE).parent
    beside = [path.parent for path in map(database_file, ("default", "help")) if path]
    if stands in beside:
        yield Caution(
            _("The key that opens ballots stands in the folder of the database: whoever copies that folder"
              " during a survey can read the answers."),
            hint=_("Let ERBIJ_KEY_FILE name a place outside it, and move the file there."),
            id="erbij.keys-apart",
        )  # fmt: skip


def database_file(alias: str) -> Path | None:
    """The file of a SQLite database; None for another kind, and for one in memory."""
    known = connections[alias].settings_dict
    is_file = known["ENGINE"].endswith("sqlite3") and "memory" not in str(known["NAME"])
    return Path(known["NAME"]) if is_file else None


def is_started() -> bool:
    """Whether there is something to look at: any server, or the file of the answers."""
    path = database_file("default")
    return path is None or path.exists()
