"""What a password may be, and what a session is worth: docs/security/asvs.md names these tests."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from erbij.web.accounts.models import Person

WORDS = "maan fiets lamp stoel"
COORDINATOR = "coordinator@school.example"
LONG = "  Ünïcode 語 zonder één cijfer, met spaties vooraan en achteraan, en wel 80 tekens lang  "


def sign_in(client: Client, password: str = WORDS) -> Any:
    return client.post("/account/login/", {"login": COORDINATOR, "password": password})


def code_of(secret: str, at: float) -> str:
    return str(auth.format_hotp_value(auth.hotp_value(secret, int(at) // 30)))


def with_a_second_step(who: str) -> str:
    secret = str(auth.generate_totp_secret())
    auth.TOTP.activate(Person.objects.get(email=who), secret)
    return secret


def test_another_password_needs_the_one_of_now(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("teacher")
    for old in ("", "another password"):
        filled = {"oldpassword": old, "password1": LONG, "password2": LONG}
        assert client.post("/account/password/change/", filled).context["form"].errors["oldpassword"]
    assert Person.objects.get(name="teacher").check_password(WORDS)


def test_password_is_taken_as_it_is_typed(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("coordinator")
    filled = {"oldpassword": WORDS, "password1": LONG, "password2": LONG}
    assert client.post("/account/password/change/", filled).status_code == 302
    assert [get_user(_after(typed)).is_authenticated for typed in (LONG, LONG.strip(), LONG.upper())] == [
        True,
        False,
        False,
    ]


def _after(typed: str) -> Client:
    client = Client()
    sign_in(client, typed)
    return client


@pytest.mark.parametrize("path", ["/account/login/", "/account/password/change/"])
def test_fields_of_passwords_are_hidden_and_can_be_filled_in(path: str, signed_in: Any) -> None:
    client = signed_in("anonymous" if "login" in path else "teacher")
    page = client.get(path).content.decode()
    fields = re.findall(r"<input[^>]*name=\"(?:old)?password[12]?\"[^>]*>", page)
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert "onpaste" not in field
        assert "maxlength" not in field


def test_forgotten_password_does_not_pass_the_second_step(cast: Any) -> None:
    with_a_second_step(COORDINATOR)
    client = Client()
    client.post("/account/password/reset/", {"email": COORDINATOR})
    link = re.search(r"/account/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    form = client.get(link.group())["Location"]
    assert client.post(form, {"password1": LONG, "password2": LONG}).status_code == 302
    assert not get_user(client).is_authenticated
    assert sign_in(client, LONG)["Location"].startswith("/account/2fa/authenticate/")
    assert not get_user(client).is_authenticated


def test_code_from_an_app_lives_thirty_seconds(cast: Any) -> None:
    assert app_settings.TOTP_PERIOD == 30
    secret = with_a_second_step(COORDINATOR)
    kept = Authenticator.objects.get(user__email=COORDINATOR)
    now = time.time()
    assert not auth.TOTP(kept).validate_code(code_of(secret, now - 60))
    assert not auth.TOTP(kept).validate_code(code_of(secret, now + 60))


def test_second_step_asks_the_password_again(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("teacher")
    for path in ("totp/activate/", "webauthn/add/"):
        answer = client.get(f"/account/2fa/{path}")
        assert answer["Location"].startswith("/account/reauthenticate/")
    client.post("/account/2fa/totp/activate/", {"code": "123456"})
    assert not Authenticator.objects.exists()


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(cast: Any) -> None:
    client = Client()
    before = client.session
    before["planted"] = True
    before.save()
    client.cookies["sessionid"] = before.session_key or ""
    sign_in(client)
    mine = client.cookies["sessionid"].value
    assert mine != before.session_key
    assert get_user(client).is_authenticated
    client.post("/account/logout/")
    assert not Session.objects.filter(session_key__in=[mine, before.session_key]).exists()
    client.cookies["sessionid"] = mine
    assert not get_user(client).is_authenticated
