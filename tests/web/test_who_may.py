"""Every address of a school and a network, asked as everybody whom its guard keeps out."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from erbij.web import who_may
from erbij.web.schools.roles import SCHOOL_ROLES, Role

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "who-may-what.md"
ADDRESSES = who_may.addresses()
STRANGERS = ("head-elsewhere", "lead-elsewhere", "nobody-yet")
FILLED = {"int": 1, "slug": "x", "str": "x", "uuid": "00000000-0000-4000-8000-000000000000"}
UNGUARDED: set[str] = set()


def test_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == who_may.document()


def test_every_address_has_a_guard() -> None:
    assert {each.name for each in ADDRESSES if each.roles is None} == UNGUARDED
    assert len(ADDRESSES) > 80, "the search finds them"


def asked(client: Client, address: who_may.Guarded, **place: Any) -> Any:
    """The answer to a GET, or to a POST where only that is taken."""
    kinds = {key: kind for kind, key in _kinds(address.path)}
    where = reverse(address.name, kwargs={key: FILLED[kinds[key]] for key in address.keys} | place)
    answer = client.get(where)
    return client.post(where) if answer.status_code == 405 else answer


def _kinds(path: str) -> list[tuple[str, str]]:
    parts = [part.split(">")[0] for part in path.split("<")[1:]]
    return [(kind or "str", key) for kind, _, key in (part.rpartition(":") for part in parts)]


@pytest.mark.parametrize("of", ["school", "network"])
def test_nobody_gets_past_a_guard_that_does_not_name_them(of: str, cast: Any, signed_in: Any) -> None:
    place = {"school": {"school": cast.school.slug}, "network": {"network": cast.network.pk}}[of]
    here = SCHOOL_ROLES if of == "school" else ()
    browsers = {who: signed_in(who) for who in (*here, Role.NETWORK_LEAD, *STRANGERS, "anonymous")}
    expected, found = {}, {}
    for address in (each for each in ADDRESSES if of in each.keys):
        for who, client in browsers.items():
            if who in STRANGERS or who == "anonymous" or (address.roles and who not in address.roles):
                expected[address.name, str(who)] = 404 if who in STRANGERS else 403
                found[address.name, str(who)] = _status(asked(client, address, **place))
    expected |= {pair: "sign in" for pair in expected if pair[1] == "anonymous"}
    assert found == expected
    assert found


def _status(answer: Any) -> int | str:
    is_away = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    return "sign in" if is_away else answer.status_code
