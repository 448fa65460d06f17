import logging
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from erbij.errors import WebError
from erbij.web import environment, security, settings

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "erbij" / "web"


def test_every_setting_is_documented_and_no_other() -> None:
    named = r"\b(ERBIJ_[A-Z_]+|DATABASE_URL)\b"
    read = set(re.findall(named, "".join(path.read_text() for path in SOURCE.glob("*.py"))))
    documented = set(re.findall(rf"^\| `{named}`", (ROOT / "docs" / "settings.md").read_text(), re.M))
    assert read == documented


def test_debug_is_off_unless_it_is_asked_for() -> None:
    assert _started("print(settings.DEBUG)") == "False"
    assert _started("print(settings.DEBUG)", ERBIJ_DEBUG="1") == "True"


def test_https_makes_cookies_secure_and_keeps_browsers_there() -> None:
    ask = "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS)"
    assert _started(ask) == "False False 0"
    assert _started(ask, ERBIJ_HTTPS="1") == "True True 31536000"


def test_https_names_cookies_so_that_no_other_host_sets_them() -> None:
    names = ", ".join(f"settings.{name}_COOKIE_NAME" for name in ("SESSION", "CSRF", "LANGUAGE"))
    told = f"""
import django
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "erbij.web.settings"
django.setup()
from erbij.web.accounts import guessing
print({names}, guessing.COOKIE)
"""
    plain = "sessionid csrftoken django_language known"
    assert _started(told) == plain
    *hosted, known = plain.split()
    wanted = [*(f"__Host-{name}" for name in hosted), f"__Secure-{known}"]
    assert _started(told, ERBIJ_HTTPS="1").split() == wanted


def test_https_trusts_the_named_hosts_only() -> None:
    ask = "print(settings.CSRF_TRUSTED_ORIGINS, settings.ALLOWED_HOSTS)"
    answer = _started(ask, ERBIJ_HTTPS="1", ERBIJ_HOSTS="erbij.example, b.example")
    assert answer == "['https://erbij.example', 'https://b.example'] ['erbij.example', 'b.example']"


