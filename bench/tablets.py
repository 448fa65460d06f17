"""Tablets that hand in: over real sockets, with the rule of the page (queue.js) for sending again.

    python -m bench.tablets PLAN.json PORT burst --seconds 60       each ballot from a tablet of its own
    python -m bench.tablets PLAN.json PORT saturate --seconds 20    32 tablets, one ballot after another

Prints one line of JSON. On 127.0.0.1 only, and never longer or more than it was told.
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

HERE = "127.0.0.1"
FIRST_TRY, LATER_TRY = 3.0, 20.0
"""Seconds until a page gives up on a reply: while the pupil waits, and later from the queue."""
FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between two rounds of the queue; doubled each time."""
REFUSED = (400, 404, 409, 410, 413)
CLASS_SIZE = 24

T = TypeVar("T")
Ballot = dict[str, str]
Address = tuple[str, int]


@dataclass(slots=True)
class Sent:
    """One ballot on its way: how often it was sent, each status (0: no reply), seconds until stored."""

    id: str
    statuses: list[int] = field(default_factory=list)
    seconds: float | None = None

    @property
    def is_refused(self) -> bool:
        return bool(self.statuses) and self.statuses[-1] in REFUSED


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a page is; `speed` 10 makes every wait ten times shorter, for tests."""

    speed: float = 1.0

    def first_try(self) -> float:
        return FIRST_TRY / self.speed

    def later_try(self) -> float:
        return LATER_TRY / self.speed

    def waits(self) -> list[float]:
        doubled = [min(FIRST_WAIT * 2**round_, LONGEST_WAIT) / self.speed for round_ in range(12)]
        return [0.0, *doubled]


class Tablet:
    """One connection, made anew whenever it broke."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, ballot: Ballot, *, patience: float) -> int:
        """Send once; the status, or 0 where no whole reply came in time."""
        try:
            async with asyncio.timeout(patience):
                status, body = await self._exchange(json.dumps(ballot).encode())
        except (OSError, TimeoutError, EOFError):
            self.close()
            return 0
        return status if status != 200 or json.loads(body).get("stored") is True else 0

    async def _exchange(self, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        reader, writer = self._streams
        head = f"POST /ballots/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        return int(lines[0].split()[1]), await reader.readexactly(int(named["content-length"]))

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def hand_in(ballot: Ballot, address: Address, *, pace: Pace = Pace()) -> Sent:
    """Send until it is stored or refused, or the rounds have run out."""
    tablet, sent, start = Tablet(address), Sent(ballot["id"]), time.perf_counter()
    waiting = {name: ballot[name] for name in ("id", "wave", "sealed")}  # the queue has forgotten the class
    sent.statuses.append(await tablet.post(ballot, patience=pace.first_try()))
    for wait in pace.waits():
        if sent.statuses[-1] == 200 or sent.is_refused:
            break
        await asyncio.sleep(wait)
        sent.statuses.append(await tablet.post(waiting, patience=pace.later_try()))
    if sent.statuses[-1] == 200:
        sent.seconds = time.perf_counter() - start
    tablet.close()
    return sent


def arrivals(count: int, *, seconds: float, seed: int) -> list[float]:
    """When each ballot is handed in: classes finish one by one, their pupils within some ten seconds."""
    chance, found = random.Random(seed), []
    ends = [chance.uniform(0, seconds) for _ in range(-(-count // CLASS_SIZE))]
    for number in range(count):
        moment = ends[number // CLASS_SIZE] + chance.gauss(0, 4)
        # Past either end it is reflected: everyone hands in within these seconds.
        moment = abs(moment) if moment < 0 else moment
        found.append(moment if moment < seconds else 2 * seconds - moment)
    return found


async def burst(ballots: list[Ballot], address: Address, *, seconds: float, seed: int = 1) -> list[Sent]:
    """Every pupil hands in from a tablet of its own, at a moment of its own."""

    async def one(ballot: Ballot, moment: float) -> Sent:
        await asyncio.sleep(moment)
        return await hand_in(ballot, address)

    moments = arrivals(len(ballots), seconds=seconds, seed=seed)
    return list(await asyncio.gather(*map(one, ballots, moments)))


async def saturate(
    ballots: list[Ballot], address: Address, *, seconds: float, connections: int = 32
) -> tuple[list[Sent], float]:
    """Hand in without a pause; gives what was sent and how long it took."""
    # From every class at once: pupils of one class are counted in one row.
    left = iter(random.Random(len(ballots)).sample(ballots, len(ballots)))
    start, done = time.perf_counter(), []

    async def one() -> None:
        tablet = Tablet(address)
        for ballot in left:
            began = time.perf_counter()
            status = await tablet.post(ballot, patience=LATER_TRY)
            took = time.perf_counter() - began
            done.append(Sent(ballot["id"], [status], took if status == 200 else None))
            if time.perf_counter() - start > seconds:
                break
        tablet.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return done, time.perf_counter() - start


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end in a thread of its own: in that of a test a browser may have its loop already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("how", choices=("burst", "saturate"))
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--ballots", type=int, nargs=2, metavar=("FROM", "TO"), default=(0, None))
    chosen = parser.parse_args()
    ballots = json.loads(chosen.plan.read_text())["ballots"][slice(*chosen.ballots)]
    address, took = (HERE, chosen.port), chosen.seconds
    if chosen.how == "burst":
        sent = asyncio.run(burst(ballots, address, seconds=chosen.seconds))
    else:
        sent, took = asyncio.run(saturate(ballots, address, seconds=chosen.seconds))
    print(json.dumps({"seconds": took, "sent": [asdict(one) for one in sent]}))


if __name__ == "__main__":
    main()
