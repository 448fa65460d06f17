"""Who made a file that a school sends away, and that nobody changed it: Ed25519 over all that it says.

A school makes a pair of keys once; its network knows the public one. The file itself stays readable.
"""

import base64
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from erbij.errors import ProtectionError

FORMAT = "erbij-signed/1"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a school sends: its name, the day on which it was made, and the text."""

    school: str
    on: dt.date
    text: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    school: str
    on: dt.date
    text: str
    signature: str


def new_key() -> tuple[bytes, str]:
    """A pair of keys: the private one as PEM, which stays at the school, and the public one as text."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, _text_of(key.public_key())


def is_key(text: object) -> bool:
    """Whether this is a public key."""
    try:
        return isinstance(text, str) and bool(_public(text))
    except ValueError:
        return False


def is_signed(content: str) -> bool:
    """Whether a file says that it is signed; nothing is checked."""
    return f'"{FORMAT}"' in content[:100]


def sign(signed: Signed, key: bytes) -> str:
    """The file, with its signature.

    Raises
    ------
    ProtectionError
        `key` is no private key of this kind.
    """
    try:
        private = load_pem_private_key(key, password=None)
    except (ValueError, TypeError) as error:
        raise ProtectionError("is no private key", advice="Make one with `erbij sums-key`.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise ProtectionError("is a key of another kind", advice="Make one with `erbij sums-key`.")
    signature = base64.b64encode(private.sign(_said(signed))).decode()
    return msgspec.json.encode(_File(FORMAT, signed.school, signed.on, signed.text, signature)).decode()


def read(content: str, keys: Mapping[str, str]) -> Signed:
    """What a file says, once its signature is found to be that of the school which it names.

    Parameters
    ----------
    keys
        The public key of each school that is trusted, by its name.

    Raises
    ------
    ProtectionError
        The file is not signed or not whole, the school is not known, or its signature is not right.
    """
    if not is_signed(content):
        raise ProtectionError("is not signed", advice="Ask the school for sums made with --sign.")
    try:
        file = msgspec.json.decode(content, type=_File)
    except msgspec.DecodeError as error:
        raise ProtectionError(
            "is not whole: it cannot be read", advice="Ask the school for it again."
        ) from error
    signed = Signed(file.school, file.on, file.text)
    if file.school not in keys:
        raise ProtectionError("no key of this school is known", found=file.school, allowed=sorted(keys))
    try:
        _public(keys[file.school]).verify(base64.b64decode(file.signature, validate=True), _said(signed))
    except (InvalidSignature, ValueError) as error:
        advice = "It was changed, or signed with another key: ask the school for it again."
        raise ProtectionError(
            "the signature is not that of the school", found=file.school, advice=advice
        ) from error
    return signed


def _said(signed: Signed) -> bytes:
    """Everything that a signature is about, in one way of writing only."""
    return msgspec.json.encode([FORMAT, signed.school, signed.on, signed.text])


def _text_of(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()


def _public(text: str) -> Ed25519PublicKey:
    """A public key from its text; a ValueError where it is none."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
