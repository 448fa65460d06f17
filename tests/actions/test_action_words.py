"""The words of actions in three languages, beside each other and beside the code that asks for them."""

import ast
from importlib import resources
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from erbij import actions
from erbij.words import LANGUAGES

CODE = [ast.parse(path.read_text("utf-8")) for path in sorted(Path(actions.__file__).parent.glob("*.py"))]
"""Every module of the room."""


class Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.found.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    text = resources.files("erbij.actions").joinpath("messages", f"{language}.ftl").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ftl.Junk), f"{language}: {entry.content}"
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{language}: {entry.id.name} stands there twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.found
    return found


def asked() -> tuple[set[str], set[str]]:
    """The ids that code names outright, and the beginnings of those that it puts together."""
    nodes = [node for tree in CODE for node in ast.walk(tree)]
    outright = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    joined = [n.values[0] for n in nodes if isinstance(n, ast.JoinedStr) and n.values]
    return outright, {n.value for n in joined if isinstance(n, ast.Constant) and n.value.endswith("-")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages_with_the_same_values(language):
    assert messages(language) == messages("en")


def test_no_message_is_unused():
    outright, beginnings = asked()
    # `{message}-scale` is put together from its end.
    ends = ("-scale", "-opportunity")
    idle = [
        name
        for name in messages("nl")
        if name not in outright and not name.startswith(tuple(beginnings)) and not name.endswith(ends)
    ]
    assert idle == []


def test_every_message_that_is_made_outright_exists():
    calls = [node for tree in CODE for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [c.args[0] for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Message"]
    names = {one.value for one in made if isinstance(one, ast.Constant)}
    assert len(names) > 5
    assert names <= messages("nl").keys()
