"""Signing in elsewhere, with a made-up provider that answers in this process, and what attackers try."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user
from django.test import Client

from erbij.errors import WebError
from erbij.web import providers
from erbij.web.accounts import elsewhere
from erbij.web.accounts.models import Person, SignInElsewhere

ISSUER = "https://id.example/tenant"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EMAIL = "teacher@school.example"
LINKED = {"issuer": ISSUER, "subject": "42"}


class MadeUp:
    """A provider: what it says can be changed by a test, and what was sent to it can be read."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.left_out: tuple[str, ...] = ()
        self.issuer = ISSUER
        self.token_place = f"{ISSUER}/token"
        self.sign: Callable[[dict[str, Any]], str] = signed
        self.nonce = self.challenge = ""
        self.sent: list[dict[str, str]] = []

    def request(self, method: str, place: str, **given: Any) -> requests.Response:
        assert given["allow_redirects"] is False
        assert given["timeout"] > 0
        if place.endswith("/.well-known/openid-configuration"):
            return answer(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{ISSUER}/authorize",
                    "token_endpoint": self.token_place,
                    "jwks_uri": f"{ISSUER}/keys",
                }
            )
        if place == f"{ISSUER}/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return answer({"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]})
        assert (method, place) == ("POST", f"{ISSUER}/token")
        self.sent.append(given["data"])
        return answer({"id_token": self.sign(self.said()), "access_token": "not used"})

    def said(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": ISSUER, "sub": "42", "aud": "erbij", "iat": now, "exp": now + 300,
            "nonce": self.nonce, "email": EMAIL, "email_verified": True,
        }  # fmt: skip
        return {k: v for k, v in (claims | self.claims).items() if k not in self.left_out}


def answer(body: Any, status: int = 200) -> requests.Response:
    made = requests.Response()
    made.status_code, made._content = status, json.dumps(body).encode()
    return made


def signed(claims: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = "one") -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


@pytest.fixture
def made_up(settings: Any, monkeypatch: pytest.MonkeyPatch, cast: Any) -> MadeUp:
    there = MadeUp()
    settings.SIGN_IN_WITH = {
        "dir": providers.Provider("dir", "The directory", ISSUER, "erbij", "secret", ("trusted.example",)),
        "two": providers.Provider("two", "Another", "https://two.example", "erbij", "secret"),
    }
    monkeypatch.setattr(elsewhere.requests, "request", there.request)
    return there


def go(client: Client, there: MadeUp, next_page: str = "") -> dict[str, str]:
    """Walk to the provider; gives what the browser carries there."""
    sent = client.get("/account/with/dir/", {"next": next_page} if next_page else {})
    asked = {key: values[0] for key, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    there.nonce = asked["nonce"]
    return asked


def come_back(client: Client, asked: dict[str, str], **changed: str) -> Any:
    return client.get("/account/with/dir/back/", {"code": "abc", "state": asked["state"]} | changed)


def who_is_in(client: Client) -> str:
    return str(getattr(get_user(client), "email", ""))


def attempt(there: MadeUp) -> tuple[int, str]:
    client = Client()
    status = come_back(client, go(client, there)).status_code
    return status, who_is_in(client)


def test_first_time_by_verified_address_and_then_by_subject(made_up: MadeUp) -> None:
    assert attempt(made_up) == (302, EMAIL)
    assert SignInElsewhere.objects.values("issuer", "subject").get() == LINKED
    made_up.claims = {"email": "coordinator@school.example"}
    assert attempt(made_up) == (302, EMAIL), "another address is the same person"
    made_up.left_out = ("email", "email_verified")
    assert attempt(made_up) == (302, EMAIL)


def test_request_is_bound_to_the_browser(made_up: MadeUp) -> None:
    client = Client()
    asked = go(client, made_up)
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid email"
    assert asked["redirect_uri"] == "http://testserver/account/with/dir/back/"
    assert asked["code_challenge_method"] == "S256"
    come_back(client, asked)
    assert elsewhere.hashlib.sha256(made_up.sent[0]["code_verifier"].encode()).digest() == (
        elsewhere.base64.urlsafe_b64decode(asked["code_challenge"] + "=")
    )


def test_scope_cannot_be_widened_from_the_address(made_up: MadeUp) -> None:
    sent = Client().get("/account/with/dir/", {"scope": "mail.read", "auth_params": "prompt=none"})
    assert "mail.read" not in sent["Location"]
    assert "prompt" not in sent["Location"]


def test_stranger_gets_no_account(made_up: MadeUp) -> None:
    before = Person.objects.count()
    made_up.claims = {"email": "stranger@school.example"}
    assert attempt(made_up) == (403, "")
    assert Person.objects.count() == before
    assert not SignInElsewhere.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1.5, [True], {}])
