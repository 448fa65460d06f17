"""One table of a TOML file, asked for its keys one at a time; every refusal says where."""

import math
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, NoReturn, Self, TypeGuard

from erbij.errors import ErbijError, InstrumentError, did_you_mean
from erbij.instruments.schema import Text

# No full stop: an answer file has a column ITEM.CODE for each option of a `several` item.
# 64 signs: the longest name that SPSS gives a column.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
ID_ALLOWED = ("letters, digits, - and _; at most 64",)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value of TOML is a number that counts: finite, and neither `true` nor `false`.

    >>> is_number(2.5), is_number(True), is_number(float("nan")), is_number(10**400)
    (True, False, False, False)
    """
    # A comparison and not math.isfinite: a whole number of TOML may be too large for a float.
    return isinstance(value, int | float) and type(value) is not bool and abs(value) <= sys.float_info.max


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file and the place where it stands; a subclass names its own error and guide.

    Parameters
    ----------
    place
        File, and the item if any.
    key
        Such as `items[3]`, which is the third; empty for the whole file.
    values
        As TOML gave them.
    languages
        Those in which words must be given.

    Examples
    --------
    >>> Table(("a.toml",), "items[1]", {"ages": ""}).words("ages")
    Traceback (most recent call last):
    erbij.errors.InstrumentError: a.toml, items[1].ages: must be a string that is not empty; found ''.
    """

    error: ClassVar[type[ErbijError]] = InstrumentError
    guide: ClassVar[str] = "docs/instruments.md shows the layout."

    place: tuple[str, ...]
    key: str
    values: Mapping[str, object]
    languages: tuple[str, ...] = ()

    def refuse(
        self,
        problem: str,
        key: str = "",
        *,
        found: object = None,
        allowed: Iterable[object] = (),
        advice: str = "",
    ) -> NoReturn:
        """Stop, naming file, item and key."""
        spot = self._spot(key)
        where = (*self.place, spot) if spot else self.place
        raise self.error(problem, where=where, found=found, allowed=allowed, advice=advice)

    def check_keys(self, required: Iterable[str] = (), optional: Iterable[str] = ()) -> None:
        """Refuse a key that has no meaning here, and the absence of one that is needed."""
        required = tuple(required)
        known = (*required, *optional)
        for key in self.values:
            if key not in known:
                advice = did_you_mean(key, known) or self.guide
                self.refuse("unknown key", key, found=key, allowed=known, advice=advice)
        for key in required:
            if key not in self.values:
                self.refuse("missing key", key, advice=self.guide)

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
        """A short name for scripts and columns."""
        return self.check_id(self.words(key), key)

    def check_id(self, value: str, key: str) -> str:
        """The value itself where it can be a short name."""
        if not ID.fullmatch(value):
            self.refuse("not an id", key, found=value, allowed=ID_ALLOWED)
        return value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """One of the allowed words, or None where the key is absent."""
        value = self.values.get(key)
        if key in self.values and value not in allowed:
            self.refuse("not a value of this key", key, found=value, allowed=allowed)
        return None if value is None else str(value)

    def is_so(self, key: str, *, default: bool = False) -> bool:
        """`true` or `false`."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.refuse("must be true or false", key, found=value, allowed=("true", "false"))
        return value

    def number(
        self, key: str, *, default: float | None = None, above: float = -math.inf, up_to: float = math.inf
    ) -> float:
        """A finite number in (above, up_to]; `default` where the key is absent."""
        value = self.values.get(key, default)
        if not is_number(value) or not above < value <= up_to:
            is_free = math.isinf(above) and math.isinf(up_to)
            allowed = "a finite number" if is_free else f"above {above:g}, up to {up_to:g}"
            self.refuse("must be a number", key, found=value, allowed=[allowed])
        return float(value)

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, each once; empty where the key is absent."""
        value = self.values.get(key, [])
        if (
            not isinstance(value, list)
            or any(type(v) is not int for v in value)
            or len(set(value)) < len(value)
        ):
            self.refuse("must be a list of whole numbers, each once", key, found=value)
        return tuple(value)

    def text(self, key: str) -> Text:
        """The same words in every language of the table."""
        table = self.table(key)
        table.check_keys(self.languages)
        return {language: table.words(language) for language in self.languages}

    def table(self, key: str) -> Self:
        """The table under a key."""
        return self._inner(key, self.values[key])

    def table_if_any(self, key: str) -> Self:
        """The table under a key, empty where it is absent."""
        return self._inner(key, self.values.get(key, {}))

    def named_tables(self, key: str) -> dict[str, Self]:
        """The tables under `[key.NAME]`, at least one."""
        outer = self.table(key)
        if not outer.values:
            self.refuse("holds nothing", key)
        return {outer.check_id(name, name): outer.table(name) for name in outer.values}

    def listed_tables(self, key: str) -> list[Self]:
        """The tables in a list, at least one; `key[1]` is the first, as a person counts."""
        value = self.values[key]
        if not isinstance(value, list) or not value:
            self.refuse("must be a list of tables that is not empty", key, found=value)
        return [self._inner(f"{key}[{place}]", inner) for place, inner in enumerate(value, start=1)]

    def within(self, name: str) -> Self:
        """The same table, with a name for people in its place."""
        return replace(self, place=(*self.place, name))

    def _inner(self, key: str, value: object) -> Self:
        if not isinstance(value, dict):
            self.refuse("must be a table", key, found=value)
        return replace(self, key=self._spot(key), values=value)

    def _spot(self, key: str) -> str:
        return ".".join(part for part in (self.key, key) if part)
