"""What a disk would tell: the order in which ballots arrived, with which card, and what was deleted.

A database appends. Although ballots have random ids, the place of their pages in the file follows their
arrival until everything is written anew.
"""

from django.db import connection


def mix() -> None:
    """Write the database anew, so that the place of a ballot follows its random id and not its arrival.

    Outside any transaction. In SQLite the write-ahead log is emptied as well, which holds each commit with
    its ballot and its card; in PostgreSQL every ballot gets the same transaction number and a place by its
    id, and so does every card.
    """
    if connection.in_atomic_block:
        raise RuntimeError("mixing needs to be outside a transaction")
    with connection.cursor() as cursor:
        for statement in STATEMENTS.get(connection.vendor, ()):
            cursor.execute(statement)


STATEMENTS = {
    "sqlite": (
        "PRAGMA secure_delete=ON",
        # In this order: VACUUM writes through the log, and what the log held before has to go too.
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "VACUUM",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ),
    "postgresql": (
        "UPDATE surveys_ballot SET wave = wave",
        "UPDATE surveys_tally SET count = count",
        "UPDATE surveys_card SET is_used = is_used",
        "CLUSTER surveys_ballot USING surveys_ballot_pkey",
        "CLUSTER surveys_card USING surveys_card_pkey",
        "VACUUM FULL surveys_ballot",
        "VACUUM FULL surveys_tally",
        "VACUUM FULL surveys_card",
        "VACUUM FULL surveys_wave",
    ),
}
