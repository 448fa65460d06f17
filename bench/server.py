"""The real server, in processes of its own: started as `erbij serve` starts it, and killed without warning.

    python -m bench.server HOST PORT        a keeper: `start` on its stdin starts a server and answers its id

The keeper has everything loaded and forks, so that a server that was killed is back in a moment.
"""

import http.client
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HERE = "127.0.0.1"
SERVE = "from erbij.cli.serve import serve; serve()"
PATIENCE = 30
"""Seconds for a server to answer its first question."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the server has an answer to give."""
    connection = http.client.HTTPConnection(HERE, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while not answers(port):
        if time.monotonic() > until:
            raise TimeoutError(f"nothing answers at {HERE}:{port}")
        time.sleep(0.02)


@contextmanager
def serving(environment: Mapping[str, str], log: Path, *command: str) -> Iterator[int]:
    """`erbij serve` (or another command that takes `--port`) until the end of the block; gives its port.

    What it writes, on either stream, stands in `log`.
    """
    port = free_port()
    command = command or (sys.executable, "-c", SERVE)
    with log.open("ab") as written:
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            env=dict(environment),
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            kill(server.pid)
            server.wait()


def kill(group: int) -> None:
    """End a server and its workers at once: no handler runs, nothing is flushed."""
    os.killpg(group, signal.SIGKILL)


class Keeper:
    """Starts servers at one port, one after the other."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        with log.open("ab") as written:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bench.server", HERE, str(self.port)],
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            )

    def start(self) -> int:
        """Start a server and wait until it answers; gives its process group."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print("start", file=self._process.stdin, flush=True)
        group = int(self._process.stdout.readline())
        wait_for(self.port)
        return group

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def main() -> None:
    from erbij.cli import serve

    serve.load_django()
    # Everything a worker will need, before the first fork.
    import erbij.web.urls
    import erbij.web.wsgi  # noqa: F401

    # The keeper has neither threads nor connections: here a fork is safe, and starting anew takes a second.
    multiprocessing.set_start_method("fork")
    multiprocessing.set_start_method = lambda *_method, **_named: None  # type: ignore[assignment]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a killed server
    host, port = sys.argv[1], int(sys.argv[2])
    for _line in sys.stdin:
        if child := os.fork():
            print(child, flush=True)
            continue
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sys.stdin.close()
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve.answer(host, port, workers=1, threads=8)
        os._exit(0)


if __name__ == "__main__":
    main()
