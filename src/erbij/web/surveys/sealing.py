"""Sealing answers so that only the opening of the box can read them. docs/decisions/0004-asking.md.

HPKE (RFC 9180) in base mode with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from erbij.errors import WebError

BLOCK = 4096
"""Plaintexts are padded to whole blocks, in bytes, so that the length of a ballot tells nothing."""

SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)
OVERHEAD = 65 + 16
"""Bytes of a ballot beside its padded text: the sender's point and the tag."""
_CURVE = ec.SECP256R1()
_PRIVATE_LENGTH = 32


class SealError(WebError):
    """A ballot that can't be opened, or a key that is no key."""


def new_key_pair() -> tuple[bytes, bytes]:
    """Make the keys of a wave.

    Returns
    -------
    public, private
        65 bytes (uncompressed point) and 32 bytes, as RFC 9180 serialises them.
    """
    key = ec.generate_private_key(_CURVE)
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return public, key.private_numbers().private_value.to_bytes(_PRIVATE_LENGTH, "big")


def seal(
    plaintext: Mapping[str, object], public: bytes, *, wave: str, ballot: str, purpose: str = "ballot"
) -> str:
    """Seal the answers of one pupil.

    Parameters
    ----------
    plaintext
        What JSON can hold.
    public
        The public key of the wave, 65 bytes.
    wave, ballot
        Code and id; the ballot opens under these two only.
    purpose
        What it is; a request for help (`help`) never opens as a ballot.

    Returns
    -------
    str
        base64url without padding of `enc || ciphertext`.

    Raises
    ------
    SealError
        The public key is no point of P-256.

    Examples
    --------
    >>> public, private = new_key_pair()
    >>> sealed = seal({"v": 1}, public, wave="w", ballot="b")
    >>> unseal(sealed, private, wave="w", ballot="b")
    {'v': 1}
    """
    text = json.dumps(plaintext, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = SUITE.encrypt(padded(text), _public(public), _info(wave, ballot, purpose))
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def unseal(
    sealed: str, private: bytes, *, wave: str, ballot: str, purpose: str = "ballot"
) -> dict[str, object]:
    """Open one ballot.

    Raises
    ------
    SealError
        The text is no ballot, was changed, or belongs to another wave, ballot or key. Whatever was in it
        is never part of the message.
    """
    try:
        text = SUITE.decrypt(_bytes(sealed), _private(private), _info(wave, ballot, purpose))
        value = json.loads(text)
    # RecursionError: brackets a thousand deep are valid JSON and no answers.
    except (InvalidTag, NotBase64, ValueError, RecursionError) as problem:
        raise SealError("can't be opened", where=("ballot",)) from problem
    if not isinstance(value, dict):
        raise SealError("holds no answers", where=("ballot",))
    return value


def looks_sealed(sealed: str) -> bool:
    """Whether a text has the signs and the length of a ballot; what is in it nobody knows yet.

    >>> looks_sealed("A" * 5570), looks_sealed("A" * 5571), looks_sealed("é" * 5570)
    (True, False, False)
    """
    try:
        length = len(_bytes(sealed)) - OVERHEAD
    except ValueError:
        return False
    return length >= BLOCK and length % BLOCK == 0


def padded(text: bytes) -> bytes:
    """Fill up with spaces to whole blocks; JSON reads past them.

    >>> len(padded(b"")), len(padded(b"x" * 4096)), len(padded(b"x" * 4097))
    (4096, 4096, 8192)
    """
    return text.ljust(max(1, -(-len(text) // BLOCK)) * BLOCK)


def _info(wave: str, ballot: str, purpose: str = "ballot") -> bytes:
    return f"erbij/{purpose}/1/{wave}/{ballot}".encode()


def _bytes(sealed: str) -> bytes:
    # Without validation a changed sign outside the alphabet would be skipped unseen.
    if not sealed.isascii() or not sealed.replace("-", "A").replace("_", "A").isalnum():
        raise NotBase64("signs outside base64url")
    return urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))


def _public(key: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key)
    except ValueError as problem:
        raise SealError("is no public key of P-256", where=("public key",)) from problem


def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        return ec.derive_private_key(int.from_bytes(key, "big"), _CURVE)
    except ValueError as problem:
        raise SealError("is no private key of P-256", where=("private key",)) from problem
