"""Every address is asked, rightly and wrongly, with words that are looked for afterwards.

Answers, session words, codes of cards and invitations, e-mail addresses, passwords and passphrases go in. The
log of the server (its level at DEBUG), the database with its log, the temporary folder and what came back in
errors may hold them in no spelling: plain, base64, hexadecimal, percent-encoded.
"""

import http.client
import json
import socket
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus, urlencode
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_scopes import scope

from bench.server import HERE
from erbij.web import codes
from erbij.web.accounts.models import Person
from erbij.web.schools import services as schools
from erbij.web.schools.models import Membership
from erbij.web.surveys import sealing

ANSWER = "kanarie-antwoord-één"
CARD = codes.shown("KANAR2CARD" + codes.check_sign("KANAR2CARD"))
INVITATION = codes.shown("KANAR3CARD" + codes.check_sign("KANAR3CARD"))
WORD = "kanarie-woordje"
EMAIL, PASSWORD, PASSPHRASE = "kanarie@geel.example", "kanarie geheim veertien", "kanarie lange zin van haar"
CANARIES = (ANSWER, CARD, CARD.replace("-", ""), INVITATION, WORD, EMAIL, PASSWORD, PASSPHRASE)

# Where a word of a person stands with reason: table and column, and why.
WITH_REASON = {
    ("surveys_classsession", "word"): "the word on the board, until the wave has closed",
    ("accounts_person", "email"): "the address of who has an account, to sign in with",
    ("account_emailaddress", "email"): "the same, where allauth looks for it",
    ("schools_invitation", "email"): "the address an invitation went to, until it is used or withdrawn",
}


def spellings(text: str) -> Iterator[bytes]:
    """Every way in which a text could stand in a file.

    Base64 has three, by the place where the text begins in its groups of three; the ends depend on what is
    beside it and are left off.
    """
    for plain in {text, text.upper(), text.lower()}:
        raw = plain.encode()
        yield raw
        yield plain.encode("utf-16-le")
        yield json.dumps(plain)[1:-1].encode()
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        yield quote(plain).encode()
        yield quote_plus(plain).encode()
        for shift in range(3):
            for encode in (b64encode, urlsafe_b64encode):
                yield encode(b"x" * shift + raw)[4:-4]


def seen(raw: bytes, canaries: tuple[str, ...] = CANARIES) -> set[str]:
    return {canary for canary in canaries if any(form in raw for form in spellings(canary))}


class Visitor:
    """A browser by hand: somebody signed in, or nobody."""

    def __init__(self, served: Any, cookies: str = "") -> None:
        token = "k" * 32
        self._served, self.back = served, b""
        self._headers = {"Host": HERE, "Cookie": f"csrftoken={token}{cookies}", "X-CSRFToken": token}

    def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded"
    ) -> int:
        wire = http.client.HTTPConnection(HERE, self._served.port, timeout=60)
        try:
            wire.request(method, path, body or None, {**self._headers, "Content-Type": kind})
            reply = wire.getresponse()
            text = reply.read()
        finally:
            wire.close()
        if reply.status >= 500:
            self.back += text
        return reply.status


