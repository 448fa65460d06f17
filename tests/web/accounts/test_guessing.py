"""Guessing at a school slows down, tells nothing, and keeps nobody of the school out."""

from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user
from django.core import signing
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from erbij.web.accounts import guessing

PASSWORD = "maan fiets lamp stoel"  # noqa: S105
SCHOOL = "school.example"
BUDGET = 6


@pytest.fixture(autouse=True)
def small_budget(settings: Any) -> None:
    settings.FAILED_SIGN_INS = BUDGET


def try_in(who: str, password: str = PASSWORD, *, client: Client | None = None, ip: str = "192.0.2.1") -> Any:
    client = client or Client()
    return client.post("/account/login/", {"login": who, "password": password}, REMOTE_ADDR=ip)


def said(answer: Any) -> list[str]:
    return [error.code for error in answer.context["form"].errors.as_data()["__all__"]]


def is_in(client: Client) -> bool:
    return get_user(client).is_authenticated


def spend(times: int = BUDGET) -> None:
    """Fail often, each time from elsewhere and for somebody else: no other limit notices."""
    for number in range(times):
        try_in(f"somebody{number}@{SCHOOL}", "wrong", ip=f"198.51.100.{number}")


def test_limits_of_allauth_do_not_see_a_whole_school(cast: Any, settings: Any) -> None:
    settings.FAILED_SIGN_INS = 10_000
    spend(40)
    answers = [try_in(f"teacher{n}@{SCHOOL}", "wrong") for n in range(3)]
    assert [said(answer) for answer in answers] == [["email_password_mismatch"]] * 3


def test_over_the_budget_a_place_waits_between_its_tries(cast: Any) -> None:
    spend()
    assert said(try_in(f"teacher@{SCHOOL}", "wrong")) == ["email_password_mismatch"]
    client = Client()
    assert said(try_in(f"coordinator@{SCHOOL}", client=client)) == ["too_many_login_attempts"]
    assert not is_in(client)


def test_nobody_is_kept_out_by_tries_from_elsewhere(cast: Any) -> None:
    spend(3 * BUDGET)
    newcomer = Client()
    try_in(f"coordinator@{SCHOOL}", client=newcomer, ip="203.0.113.9")
    assert is_in(newcomer)


def test_trying_too_soon_does_not_make_the_wait_longer(cast: Any) -> None:
    spend()
    asked: list[int] = []
    add = cache.add
    try:
        cache.add = lambda key, value, timeout: asked.append(timeout) or add(key, value, timeout)
        assert [guessing.is_too_soon(f"x@{SCHOOL}", "place") for _ in range(5)] == [False, *[True] * 4]
    finally:
        del cache.add
    assert asked == [guessing.FIRST_PAUSE] * 5, "an entry that is there keeps its own end"
    assert said(try_in(f"teacher@{SCHOOL}", "wrong", ip="203.0.113.1")) == ["email_password_mismatch"]


def test_waiting_over_a_place_tries_again(cast: Any) -> None:
    spend()
    try_in(f"teacher@{SCHOOL}", "wrong")
    (waits,) = [key for key in cache._cache if key.count(":failed-sign-ins:") and key.count(":") == 4]
    cache.delete(waits.split(":", 2)[2])
    client = Client()
    try_in(f"teacher@{SCHOOL}", client=client)
    assert is_in(client)


def test_another_school_notices_nothing(cast: Any) -> None:
    spend()
    for _ in range(2):
        assert said(try_in("eve@other.example", "wrong")) == ["email_password_mismatch"]


def test_known_and_unknown_addresses_get_the_same_answers(cast: Any) -> None:
    told = {}
    for who in (f"coordinator@{SCHOOL}", f"nobody-here@{SCHOOL}", f"Teacher@{SCHOOL.upper()}"):
        cache.clear()
        spend()
        told[who] = [said(try_in(who, "wrong")) for _ in range(3)]
    assert len({str(answers) for answers in told.values()}) == 1
    assert next(iter(told.values()))[1:] == [["too_many_login_attempts"]] * 2


