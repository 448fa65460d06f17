import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from erbij import __version__
from erbij.cli.main import erbij

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(erbij.commands)
# A group, such as `erbij instrument`, stands in one section with all that is in it.
WITHIN = [
    (name, each)
    for name, command in erbij.commands.items()
    for each in (command, *(command.commands.values() if isinstance(command, click.Group) else ()))
]
OPTIONS = [
    (name, option)
    for name, command in WITHIN
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]


@pytest.fixture
def run():
    """The program as a person runs it: a process of its own."""

    def start(*arguments):
        started = [sys.executable, "-c", "from erbij.cli.main import main; main()", *map(str, arguments)]
        return subprocess.run(started, capture_output=True, text=True, check=False, cwd=ROOT)

    return start


def test_help_names_every_command():
    result = CliRunner().invoke(erbij, ["--help"])
    assert result.exit_code == 0
    assert len(COMMANDS) >= 5
    assert all(f"\n  {name} " in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    result = CliRunner().invoke(erbij, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")
    assert len(result.output.splitlines()[2].strip()) > 20


def test_every_option_says_what_it_is_for():
    silent = [
        f"{name} {parameter.name}"
        for name, command in WITHIN
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []


def test_version_is_that_of_the_package():
    assert CliRunner().invoke(erbij, ["--version"]).output == f"erbij, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["report"], ["report", "--no-such-option"], ["town", "--schools", "x"]]
)
def test_incomplete_command_ends_with_two(arguments):
    result = CliRunner().invoke(erbij, arguments)
    assert result.exit_code == 2
    assert "Usage" in result.output


def test_mistake_is_one_message_and_one(run, tmp_path):
    ended = run("town", "--schools", 5, "--pupils", 3, "--out", tmp_path / "town")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("erbij: ")
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "town").exists()


def test_documents_name_every_command():
    text = "".join(path.read_text("utf-8") for path in [*ROOT.glob("docs/*.md"), ROOT / "README.md"])
    assert [name for name in COMMANDS if f"erbij {name}" not in text] == []


def test_command_line_page_has_a_section_for_every_command():
    headings = [line for line in _page().splitlines() if line.startswith("## erbij ")]
    assert sorted(heading.split()[2] for heading in headings) == COMMANDS


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=str)
def test_command_line_page_names_every_option(name, option):
    headings = [f"## erbij {name}", *(["All four take:"] if name.startswith("survey-") else [])]
    sections = [f"{_page()}\n## ".split(heading)[1].split("\n## ")[0] for heading in headings]
    assert any(f"`{option}`" in section for section in sections)


def test_command_line_page_names_no_option_that_is_not_there():
    named = set(re.findall(r"^\| `(--[a-z-]+)`", _page(), flags=re.MULTILINE))
    assert named == {option for _, option in OPTIONS}


def _page() -> str:
    return (ROOT / "docs" / "command-line.md").read_text("utf-8")
