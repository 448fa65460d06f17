"""Three in ten replies get lost after the ballot is stored, others come later than a page waits."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from bench import postgres, school, server, tablets
from bench.bad_network import Harm, between
from bench.box import Box
from bench.tablets import Pace, Sent

PUPILS = 120
PACE = Pace(speed=10)
"""The waits of the page, ten times shorter; the delays likewise."""


@pytest.fixture
def address() -> Iterator[str]:
    named = os.environ.get("DATABASE_URL", "")
    with postgres.another(named) if named else nullcontext("") as made:
        yield made


async def hand_in(ballots: list[tablets.Ballot], port: int) -> list[Sent]:
    where = (server.HERE, port)
    return list(await asyncio.gather(*(tablets.hand_in(ballot, where, pace=PACE) for ballot in ballots)))


def test_every_ballot_arrives_exactly_once(tmp_path: Path, address: str) -> None:
    plan = school.prepare(tmp_path, database=address, classes=5, size=PUPILS, parts=(PUPILS,))
    harm = Harm(delay=5 / PACE.speed)
    with server.serving(school.settings(tmp_path, address), tmp_path / "log") as real:
        with between(real, harm) as bad:
            sent = tablets.run(hand_in(plan.ballots, bad))
        box = Box(tmp_path, address)
        assert sorted(box.ids()) == sorted(ballot["id"] for ballot in plan.ballots)
        assert box.tallied() == PUPILS
    assert all(one.statuses[-1] == 200 for one in sent)
    # The network was as bad as it should be, and the tablets sent again.
    assert harm.times_lost > 0.2 * PUPILS
    assert harm.times_late > 0.1 * PUPILS
    assert sum(len(one.statuses) for one in sent) >= PUPILS + harm.times_lost
