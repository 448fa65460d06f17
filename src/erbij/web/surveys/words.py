"""The word on the board: two easy words that a class types to reach its questions."""

import json
import secrets
from functools import cache
from importlib import resources

DEFAULT = "en"


@cache
def _lists() -> dict[str, list[str]]:
    text = resources.files("erbij.web.surveys").joinpath("session_words.json").read_text("utf-8")
    lists: dict[str, list[str]] = json.loads(text)
    return lists


def new_word(language: str, *, parts: int = 2) -> str:
    """Draw different words of a language, joined by hyphens; English where there is no list."""
    words = _lists().get(language, _lists()[DEFAULT])
    return "-".join(secrets.SystemRandom().sample(words, parts))


def as_typed(text: str) -> str:
    """What a child types, as it is kept.

    >>> as_typed(" Maan  Boot ")
    'maan-boot'
    """
    return "-".join(text.lower().replace("-", " ").split())
