"""What `erbij check` prints and ends with; what it looks at: tests/web/upkeep."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from erbij.cli import check as module
from erbij.cli.main import erbij

FOUND = {"is_well": False, "looked_at": ["erbij.debug"], "findings": [{"id": "erbij.debug"}]}


@pytest.fixture
def run(monkeypatch):
    """The command without the web application: what that was asked, and what was said."""

    def start(*arguments, **changed):
        asked: dict[str, Any] = {}

        def call_command(name, *, language, stdout):
            asked.update(name=name, language=language)
            stdout.write(json.dumps({**FOUND, "lines": ["To mend"], **changed}))

        monkeypatch.setattr(module, "load_django", lambda: SimpleNamespace(call_command=call_command))
        return asked, CliRunner().invoke(erbij, ["check", *arguments])

    return start


def test_what_is_wrong_ends_with_one(run):
    asked, said = run()
    assert (said.exit_code, said.stdout) == (1, "To mend\n")
    assert asked == {"name": "check_setup", "language": "nl"}


def test_what_is_well_ends_with_zero_in_the_language_that_is_asked(run):
    asked, said = run("--language", "fr", is_well=True)
    assert said.exit_code == 0
    assert asked["language"] == "fr"


def test_json_holds_findings_and_no_lines(run):
    _, said = run("--json")
    assert json.loads(said.stdout) == FOUND


def test_before_the_first_start_all_is_well_and_nothing_is_made(tmp_path):
    """As whoever installed it asks: in an empty home, before there is a database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ERBIJ_", "DJANGO_"))}
    command = [sys.executable, "-c", "from erbij.cli.main import main; main()", "check", "--json"]
    done = subprocess.run(command, env=kept | {"HOME": str(tmp_path)}, capture_output=True, check=False)
    assert json.loads(done.stdout)["is_well"] is True
    assert done.returncode == 0
    assert not [*tmp_path.rglob("*.sqlite3")]
