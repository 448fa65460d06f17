"""What a disk would tell of ideas and votes: in which order they came. Written anew, it tells no more."""

from contextlib import suppress

from django.db import DatabaseError, connection

from erbij.web.surveys import mixing

POSTGRES = tuple(
    statement
    for table, column in (("idea", "text"), ("vote", "chosen"), ("receipt", "digest"))
    for statement in (
        f"UPDATE ideas_{table} SET {column} = {column}",  # noqa: S608 (names of our own)
        f"CLUSTER ideas_{table} USING ideas_{table}_pkey",
    )
)
"""With a new transaction for every row, in the order of the random keys."""


def tidy() -> None:
    """Mix what waits for it (`surveys.mixing`); outside any transaction.

    What could not be mixed now is tried again with the next wave, class or round; nothing is lost.
    """
    if connection.vendor == "postgresql":
        with suppress(DatabaseError), connection.cursor() as cursor:
            for statement in POSTGRES:
                cursor.execute(statement)
    mixing.catch_up()