def test_address_that_is_not_verified_takes_over_nothing(verified: Any, made_up: MadeUp) -> None:
    made_up.claims = {"email_verified": verified}
    assert attempt(made_up) == (403, "")
    assert not SignInElsewhere.objects.exists()


def test_address_without_a_word_about_it_counts_in_a_trusted_domain_only(made_up: MadeUp) -> None:
    made_up.left_out = ("email_verified",)
    assert attempt(made_up) == (403, "")
    Person.objects.filter(email=EMAIL).update(email="teacher@trusted.example")
    for lookalike in ("teacher@trusted.example.evil", "teacher@eviltrusted.example", "trusted.example"):
        made_up.claims = {"email": lookalike}
        assert attempt(made_up) == (403, "")
    made_up.claims = {"email": "teacher@trusted.example"}
    assert attempt(made_up) == (302, "teacher@trusted.example")


def test_address_that_was_handed_on_does_not_open_the_account(made_up: MadeUp) -> None:
    attempt(made_up)
    made_up.claims = {"sub": "43"}
    assert attempt(made_up) == (403, "")
    assert SignInElsewhere.objects.values("issuer", "subject").get() == LINKED


def test_linking_voids_the_password_and_ends_other_sessions(made_up: MadeUp, signed_in: Any) -> None:
    other = signed_in("teacher")
    assert other.get("/account/").status_code == 200
    attempt(made_up)
    assert not Person.objects.get(email=EMAIL).has_usable_password()
    assert other.get("/account/").status_code == 302


def test_somebody_switched_off_stays_out(made_up: MadeUp) -> None:
    Person.objects.filter(email=EMAIL).update(is_active=False)
    assert attempt(made_up) == (403, "")
    Person.objects.filter(email=EMAIL).update(is_active=True)
    attempt(made_up)
    Person.objects.filter(email=EMAIL).update(is_active=False)
    assert attempt(made_up) == (403, "")


PAST = {"exp": int(time.time()) - 3600}
WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "other issuer": {"iss": "https://evil.example"},
    "issuer but for a slash": {"iss": ISSUER + "/"},
    "other audience": {"aud": "another-client"},
    "for us through another client": {"aud": ["erbij", "x"], "azp": "x"},
    "wrong nonce": {"nonce": "x" * 43},
    "nonce of another type": {"nonce": None},
    "too old": PAST,
    "from the future": {"iat": int(time.time()) + 3600},
    "no subject": {"sub": ""},
    "endless subject": {"sub": "4" * 256},
}


@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_token_that_was_not_meant_for_this_sign_in_is_refused(name: str, made_up: MadeUp) -> None:
    made_up.claims = WRONG_CLAIMS[name]
    assert attempt(made_up) == (403, "")


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_token_that_lacks_something_is_refused(name: str, made_up: MadeUp) -> None:
    made_up.left_out = (name,)
    assert attempt(made_up) == (403, "")


FORGED: dict[str, Callable[[dict[str, Any]], str]] = {
    "none": lambda claims: jwt.encode(claims, None, algorithm="none", headers={"kid": "one"}),
    "another key": lambda claims: signed(claims, OTHER_KEY),
    "secret of the client": lambda claims: signed(claims, "secret" * 8, "HS256"),
    "another algorithm": lambda claims: signed(claims, KEY, "RS512"),
    "unknown key": lambda claims: signed(claims, KEY, kid="two"),
    "no token": lambda claims: "",
    "not a token": lambda claims: "a.b.c",
    "signature cut off": lambda claims: signed(claims).rpartition(".")[0] + ".",
}


