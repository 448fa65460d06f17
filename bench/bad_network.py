"""A bad network between tablets and server: replies get lost after the ballot is stored, or come late.

Both follow from the seed and the order of the connections.
"""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

HERE = "127.0.0.1"


@dataclass(slots=True)
class Harm:
    """What it does to a share of the replies, and how often it did; `delay` in seconds."""

    lost: float = 0.3
    late: float = 0.2
    delay: float = 5.0
    seed: int = 1
    times_lost: int = 0
    times_late: int = 0


class BadNetwork:
    """Passes every request on to the server, one for each connection, and not every reply back."""

    def __init__(self, port: int, harm: Harm) -> None:
        self._server, self._harm, self._chance = port, harm, random.Random(harm.seed)
        self._carrying: set[asyncio.Task[None]] = set()

    def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a tablet; closed in the end, also where it is called off before it began."""
        task = asyncio.get_running_loop().create_task(self._carried(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        task.add_done_callback(lambda _: writer.close())

    async def call_off(self) -> int:
        """End what is being carried; how many connections that were."""
        carrying = tuple(self._carrying)
        for task in carrying:
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)
        return len(carrying)

    async def _carried(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _message(reader)
            reply = await self._asked(request)
            if request.startswith(b"POST /ballots/"):
                reply = await self._harmed(reply)
            writer.write(reply)
            await writer.drain()
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the tablet has given up, or the school is out

    async def _asked(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(HERE, self._server)
        head, _, body = request.partition(b"\r\n\r\n")
        kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        writer.write(b"\r\n".join([*kept, b"Connection: close"]) + b"\r\n\r\n" + body)
        try:
            return await reader.read(-1)  # to the end: the ballot is stored before anything gets lost
        finally:
            writer.close()

    async def _harmed(self, reply: bytes) -> bytes:
        drawn = self._chance.random()
        if drawn < self._harm.lost:
            self._harm.times_lost += 1
            return b""
        if drawn < self._harm.lost + self._harm.late:
            self._harm.times_late += 1
            await asyncio.sleep(self._harm.delay)
        return reply


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return head + await reader.readexactly(length)


@contextmanager
def between(port: int, harm: Harm) -> Iterator[int]:
    """A bad network before the server at a port; gives the port that tablets use."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    network = BadNetwork(port, harm)
    server = asyncio.run_coroutine_threadsafe(asyncio.start_server(network.carry, HERE, 0), loop).result()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_ended(server, network), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _ended(server: asyncio.Server, network: BadNetwork) -> None:
    # First those who still wait at the door: asyncio loses what it takes while it closes.
    await _called_off(network)
    server.close()
    await _called_off(network)


async def _called_off(network: BadNetwork) -> None:
    """Until nothing is carried any more: a connection that was just taken is carried a moment later."""
    still = 0
    while still < 3:
        still = still + 1 if not await network.call_off() else 0
        await asyncio.sleep(0.05)
