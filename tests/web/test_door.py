import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from erbij.web import door
from erbij.web.door import Door


class Sender:
    """Stands for granian: the pieces of a body, and what was answered."""

    def __init__(self, *pieces: bytes, silent: bool = False) -> None:
        self._pieces, self._silent = pieces, silent
        self.answer: tuple[Any, ...] = ()

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece
        if self._silent:
            await asyncio.sleep(60)

    def response_bytes(self, *answer: Any) -> None:
        self.answer = answer

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.answer = (status, headers, b"")


class Pages:
    """Stands for Django: keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.body = b""
        self.is_closed = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.body = environ["wsgi.input"].read()
        start("418 I'm a teapot", [("X-Tea", "1"), ("X-Tea", "2")])
        return self

    def __iter__(self) -> Any:
        return iter((b"te", b"a"))

    def close(self) -> None:
        self.is_closed = True


class Headers:
    """Headers as granian gives them: some come twice."""

    def __init__(self, pairs: tuple[tuple[str, str], ...]) -> None:
        self._pairs = pairs

    def items(self) -> tuple[tuple[str, str], ...]:
        return self._pairs

    def get(self, name: str) -> str | None:
        return dict(self._pairs).get(name)

    def __contains__(self, name: str) -> bool:
        return name in dict(self._pairs)


LARGEST_FILE = 8 * 2**20 + 1000
"""Bytes: with the form around it."""
IN_PIECES = ("transfer-encoding", "chunked")


def scope(*headers: tuple[str, str], path: str = "/") -> Any:
    return SimpleNamespace(
        method="POST",
        path=path,
        query_string="a=%20b",
        http_version="1.1",
        scheme="http",
        server="127.0.0.1:8000",
        client="::1:43010",
        headers=Headers(headers),
    )


def through(pages: Pages, sender: Sender, asked: Any = None) -> tuple[Any, ...]:
    asyncio.run(Door(pages, threads=1).__rsgi__(asked or scope(), sender))
    return sender.answer


def test_answer_goes_out_as_the_pages_gave_it() -> None:
    pages = Pages()
    assert through(pages, Sender()) == (418, [("X-Tea", "1"), ("X-Tea", "2")], b"tea")
    assert pages.is_closed


def test_pages_get_the_request_as_the_standard_says() -> None:
    pages = Pages()
    headers = (
        ("content-type", "a/b"),
        ("content-length", "99"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x-y", "1"),
    )
    through(pages, Sender(b"one", b"two"), scope(*headers, ("x-y", "2"), path="/c/ζ/"))
    (asked,) = pages.asked
    assert pages.body == b"onetwo"
    assert asked["PATH_INFO"].encode("latin-1").decode() == "/c/ζ/"
    wanted = {
        "CONTENT_LENGTH": "6",
        "CONTENT_TYPE": "a/b",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_Y": "1,2",
        "QUERY_STRING": "a=%20b",
        "REMOTE_ADDR": "::1",
        "SERVER_PORT": "8000",
    }
    assert {name: asked[name] for name in wanted} == wanted
    assert "HTTP_CONTENT_LENGTH" not in asked


def test_more_than_anybody_sends_is_read_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_KEPT", 10)
    pages = Pages()
    assert through(pages, Sender(b"x" * 8, b"y" * 8), scope(IN_PIECES))[0] == 418
    assert pages.body == b""
    assert pages.asked[0]["CONTENT_LENGTH"] == "16"


def test_largest_file_that_may_be_sent_arrives_whole() -> None:
    pages = Pages()
    through(pages, Sender(b"x" * LARGEST_FILE), scope(IN_PIECES))
    assert len(pages.body) == LARGEST_FILE


def test_body_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_READ", 100)
    pages = Pages()
    through(pages, Sender(*[b"x" * 30] * 1000), scope(IN_PIECES))
    assert pages.asked[0]["CONTENT_LENGTH"] == "120"


def test_tablet_that_goes_silent_gets_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.01)
    pages = Pages()
    assert through(pages, Sender(b"{", silent=True)) == (408, [], b"")
    assert pages.asked == []