def test_known_browser_is_never_slowed_by_others(cast: Any) -> None:
    mine = Client()
    try_in(f"teacher@{SCHOOL}", client=mine)
    mine.post("/account/logout/")
    spend(3 * BUDGET)
    for _ in range(12):
        try_in(f"teacher@{SCHOOL}", "wrong")  # from her own place too, and in her name
    try_in(f"teacher@{SCHOOL}", client=mine)
    assert is_in(mine)


def test_known_browser_is_known_for_its_own_people_only(cast: Any) -> None:
    mine = Client()
    try_in(f"teacher@{SCHOOL}", client=mine)
    mine.post("/account/logout/")
    spend()
    assert said(try_in(f"coordinator@{SCHOOL}", "wrong", client=mine)) == ["email_password_mismatch"]
    assert said(try_in(f"coordinator@{SCHOOL}", client=mine)) == ["too_many_login_attempts"]
    try_in(f"teacher@{SCHOOL}", client=mine)
    assert is_in(mine)


def test_known_browser_guesses_ten_times_and_costs_the_school_nothing(cast: Any) -> None:
    mine = Client()
    try_in(f"teacher@{SCHOOL}", client=mine)
    mine.post("/account/logout/")
    answers = [said(try_in(f"teacher@{SCHOOL}", "wrong", client=mine)) for _ in range(11)]
    assert answers == [["email_password_mismatch"]] * 10 + [["too_many_login_attempts"]]
    assert guessing.pause_of(cache.get(guessing._failures(f"x@{SCHOOL}"), 0)) == 0


@pytest.mark.parametrize("how", ["", "made-up", "other salt"])
def test_cookie_of_ones_own_making_is_no_known_browser(how: str, cast: Any) -> None:
    people = {"browser": "x", "people": [guessing._digest(f"teacher@{SCHOOL}")]}
    client = Client()
    client.cookies[guessing.COOKIE] = signing.dumps(people, salt="x") if how == "other salt" else how
    spend()
    try_in(f"teacher@{SCHOOL}", "wrong", client=client)
    assert said(try_in(f"teacher@{SCHOOL}", client=client)) == ["too_many_login_attempts"]


def test_cookie_names_nobody_and_stays_on_the_sign_in_pages(cast: Any) -> None:
    client = Client()
    answer = try_in(f"teacher@{SCHOOL}", client=client)
    kept = answer.cookies[guessing.COOKIE]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == ("/account/", True, "Lax")
    assert "teacher" not in str(signing.loads(kept.value, salt=guessing.SALT))


def test_browser_is_known_after_the_last_step_only(cast: Any) -> None:
    auth.TOTP.activate(cast.people["teacher"], secret := auth.generate_totp_secret())
    client = Client()
    assert guessing.COOKIE not in try_in(f"teacher@{SCHOOL}", client=client).cookies
    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    done = client.post("/account/2fa/authenticate/", {"code": code})
    assert is_in(client)
    assert guessing.COOKIE in done.cookies


def test_shared_computer_remembers_the_last_eight(cast: Any) -> None:
    client = Client()
    names = [*cast.people]
    assert len(names) > guessing.MOST
    for name in (*names, names[0]):
        answer = try_in(f"{name}@{SCHOOL}", client=client)
        client.post("/account/logout/")
    told = signing.loads(answer.cookies[guessing.COOKIE].value, salt=guessing.SALT)
    assert len(told["people"]) == guessing.MOST
    assert told["people"][0] == guessing._digest(f"{names[0]}@{SCHOOL}")


@given(st.integers(0, 10**9))
def test_pause_grows_and_ends(failures: int) -> None:
    pause, next_pause = guessing.pause_of(failures), guessing.pause_of(failures + 1)
    assert 0 <= pause <= next_pause <= guessing.LONGEST_PAUSE
    assert (pause == 0) == (failures < BUDGET)
