"""The rival for scale: the same server and the same row, with nothing asked, checked or counted.

    ERBIJ_DATA=folder python -m bench.bare --port N     one INSERT for each POST, and no more

No software for surveys stands between socket and table here: it is what the parts themselves can do.
"""

import argparse
import json
import multiprocessing
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg

TABLE = "CREATE TABLE IF NOT EXISTS bare (id char(36) PRIMARY KEY, wave varchar(16), sealed text)"
INSERT = "INSERT INTO bare VALUES (?, ?, ?)"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
FILE = "bare.sqlite3"

_HERE = threading.local()
_ONE_AT_A_TIME = threading.Lock()


def _connection(folder: str, address: str) -> Any:
    """The connection of this thread; every statement is its own transaction."""
    if getattr(_HERE, "where", None) != (folder, address):
        _HERE.where, _HERE.connection = (folder, address), _connected(folder, address)
    return _HERE.connection


def _connected(folder: str, address: str) -> Any:
    if address:
        return psycopg.connect(address, autocommit=True)
    connection = sqlite3.connect(Path(folder) / FILE, timeout=20, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def insert(ballot: dict[str, str], *, folder: str, address: str) -> None:
    """One row, on disk when this returns."""
    row = (ballot["id"], ballot["wave"], ballot["sealed"])
    if address:
        _connection(folder, address).execute(INSERT.replace("?", "%s"), row)
        return
    with _ONE_AT_A_TIME:  # without it threads sleep while SQLite is busy, and it does half of this
        _connection(folder, address).execute(INSERT, row)


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """What granian calls; everything that is not a ballot is answered with an empty page."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length:
        where = {"folder": os.environ["ERBIJ_DATA"], "address": os.environ["DATABASE_URL"]}
        insert(json.loads(environ["wsgi.input"].read(length)), **where)
    body = b'{"stored": true}'
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def make_table(folder: str, address: str) -> None:
    _connection(folder, address).execute(TABLE)


def straight(ballots: list[dict[str, str]], *, folder: str, address: str, seconds: float) -> float:
    """Rows per second of one INSERT after another, without any server between."""
    make_table(folder, address)
    start, done = time.perf_counter(), 0
    for ballot in ballots:
        insert(ballot, folder=folder, address=address)
        done += 1
        if time.perf_counter() - start > seconds:
            break
    return done / (time.perf_counter() - start)


def door(_target: str) -> Any:
    """The same door as ours, to pages that do nothing."""
    from erbij.web.door import Door

    return Door(application, threads=16)


def main() -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args()
    make_table(os.environ["ERBIJ_DATA"], os.environ["DATABASE_URL"])
    _HERE.connection.close()  # the worker is another process and opens its own
    multiprocessing.set_start_method("spawn")
    Server(
        "bench.bare", address="127.0.0.1", port=chosen.port, interface=Interfaces.RSGI, log_enabled=False
    ).serve(target_loader=door)


if __name__ == "__main__":
    main()
