"""What is in the box, seen from outside: straight from the tables, past the application."""

import sqlite3
from pathlib import Path

import psycopg

ROWS = "SELECT id, sealed FROM surveys_ballot"
TALLY = "SELECT coalesce(sum(count), 0) FROM surveys_tally"
# A table without this key would let a ballot in twice; the count below sees it even so.
FILE = "erbij.sqlite3"


class Box:
    """The ballots in a database: `address` of PostgreSQL, or empty for SQLite in `folder`."""

    def __init__(self, folder: Path, address: str = "") -> None:
        self.folder, self.address = folder, address

    def ballots(self) -> list[tuple[str, str]]:
        """Every row: id with hyphens and what is sealed. Opening the file recovers it after a crash."""
        return [(hyphened(str(ballot)), sealed) for ballot, sealed in self.ask(ROWS)]

    def ids(self) -> list[str]:
        return [ballot for ballot, _sealed in self.ballots()]

    def tallied(self) -> int:
        return int(str(self.ask(TALLY)[0][0]))

    def is_whole(self) -> bool:
        """Whether the database finds nothing wrong with itself (PostgreSQL: reads every page)."""
        if self.address:
            self.ask("SELECT count(sealed) FROM surveys_ballot")
            return True
        return self.ask("PRAGMA integrity_check") == [("ok",)]

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        if self.address:
            with psycopg.connect(self.address) as connection:
                return connection.execute(statement).fetchall()
        connection = sqlite3.connect(self.folder / FILE, timeout=20)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()


def hyphened(ballot: str) -> str:
    """SQLite keeps 32 signs; on the wire there are hyphens.

    >>> hyphened("5f0a1c525f0e4d5e9d0a6a1e5b3f9c11")
    '5f0a1c52-5f0e-4d5e-9d0a-6a1e5b3f9c11'
    """
    plain = ballot.replace("-", "")
    return "-".join(plain[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
