"""Where else staff may sign in: the file that `ERBIJ_SIGN_IN_FILE` names, read once at the start."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from erbij.errors import WebError

KEYS = ("name", "issuer", "client_id", "client_secret", "domains", "trusts_amr")
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """One place that says who somebody is, by OpenID Connect.

    `issuer` is compared to the letter. Addresses in `domains` are believed without `email_verified`: for a
    directory of the school itself that never sends it, such as Microsoft's. With `trusts_amr` it is believed
    when it says that somebody took a second step there.
    """

    code: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domains: tuple[str, ...] = ()
    trusts_amr: bool = False


def is_safe(address: str) -> bool:
    """Whether secrets may be sent to an address: https, or this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)


def read(path: Path | None) -> dict[str, Provider]:
    """Read the providers, by their code, in the order of the file; none without a file.

    Raises
    ------
    WebError
        The file can't be read, or a provider in it lacks something; no secret is shown.
    """
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise WebError("the file of providers can't be read", where=("ERBIJ_SIGN_IN_FILE",)) from problem
    return {code: _provider(code, facts) for code, facts in found.items()}


def _provider(code: str, facts: Any) -> Provider:
    where = ("ERBIJ_SIGN_IN_FILE", code)
    if not isinstance(facts, dict) or not re.fullmatch(r"[a-z0-9-]{1,40}", code):
        raise WebError("is not a provider", where=where, allowed=["[small-letters-and-digits]"])
    if unknown := set(facts) - set(KEYS):
        raise WebError("is not known", where=where, found=sorted(unknown)[0], allowed=KEYS)
    domains = facts.get("domains", [])
    if not isinstance(domains, list) or not all(isinstance(each, str) and each for each in domains):
        raise WebError("domains are not a list of names", where=where)
    if not isinstance(trusts_amr := facts.get("trusts_amr", False), bool):
        raise WebError("trusts_amr is neither true nor false", where=where)
    for key in KEYS[:4]:
        if not isinstance(facts.get(key), str) or not facts[key].strip():
            raise WebError(f"{key} is missing", where=where)
    if not is_safe(facts["issuer"]):
        raise WebError("issuer is not an https address", where=where, found=facts["issuer"])
    plain = {key: facts[key].strip() for key in KEYS[:4]}
    trusted = tuple(each.lower().lstrip("@") for each in domains)
    return Provider(code=code, domains=trusted, trusts_amr=trusts_amr, **plain)