@pytest.mark.parametrize("name", FORGED)
def test_token_that_is_not_signed_as_it_should_be_is_refused(name: str, made_up: MadeUp) -> None:
    made_up.sign = FORGED[name]
    assert attempt(made_up) == (403, "")


def test_answer_counts_once(made_up: MadeUp) -> None:
    client = Client()
    asked = go(client, made_up)
    come_back(client, asked)
    client.post("/account/logout/")
    assert come_back(client, asked).status_code == 403
    assert who_is_in(client) == ""


def test_answer_counts_in_the_browser_that_asked_only(made_up: MadeUp) -> None:
    mine, victim = Client(), Client()
    asked = go(mine, made_up)
    assert come_back(victim, asked).status_code == 403
    go(victim, made_up)
    assert come_back(victim, asked).status_code == 403
    assert who_is_in(victim) == ""


@pytest.mark.parametrize(
    "changed", [{"state": "x"}, {"state": ""}, {"code": ""}, {"iss": "https://evil.example"}]
)
def test_answer_that_was_changed_is_refused(changed: dict[str, str], made_up: MadeUp) -> None:
    client = Client()
    assert come_back(client, go(client, made_up), **changed).status_code == 403
    assert not made_up.sent, "no secret was sent"


def test_answer_of_another_provider_is_refused(made_up: MadeUp) -> None:
    client = Client()
    asked = go(client, made_up)
    answered = client.get("/account/with/two/back/", {"code": "abc", "state": asked["state"]})
    assert answered.status_code == 403
    assert not made_up.sent


def test_discovery_of_another_issuer_or_without_https_is_refused(made_up: MadeUp) -> None:
    made_up.issuer = "https://evil.example"
    assert Client().get("/account/with/dir/").status_code == 403
    made_up.issuer = ISSUER
    made_up.token_place = "http://id.example/token"  # noqa: S105
    assert attempt(made_up) == (403, "")
    assert not made_up.sent


def test_provider_that_is_down_says_so_kindly(made_up: MadeUp, monkeypatch: Any) -> None:
    def down(*_: Any, **__: Any) -> Any:
        raise requests.ConnectionError

    monkeypatch.setattr(elsewhere.requests, "request", down)
    shown = Client(headers={"accept-language": "en"}).get("/account/with/dir/")
    assert shown.status_code == 403
    assert "The directory did not tell us who you are" in shown.content.decode()


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/school/de-linde/classes/", "/school/de-linde/classes/"),
        ("https://evil.example/", "/home/"),
        ("//evil.example/", "/home/"),
        ("/\\evil.example/", "/home/"),
        ("javascript:alert(1)", "/home/"),
    ],
)
def test_page_afterwards_is_one_of_this_site(wanted: str, led_to: str, made_up: MadeUp) -> None:
    client = Client()
    assert come_back(client, go(client, made_up, wanted))["Location"] == led_to


def test_second_step_is_asked(made_up: MadeUp) -> None:
    from allauth.mfa.totp.internal import auth  # noqa: PLC0415

    auth.TOTP.activate(Person.objects.get(email=EMAIL), auth.generate_totp_secret())
    made_up.claims = {"amr": ["mfa"]}
    client = Client()
    assert come_back(client, go(client, made_up))["Location"].startswith("/account/2fa/authenticate/")
    assert who_is_in(client) == ""


MFA_PAGE = "/account/second-step/"
SAID: dict[str, tuple[dict[str, Any], bool]] = {
    "amr mfa": ({"amr": ["pwd", "mfa"]}, True),
    "acr of refeds": ({"acr": "https://refeds.org/profile/mfa"}, True),
    "password only": ({"amr": ["pwd"]}, False),
    "no list": ({"amr": "mfa"}, False),
    "a level of its own": ({"acr": "2"}, False),
    "of another type": ({"acr": ["https://refeds.org/profile/mfa"], "amr": None}, False),
    "nothing": ({}, False),
}


