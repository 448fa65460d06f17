"""Tablets hand in without a pause while the server is killed at random moments; then all is counted.

    python -m bench.killing [--kills 1000] [--seed 1]      SQLite, and PostgreSQL where it is installed

A ballot that was acknowledged has to be in the table, none may be there twice, the counts of the classes have
to agree with the rows, and the database has to open. PostgreSQL is crashed as well, at every tenth kill.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from bench import postgres, school, server
from bench.box import Box
from bench.tablets import Ballot, Tablet, run

TABLETS = 12
LONGEST_LIFE = 0.4
"""Seconds for which a server may answer before it is killed."""
KILLS_OF_A_SCHOOL = 100
"""Then another school begins, in an empty database."""
BALLOTS_FOR_A_KILL = 150
LOOK_INSIDE_EVERY = 25
CRASH_EVERY = 10


@dataclass(slots=True)
class Toll:
    """What came of it. Names of ballots are in `wrong`, with what is wrong with them."""

    kills: int = 0
    crashes: int = 0
    acknowledged: int = 0
    stored: int = 0
    unanswered: int = 0
    unanswered_but_stored: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Toll") -> None:
        for name in ("kills", "crashes", "acknowledged", "stored", "unanswered", "unanswered_but_stored"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong


class Siege:
    """One school under attack: `box` is looked into from outside, `keeper` brings the server back."""

    def __init__(self, ballots: list[Ballot], box: Box, keeper: server.Keeper, *, seed: int) -> None:
        self._left, self._box, self._keeper = iter(ballots), box, keeper
        self._chance = random.Random(seed)
        self._again: list[Ballot] = []
        self._acknowledged: set[str] = set()
        self.toll = Toll()

    def kill_once(self, *, crash: Callable[[], None] | None = None) -> None:
        """Start, hand in, kill, count; `crash` ends the database too, and brings it back."""
        group = self._keeper.start()
        # Half of the time the next server recovers the database, not the one who counts.
        if self.toll.kills % 2:
            self._count()
        run(self._hand_in_until_killed(group, self._chance.uniform(0, LONGEST_LIFE)))
        self.toll.kills += 1
        if crash is not None:
            crash()
            self.toll.crashes += 1
        if self.toll.kills % 2 == 0:
            self._count()

    def end(self) -> Toll:
        """Hand in what is left over, and count for the last time."""
        group = self._keeper.start()
        run(self._hand_in_what_is_left())
        server.kill(group)
        self._count()
        rows = self._box.ids()
        self.toll.acknowledged, self.toll.stored = len(self._acknowledged), len(rows)
        if set(rows) != self._acknowledged:
            self.toll.wrong.append(f"{len(set(rows) ^ self._acknowledged)} rows of nobody, at the end")
        if not self._box.is_whole():
            self.toll.wrong.append("the database is not whole")
        return self.toll

    async def _hand_in_until_killed(self, group: int, life: float) -> None:
        unanswered: list[Ballot] = []
        again, self._again = iter(self._again), []
        crowd = [asyncio.create_task(self._tablet(again, unanswered)) for _ in range(TABLETS)]
        await asyncio.sleep(life)
        server.kill(group)
        await asyncio.gather(*crowd)
        self._again = unanswered
        self.toll.unanswered += len(unanswered)

    async def _tablet(self, again: Iterator[Ballot], unanswered: list[Ballot]) -> None:
        tablet = Tablet((server.HERE, self._keeper.port))
        # First what nobody answered before the last kill: it may be there already.
        for ballot in chain(again, self._left):
            status = await tablet.post(ballot, patience=20)
            if status == 200:
                self._acknowledged.add(ballot["id"])
            elif status == 0:
                unanswered.append(ballot)
                break
            else:
                self.toll.wrong.append(f"{ballot['id']} was refused with {status}")
        tablet.close()

    async def _hand_in_what_is_left(self) -> None:
        tablet = Tablet((server.HERE, self._keeper.port))
        for ballot in self._again:
            if await tablet.post(ballot, patience=20) == 200:
                self._acknowledged.add(ballot["id"])
        tablet.close()

    def _count(self) -> None:
        rows = self._box.ids()
        stored = set(rows)
        self.toll.unanswered_but_stored += sum(ballot["id"] in stored for ballot in self._again)
        wrong = [f"{ballot} was acknowledged and is lost" for ballot in self._acknowledged - stored]
        if len(rows) != len(stored):
            wrong.append(f"{len(rows) - len(stored)} ballots are there twice")
        if self._box.tallied() != len(rows):
            wrong.append(f"{self._box.tallied()} counted, {len(rows)} stored")
        if self.toll.kills % LOOK_INSIDE_EVERY == 0 and not self._box.is_whole():
            wrong.append("the database is not whole")
        self.toll.wrong += [f"kill {self.toll.kills}: {each}" for each in wrong]


def besiege(
    folder: Path, address: str, *, kills: int, seed: int, cluster: postgres.Cluster | None = None
) -> Toll:
    """Attack one school in one database; `cluster` is crashed now and then where it is given."""
    many = kills * BALLOTS_FOR_A_KILL
    plan = school.prepare(folder, database=address, classes=10, size=many // 10, parts=(many,))
    keeper = server.Keeper(school.settings(folder, address), folder / "log")
    try:
        siege = Siege(plan.ballots, Box(folder, address), keeper, seed=seed)
        for number in range(kills):
            is_time = cluster is not None and number % CRASH_EVERY == CRASH_EVERY - 1
            siege.kill_once(crash=(lambda: _crash(cluster)) if is_time else None)
        return siege.end()
    finally:
        keeper.close()


def _crash(cluster: postgres.Cluster) -> None:
    cluster.stop("immediate")
    cluster.start()


def campaign(name: str, *, kills: int, seed: int, cluster: postgres.Cluster | None = None) -> Toll:
    """School after school until all kills are done; says how far it is."""
    total, start = Toll(), time.monotonic()
    while total.kills < kills and not total.wrong:
        number = total.kills // KILLS_OF_A_SCHOOL
        here = min(KILLS_OF_A_SCHOOL, kills - total.kills)
        with tempfile.TemporaryDirectory(prefix="erbij-kill-") as folder:
            address = cluster.create(f"school{number}") if cluster else ""
            total.add(besiege(Path(folder), address, kills=here, seed=seed + number, cluster=cluster))
        took = time.monotonic() - start
        print(
            f"{name}: {total.kills} of {kills} kills, {total.stored} ballots, {took:.0f} s", file=sys.stderr
        )
    return total


def told(name: str, toll: Toll) -> str:
    crashes = f", {toll.crashes} of them with a crash of the database" if toll.crashes else ""
    lines = [
        f"{name}: {toll.kills} kills{crashes}; {toll.acknowledged} acknowledged, {toll.stored} stored;",
        f"  no answer came {toll.unanswered} times, and {toll.unanswered_but_stored} of these were stored;",
        f"  lost, doubled or miscounted: {len(toll.wrong)}",
    ]
    return "\n".join([*lines, *toll.wrong[:20]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found = {"SQLite": campaign("SQLite", kills=chosen.kills, seed=chosen.seed)}
    if postgres.programs() is None:
        print("PostgreSQL is not installed here: SQLite only.")
    with postgres.cluster() if postgres.programs() else nullcontext() as cluster:
        if cluster:
            found["PostgreSQL"] = campaign(
                "PostgreSQL", kills=chosen.kills, seed=chosen.seed, cluster=cluster
            )
    for name, toll in found.items():
        print(told(name, toll))
    raise SystemExit(1 if any(toll.wrong for toll in found.values()) else 0)


if __name__ == "__main__":
    main()
