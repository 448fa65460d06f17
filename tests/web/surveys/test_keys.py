from pathlib import Path

import pytest

from erbij.web.surveys import keys
from erbij.web.surveys.keys import KeyFileError, LockedError

SERVER, PRIVATE = b"s" * 32, b"p" * 32


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SCRYPT_COST", 2**4)


def test_key_opens_with_the_key_file_it_was_wrapped_with() -> None:
    wrapped = keys.wrap(PRIVATE, server_key=SERVER, wave="w")
    assert keys.unwrap(wrapped, server_key=SERVER, wave="w") == PRIVATE
    assert not keys.needs_words(wrapped)


def test_wrapped_key_holds_no_key() -> None:
    wrapped = keys.wrap(PRIVATE, server_key=SERVER, wave="w")
    assert keys._text(PRIVATE)[:12] not in wrapped
    assert wrapped != keys.wrap(PRIVATE, server_key=SERVER, wave="w")


@pytest.mark.parametrize(("server", "wave"), [(b"t" * 32, "w"), (SERVER, "v")])
def test_key_stays_locked_for_another_server_or_wave(server: bytes, wave: str) -> None:
    wrapped = keys.wrap(PRIVATE, server_key=SERVER, wave="w")
    with pytest.raises(LockedError, match="key file"):
        keys.unwrap(wrapped, server_key=server, wave=wave)


def test_passphrase_and_recovery_code_both_open() -> None:
    code = keys.recovery_code()
    wrapped = keys.wrap(PRIVATE, server_key=SERVER, wave="w", words=("four blue tall hats", code))
    for word in ("four blue tall hats", " four blue tall hats ", code, code.lower(), code.replace("-", " ")):
        assert keys.unwrap(wrapped, server_key=SERVER, wave="w", word=word) == PRIVATE
    assert keys.needs_words(wrapped)


@pytest.mark.parametrize("word", ["", "Four blue tall hats", "four blue"])
def test_wrong_words_open_nothing(word: str) -> None:
    wrapped = keys.wrap(PRIVATE, server_key=SERVER, wave="w", words=("four blue tall hats", "x"))
    with pytest.raises(LockedError, match="words"):
        keys.unwrap(wrapped, server_key=SERVER, wave="w", word=word)


def test_words_without_the_key_file_open_nothing() -> None:
    wrapped = keys.wrap(PRIVATE, server_key=SERVER, wave="w", words=("four blue tall hats",))
    with pytest.raises(LockedError, match="key file"):
        keys.unwrap(wrapped, server_key=b"t" * 32, wave="w", word="four blue tall hats")


def test_recovery_codes_differ_and_are_easy_to_copy() -> None:
    codes = {keys.recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 29 and not set(code) & set("01OIL") for code in codes)


def test_key_file_of_the_server_is_read(key_file: Path) -> None:
    assert len(keys.read_key_file(key_file)) == 32


def test_key_file_of_bare_bytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(raw := bytes(range(32)))
    path.chmod(0o600)
    assert keys.read_key_file(path) == raw


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o777])
def test_key_file_that_others_can_read_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        keys.read_key_file(key_file)


@pytest.mark.parametrize("content", [b"", b"short", b"AAAA", b"\xff" * 40])
def test_what_is_no_key_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(KeyFileError, match="no key file"):
        keys.read_key_file(tmp_path / "key")


@pytest.mark.parametrize("path", [None, Path("/nowhere/key")])
def test_absent_key_file_says_what_to_do(path: Path | None) -> None:
    with pytest.raises(KeyFileError, match="ERBIJ_KEY_FILE"):
        keys.read_key_file(path)
