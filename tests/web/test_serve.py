import os
import queue
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from erbij.cli import serve
from erbij.web import codes

START = "from erbij.cli.serve import serve; serve()"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server of its own in an empty folder: its address and its start code."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", START, "--port", str(port)],
        env={
            **os.environ,
            "ERBIJ_DATA": str(tmp_path),
            "ERBIJ_KEY_FILE": "",
            "ERBIJ_HELP_KEY_FILE": "",
            "DATABASE_URL": "",
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        said = server.stderr.readline() + server.stderr.readline()
        yield f"http://127.0.0.1:{port}", re.findall(r"type (\S+)", said)[0]
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stderr.close()


def fetch(address: str) -> tuple[str, str]:
    """The address where one ends up and its text; the server may need a moment to listen."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
                return answer.url, answer.read().decode()
        except urllib.error.URLError as refused:
            if not isinstance(refused.reason, ConnectionError):
                raise
            time.sleep(0.05)
    raise AssertionError(address)


def test_first_start_needs_nothing_but_the_printed_code(served: tuple[str, str], tmp_path: Path) -> None:
    address, code = served
    where, page = fetch(f"{address}/home/")
    assert where == f"{address}/first/"
    assert 'name="code"' in page
    assert codes.is_whole(codes.tidy(code))
    assert ":root" in fetch(f"{address}/static/erbij/web.css")[1]
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert {"erbij.sqlite3", "help.sqlite3", "secret-key", "wave-key", "help-key", "start-code"} <= set(modes)
    assert set(modes.values()) == {0}


def test_server_keeps_time_for_who_waits_and_for_what_was_agreed() -> None:
    called: queue.Queue[tuple[str, bool]] = queue.Queue()

    class Management:
        def call_command(self, name: str, *, forever: bool) -> None:
            called.put((name, forever))

    serve.keep_time(Management())
    assert {called.get(timeout=20) for _each in range(2)} == {("help_tick", True), ("remind", True)}