@pytest.mark.parametrize("name", SAID)
def test_second_step_there_counts_where_that_provider_is_believed(
    name: str, made_up: MadeUp, settings: Any
) -> None:
    settings.SECOND_STEP_REQUIRED = True
    made_up.claims, counts = SAID[name]
    unbelieved = Client()
    come_back(unbelieved, go(unbelieved, made_up))
    assert unbelieved.get("/account/")["Location"] == MFA_PAGE
    settings.SIGN_IN_WITH["dir"] = replace(settings.SIGN_IN_WITH["dir"], trusts_amr=True)
    believed = Client()
    come_back(believed, go(believed, made_up))
    assert (believed.get("/account/").status_code == 200) == counts


def test_believed_second_step_counts_in_that_session_only(made_up: MadeUp, settings: Any) -> None:
    settings.SECOND_STEP_REQUIRED = True
    settings.SIGN_IN_WITH["dir"] = replace(settings.SIGN_IN_WITH["dir"], trusts_amr=True)
    made_up.claims = {"amr": ["mfa"]}
    attempt(made_up)
    made_up.claims = {}
    later = Client()
    come_back(later, go(later, made_up))
    assert later.get("/account/")["Location"] == MFA_PAGE


def test_sign_in_page_has_a_button_for_each_and_keeps_the_way(made_up: MadeUp) -> None:
    page = (
        Client(headers={"accept-language": "en"})
        .get("/account/login/?next=/school/x/%3Fa=1")
        .content.decode()
    )
    assert "Sign in with The directory" in page
    assert 'href="/account/with/two/?next=%2Fschool%2Fx%2F%3Fa%3D1"' in page
    assert "password" in page


def test_off_where_no_provider_is_named(cast: Any, settings: Any) -> None:
    settings.SIGN_IN_WITH = {}
    assert "/account/with/" not in Client().get("/account/login/").content.decode()
    assert Client().get("/account/with/dir/").status_code == 404
    assert Client().get("/account/with/dir/back/").status_code == 404


def test_passwords_can_be_switched_off(made_up: MadeUp, settings: Any) -> None:
    settings.PASSWORDS = False
    assert 'type="password"' not in Client().get("/account/login/").content.decode()
    client = Client()
    client.post("/account/login/", {"login": EMAIL, "password": "maan fiets lamp stoel"})
    assert who_is_in(client) == ""
    assert attempt(made_up) == (302, EMAIL)


WHOLE = {
    "name": "M",
    "issuer": ISSUER,
    "client_id": "a",
    "client_secret": "hush-hush",
    "domains": ["@X.example"],
}


def as_toml(facts: dict[str, Any]) -> str:
    return "[m]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in facts.items())


def test_file_of_providers_is_read(tmp_path: Any) -> None:
    (tmp_path / "f").write_text(as_toml(WHOLE))
    found = providers.read(tmp_path / "f")["m"]
    assert found == providers.Provider("m", "M", ISSUER, "a", "hush-hush", ("x.example",))
    assert "hush" not in repr(found)
    (tmp_path / "f").write_text(as_toml(WHOLE | {"trusts_amr": True}))
    assert providers.read(tmp_path / "f")["m"].trusts_amr
    assert providers.read(None) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "http://id.example"}, {"issuer": ""}, {"client_secret": 5}, {"name": " "},
        {"domains": "x.example"}, {"domains": [""]}, {"scope": "all"}, {"trusts_amr": "yes"},
    ],
)  # fmt: skip
def test_file_that_is_not_whole_stops_the_start(changed: dict[str, Any], tmp_path: Any) -> None:
    (tmp_path / "f").write_text(as_toml(WHOLE | changed))
    with pytest.raises(WebError, match="ERBIJ_SIGN_IN_FILE") as told:
        providers.read(tmp_path / "f")
    assert "hush" not in str(told.value)


def test_file_that_is_not_there_stops_the_start(tmp_path: Any) -> None:
    with pytest.raises(WebError, match="can't be read"):
        providers.read(tmp_path / "nothing")
