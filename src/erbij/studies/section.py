"""One table of STUDY.toml, asked for its keys one at a time; every refusal names file and key."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from erbij.errors import StudyError
from erbij.instruments.schema import Text
from erbij.studies.header import did_you_mean

LANGUAGES = ("nl", "en", "fr")
Code = int | float | str
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Section:
    """A table of `file` under `key`, such as `breakdowns.gender`; the top table has an empty key."""

    file: str
    key: str
    values: Mapping[str, object]

    def refuse(
        self,
        problem: str,
        key: str = "",
        *,
        found: object = None,
        allowed: Iterable[object] = (),
        advice: str = "",
    ) -> NoReturn:
        """Stop, naming file and key."""
        spot = ".".join(part for part in (self.key, key) if part)
        raise StudyError(problem, where=(self.file, spot), found=found, allowed=allowed, advice=advice)

    def check_keys(self, *, required: Iterable[str] = (), optional: Iterable[str] = ()) -> None:
        """Refuse a key that has no meaning here, and the absence of one that is needed."""
        required = tuple(required)
        known = (*required, *optional)
        for key in self.values:
            if key not in known:
                advice = did_you_mean(key, known) or "docs/study-toml.md describes every key."
                self.refuse("unknown key", key, found=key, allowed=known, advice=advice)
        for key in required:
            if key not in self.values:
                self.refuse("missing key", key, advice="docs/study-toml.md describes every key.")

    def words(self, key: str) -> str:
        """A string that is not empty."""
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            self.refuse("must be a string that is not empty", key, found=value)
        return value

    def words_if_any(self, key: str) -> str | None:
        """A string that is not empty, or None where the key is absent."""
        return self.words(key) if key in self.values else None

    def an_id(self, key: str) -> str:
        """A short name for scripts."""
        return self.check_id(self.words(key), key)

    def check_id(self, value: str, key: str) -> str:
        """The value itself where it can name a breakdown or a group."""
        if not _ID.fullmatch(value):
            self.refuse("not an id", key, found=value, allowed=["letters, digits, - and _; at most 64"])
        return value

    def is_so(self, key: str) -> bool:
        """`true` or `false`; false where the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.refuse("must be true or false", key, found=value, allowed=("true", "false"))
        return value

    def number(self, key: str) -> float:
        """A finite number."""
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.refuse("must be a number", key, found=value, allowed=["a finite number"])
        return float(value)

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
            is_number = isinstance(code, int | float) and not isinstance(code, bool) and math.isfinite(code)
            if not is_number and not (isinstance(code, str) and code.strip()):
                self.refuse("not a code", key, found=code, allowed=("a number", "a string"))
        return tuple(value)

    def text(self, key: str) -> Text:
        """Words in every language; a plain string serves all, and the first one given serves the others."""
        value = self.values[key]
        if isinstance(value, str):
            return dict.fromkeys(LANGUAGES, self.words(key))
        if not isinstance(value, dict) or not value:
            self.refuse("must be words", key, found=value, allowed=("a string", "{ nl, en, fr }"))
        table = Section(self.file, f"{self.key}.{key}", value)
        table.check_keys(optional=LANGUAGES)
        given = {language: table.words(language) for language in LANGUAGES if language in value}
        return {language: given.get(language, next(iter(given.values()))) for language in LANGUAGES}

    def section(self, key: str) -> "Section":
        """The table under a key, empty where it is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.refuse("must be a table", key, found=value, allowed=[f"[{key}] with keys under it"])
        return Section(self.file, f"{self.key}.{key}" if self.key else key, value)

    def sections(self, key: str) -> list["Section"]:
        """The tables in a list, at least one."""
        value = self.values[key]
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.refuse("must be a list of tables that is not empty", key, found=value)
        return [Section(self.file, f"{self.key}.{key}[{i + 1}]", v) for i, v in enumerate(value)]
