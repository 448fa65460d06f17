"""What `erbij backup` and `erbij restore` ask, print and pass on; what they do: tests/web/upkeep."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from erbij.cli import backup as module
from erbij.cli.main import erbij

MADE = {
    "made": "/shelf/erbij.age",
    "bytes": 5,
    "holds_ballots_of": 1,
    "holds_keys": False,
    "removed": ["old.age"],
    "kept": 1,
}
RESTORED = {"made": "2026-11-22", "version": "0.1.0", "rows": 7, "open_surveys": 1, "keys": []}


@pytest.fixture
def run(monkeypatch):
    """The command without the web application: what that was asked, and what was said."""

    def start(*arguments, typed="", says=MADE):
        asked: dict[str, Any] = {}

        def call_command(*called, stdout, **options):
            asked.update(called=called, **options)
            stdout.write(says if isinstance(says, str) else json.dumps(says))

        monkeypatch.setattr(module, "load_django", lambda: SimpleNamespace(call_command=call_command))
        return asked, CliRunner().invoke(erbij, arguments, input=typed)

    return start


def test_backup_tells_what_it_holds_and_what_went(run):
    asked, said = run("backup")
    assert said.exit_code == 0
    assert asked == {"called": ("backup",), "with_keys": False}
    assert "/shelf/erbij.age (5 bytes)" in said.stdout
    assert "sealed ballots" in said.stdout
    assert "removed: old.age" in said.stdout


def test_backup_for_others_elsewhere_as_json(run):
    asked, said = run("backup", "--to", "there", "--for", "age1a", "--json")
    assert (asked["to"], asked["names"]) == (Path("there"), ["age1a"])
    assert json.loads(said.stdout) == MADE


def test_keys_travel_only_after_the_words(run):
    for typed in ("", "yes\n", "keys\n"):
        asked, said = run("backup", "--with-keys", typed=typed)
        assert said.exit_code == 1
        assert asked == {}
    asked, said = run("backup", "--with-keys", typed=f"{module.WORDS}\n")
    assert said.exit_code == 0
    assert asked["with_keys"] is True


def test_new_key_prints_the_setting(run):
    asked, said = run("backup", "--new-key", "my.key", says="age1xyz")
    assert asked["called"] == ("backup_key", "my.key")
    assert said.stdout == "ERBIJ_BACKUP_FOR=age1xyz\n"
    assert json.loads(run("backup", "--new-key", "k", "--json", says="age1xyz")[1].stdout) == {
        "public": "age1xyz"
    }


def test_restore_reminds_of_the_keys(run):
    asked, said = run("restore", "a.age", "--key", "my.key", says=RESTORED)
    assert (asked["called"], asked["key"]) == (("restore", "a.age"), Path("my.key"))
    assert "7 rows" in said.stdout
    assert "ERBIJ_KEY_FILE" in said.stderr
    _, said = run("restore", "a.age", "--key", "my.key", "--json", says={**RESTORED, "keys": ["wave-key"]})
    assert json.loads(said.stdout)["rows"] == 7
