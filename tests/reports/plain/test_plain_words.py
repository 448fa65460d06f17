"""The words in ten languages, held beside each other and beside the code that asks for them."""

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import erbij.reports.plain
from erbij.reports.plain import counts
from erbij.reports.words import LANGUAGES, PLAIN_LANGUAGES
from erbij.web.surveys import pupil_words

HERE = Path(erbij.reports.plain.__file__).parent
LETTERS = {"ar": "\u0600-\u06ff", "uk": "\u0400-\u04ff"}
MOST_WORDS = {"young": 12, "pupils": 16, "old": 16, "family": 26}
"""In one sentence; a page for pupils is easier than one for parents, and for the youngest easier still."""


class Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.found.add(node.id.name)


def entries(language: str) -> dict[str, ftl.Message]:
    found = {}
    for entry in FluentParser().parse((HERE / "messages" / f"{language}.ftl").read_text("utf-8")).body:
        assert not isinstance(entry, ftl.Junk), f"{language}: {entry.content}"
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{language}: {entry.id.name} stands there twice"
            found[entry.id.name] = entry
    return found


def values(language: str) -> dict[str, set[str]]:
    found = {}
    for name, message in entries(language).items():
        variables = Variables()
        variables.visit(message)
        found[name] = variables.found
    return found


def text_of(message: ftl.Message) -> str:
    return "".join(e.value if isinstance(e, ftl.TextElement) else "9" for e in message.value.elements)


def test_languages_are_those_of_the_pupils_page():
    assert pupil_words.languages() == PLAIN_LANGUAGES
    assert {path.stem for path in (HERE / "messages").glob("*.ftl")} == {*PLAIN_LANGUAGES}


@pytest.mark.parametrize("language", PLAIN_LANGUAGES)
def test_every_language_has_the_same_messages_with_the_same_values(language):
    assert values(language) == values("en")


@pytest.mark.parametrize("language", PLAIN_LANGUAGES)
def test_every_language_says_that_nobody_reviewed_it(language):
    words = counts.words_of(language)
    assert words.say("status") in ("reviewed", "machine, not reviewed")
    assert words.say("unreviewed")


@pytest.mark.parametrize("language", LETTERS)
def test_words_stand_in_the_letters_of_their_language(language):
    for name, message in entries(language).items():
        if name != "status":
            assert not re.search("[A-Za-z]", text_of(message)), name
            assert re.search(f"[{LETTERS[language]}]", text_of(message)) or name.endswith("-title"), name


@pytest.mark.parametrize("language", PLAIN_LANGUAGES)
def test_sentences_are_short(language):
    long: list[tuple[str, str]] = []
    for name, message in entries(language).items():
        most = MOST_WORDS.get(name.split("-")[0], 99)
        for sentence in re.split(r"[.?!:;؟](?:\s|$)", text_of(message)):
            long += [(name, sentence)] if len(sentence.split()) > most else []
    assert not long


def test_no_message_is_unused_and_none_is_missing():
    said: set[str] = set()
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
                said.add(_pattern(node.args[0]))
    matched = {n for n in entries("en") if any(re.fullmatch(pattern, n) for pattern in said)}
    assert matched == entries("en").keys()
    for pattern in said:
        assert any(re.fullmatch(pattern, name) for name in entries("en")), pattern


def _pattern(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "[a-z-]+" for p in node.values)
    assert isinstance(node, ast.Constant)
    return str(node.value)


def test_languages_of_the_report_come_first():
    assert PLAIN_LANGUAGES[:3] == LANGUAGES
