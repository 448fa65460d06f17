"""What `erbij demo` prints and refuses; the town itself: tests/web/demo, and walked: tests/walks."""

import json
import os
import socket
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from erbij.cli import demo as module
from erbij.cli.main import erbij
from erbij.errors import WebError

LINKS = {
    "sign_in": {"coordinator": "/demo/as/coordinator/x/"},
    "report": "/school/s/results/r/",
    "choices": "/school/s/choices/",
    "actions": "/school/s/actions/",
    "heard": "/heard/h/",
    "class": {"maan-boot": "/c/maan-boot/"},
}


@pytest.fixture
def run(monkeypatch, tmp_path):
    """The command without the web application: what it was started with, and what it said."""
    started: dict[str, Any] = {}

    def call_command(name, *, fresh, stdout):
        started.update(name=name, fresh=fresh, **{key: os.environ.get(key) for key in SETTINGS})
        stdout.write(json.dumps(started.get("links", LINKS)))

    monkeypatch.setattr(module, "load_django", lambda: SimpleNamespace(call_command=call_command))
    monkeypatch.setattr(module, "keep_time", lambda _management: None)
    monkeypatch.setattr(module, "answer", lambda *place, **_: started.update(answers=place))
    monkeypatch.setattr(module.os, "environ", {"ERBIJ_DATA": str(tmp_path), "ERBIJ_KEY_FILE": "/real/key"})

    def start(*arguments, **given):
        started.update(given)
        return started, CliRunner().invoke(erbij, ["demo", *arguments])

    return start


PAGES = ("report", "choices", "actions", "heard")
SETTINGS = ("ERBIJ_DEMO", "ERBIJ_DATA", "ERBIJ_KEY_FILE", "ERBIJ_EMAIL_HOST", "ERBIJ_HOSTS")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_links_come_before_it_serves(run):
    port = free_port()
    started, said = run("--port", str(port), "--fresh")
    assert said.exit_code == 0, said.output
    for path in (LINKS["sign_in"]["coordinator"], *(LINKS[name] for name in PAGES), "/c/maan-boot/"):
        assert f"  http://127.0.0.1:{port}{path}".split("  ")[1] in said.stdout
    assert "maan-boot" in said.stdout
    assert started["answers"] == ("127.0.0.1", port)
    assert started["fresh"] is True


def test_its_settings_are_its_own(run, tmp_path):
    started, _ = run("--no-serve")
    assert [started[name] for name in SETTINGS] == [
        "1",
        str(tmp_path / "demo"),
        "",
        "",
        "localhost,127.0.0.1,[::1],127.0.0.1",
    ]
    assert "answers" not in started
    started, _ = run("--no-serve", "--data", str(tmp_path / "elsewhere"))
    assert started["ERBIJ_DATA"] == str(tmp_path / "elsewhere")


def test_links_as_json_are_whole_addresses(run):
    _, said = run("--no-serve", "--json", "--host", "0.0.0.0", "--port", "81")  # noqa: S104
    assert json.loads(said.stdout) == {
        "sign_in": {"coordinator": "http://127.0.0.1:81/demo/as/coordinator/x/"},
        "report": "http://127.0.0.1:81/school/s/results/r/",
        "choices": "http://127.0.0.1:81/school/s/choices/",
        "actions": "http://127.0.0.1:81/school/s/actions/",
        "heard": "http://127.0.0.1:81/heard/h/",
        "class": {"maan-boot": "http://127.0.0.1:81/c/maan-boot/"},
    }


def test_a_town_in_which_all_is_closed_says_so(run):
    _, said = run("--no-serve", links=LINKS | {"class": {}})
    assert "--fresh" in said.stdout


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_taken_port_is_refused_with_advice(command, run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = CliRunner().invoke(erbij, [command, "--port", str(port)])
    assert isinstance(refused.exception, WebError)
    assert f"--port {port + 1}" in str(refused.exception)


def test_a_page_that_was_withdrawn_has_no_link(run):
    _, said = run("--no-serve", links=LINKS | {"heard": ""})
    assert "the page was withdrawn" in said.stdout
    _, said = run("--no-serve", "--json", links=LINKS | {"heard": ""})
    assert json.loads(said.stdout)["heard"] == ""
