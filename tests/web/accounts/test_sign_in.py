import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from erbij.web.accounts.models import Person

WORDS = "maan fiets lamp stoel"


def sign_in(client: Client, email: str, password: str = WORDS) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


@pytest.mark.parametrize("email", ["coordinator@school.example", "Coordinator@School.Example"])
def test_password_signs_in(email: str, cast: Any) -> None:
    client = Client()
    assert sign_in(client, email)["Location"] == "/home/"
    assert client.get("/home/")["Location"] == "/school/de-linde/"


@pytest.mark.parametrize("email", ["coordinator@school.example", "nobody@x.example"])
def test_wrong_password_and_unknown_address_look_the_same(email: str, cast: Any) -> None:
    client = Client()
    answer = sign_in(client, email, "another password")
    assert not get_user(client).is_authenticated
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["__all__"]


def test_guessing_is_slowed_down(cast: Any) -> None:
    client = Client()
    for _ in range(6):
        sign_in(client, "coordinator@school.example", "wrong")
    sign_in(client, "coordinator@school.example")
    assert not get_user(client).is_authenticated


def test_nobody_signs_up_by_themselves(cast: Any) -> None:
    filled = {"email": "eve@x.example", "password1": WORDS, "password2": WORDS}
    client = Client()
    assert "/invitation/" in client.get("/account/signup/").content.decode()
    client.post("/account/signup/", filled)
    assert not Person.objects.filter(email="eve@x.example").exists()


def test_no_time_of_signing_in_is_kept(cast: Any) -> None:
    sign_in(Client(), "coordinator@school.example")
    kept = Person.objects.filter(email="coordinator@school.example").values().get()
    assert "last_login" not in kept
    assert "date_joined" not in kept


@pytest.mark.parametrize("act", ["action_add", "action_primary", "action_remove"])
def test_address_to_sign_in_with_stays(act: str, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("teacher")
    for _ in range(2):
        answer = client.post("/account/email/", {act: "", "email": "eve@x.example"})
        assert answer["Location"] == "/account/"
    assert not Person.objects.filter(email="eve@x.example").exists()
    assert mail.outbox == []


def test_signing_out_takes_a_post(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("teacher")
    client.get("/account/logout/")
    assert get_user(client).is_authenticated
    client.post("/account/logout/")
    assert not get_user(client).is_authenticated


def test_forgotten_password_is_mailed_to_who_has_an_account_only(cast: Any) -> None:
    for email in ("coordinator@school.example", "nobody@x.example"):
        answer = Client().post("/account/password/reset/", {"email": email})
        assert answer["Location"] == "/account/password/reset/done/"
    (letter,) = mail.outbox
    assert letter.to == ["coordinator@school.example"]
    assert "/account/password/reset/key/" in letter.body


def test_new_password_is_checked_for_strength(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("teacher")
    for weak in ("short", "123456789012", "teacher@school.example"):
        filled = {"oldpassword": WORDS, "password1": weak, "password2": weak}
        assert client.post("/account/password/change/", filled).context["form"].errors
    assert Person.objects.get(name="teacher").check_password(WORDS)


def test_code_from_an_app_is_asked_at_the_next_sign_in(cast: Any, signed_in: Any) -> None:
    client = Client()
    sign_in(client, "coordinator@school.example")
    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": WORDS})
    page = client.get("/account/2fa/totp/activate/")
    assert "<svg" in page.content.decode()
    secret = page.context["form"].secret
    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    later = Client()
    assert sign_in(later, "coordinator@school.example")["Location"].startswith("/account/2fa/authenticate/")
    assert later.get("/home/")["Location"].startswith("/account/login/")


def test_language_follows_the_switch_and_the_person(cast: Any, signed_in: Any) -> None:
    client = signed_in("teacher")
    assert '<html lang="nl">' in client.get("/account/").content.decode()
    client.post("/language/", {"language": "fr", "next": "/account/"})
    assert '<html lang="fr">' in client.get("/account/").content.decode()
    assert Person.objects.get(name="teacher").language == "fr"
    elsewhere = Client()
    elsewhere.force_login(cast.people["teacher"])
    assert '<html lang="fr">' in elsewhere.get("/account/").content.decode()


def test_language_switch_leads_nowhere_else(cast: Any) -> None:
    answer = Client().post("/language/", {"language": "fr", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_account_changes_name_and_language(signed_in: Any) -> None:
    client = signed_in("teacher")
    client.post("/account/", {"name": "Bo", "language": "en", "email": "other@x.example"})
    person = Person.objects.get(email="teacher@school.example")
    assert (person.name, person.language) == ("Bo", "en")


PAGES = [
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/invitation/",
    "/invitation/ABCD/",
    "/no-such-page/",
    "/home/",
    "/account/",
    "/account/2fa/",
    "/account/password/change/",
    "/account/2fa/webauthn/",
    "/school/de-linde/",
    "/school/de-linde/classes/",
    "/school/de-linde/people/",
]


@pytest.mark.parametrize("who", ["anonymous", "coordinator"])
def test_pages_hold_nothing_that_the_policy_forbids(who: str, signed_in: Any) -> None:
    client = signed_in(who)
    for path in PAGES:
        page = client.get(path, follow=True).content.decode()
        assert page.count("<h1") == 1, path
        assert re.findall(r"\sstyle=|<style|\son\w+=|javascript:", page) == [], path
        assert re.findall(r"<script(?![^>]*(src=|type=\"application/json\"))", page) == [], path
        assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", page) == [], path


def test_form_without_its_token_changes_nothing(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["coordinator"])
    answer = client.post("/school/de-linde/classes/grade/", {"name": "4"})
    assert answer.status_code == 403
    assert "te oud" in answer.content.decode()


def test_form_that_is_too_large_to_hold_its_token_is_called_that(cast: Any, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["coordinator"])
    answer = client.post("/school/de-linde/classes/file/", {"much": "more than ten bytes"})
    assert answer.status_code == 413
    assert "Dit is te groot" in answer.content.decode()
