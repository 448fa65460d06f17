"""Which program made a database: by the names of the changes to its tables."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from erbij.errors import WebError

Step = tuple[str, str]
"""An app and the name of a migration of it."""


def unknown(alias: str) -> list[Step]:
    """Changes that were made to a database and that this program does not know: it is an older one."""
    loader = MigrationExecutor(connections[alias]).loader
    return sorted(set(loader.applied_migrations) - set(loader.disk_migrations))


def waiting(alias: str) -> list[Step]:
    """Changes that this program knows and that were not made yet."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _backwards in plan]


def refuse_newer(alias: str) -> None:
    """Refuse to touch a database of a newer program: it could write what that one can't read.

    Raises
    ------
    WebError
        Naming the newest of the changes.
    """
    if steps := unknown(alias):
        raise WebError(
            "was brought up to date by a newer version of Erbij than this one",
            where=(f"database {alias}",),
            found=".".join(steps[-1]),
            advice="Install that version again, or restore a backup from before it into an empty database.",
        )
