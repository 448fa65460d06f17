"""Databases that come and go within one process: files of SQLite, or databases of PostgreSQL.

Which of the two is what the settings say when Django starts, for each store apart.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import connections

Name = Path | str
"""A file of SQLite, or a name that PostgreSQL knows."""
Stores = dict[str, Name]
"""A database for each alias of the settings."""
FILES = {"default": "erbij.sqlite3", "help": "help.sqlite3"}


def is_postgres(alias: str = "default") -> bool:
    return str(connections.settings[alias]["ENGINE"]).endswith("postgresql")


@contextmanager
def connected(stores: Stores) -> Iterator[None]:
    """Speak with these databases in the block, in this thread and in those that start in it."""
    before = {alias: (connections[alias], connections.settings[alias]["NAME"]) for alias in stores}
    for alias, name in stores.items():
        connections.settings[alias]["NAME"] = name
        connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        for alias, (connection, name) in before.items():
            connections[alias].close()
            connections.settings[alias]["NAME"], connections[alias] = name, connection


def bare(folder: Path) -> Stores:
    """Make databases without a table."""
    stores: Stores = {
        alias: f"empty-{uuid4().hex}" if is_postgres(alias) else folder / file
        for alias, file in FILES.items()
    }
    for alias, name in stores.items():
        if isinstance(name, str):
            _beside(alias, f'CREATE DATABASE "{name}"')
    return stores


def new(folder: Path) -> Stores:
    """Make databases with all tables and nothing in them."""
    stores = bare(folder)
    with connected(stores):
        for alias in stores:
            call_command("migrate", database=alias, verbosity=0)
            if not is_postgres(alias):
                connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return stores


def copy(stores: Stores, folder: Path) -> Stores:
    """Make others like them; nobody may be connected to the first."""
    copied: Stores = {}
    for alias, name in stores.items():
        if isinstance(name, str):
            copied[alias] = f"copy-{uuid4().hex}"
            _beside(alias, f'CREATE DATABASE "{copied[alias]}" TEMPLATE "{name}"')
        else:
            copied[alias] = Path(shutil.copy(name, folder / FILES[alias]))
    return copied


def drop(stores: Stores) -> None:
    """Take them away, also from threads that still hold a connection; files go with their folder."""
    for alias, name in stores.items():
        if isinstance(name, str):
            _beside(alias, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def address(name: Name) -> str:
    """What DATABASE_URL has to be for another process; empty for a file."""
    if isinstance(name, Path):
        return ""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _beside(alias: str, statement: str) -> None:
    parameters = connections[alias].get_connection_params() | {"dbname": "postgres"}
    names = ("dbname", "user", "password", "host", "port")
    known = {name: parameters[name] for name in names if name in parameters}
    with psycopg.connect(**known, autocommit=True) as other:
        other.execute(statement)
