"""Nobody stays signed in for longer than a school day, or for long without doing anything."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from erbij.web.accounts.middleware import LimitedSession

HOUR = 3600.0


@pytest.fixture
def at(cast: Any, signed_in: Callable[[str], Client]) -> Callable[..., bool]:
    """Whether a coordinator is still in, who signed in and was last seen so many seconds ago."""

    def ask(*, began: float, seen: float) -> bool:
        client = signed_in("coordinator")
        client.get("/home/")
        session = client.session
        session[LimitedSession.BEGAN] = time.time() - began
        session[LimitedSession.SEEN] = time.time() - seen
        session.save()
        client.get("/home/")
        return "_auth_user_id" in client.session

    return ask


def test_who_works_all_day_signs_in_again_the_next(at: Callable[..., bool]) -> None:
    assert at(began=7.9 * HOUR, seen=60)
    assert not at(began=8.1 * HOUR, seen=60)


def test_who_walked_away_is_signed_out(at: Callable[..., bool], settings: Any) -> None:
    assert at(began=2 * HOUR, seen=89 * 60)
    assert not at(began=2 * HOUR, seen=91 * 60)
    settings.IDLE_MINUTES = 5
    assert not at(began=HOUR, seen=6 * 60)


def test_a_sign_of_life_counts_and_is_not_written_each_time(cast: Any, signed_in: Any) -> None:
    client = signed_in("coordinator")
    client.get("/home/")
    session = client.session
    first = session[LimitedSession.SEEN]
    client.get("/home/")
    assert client.session[LimitedSession.SEEN] == first
    session[LimitedSession.SEEN] = first - 120
    session.save()
    client.get("/home/")
    assert client.session[LimitedSession.SEEN] >= first


def test_pupils_pages_start_no_session(client: Client, db: None) -> None:
    assert "sessionid" not in client.get("/").cookies
