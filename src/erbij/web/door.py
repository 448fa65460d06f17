"""The door of `erbij serve`: a request gets a thread once it is here as a whole.

A tablet that loses its network in the middle of a ballot sends nothing more, not even that it has gone.
Were its body read in a thread, a class of such tablets would keep the school out.
"""

import asyncio
import io
import math
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from django.conf import settings

from erbij.web.wsgi import application

PATIENCE = 30
"""Seconds for a whole request to come in."""
MOST_KEPT = int(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
"""Bytes of a body: the largest file that somebody may send.

What comes beyond is read, so that the sender sees the answer, and forgotten.
"""
MOST_READ = 64 * 1024 * 1024

Pages = Callable[[dict[str, Any], Any], Iterable[Any]]
Answer = tuple[int, list[tuple[str, str]], bytes]


class Door:
    """Brings requests to a WSGI application, by the interface of granian (RSGI)."""

    def __init__(self, pages: Pages, *, threads: int) -> None:
        self._pages, self._threads = pages, ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def __rsgi__(self, scope: Any, sender: Any) -> None:
        """Take one request in, and answer it."""
        try:
            async with asyncio.timeout(PATIENCE):
                body, length = await _whole(sender, _announced(scope.headers))
        except TimeoutError:
            sender.response_empty(HTTPStatus.REQUEST_TIMEOUT, [])
            return
        environ = _environ(scope, body, length)
        loop = asyncio.get_running_loop()
        sender.response_bytes(*await loop.run_in_executor(self._threads, _answer, self._pages, environ))


def opened(threads: int) -> Door:
    """The door to the pages of Erbij."""
    return Door(application, threads=threads)


def _announced(headers: Any) -> float:
    if "transfer-encoding" in headers:
        return math.inf  # in pieces: nobody knows how many
    return int(headers.get("content-length") or 0)


async def _whole(sender: Any, announced: float) -> tuple[bytes, int]:
    """What is kept of the body, and how long it was."""
    if announced <= MOST_KEPT:
        body = await sender()
        return body, len(body)
    pieces, length = [], 0
    async for piece in sender:
        length += len(piece)
        if length <= MOST_KEPT:
            pieces.append(bytes(piece))
        if length > MOST_READ:
            break
    return (b"".join(pieces) if length <= MOST_KEPT else b""), length


def _environ(scope: Any, body: bytes, length: int) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),  # as PEP 3333 wants it
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # it would pass for the header with a hyphen that a proxy sets
        key = f"HTTP_{name.upper().replace('-', '_')}"
        environ[key] = (
            f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}" if key in environ else value
        )
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    # Not what was announced but what came: a body in pieces announces nothing.
    environ.pop("HTTP_CONTENT_LENGTH", None)
    return environ | {"CONTENT_LENGTH": str(length)}


def _answer(pages: Pages, environ: dict[str, Any]) -> Answer:
    begun: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        begun[:] = [int(status.split(" ", 1)[0]), headers]

    answer = pages(environ, start)
    try:
        body = b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    return begun[0], begun[1], body
