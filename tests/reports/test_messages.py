"""The words of the three languages, held beside each other and beside the code that asks for them."""

import ast
import re
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import erbij
from erbij.instruments.schema import Context, Facet, Source, Status
from erbij.reports import claims, safety_monitor
from erbij.reports.comparability import BLOCKS
from erbij.reports.pages import QUESTIONS
from erbij.reports.sections import conditions, discrimination, outcomes
from erbij.reports.sections.limits import ALWAYS, OF_ADULTS
from erbij.reports.sections.model import DOMAINS, GROUND
from erbij.reports.sections.why import LIMITS
from erbij.reports.terms import TERMS
from erbij.reports.words import LANGUAGES
from erbij.stats.invariance import Step
from erbij.stats.item_functioning import Size

CODE = Path(erbij.__file__).parent
STUDIES = "".join(path.read_text("utf-8") for path in sorted((CODE / "studies").glob("*.py")))
BOUNDS = ("at-most", "at-least")
DYNAMIC = {
    "excluded": {*re.findall(r'(?:Exclusion|_counts)\(\s*"([a-z-]+)"', STUDIES), "none"},
    "facet": get_args(Facet),
    "source": get_args(Source),
    "context": get_args(Context),
    "unit": ("school", "grade", "class"),
    "limits": {*ALWAYS, *(limit for limits in OF_ADULTS.values() for limit in limits), "made-up"},
    "change-block": BLOCKS,
    "benchmark-block": ({*BLOCKS, "few"} - {"schools"}),
    "certainty-status": get_args(Status),
    "certainty-reliability": ("good", "fair", "poor"),
    "dif": get_args(Size),
    "invariance": ("none", *get_args(Step)),
    "part": ("facet", "source", "context"),
    "answered": ("missing", "straight"),
    "answered-straight": BOUNDS,
    "level-below": BOUNDS,
    "percent": BOUNDS,
    "audit": ("derived", "few", "group", "pupil", "difference", "pinned"),
    "treatment": ("majority", "minority", "little", "much"),
    "conditions-figure": conditions.SIDES,
    "discrimination-met": BOUNDS,
    "outcomes": ("more", "less", "unsure"),
    "outcomes-about": outcomes.CITED,
    "outcomes-cited": outcomes.CITED,
    "discrimination-source": discrimination.SOURCES,
    "discrimination-ground": discrimination.GROUNDS,
    "discrimination-row": discrimination.CALCULATED[:2],
    "page": (*QUESTIONS, *(f"{page}-absent" for page in ("origin", "opportunities", "change"))),
    "talk": {
        f"{page}-{name}"
        for page in QUESTIONS
        for name in (
            *(("found", "open") if page in ("groups", "origin", "change") else ("1",)),
            *("2", "3"),
        )
    },
    "why": (*claims.BLOCKS, "claim"),
    "why-status": claims.STATUS,
    "why-limits": LIMITS,
    "model": (*DOMAINS, *GROUND, "asked"),
    "term": {f"{term}{part}" for term in TERMS for part in ("", "-about", "-forms")},
    "monitor": safety_monitor.SUBJECTS,
    "monitor-better": ("high", "low"),
    "monitor-state": ("shown", "withheld", "not-asked"),
    "monitor-note": safety_monitor.NOTES,
    "provenance": ("instrument", "ages", "source", "file", "hash", "policy", "software"),
}
DYNAMIC["conditions"] = (
    *conditions.PARTS,
    *(f"{side}-{kind}" for side in conditions.SIDES for kind in ("more", "less", "unsure")),
)
EXPANDED = {f"{prefix}-{name}" for prefix, names in DYNAMIC.items() for name in names}


class Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.found.add(node.id.name)


class References(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802 - fluent's name
        self.found.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    text = resources.files("erbij.reports").joinpath("messages", f"{language}.ftl").read_text("utf-8")
    found = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ftl.Junk), f"{language}: {entry.content}"
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{language}: {entry.id.name} stands there twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.found
    return found


def placed(language: str) -> set[str]:
    """The messages that stand inside other messages."""
    text = resources.files("erbij.reports").joinpath("messages", f"{language}.ftl").read_text("utf-8")
    visitor = References()
    visitor.visit(FluentParser().parse(text))
    return visitor.found


def nodes():
    # What is told in ten languages has words of its own: test_plain_words.py.
    reports = CODE / "reports"
    for path in sorted({*reports.rglob("*.py")} - {*(reports / "plain").rglob("*.py")}):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def said() -> tuple[set[str], set[str]]:
    """The ids that code says outright, and the beginnings of those that it puts together."""
    calls = [n for n in nodes() if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "say"]
    outright = {c.args[0].value for c in calls if isinstance(c.args[0], ast.Constant)}
    joined = {c.args[0].values[0].value for c in calls if isinstance(c.args[0], ast.JoinedStr)}
    return outright, joined


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages_with_the_same_values(language):
    assert messages(language) == messages("en")


def test_every_message_that_is_said_exists():
    outright, _ = said()
    assert len(outright) > 40
    assert outright <= messages("nl").keys()


def test_every_message_that_is_put_together_is_looked_after_here():
    _, joined = said()
    assert {beginning.rstrip("-") for beginning in joined} <= DYNAMIC.keys()


def test_every_message_that_can_be_put_together_exists():
    assert EXPANDED - messages("nl").keys() == set()


def test_no_message_is_unused():
    constants = {n.value for n in nodes() if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    inside = {name for language in LANGUAGES for name in placed(language)}
    assert messages("nl").keys() - constants - EXPANDED - inside == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_or_speaks_of_code(language):
    text = resources.files("erbij.reports").joinpath("messages", f"{language}.ftl").read_text("utf-8")
    assert not re.search(r"TODO|FIXME|lorem|\bNone\b(?! of)|null", text)
    assert "--" not in text
