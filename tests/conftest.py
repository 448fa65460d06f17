import os
from pathlib import Path

import pytest

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
