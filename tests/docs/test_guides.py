"""The guides for people of a school say the same in English, Dutch and French."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "guides"
NAMES = ("coordinator", "teacher", "parent", "pupil-council")
BEGINNING = re.compile(r"^(# |\| |\d+\. )", re.MULTILINE)
NUMBER = re.compile(r"\d+")


def in_language(name: str, language: str) -> str:
    return (GUIDES / f"{name}{language}.md").read_text()


@pytest.mark.parametrize("language", [".nl", ".fr"])
@pytest.mark.parametrize("name", NAMES)
def test_a_guide_has_as_many_lines_in_each_language(name: str, language: str) -> None:
    here, there = in_language(name, ""), in_language(name, language)
    assert BEGINNING.findall(here) == BEGINNING.findall(there)
    assert NUMBER.findall(here) == NUMBER.findall(there)


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda guide: guide.name)
def test_a_guide_is_in_the_menu(guide: Path) -> None:
    assert f": guides/{guide.name}\n" in ROOT.joinpath("mkdocs.yml").read_text()
