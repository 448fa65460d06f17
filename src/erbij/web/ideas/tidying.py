"""What a disk would tell of ideas and votes: in which order they came (`surveys.mixing` writes it anew).

SQLite is written anew as a whole; PostgreSQL has to be told the tables.
"""

MIXED = tuple(
    statement
    for table, column in (("idea", "text"), ("vote", "chosen"), ("receipt", "digest"))
    for statement in (
        f"UPDATE ideas_{table} SET {column} = {column}",  # noqa: S608 (names of our own)
        f"CLUSTER ideas_{table} USING ideas_{table}_pkey",
    )
)
"""With a new transaction for every row, in the order of the random keys."""
