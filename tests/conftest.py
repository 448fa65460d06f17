import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import databases

ROOT = Path(__file__).resolve().parents[1]


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


@pytest.fixture(scope="session")
def empty_stores(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[databases.Stores]:
    """Both databases with tables only, to be copied."""
    with django_db_blocker.unblock():
        made = databases.new(tmp_path_factory.mktemp("stores"))
        yield made
        databases.drop(made)


@pytest.fixture
def stores(empty_stores: databases.Stores, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """Both databases as a school has them: with threads, a log beside and no transaction around.

    In files of this folder; or, where DATABASE_URL names one, in PostgreSQL.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    with django_db_blocker.unblock():
        copied = databases.copy(empty_stores, folder)
        with databases.connected(copied):
            yield folder
        databases.drop(copied)


@pytest.fixture(scope="session")
def reference_folder() -> Path:
    """The data and numbers of outside witnesses, and the scripts that gave them."""
    return ROOT / "tests" / "reference"
