"""Papers as HTML files that can be printed or opened in a word processor, and two files for programs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from erbij.web.papers import facts as known
from erbij.web.papers import parts, security_txt
from erbij.web.papers.facts import Facts, Rows
from erbij.web.papers.words import Words

HERE = ("https", "backups", "mail", "postgresql")
"""What is so in this installation, or is not; each has a sentence for both."""
NOT_SO = {"postgresql": "here-sqlite"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: its heading, how many points it has, and what stands below them.

    `tables`: `kept`, `asked`, `instruments`, `risk` or `threat`; `open_points` leave a line to write on.
    """

    id: str
    points: int = 0
    tables: tuple[str, ...] = ()
    is_here: bool = False
    open_points: tuple[int, ...] = ()


PAPERS: Mapping[str, tuple[Section, ...]] = {
    "dpia": (
        Section("dpia-what", 4),
        Section("dpia-data", 4, ("asked",)),
        Section("dpia-need", 5, open_points=(5,)),
        Section("dpia-risks", tables=("risk",)),
        Section("dpia-here", is_here=True),
        Section("dpia-kept", tables=("kept",)),
        Section("dpia-own", 4, open_points=(1, 2, 3, 4)),
    ),
    "record": (
        Section("record-who", 2, open_points=(1, 2)),
        Section("record-why", 1),
        Section("record-of", 3, ("asked",)),
        Section("record-to", 2),
        Section("record-kept", tables=("kept",)),
        Section("record-safe", is_here=True),
    ),
    "processor": (
        Section("processor-what", 2),
        Section("processor-data", 1),
        Section("processor-safe", is_here=True),
        Section("processor-others", 1, open_points=(1,)),
        Section("processor-help", 4),
        Section("processor-end", 1),
        Section("processor-kept", tables=("kept",)),
    ),
    "threats": (Section("threats-table", tables=("threat",)),),
    "instruments": (Section("instruments-table", 1, ("instruments",)),),
}


def papers(language: str) -> dict[str, str]:
    """Write every paper in a language, by the name of its file.

    Raises
    ------
    ReportError
        The language is not one of nl, en and fr.
    """
    facts, words = known.facts(), Words(language)
    written = {f"{name}-{language}.html": _paper(name, facts, words) for name in PAPERS}
    return {
        **written,
        "sbom.json": json.dumps(parts.bill(), indent=1, ensure_ascii=False) + "\n",
        **({"security.txt": security_txt.text()} if "contact" in facts.holds else {}),
    }


def _paper(name: str, facts: Facts, words: Words) -> str:
    sections = [_section(section, facts, words) for section in PAPERS[name]]
    told = {
        "language": words.language,
        "title": words.say(name),
        "made_from": words.say("made-from", **facts.values),
        "made_up": words.say("made-up") if "demo" in facts.holds else "",
        "to_fill_in": words.say("to-fill-in"),
        "sections": sections,
    }
    return render_to_string("papers/paper.html", told)


def _section(section: Section, facts: Facts, words: Words) -> dict[str, Any]:
    points = [
        (words.say(f"{section.id}-{n}", **facts.values), n in section.open_points)
        for n in range(1, section.points + 1)
    ]
    if section.id == "processor-others" and "mail" in facts.holds:
        points.append((words.say("processor-others-mail", **facts.values), False))
    if section.is_here:
        points += [(words.say(name, **facts.values), False) for name in _here(facts)]
    tables = [_table(name, facts, words) for name in section.tables]
    return {"title": words.say(section.id), "points": points, "tables": tables}


def _here(facts: Facts) -> Iterator[str]:
    for name in HERE:
        yield f"here-{name}" if name in facts.holds else NOT_SO.get(name, f"here-no-{name}")
    yield from ("here-keys", "here-log")


HEADS = {
    "kept": ("kept", "until"),
    "asked": ("asked", "why", "is-on"),
    "instruments": ("id", "version", "status", "licence", "source", "languages"),
    "risk": ("risk", "done", "left"),
    "threat": ("risk", "done", "left"),
}


def _table(name: str, facts: Facts, words: Words) -> dict[str, Any]:
    """Headings and rows of a table."""
    return {"heads": [words.say(head) for head in HEADS[name]], "rows": _rows(name, facts, words)}


def _rows(name: str, facts: Facts, words: Words) -> Rows:
    if name == "kept":
        return tuple((words.tell(what), words.tell(until)) for what, until in known.retention(facts.values))
    if name == "asked":
        asked = known.special_questions(words.language)
        return tuple((question, why, words.say(on)) for question, why, on in asked)
    return known.instruments() if name == "instruments" else tuple(_threats(name, facts, words))


def _threats(kind: str, facts: Facts, words: Words) -> Iterator[tuple[str, ...]]:
    n = 1
    while words.has(f"{kind}-{n}"):
        yield tuple(words.say(f"{kind}-{n}{part}", **facts.values) for part in ("", "-done", "-left"))
        n += 1
