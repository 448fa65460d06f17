"""The server is killed in the middle of its work, again and again: what it acknowledged is there, once.

The full set is `make attack`: a thousand kills on SQLite and on PostgreSQL, which is crashed as well.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import killing, postgres
from bench.box import FILE, Box
from bench.killing import Siege

KILLS = 12


@pytest.fixture
def address() -> Iterator[str]:
    """An empty database beside the one that DATABASE_URL names; nothing for SQLite."""
    named = os.environ.get("DATABASE_URL", "")
    with postgres.another(named) if named else nullcontext("") as made:
        yield made


def test_what_was_acknowledged_survives_every_kill(tmp_path: Path, address: str) -> None:
    toll = killing.besiege(tmp_path, address, kills=KILLS, seed=20)
    assert toll.wrong == []
    assert toll.kills == KILLS
    assert toll.stored == toll.acknowledged > 0
    # The kills came in the middle of the work: each tablet had a ballot under way.
    assert toll.unanswered >= KILLS


@pytest.mark.full
@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_what_was_acknowledged_survives_a_thousand_kills(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if database == "PostgreSQL" and postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    with capsys.disabled(), postgres.cluster() if database == "PostgreSQL" else nullcontext() as cluster:
        toll = killing.campaign(database, kills=1000, seed=1, cluster=cluster)
        print(killing.told(database, toll))  # noqa: T201 (what it came to is the point)
    assert toll.wrong == []
    assert toll.kills == 1000
    assert toll.stored == toll.acknowledged > 10_000


@pytest.fixture
def siege(tmp_path: Path) -> Siege:
    """A siege of a table with two ballots, both acknowledged."""
    with sqlite3.connect(tmp_path / FILE) as table:
        table.execute("CREATE TABLE surveys_ballot (id, sealed)")
        table.execute("CREATE TABLE surveys_tally (count)")
        table.executemany("INSERT INTO surveys_ballot VALUES (?, 'x')", [(ONE,), (TWO,)])
        table.execute("INSERT INTO surveys_tally VALUES (2)")
    table.close()
    made = Siege([], Box(tmp_path), SimpleNamespace(port=0), seed=1)  # type: ignore[arg-type]
    made._acknowledged = {ONE, TWO}
    return made


ONE, TWO = "5f0a1c52-5f0e-4d5e-9d0a-6a1e5b3f9c11", "5f0a1c52-5f0e-4d5e-9d0a-6a1e5b3f9c12"


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("", []),
        (
            "DELETE FROM surveys_ballot WHERE id LIKE '%11'",
            [f"{ONE} was acknowledged and is lost", "2 counted, 1"],
        ),
        (
            "INSERT INTO surveys_ballot SELECT * FROM surveys_ballot WHERE id LIKE '%12'",
            ["1 ballots are there twice", "2 counted, 3"],
        ),
        ("UPDATE surveys_tally SET count = 1", ["1 counted, 2 stored"]),
    ],
)
def test_count_after_a_kill_would_see_it(harm: str, said: list[str], siege: Siege, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as table:
        table.execute(harm)
    table.close()
    siege._count()
    assert len(siege.toll.wrong) == len(said)
    assert all(words in told for words, told in zip(said, siege.toll.wrong, strict=True))
