"""The documentation names only what is there: tests, files and commands."""

import itertools
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Group

from erbij.cli.main import erbij

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.joinpath("docs").rglob("*.md"))
NAMED = re.compile(r"`((?:tests|bench|src|docs)/[\w./-]+)(?:::(\w+))?`")
PLACE = re.compile(r"[A-Z]{2,}")
LEFT_OPEN = re.compile(r"^[A-Z_]{2,}$|\.\.\.|…|<|\$")
"""A word that is a place to fill in makes its line a pattern, and no command to try."""
SHELL = ("|", ">", ";", "&&", "&")


def ids(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_what_a_page_names_is_there(page: Path) -> None:
    for name, function in NAMED.findall(page.read_text()):
        path = ROOT / name
        if PLACE.search(name):
            continue
        assert path.exists(), name
        if function:
            assert f"def {function}(" in path.read_text(), (name, function)


def test_every_promise_names_a_test() -> None:
    text = ROOT.joinpath("docs/promises.md").read_text()
    rows = [row for row in text.splitlines() if row.startswith("| ") and not row.startswith("| promise")]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []


def commands(page: Path) -> Iterator[list[str]]:
    """The commands of Erbij in the blocks of a page, without what the shell does around them."""
    text = page.read_text().replace("\\\n", " ")
    for line in re.findall(r"^    (?:[A-Z_]+=\S+ )*(erbij .+)$", text, re.MULTILINE):
        words = shlex.split(line, comments=True)[1:]
        command = [*itertools.takewhile(lambda word: word not in SHELL, words)]
        if not any(LEFT_OPEN.search(word) for word in command):
            yield command


@pytest.mark.parametrize("page", [page for page in PAGES if [*commands(page)]], ids=ids)
def test_commands_of_a_page_have_these_options(page: Path) -> None:
    for name, *words in commands(page):
        if name.startswith("-") or name == "manage":
            continue
        command = erbij.commands[name]
        if isinstance(command, Group):
            command = command.commands[words[0]]
        known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert given <= known | {"-h", "--help"}, (name, words)