def test_demo_takes_an_empty_folder_and_finds_it_again(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("ERBIJ_DEMO", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "demo"
    assert environment.is_demo("ERBIJ_DEMO", data=folder)
    (folder / "erbij.sqlite3").touch()
    assert environment.is_demo("ERBIJ_DEMO", data=folder)


def test_demo_beside_real_data_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("ERBIJ_DEMO", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "erbij.sqlite3").touch()
    with pytest.raises(WebError, match="no made-up town"):
        environment.is_demo("ERBIJ_DEMO", data=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["erbij.sqlite3"]
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@db.example/erbij")
    with pytest.raises(WebError, match="database of its own"):
        environment.is_demo("ERBIJ_DEMO", data=tmp_path / "empty")
    monkeypatch.setenv("ERBIJ_DEMO", "0")
    assert not environment.is_demo("ERBIJ_DEMO", data=tmp_path)


def test_demo_is_installed_only_where_it_is_asked_for(tmp_path: Path) -> None:
    ask = "print('erbij.web.demo' in settings.INSTALLED_APPS)"
    assert _started(ask) == "False"
    assert _started(ask, ERBIJ_DEMO="1", ERBIJ_DATA=str(tmp_path / "town")) == "True"


def _started(code: str, **changed: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("ERBIJ_", "DATABASE_"))}
    before = f"from erbij.web import settings\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", before],
        env=clean | {"ERBIJ_DATA": str(settings.DATA)} | changed,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_sqlite_is_durable_and_takes_its_lock_at_once(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = environment.database("DATABASE_URL", default=tmp_path / "new" / "a.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        assert f"PRAGMA {pragma};" in found["OPTIONS"]["init_command"]
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_postgres_address_is_read_in_full(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:p%40ss@db.example:6543/erbij?sslmode=require")
    found = environment.database("DATABASE_URL", default=tmp_path)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "me",
        "p@ss",
        "db.example",
        "6543",
        "erbij",
    ]
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("address", ["mysql://me:secret@h/erbij", "postgres://me:secret@h/", "secret"])
def test_other_database_is_refused_without_showing_its_password(
    address: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(WebError) as refused:
        environment.database("DATABASE_URL", default=tmp_path)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("value", "read"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_flag_is_read(value: str, read: bool, monkeypatch: Any) -> None:
    monkeypatch.setenv("ERBIJ_HTTPS", value)
    assert environment.flag("ERBIJ_HTTPS") is read


def test_number_is_read(monkeypatch: Any) -> None:
    monkeypatch.delenv("ERBIJ_HELP_HOUR", raising=False)
    assert environment.number("ERBIJ_HELP_HOUR", default=50, least=1) == 50
    monkeypatch.setenv("ERBIJ_HELP_HOUR", "45")
    assert environment.number("ERBIJ_HELP_HOUR", default=50, least=1) == 45


@pytest.mark.parametrize("value", ["0", "-5", "1.5", "soon"])
def test_number_that_is_none_is_refused(value: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("ERBIJ_HELP_HOUR", value)
    with pytest.raises(WebError, match="ERBIJ_HELP_HOUR"):
        environment.number("ERBIJ_HELP_HOUR", default=50, least=1)


def test_one_database_for_answers_and_help_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    def found(*addresses: str) -> dict[str, Any]:
        read = {}
        for number, address in enumerate(addresses):
            monkeypatch.setenv("DATABASE_URL", address)
            read[str(number)] = environment.database("DATABASE_URL", default=tmp_path / str(number))
        return read

    names = ("DATABASE_URL", "ERBIJ_HELP_DATABASE_URL")
    environment.check_apart(found("", ""), names=names)
    environment.check_apart(found("postgres://a@h/answers", "postgres://a@h/help"), names=names)
    with pytest.raises(WebError, match="have to be two"):
        environment.check_apart(found("postgres://a@h/erbij", "postgres://b@h:5432/erbij"), names=names)


def test_flag_that_is_no_flag_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setenv("ERBIJ_HTTPS", "perhaps")
    with pytest.raises(WebError, match="ERBIJ_HTTPS"):
        environment.flag("ERBIJ_HTTPS")


def test_key_is_made_once_for_its_owner_only_also_by_many_at_once(tmp_path: Path) -> None:
    path, found = tmp_path / "deep" / "key", []
    threads = [threading.Thread(target=lambda: found.append(security.kept_key(path))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert set(found) == {path.read_bytes()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_broken_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"short")
    with pytest.raises(WebError, match="not whole"):
        security.kept_key(path)
    assert path.read_bytes() == b"short"


def test_log_line_holds_no_path_and_no_value(db: None, caplog: Any, cast: Any) -> None:
    line = logging.LogRecord("django.request", 40, "", 0, "Not Found: %s", ("/c/blije-otter/",), None)
    line.status_code = 404
    security.WithoutWords().filter(line)
    assert logging.Formatter("{levelname} {name} {message}", style="{").format(line) == (
        "ERROR django.request status 404"
    )


def test_log_line_of_an_error_holds_its_place_and_not_its_value() -> None:
    try:
        raise ValueError("blije-otter answered 3")
    except ValueError:
        line = logging.LogRecord("erbij.web", 40, "", 0, "broke", (), sys.exc_info())
    security.WithoutWords().filter(line)
    text = logging.Formatter().format(line)
    assert "otter" not in text
    assert re.search(r"ValueError at test_settings\.py:\d+", text)


@pytest.mark.parametrize("path", ["/account/login/", "/invitation/", "/no-such-page/"])
def test_every_answer_carries_the_headers(path: str, cast: Any) -> None:
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_files_of_the_site_carry_the_policy_too(cast: Any) -> None:
    answer = Client().get("/static/erbij/web.css")
    answer.close()
    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/account/login/", "/school/de-linde/"])
def test_nobody_gets_a_request_traced(path: str, signed_in: Any) -> None:
    answer = signed_in("coordinator").trace(path)
    assert (answer.status_code, answer.content) == (405, b"")


def test_pupils_pages_send_no_referrer() -> None:
    def view(request: Any) -> Any:
        return HttpResponse()

    for path in ("/", "/c/word/", "/ballots/"):
        answer = security.SafeHeaders(view)(RequestFactory().get(path))
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_tokens_are_those_of_the_report() -> None:
    def tokens(path: Path) -> list[str]:
        return re.findall(r"(--(?!field)[\w-]+): ([^;]+);", path.read_text().split("@media print")[0])

    web, report = tokens(SOURCE / "static/erbij/web.css"), tokens(SOURCE.parent / "reports/look.css")
    known = [token for token in web if token[1] not in ("currentcolor", "var(--ink)")]
    assert known == report
