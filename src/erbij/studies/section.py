"""One table of STUDY.toml: what it allows beside what every table of a TOML file does."""

from dataclasses import dataclass
from typing import ClassVar

from erbij.errors import ErbijError, StudyError
from erbij.instruments.fields import Table, is_number
from erbij.instruments.schema import Text

LANGUAGES = ("nl", "en", "fr")
Code = int | float | str


@dataclass(frozen=True, slots=True)
class Section(Table):
    """A table of STUDY.toml under a key such as `breakdowns.gender`.

    >>> Section(("STUDY.toml",), "study", {"title": "Mei"}, LANGUAGES).text("title")
    {'nl': 'Mei', 'en': 'Mei', 'fr': 'Mei'}
    """

    error: ClassVar[type[ErbijError]] = StudyError
    guide: ClassVar[str] = "docs/study-toml.md describes every key."

    def count(self, key: str) -> int:
        """A whole number from 1."""
        value = self.values[key]
        if type(value) is not int or value < 1:
            self.refuse("must be a whole number", key, found=value, allowed=["1 or more"])
        return value

    def codes(self, key: str) -> tuple[Code, ...]:
        """A list of numbers or strings; empty where the key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.refuse("must be a list", key, found=value, allowed=['such as [1, 2] or ["yes"]'])
        for code in value:
            if not is_number(code) and not (isinstance(code, str) and code.strip()):
                self.refuse("not a code", key, found=code, allowed=("a number", "a string"))
        return tuple(value)

    def text(self, key: str) -> Text:
        """Words in every language; a plain string serves all, and the first one given serves the others."""
        value = self.values[key]
        if isinstance(value, str):
            return dict.fromkeys(self.languages, self.words(key))
        if not isinstance(value, dict) or not value:
            allowed = ("a string", f"{{ {', '.join(self.languages)} }}")
            self.refuse("must be words", key, found=value, allowed=allowed)
        table = self.table(key)
        table.check_keys(optional=self.languages)
        given = {language: table.words(language) for language in self.languages if language in value}
        return {language: given.get(language, next(iter(given.values()))) for language in self.languages}
