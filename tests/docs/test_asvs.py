"""The table of OWASP ASVS has every requirement of levels 1 and 2 once, and a ground for each state."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security" / "asvs.md"
LEVEL_1 = """
1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2
6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5
11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
"""
LEVEL_2 = """
1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2
4.1.2-3 4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4
7.1.1-3 7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2 8.1.2 8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11
10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1
13.2.1-5 13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 16.3.1-4
16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2
"""
"""The numbers of version 5.0.0: 70 of level 1 and 183 of level 2."""
STATES = ("met", "not applicable", "not met")
PLACE = re.compile(r"`(?:tests|src|docs|deploy)/[\w./-]+(?:::\w+)?`|`[\w-]+\.lock`|\]\((?:\.\./)?[\w-]+\.md")
"""A test, a file, or a page."""
COST = re.compile(r"It would take|As (\d+\.\d+\.\d+)")
LINK = re.compile(r"\]\(((?:\.\./)?[\w-]+\.md)(?:#([\w-]+))?\)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    number: str
    level: str
    about: str
    state: str
    ground: str


def expanded(ranges: str) -> list[str]:
    """Write `1.2.1-3` out as its numbers.

    >>> expanded("1.2.1-3 1.3.4")
    ['1.2.1', '1.2.2', '1.2.3', '1.3.4']
    """
    numbers = []
    for each in ranges.split():
        section, _, last = each.rpartition(".")
        first, _, end = last.partition("-")
        numbers += [f"{section}.{number}" for number in range(int(first), int(end or first) + 1)]
    return numbers


def rows() -> list[Row]:
    found = re.findall(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$", PAGE.read_text(), re.MULTILINE)
    return [Row(number, *(cell.strip() for cell in rest.split(" | "))) for number, rest in found]


def test_every_requirement_stands_once_in_order() -> None:
    assert (len(expanded(LEVEL_1)), len(expanded(LEVEL_2))) == (70, 183)
    wanted = dict.fromkeys(expanded(LEVEL_1), "1") | dict.fromkeys(expanded(LEVEL_2), "2")
    in_order = sorted(wanted, key=lambda number: [int(part) for part in number.split(".")])
    assert [(row.number, row.level) for row in rows()] == [(number, wanted[number]) for number in in_order]


def test_every_line_has_its_ground() -> None:
    assert {row.state for row in rows()} == set(STATES)
    assert [row.number for row in rows() if not row.ground] == []
    assert [row.number for row in rows() if row.state == "met" and not PLACE.search(row.ground)] == []


def test_what_is_not_met_says_what_it_would_take() -> None:
    missed = {row.number: row.ground for row in rows() if row.state == "not met"}
    assert [number for number, ground in missed.items() if not COST.search(ground)] == []
    others = {other for ground in missed.values() for other in COST.findall(ground) if other}
    assert others <= set(missed)


def test_what_it_is_about_is_short() -> None:
    assert [row.number for row in rows() if len(row.about.split()) > 10] == []


def test_counts_are_those_of_the_lines() -> None:
    counted = Counter((row.level, row.state) for row in rows())
    for level in "12":
        line = " | ".join(str(counted[level, state]) for state in STATES)
        assert f"| {level} | {line} |" in PAGE.read_text()


def headings(page: Path) -> list[str]:
    """The anchors of a page, as the site makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return [re.sub(r"[^\w]+", "-", title.lower()) for title in titles]


def test_pages_that_a_line_links_to_are_there() -> None:
    for page, anchor in LINK.findall(PAGE.read_text()):
        assert (PAGE.parent / page).exists(), page
        assert not anchor or anchor in headings(PAGE.parent / page), (page, anchor)
