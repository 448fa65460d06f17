"""Where the server asks a second step of everybody, nothing opens before there is one."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from erbij.errors import WebError
from erbij.web import environment, who_may
from erbij.web.accounts import second_step

HERE = "/account/second-step/"
PASSWORD = "maan fiets lamp stoel"  # noqa: S105
FILLED = {"int": 1, "slug": "x", "str": "x", "uuid": "00000000-0000-4000-8000-000000000000"}


@pytest.fixture(autouse=True)
def asked_of_everybody(settings: Any) -> None:
    settings.SECOND_STEP_REQUIRED = True


def test_every_address_of_a_school_leads_to_the_page_that_sets_one_up(cast: Any, signed_in: Any) -> None:
    client = signed_in("coordinator")
    places = {"school": cast.school.slug, "network": cast.network.pk}
    led = {}
    for each in who_may.addresses():
        kinds = [part.split(">")[0].rpartition(":") for part in each.path.split("<")[1:]]
        filled = {key: places.get(key, FILLED[kind or "str"]) for kind, _, key in kinds}
        address = reverse(each.name, kwargs=filled)
        led[each.name] = {client.get(address).get("Location"), client.post(address).get("Location")}
    assert {name: where for name, where in led.items() if where != {HERE}} == {}
    assert len(led) > 80


@pytest.mark.parametrize(
    "path",
    ["/home/", "/account/", "/account/2fa/", "/account/password/change/", "/network/new/", "/invitation/"],
)
def test_own_pages_lead_there_too(path: str, signed_in: Any) -> None:
    assert signed_in("teacher").get(path)["Location"] == HERE


def test_the_page_its_two_ways_language_and_signing_out_stay_open(signed_in: Any) -> None:
    client = signed_in("teacher")
    page = client.get(HERE).content.decode()
    assert "/account/2fa/totp/activate/" in page
    assert "/account/2fa/webauthn/add/" in page
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert client.get(asked["Location"]).status_code == 200
    assert client.post("/language/", {"language": "fr", "next": HERE})["Location"] == HERE
    client.post("/account/logout/")
    assert not get_user(client).is_authenticated


def test_setting_one_up_opens_everything(cast: Any) -> None:
    client = Client()
    client.post("/account/login/", {"login": "teacher@school.example", "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert client.get("/account/").status_code == 200
    assert client.get(HERE)["Location"] == "/home/"


def test_taking_it_off_shuts_everything_again(cast: Any, signed_in: Any) -> None:
    made = auth.TOTP.activate(cast.people["teacher"], auth.generate_totp_secret())
    client = signed_in("teacher")
    assert client.get("/account/").status_code == 200
    made.instance.delete()
    assert client.get("/account/")["Location"] == HERE


def test_recovery_codes_alone_are_no_second_step(cast: Any, signed_in: Any) -> None:
    RecoveryCodes.activate(cast.people["teacher"])
    assert signed_in("teacher").get("/account/")["Location"] == HERE


def test_what_a_session_of_somebody_else_took_does_not_count(cast: Any, signed_in: Any) -> None:
    client = signed_in("teacher")
    session = client.session
    session["account_authentication_methods"] = [{"method": "elsewhere", "second": True}]
    session["account_authentication_methods_user"] = str(cast.people["coordinator"].pk)
    session.save()
    assert client.get("/account/")["Location"] == HERE


def test_pupils_and_the_sign_in_page_are_left_alone(cast: Any, signed_in: Any) -> None:
    assert Client().get("/account/login/").status_code == 200
    for client in (Client(), signed_in("teacher")):
        answer = client.get("/")
        assert answer.status_code == 200
        assert "Cookie" not in answer.get("Vary", "")


def test_offered_asks_nobody(settings: Any, signed_in: Any) -> None:
    settings.SECOND_STEP_REQUIRED = False
    assert signed_in("teacher").get("/account/").status_code == 200


def test_a_word_that_is_no_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = ("offered", "required")
    monkeypatch.setenv("ERBIJ_MFA", " Required ")
    assert environment.choice("ERBIJ_MFA", allowed=allowed) == "required"
    monkeypatch.setenv("ERBIJ_MFA", "")
    assert environment.choice("ERBIJ_MFA", allowed=allowed) == "offered"
    monkeypatch.setenv("ERBIJ_MFA", "1")
    with pytest.raises(WebError, match="ERBIJ_MFA"):
        environment.choice("ERBIJ_MFA", allowed=allowed)


def test_what_stays_open_are_addresses_that_exist() -> None:
    for name in second_step.OPEN:
        assert reverse(name)
