import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parents[1]
STORES = {"default": "erbij.sqlite3", "help": "help.sqlite3"}


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with files that are not ours to publish; the tests that need them say so when they skip."""
    folder = Path(os.environ.get("ERBIJ_SHARED", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: set ERBIJ_SHARED to where the PISA files are")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may use the database may use both: the help channel has one of its own."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            given = {"databases": ["default", "help"], **(mark.kwargs if mark else {})}
            item.add_marker(pytest.mark.django_db(**given), append=False)


@contextmanager
def lent(folder: Path) -> Iterator[None]:
    """The databases of a folder in the place of those of the tests; for every thread to come as well."""
    before = {alias: (connections[alias], connections.settings[alias]["NAME"]) for alias in STORES}
    for alias, name in STORES.items():
        connections.settings[alias]["NAME"] = folder / name
        connections[alias] = connections.create_connection(alias)
    yield
    for alias, (connection, name) in before.items():
        connections[alias].close()
        connections.settings[alias]["NAME"], connections[alias] = name, connection


@pytest.fixture(scope="session")
def empty_stores(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A folder with both databases, migrated, to be copied."""
    folder = tmp_path_factory.mktemp("stores")
    with django_db_blocker.unblock(), lent(folder):
        for alias in STORES:
            call_command("migrate", database=alias, verbosity=0)
            connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def stores(empty_stores: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """Both databases in files, as a school has them: with threads, a log beside and no transaction around."""
    folder = Path(shutil.copytree(empty_stores, tmp_path / "disk"))
    with django_db_blocker.unblock(), lent(folder):
        yield folder
