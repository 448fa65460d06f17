"""Keeping the private key of a wave: wrapped by a key that is never in the database.

Two locks, one inside the other: the key file of the server always, and a passphrase of the coordinator
where she wants one, with a printed recovery code beside it. AES-256-GCM; HKDF-SHA256 for the key file and
scrypt for what people type.
"""

import json
import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from erbij.errors import WebError

LENGTH = 32
"""Bytes of every key here."""
SALT, NONCE = 16, 12
OWNER_ONLY = 0o600
SCRYPT_COST = 2**15
"""128 * 8 * cost bytes of memory: 32 MB, about 0.1 s for each guess."""
RECOVERY_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that can be read as another one."""
RECOVERY_GROUPS = 5


class KeyFileError(WebError):
    """The key file is absent, open to others, or no key file."""


class LockedError(WebError):
    """The private key does not open with what was given."""


def read_key_file(path: Path | None, *, name: str = "ERBIJ_KEY_FILE") -> bytes:
    """Read a key of the server: 32 bytes, bare or in base64; `name` is the setting that says where it is.

    Raises
    ------
    KeyFileError
        Saying what is wrong with the file and how to mend it.
    """
    if path is None or not path.is_file():
        advice = f"`erbij serve` makes it at its first start; {name} says where it stands."
        raise KeyFileError("there is no key file", where=(name,), found=path, advice=advice)
    mode = path.stat().st_mode & 0o777
    if mode & ~OWNER_ONLY:
        advice = f"Run: chmod 600 {path}"
        raise KeyFileError("is open to others", where=(str(path),), found=oct(mode), advice=advice)
    raw = path.read_bytes()
    try:
        key = raw if len(raw) == LENGTH else b64decode(raw.strip(), validate=True)
    except ValueError as problem:
        raise KeyFileError("is no key file", where=(str(path),)) from problem
    if len(key) != LENGTH:
        raise KeyFileError("is no key file", where=(str(path),), found=f"{len(key)} bytes")
    return key


def wrap(private: bytes, *, server_key: bytes, wave: str, words: tuple[str, ...] = ()) -> str:
    """Lock the private key of a wave.

    Parameters
    ----------
    private
        The key to keep.
    server_key
        From `read_key_file`.
    wave
        Its code: the result opens for this wave only.
    words
        Passphrase and recovery code, either of which opens it; empty where the server's key is enough.

    Returns
    -------
    str
        JSON, to be stored with the wave.
    """
    slots = [_box(private, _from_words(word, salt := _salt()), wave, salt) for word in words] or None
    inner = json.dumps(slots).encode() if slots else private
    salt = _salt()
    return json.dumps(
        {"v": 1, "words": bool(slots), **_box(inner, _from_server(server_key, salt), wave, salt)}
    )


def unwrap(wrapped: str, *, server_key: bytes, wave: str, word: str = "") -> bytes:
    """Unlock the private key of a wave.

    Raises
    ------
    LockedError
        Another key file, another wave, or a passphrase that is missing or wrong.
    """
    outer = json.loads(wrapped)
    inner = _opened(outer, _from_server(server_key, _raw(outer["salt"])), wave)
    if inner is None:
        advice = "Use the key file that this server had when the wave was opened."
        raise LockedError("does not open with this key file", where=(wave,), advice=advice)
    if not outer["words"]:
        return inner
    for slot in json.loads(inner):
        found = _opened(slot, _from_words(word, _raw(slot["salt"])), wave)
        if found is not None:
            return found
    advice = "Give the passphrase, or the recovery code from the printed sheet."
    raise LockedError("does not open with these words", where=(wave,), advice=advice)


def needs_words(wrapped: str) -> bool:
    """Whether a passphrase or recovery code has to be given."""
    return bool(json.loads(wrapped)["words"])


def recovery_code() -> str:
    """Make a code to print: 25 signs, about 123 bits."""
    groups = ("".join(secrets.choice(RECOVERY_SIGNS) for _ in range(5)) for _ in range(RECOVERY_GROUPS))
    return "-".join(groups)


def _salt() -> bytes:
    return secrets.token_bytes(SALT)


def _from_server(server_key: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), LENGTH, salt, b"erbij/wave-key/1").derive(server_key)


def _from_words(words: str, salt: bytes) -> bytes:
    # As people type: the code of the sheet in small letters, or with spaces around it.
    plain = words.strip()
    code = plain.upper().replace(" ", "-")
    typed = code if len(code) == 6 * RECOVERY_GROUPS - 1 and set(code) <= {*RECOVERY_SIGNS, "-"} else plain
    return Scrypt(salt, LENGTH, n=SCRYPT_COST, r=8, p=1).derive(typed.encode())


def _box(content: bytes, key: bytes, wave: str, salt: bytes) -> dict[str, str]:
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(key).encrypt(nonce, content, wave.encode())
    return {"salt": _text(salt), "nonce": _text(nonce), "sealed": _text(sealed)}


def _opened(box: dict[str, str], key: bytes, wave: str) -> bytes | None:
    try:
        return AESGCM(key).decrypt(_raw(box["nonce"]), _raw(box["sealed"]), wave.encode())
    except InvalidTag:
        return None


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return b64decode(text)
