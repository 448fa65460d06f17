"""What a tablet could send that is no good, to the server itself: kind words, and nothing lost."""

import http.client
import json
import socket
from typing import Any
from uuid import uuid4

import pytest

from bench.server import HERE
from erbij.web.surveys import pupil_words, sealing
from erbij.web.surveys.models import Ballot

TEN = 10 * 1024 * 1024
LONGEST = 20
"""Seconds within which the server answers anything at all."""


def send(served: Any, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(HERE, served.port, timeout=LONGEST)
    try:
        connection.request(method, path, body, {"Host": HERE, **headers})
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def post(served: Any, ballot: object) -> tuple[int, dict[str, Any]]:
    body = ballot if isinstance(ballot, bytes) else json.dumps(ballot).encode()
    status, text = send(served, "POST", "/ballots/", body, **{"Content-Type": "application/json"})
    return status, json.loads(text)


def sealed(served: Any, *, wave: str = "", number: str = "", room: Any = None) -> dict[str, str]:
    ballot = number or str(uuid4())
    code = (room or served.board).school_class.code
    plain = {"v": 1, "class": code, "language": "nl", "answers": {"gender": 1}}
    text = sealing.seal(plain, bytes(served.wave.public_key), wave=wave or served.wave.code, ballot=ballot)
    return {"id": ballot, "wave": wave or served.wave.code, "sealed": text, "class": code}


def stored(ballot: dict[str, str]) -> int:
    return Ballot.objects.filter(pk=ballot["id"]).count()


def test_replayed_ballot_is_acknowledged_and_kept_once(served: Any) -> None:
    ballot = sealed(served)
    assert [post(served, ballot) for _ in range(3)] == [(200, {"stored": True})] * 3
    assert stored(ballot) == 1


def test_tampered_replay_does_not_take_the_place_of_the_first(served: Any) -> None:
    ballot = sealed(served)
    assert post(served, ballot)[0] == 200
    changed = ballot | {"sealed": ballot["sealed"][:-9] + "A" * 9}
    assert post(served, changed) == (200, {"stored": True})
    assert Ballot.objects.get(pk=ballot["id"]).sealed == ballot["sealed"]


BAD = {
    "another wave": (lambda s: sealed(s, wave="no-such-wave"), 404, "unknown-wave"),
    "no json": (lambda _s: b"{", 400, "not-a-ballot"),
    "not UTF-8": (lambda _s: b'{"id": "\xff\xfe"}', 400, "not-a-ballot"),
    "a list": (lambda _s: [1], 400, "not-a-ballot"),
    "brackets without end": (lambda _s: b"[" * 50_000, 400, "not-a-ballot"),
    "no id": (lambda s: sealed(s) | {"id": ""}, 400, "not-a-ballot"),
    "a number for an id": (lambda s: sealed(s) | {"id": 7}, 400, "not-a-ballot"),
    "an id with a time in it": (
        lambda s: sealed(s) | {"id": "6fa459ea-ee8a-11e8-8eb2-f2801f1b9fd1"},
        400,
        "not-a-ballot",
    ),
    "cut off": (lambda s: sealed(s) | {"sealed": sealed(s)["sealed"][:-40]}, 400, "not-a-ballot"),
    "nothing sealed": (lambda s: sealed(s) | {"sealed": ""}, 400, "not-a-ballot"),
    "a zero byte": (lambda s: sealed(s) | {"wave": "a\0b"}, 404, "unknown-wave"),
    "half a pair of signs": (lambda s: sealed(s) | {"wave": "\ud800"}, 404, "unknown-wave"),
    "too much sealed": (lambda s: sealed(s) | {"sealed": "A" * (80 * 1024)}, 413, "too-large"),
    "10 MB": (lambda s: sealed(s) | {"sealed": "A" * TEN}, 413, "too-large"),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_ballot_gets_kind_words_and_the_next_good_one_is_stored(bad: str, served: Any) -> None:
    make, status, error = BAD[bad]
    found, answer = post(served, make(served))
    assert (found, answer["error"]) == (status, error)
    assert answer["message"].endswith(".")
    good = sealed(served) | {"class": ""}
    assert post(served, good)[0] == 200
    assert stored(good) == 1


@pytest.mark.parametrize("room", ["no-such-class", "a\0b", "\ud800", ""])
def test_class_that_is_none_costs_no_ballot(room: str, served: Any) -> None:
    ballot = sealed(served) | {"class": room}
    assert post(served, ballot) == (200, {"stored": True})
    assert stored(ballot) == 1


@pytest.mark.parametrize("word", ["board", "gone"])
def test_form_with_signs_of_no_writing_gets_a_kind_page(word: str, served: Any) -> None:
    where = served.board.word if word == "board" else "no-such-word"
    status, page = send(
        served,
        "POST",
        f"/c/{where}/",
        b"_wave=%00&_class=a%00b&_show=fr&_ballot=%00&gender=%00",
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert status == (200 if word == "board" else 404)
    assert (pupil_words.words("fr")["hand_in"] if status == 200 else "<form") in page


def test_full_class_is_told_and_the_others_go_on(served: Any) -> None:
    found = [post(served, sealed(served, room=served.full)) for _ in range(8)]
    assert [status for status, _ in found] == [200] * 6 + [409] * 2
    assert found[-1][1]["error"] == "class-full"
    assert post(served, sealed(served) | {"class": ""})[0] == 200


@pytest.mark.parametrize("word", ["maan-mus-meeuw", "x" * 2000, "%00", "%F0%9F%8C%9E", "%ff"])
def test_wrong_word_gets_a_kind_page(word: str, served: Any) -> None:
    status, page = send(served, "GET", f"/c/{word}/")
    assert status == 404
    assert pupil_words.words("nl")["unknown_title"] in page


@pytest.mark.parametrize("path", ["/ballots/", "/c/{word}/"])
def test_ten_megabytes_neither_hang_nor_stop_the_server(path: str, served: Any) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    status, page = send(served, "POST", path.format(word=served.board.word), b"gender=" + b"1" * TEN, **kind)
    assert status == 413
    assert len(page) > 20
    assert "Traceback" not in page
    assert send(served, "GET", "/")[0] == 200


def test_body_without_a_length_is_limited_too(served: Any) -> None:
    chunks = (b"A" * 65_536 for _ in range(TEN // 65_536))
    status, answer = send(served, "POST", "/ballots/", chunks, **{"Content-Type": "application/json"})
    assert status in (400, 413)
    assert json.loads(answer)["error"] in ("not-a-ballot", "too-large")
    assert send(served, "GET", "/")[0] == 200


@pytest.mark.parametrize("length", ["-1", "ten", "99999999999999999999"])
def test_wrong_length_does_not_stop_the_server(length: str, served: Any) -> None:
    with socket.create_connection((HERE, served.port), timeout=LONGEST) as raw:
        raw.sendall(
            f"POST /ballots/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: {length}\r\n\r\n{{}}".encode()
        )
        assert b" 4" in raw.recv(64)
    assert send(served, "GET", "/")[0] == 200


def test_tablets_that_go_silent_do_not_keep_the_others_out(served: Any) -> None:
    silent = []
    for _ in range(40):  # more than the server has threads
        raw = socket.create_connection((HERE, served.port), timeout=LONGEST)
        raw.sendall(f"POST /ballots/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: 6000\r\n\r\n{{".encode())
        silent.append(raw)
    ballot = sealed(served) | {"class": ""}
    status, _ = post(served, ballot)
    for raw in silent:
        raw.close()
    assert status == 200
    assert stored(ballot) == 1


def test_ballot_whose_sender_hung_up_is_stored_or_not_but_never_twice(served: Any) -> None:
    ballot = sealed(served) | {"class": ""}
    body = json.dumps(ballot).encode()
    with socket.create_connection((HERE, served.port), timeout=LONGEST) as raw:
        raw.sendall(
            f"POST /ballots/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )
    assert post(served, ballot) == (200, {"stored": True})
    assert stored(ballot) == 1
