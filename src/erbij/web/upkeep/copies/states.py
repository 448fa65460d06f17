"""The models as they were after certain changes to the tables: today's, or those of an older copy."""

from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from erbij.errors import WebError
from erbij.web import versions


def steps(alias: str) -> list[str]:
    """The changes that were made to a database, as `app.name`; all that this program knows.

    Raises
    ------
    WebError
        Some wait, or the database belongs to a newer program.
    """
    versions.refuse_newer(alias)
    if versions.waiting(alias):
        advice = "Run: erbij manage prepare"
        raise WebError("has tables that are not up to date", where=(f"database {alias}",), advice=advice)
    return steps_made(alias)


def steps_made(alias: str) -> list[str]:
    """As `steps`, without a look at whether they are all and no others."""
    return sorted(".".join(step) for step in MigrationExecutor(connections[alias]).loader.applied_migrations)


def models_after(names: list[str], alias: str) -> Any:
    """The models after these changes.

    Raises
    ------
    WebError
        A change that this program does not know: the copy is of a newer one.
    """
    loader = MigrationExecutor(connections[alias]).loader
    known = _known(names, loader)
    return loader.project_state(known).apps


def change_to(names: list[str], alias: str) -> None:
    """Make the tables of a database without tables as they were after these changes."""
    executor = MigrationExecutor(connections[alias])
    known = set(_known(names, executor.loader))
    graph = executor.loader.graph
    last = [
        node
        for node in known
        if not any(child.key in known and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]
    executor.migrate(sorted(last))


def is_without_tables(alias: str) -> bool:
    """Whether a database has no table at all."""
    return not connections[alias].introspection.table_names()


def _known(names: list[str], loader: Any) -> list[tuple[str, str]]:
    wanted = [(app, name) for app, _, name in (each.partition(".") for each in names)]
    if strange := [name for name, step in zip(names, wanted, strict=True) if step not in loader.graph.nodes]:
        raise WebError(
            "comes from a newer version of Erbij than this one",
            where=("backup",),
            found=strange[-1],
            advice="Install that version, or a later one, and restore with it.",
        )
    return wanted
