"""Read settings from the environment; what can't be read is an error that names the variable."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from erbij.errors import WebError

MADE_UP = "MADE-UP-TOWN"
"""The file that marks a folder as that of a made-up town."""
YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")

# More than half of the posts failed with "database is locked" without IMMEDIATE;
# FULL because a tablet deletes its copy once a ballot is acknowledged.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}


def text(name: str, *, default: str) -> str:
    """Read a text; spaces around it do not count."""
    return os.environ.get(name, default).strip()


def names(name: str, *, default: str) -> list[str]:
    """Read names that are separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    """Read yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() not in YES + NO:
        raise WebError("is neither yes nor no", where=(name,), found=value, allowed=["1", "0"])
    return value.strip().lower() in YES


def choice(name: str, *, allowed: tuple[str, ...]) -> str:
    """Read one of several words; the first where nothing is said, WebError for another one."""
    value = os.environ.get(name, "").strip().lower() or allowed[0]
    if value not in allowed:
        raise WebError("is none of the words it can be", where=(name,), found=value, allowed=list(allowed))
    return value


def is_demo(name: str, *, data: Path) -> bool:
    """Read whether this is a demo; if so, its folder and database are its own.

    Parameters
    ----------
    name
        The variable, a flag.
    data
        The folder of the data: one that is empty or not there yet gets the mark of a made-up town.

    Raises
    ------
    WebError
        When the folder holds something that is no made-up town, or another database is named: who has
        a link signs in there without a password.
    """
    if not flag(name):
        return False
    for other in ("DATABASE_URL", "ERBIJ_HELP_DATABASE_URL"):
        if os.environ.get(other, "").strip():
            raise WebError(
                "a made-up town has a database of its own", where=(name,), advice=f"Leave {other} out."
            )
    mark = data / MADE_UP
    if not mark.exists() and data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise WebError(
            "holds something that is no made-up town",
            where=(str(data),),
            advice="Name an empty folder: erbij demo --data FOLDER.",
        )
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.write_text("Not one pupil or school in this folder exists. `erbij demo --fresh` makes it anew.\n")
    return True


def number(name: str, *, default: int, least: int) -> int:
    """Read a whole number of at least `least`."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise WebError("is not a whole number", where=(name,), found=value, allowed=[f"{least} or more"])
    return int(value)


def folder(name: str, *, default: Path) -> Path:
    """Read a path; `~` is the home folder."""
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().absolute() if value else default


def database(name: str, *, default: Path) -> dict[str, Any]:
    """Read the address of a database as Django's settings for it.

    Parameters
    ----------
    name
        The variable: `postgres://user:password@host:port/name?sslmode=require`, or empty.
    default
        The SQLite file that is used when the variable is empty; its folder is made.

    Raises
    ------
    WebError
        For another kind of database or an address without a name; the address itself is not shown.
    """
    address = os.environ.get(name, "").strip()
    if not address:
        default.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": default,
            # Opening and closing the file for each ballot took longer than storing it.
            "CONN_MAX_AGE": 600,  # seconds
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise WebError(
            "is not the address of a database that Erbij knows",
            where=(name,),
            found=f"{parts.scheme}://...",
            allowed=["postgres://user:password@host:port/name"],
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,  # seconds
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def check_apart(databases: Mapping[str, Mapping[str, Any]], *, names: tuple[str, ...]) -> None:
    """Refuse (WebError) one database under two names; `names` are the variables to mend."""
    usual = {"HOST": "localhost", "PORT": "5432", "NAME": ""}
    places = [[str(each.get(part) or usual[part]) for part in usual] for each in databases.values()]
    if any(place in places[:i] for i, place in enumerate(places)):
        raise WebError("are one database, and have to be two", where=names)
