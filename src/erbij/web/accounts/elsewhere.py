"""Ask another place who somebody is: OpenID Connect, code flow, with state, nonce and PKCE.

Everything that is said is verified: the issuer to the letter, the signature against its keys, to whom it
was said, when, and the nonce of this browser. What does not fit is an `IdentityError`.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import requests

from erbij.errors import WebError
from erbij.web.providers import Provider, is_safe

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Never `none`, and never one in which the secret of the client or a public key would be the key."""
NEEDED = ("iss", "sub", "aud", "exp", "iat")
PATIENCE = 10  # seconds
DRIFT = 60  # seconds that two clocks may differ
SECOND_STEP = (
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "https://refeds.org/profile/mfa",
)
"""Values of `acr` that say so; in `amr` it is `mfa` (RFC 8176)."""
LONGEST = 255
"""Of a subject, by OpenID Connect."""


class IdentityError(WebError):
    """What came back does not show who somebody is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser took along, kept in its session until it comes back once."""

    provider: str
    state: str
    nonce: str
    verifier: str
    next: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as their issuer knows them; `email` is empty unless it was verified.

    `took_second` is True only where the issuer is believed about it.
    """

    issuer: str
    subject: str
    email: str
    took_second: bool = False


def question(provider: Provider, next_page: str) -> Asked:
    """Make what only this browser and the provider will know."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Asked(provider.code, state, nonce, verifier, next_page)


def address(provider: Provider, asked: Asked, *, back: str) -> str:
    """Where to send the browser; `back` is the whole address to which it returns."""
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    wanted = {
        "response_type": "code",
        "scope": "openid email",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    place = _discover(provider)["authorization_endpoint"]
    return f"{place}{'&' if '?' in place else '?'}{urlencode(wanted)}"


def identity(provider: Provider, asked: Asked, *, code: str, back: str) -> Identity:
    """Exchange the code for a token, verify it, and say who it is about (IdentityError otherwise)."""
    known = _discover(provider)
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
    }
    token = _fetch("POST", known["token_endpoint"], data=sent).get("id_token")
    said = _verified(provider, str(token), keys=_fetch("GET", known["jwks_uri"]))
    if not secrets.compare_digest(str(said.get("nonce", "")).encode(), asked.nonce.encode()):
        raise IdentityError("was not said to this browser", where=(provider.code,))
    subject = said["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise IdentityError("names nobody", where=(provider.code,))
    return Identity(provider.issuer, subject, _email(provider, said), _took_second(provider, said))


def _discover(provider: Provider) -> dict[str, str]:
    found = _fetch("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise IdentityError("is another issuer", where=(provider.code,))
    return {
        name: str(found.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }


def _fetch(method: str, place: str, **sent: Any) -> dict[str, Any]:
    if not is_safe(place):
        raise IdentityError("is not an https address", where=(place[:60],))
    try:
        # Redirects are not followed: the secret of the client goes to nobody else.
        answer = requests.request(method, place, timeout=PATIENCE, allow_redirects=False, **sent)
        found = answer.json() if answer.status_code == requests.codes.ok else None
    except (requests.RequestException, ValueError) as problem:
        raise IdentityError("does not answer") from problem
    if not isinstance(found, dict):
        raise IdentityError("does not answer")
    return found


def _verified(provider: Provider, token: str, *, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        fitting = [key for key in jwt.PyJWKSet.from_dict(keys).keys if kid in (None, key.key_id)]
        if len(fitting) != 1 or fitting[0].algorithm_name not in ALGORITHMS:
            raise IdentityError("has no key that fits", where=(provider.code,))
        said: dict[str, Any] = jwt.decode(
            token,
            fitting[0],
            algorithms=[fitting[0].algorithm_name],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=DRIFT,
            options={"require": list(NEEDED)},
        )
    except jwt.PyJWTError as problem:
        raise IdentityError("is not signed as it should be", where=(provider.code,)) from problem
    if said.get("azp", provider.client_id) != provider.client_id:
        raise IdentityError("was said to somebody else", where=(provider.code,))
    return said


def _email(provider: Provider, said: dict[str, Any]) -> str:
    email = str(said.get("email") or "").strip().lower()
    # `False` weighs more than the domain: the provider knows that it is not.
    verified = said.get("email_verified", email.rpartition("@")[2] in provider.domains)
    return email if verified in (True, "true") else ""


def _took_second(provider: Provider, said: dict[str, Any]) -> bool:
    methods = said.get("amr")
    is_said = said.get("acr") in SECOND_STEP or (isinstance(methods, list) and "mfa" in methods)
    return provider.trusts_amr and is_said
