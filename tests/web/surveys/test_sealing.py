from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.web.surveys import sealing
from erbij.web.surveys.sealing import BLOCK, SealError

# RFC 9180, appendix A.3.1: base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, sequence number 0.
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
SECRET = bytes.fromhex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2")
PUBLIC = bytes.fromhex(
    "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
    "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0"
)
ENC = bytes.fromhex(
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
    "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
)
TAGGED = bytes.fromhex("436f756e742d30")
CIPHERTEXT = bytes.fromhex(
    "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434"
)
PLAINTEXT = b"Beauty is truth, truth beauty"

PUBLIC_KEY, PRIVATE_KEY = sealing.new_key_pair()
PLAIN = {"v": 1, "class": "k", "answers": {"gender": 1, "grounds": ["language"]}}


def sealed(plain: dict[str, object] = PLAIN) -> str:
    return sealing.seal(plain, PUBLIC_KEY, wave="w", ballot="b")


def test_suite_opens_the_vector_of_rfc_9180() -> None:
    secret = ec.derive_private_key(int.from_bytes(SECRET, "big"), ec.SECP256R1())
    opened = openssl.hpke._decrypt_with_aad(sealing.SUITE, ENC + CIPHERTEXT, secret, INFO, TAGGED)
    assert opened == PLAINTEXT


def test_keys_are_written_as_rfc_9180_does() -> None:
    assert sealing._private(SECRET).public_key() == sealing._public(PUBLIC)
    assert (len(PUBLIC_KEY), PUBLIC_KEY[0], len(PRIVATE_KEY)) == (65, 4, 32)


@given(st.dictionaries(st.text(max_size=20), st.integers() | st.lists(st.text(max_size=9), max_size=5)))
@settings(max_examples=50)
def test_ballot_opens_to_what_was_sealed(plain: dict[str, object]) -> None:
    assert sealing.unseal(sealed(plain), PRIVATE_KEY, wave="w", ballot="b") == plain


def test_ballot_length_says_nothing_of_the_answers() -> None:
    lengths = {len(sealed({"answers": "x" * size})) for size in (0, 10, 500, 4000)}
    assert len(lengths) == 1
    assert len(sealing.padded(b"x" * (BLOCK + 1))) == 2 * BLOCK


def test_same_answers_never_look_alike() -> None:
    assert len({sealed() for _ in range(20)}) == 20


def test_sealed_text_looks_sealed() -> None:
    assert sealing.looks_sealed(sealed())
    assert not sealing.looks_sealed(sealed()[:-4])
    assert not sealing.looks_sealed("")


@pytest.mark.parametrize(("wave", "ballot"), [("other", "b"), ("w", "other"), ("w/b", ""), ("", "w/b")])
def test_ballot_does_not_open_in_another_place(wave: str, ballot: str) -> None:
    with pytest.raises(SealError, match="can't be opened"):
        sealing.unseal(sealed(), PRIVATE_KEY, wave=wave, ballot=ballot)


def test_ballot_does_not_open_with_another_key() -> None:
    with pytest.raises(SealError, match="can't be opened"):
        sealing.unseal(sealed(), sealing.new_key_pair()[1], wave="w", ballot="b")


@given(st.integers(0, 5569), st.sampled_from("AZaz09-_"))
@settings(max_examples=60)
def test_changed_ballot_does_not_open(place: int, sign: str) -> None:
    text = sealed()
    changed = text[:place] + sign + text[place + 1 :]
    # The last sign carries two bits that are no part of the bytes.
    if sealing._bytes(changed) == sealing._bytes(text):
        return
    with pytest.raises(SealError):
        sealing.unseal(changed, PRIVATE_KEY, wave="w", ballot="b")


@pytest.mark.parametrize(
    "text", ["", "A", "é" * 90, "A" * 90, "A" * 5570, "====", " " * 90, sealed()[:-1], sealed()[:-5]]
)
def test_what_is_no_ballot_does_not_open(text: str) -> None:
    with pytest.raises(SealError, match="can't be opened"):
        sealing.unseal(text, PRIVATE_KEY, wave="w", ballot="b")


@pytest.mark.parametrize("text", [b"[1]", b"3", b"null", b"not json", b"\xff", b"[" * 100_000])
def test_what_holds_no_answers_is_refused(text: bytes) -> None:
    raw = sealing.SUITE.encrypt(text, sealing._public(PUBLIC_KEY), sealing._info("w", "b"))
    with pytest.raises(SealError):
        sealing.unseal(urlsafe_b64encode(raw).decode().rstrip("="), PRIVATE_KEY, wave="w", ballot="b")


def test_refusal_does_not_repeat_what_was_in_the_ballot() -> None:
    raw = sealing.SUITE.encrypt(b"canary, no json", sealing._public(PUBLIC_KEY), sealing._info("w", "b"))
    with pytest.raises(SealError) as refused:
        sealing.unseal(urlsafe_b64encode(raw).decode().rstrip("="), PRIVATE_KEY, wave="w", ballot="b")
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("key", [b"", b"\x04" * 65, b"x" * 10])
def test_what_is_no_public_key_is_refused(key: bytes) -> None:
    with pytest.raises(SealError, match="no public key"):
        sealing.seal(PLAIN, key, wave="w", ballot="b")


@pytest.mark.parametrize("key", [b"", b"\x00" * 32, b"\xff" * 32])
def test_what_is_no_private_key_is_refused(key: bytes) -> None:
    with pytest.raises(SealError, match="no private key"):
        sealing.unseal(sealed(), key, wave="w", ballot="b")
