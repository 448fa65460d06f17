"""What `erbij leave` asks and prints; what it does: tests/web/upkeep."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from erbij.cli import leave as module
from erbij.cli.main import erbij

LEFT = {"out": "there", "written": ["school.json"], "erased": {"surveys.wave": 2}}


@pytest.fixture
def run(monkeypatch):
    """The command without the web application: what that was asked, and what was said."""

    def start(*arguments, typed=""):
        asked: dict[str, Any] = {}

        def call_command(*called, stdout, **options):
            asked.update(called=called, **options)
            stdout.write(json.dumps(LEFT))

        monkeypatch.setattr(module, "load_django", lambda: SimpleNamespace(call_command=call_command))
        return asked, CliRunner().invoke(
            erbij, ["leave", "de-linde", "--out", "there", *arguments], input=typed
        )

    return start


def test_taking_along_asks_nothing(run):
    asked, said = run()
    assert said.exit_code == 0
    assert (asked["called"], asked["erase"]) == (("leave", "de-linde"), False)
    assert "there/school.json" in said.stdout


def test_erasing_asks_for_the_name_of_the_school(run):
    for typed in ("", "yes\n", "de linde\n"):
        asked, said = run("--erase", typed=typed)
        assert (said.exit_code, asked) == (1, {})
    asked, said = run("--erase", typed="de-linde\n")
    assert asked["erase"] is True
    assert "erased: 2 surveys.wave" in said.stdout
    assert "backups" in said.stderr


def test_outcome_as_json(run):
    assert json.loads(run("--json")[1].stdout) == LEFT