def paths(patterns: list[Any], before: str = "/") -> Iterator[str]:
    """Every address that the site has, with canaries for what stands in it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, before + filled(pattern))
        elif isinstance(pattern, URLPattern):
            yield before + filled(pattern)


def filled(pattern: Any) -> str:
    route, converters = str(pattern.pattern), getattr(pattern.pattern, "converters", {})
    for name, made in converters.items():
        kind = type(made).__name__.removesuffix("Converter").lower()
        value = {"int": "987", "slug": "north"}.get(kind, quote(INVITATION if name == "code" else WORD))
        route = (
            route.replace(f"<{kind}:{name}>", value)
            .replace(f"<str:{name}>", value)
            .replace(f"<{name}>", value)
        )
    return route.replace("^", "").replace("$", "")


FORM = {
    **dict.fromkeys(("word", "w", "_word"), WORD),
    **dict.fromkeys(("code", "card", "_admission", "admission"), CARD),
    **dict.fromkeys(("login", "email"), EMAIL),
    **dict.fromkeys(("password", "password1", "password2"), PASSWORD),
    **dict.fromkeys(("passphrase", "recovery"), PASSPHRASE),
    **dict.fromkeys(
        ("gender", "accepted-by-peers", "note", "_language", "_minutes", "_ballot", "_show"), ANSWER
    ),
}


def sweep(visitor: Visitor) -> set[int]:
    """Ask everything in every way."""
    body, found = urlencode(FORM).encode(), set()
    for path in sorted(set(paths(get_resolver().url_patterns))):
        if "logout" in path:
            continue
        found.add(visitor.send("GET", f"{path}?{urlencode(FORM)}"))
        found.add(visitor.send("POST", path, body))
    return found


def break_the_ballots(visitor: Visitor, served: Any) -> list[int]:
    """Ballots that go wrong: refused, tampered, replayed, failing inside, too large, cut off."""
    ballot = str(uuid4())
    plain = {"v": 1, "class": "", "language": "nl", "answers": {"note": ANSWER, "word": WORD, "code": CARD}}
    text = sealing.seal(plain, bytes(served.wave.public_key), wave=served.wave.code, ballot=ballot)
    good = {"id": ballot, "wave": served.wave.code, "sealed": text}
    bad = [
        good,
        good,
        good | {"sealed": text[:-8] + "A" * 8},
        good | {"wave": "break"},
        good | {"wave": "break", "note": ANSWER, "word": WORD, "card": CARD},
        good | {"wave": WORD},
        good | {"id": str(uuid4()), "class": ANSWER, "admission": CARD},
        {"id": ANSWER, "wave": WORD, "sealed": CARD},
        [ANSWER],
        good | {"sealed": (ANSWER + CARD) * 500_000},
    ]
    kind = "application/json"
    found = [visitor.send("POST", "/ballots/", json.dumps(each).encode(), kind) for each in bad]
    found.append(visitor.send("POST", "/ballots/", f'{{"{ANSWER}": {WORD}'.encode(), kind))
    found.append(visitor.send("PUT", "/ballots/", json.dumps(good | {"note": ANSWER}).encode(), kind))
    found.append(visitor.send("POST", f"/c/{served.board.word}/", ANSWER.encode() * 500_000))
    with socket.create_connection((HERE, served.port), timeout=60) as raw:  # hangs up halfway
        raw.sendall(
            f"POST /ballots/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: 9999\r\n\r\n{ANSWER}".encode()
        )
    return found


@pytest.fixture
def coordinator(served: Any) -> str:
    """The cookie of a coordinator whose address and password are canaries, and who invited another canary."""
    person = Person.objects.create(email=EMAIL, name="Coordinator", password=make_password(PASSWORD))
    with scope(school=served.school):
        Membership.objects.create(school=served.school, person=person, role="coordinator")
        schools.invite(school=served.school, role="team-member", email=EMAIL, today=served.wave.opens_on)
    client = Client()
    client.force_login(person)
    return f"; sessionid={client.cookies['sessionid'].value}"


def columns_with(canaries: tuple[str, ...]) -> set[tuple[str, str]]:
    """Every column of every table in which a canary stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (its own tables)
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    (table, n)
                    for n, value in zip(names, row, strict=True)
                    if seen(str(value).encode(), canaries)
                }
    return found


def test_canaries_are_nowhere(served: Any, coordinator: str) -> None:
    nobody, somebody = Visitor(served), Visitor(served, coordinator)
    found = sweep(nobody) | sweep(somebody)
    assert {200, 302, 404, 405} <= found
    told = break_the_ballots(nobody, served)
    assert told[3:5] == [500, 500]
    assert {200, 400, 404, 413, 500} <= set(told)
    login = {"login": EMAIL, "password": PASSWORD + "?"}
    nobody.send("POST", "/account/login/", urlencode(login).encode())
    with scope(school=served.school):
        served.board.word = WORD
        served.board.save()
    assert nobody.send("GET", f"/c/{WORD}/?language=nl") == 200
    assert nobody.send("POST", f"/c/{WORD}/", urlencode(FORM).encode()) == 200  # shown once more
    handed = {name: value for name, value in FORM.items() if name != "_show"}
    assert nobody.send("POST", f"/c/{WORD}/", urlencode(handed).encode()) == 303

    log = served.log.read_bytes()
    assert b"DEBUG erbij.web a line of our own" in log
    assert b"RuntimeError at" in log
    assert seen(log) == set()
    assert seen(nobody.back + somebody.back) == set()
    assert seen(b"".join(p.read_bytes() for p in served.temporary.rglob("*") if p.is_file())) == set()
    assert columns_with(CANARIES) <= set(WITH_REASON)
    kept = (ANSWER, CARD, CARD.replace("-", ""), INVITATION, PASSWORD, PASSPHRASE)
    assert seen(served.disk.everything(), kept) == set()


def test_canary_is_seen_in_every_spelling() -> None:
    for text in CANARIES:
        for place in range(3):
            around = b"ab" + b"c" * place + text.encode() + b"defg"
            assert seen(b"--" + b64encode(around) + b"--") >= {text}
            assert seen(b"--" + urlsafe_b64encode(around) + b"--") >= {text}
        for form in (
            text,
            text.upper(),
            quote(text),
            quote_plus(text),
            text.encode().hex(),
            json.dumps(text),
        ):
            assert seen(f"--{form}--".encode()) >= {text}
    assert seen(b"geel, vogel, woordje en lamp") == set()
