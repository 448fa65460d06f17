"""One table of an instrument file, asked for its keys one at a time; every refusal says where."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from erbij.errors import InstrumentError
from erbij.instruments.schema import Text

# No full stop: an answer file has a column ITEM.CODE for each option of a `several` item.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the place where it stands: file, item if any, and its key such as `items[3]`."""

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
        spot = ".".join(part for part in (self.key, key) if part)
        where = (*self.place, spot) if spot else self.place
        raise InstrumentError(problem, where=where, found=found, allowed=allowed, advice=advice)

    def check_keys(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse a key that has no meaning here, and a table without a key that it needs."""
        required, optional = tuple(required), tuple(optional)
        for key in self.values:
            if key not in required and key not in optional:
                self.refuse("unknown key", key, allowed=sorted((*required, *optional)))
        for key in required:
            if key not in self.values:
                self.refuse("missing key", key, advice="docs/instruments.md shows the layout.")

    def words(self, key: str) -> str:
        """A string that is not empty."""
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            self.refuse("must be a string that is not empty", key, found=value)
        return value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """One of the allowed words, or None where the key is absent."""
        value = self.values.get(key)
        if key in self.values and value not in allowed:
            self.refuse("not a value of this key", key, found=value, allowed=allowed)
        return None if value is None else str(value)

    def is_so(self, key: str, *, default: bool) -> bool:
        """`true` or `false`."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.refuse("must be true or false", key, found=value, allowed=("true", "false"))
        return value

    def number(self, key: str, *, default: float, above: float, up_to: float) -> float:
        """A number in (above, up_to]."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not above < value <= up_to:
            self.refuse(
                "not a number in its range", key, found=value, allowed=[f"above {above:g}, up to {up_to:g}"]
            )
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

    def table(self, key: str) -> "Table":
        """The table under a key."""
        return self._inner(key, self.values[key])

    def named_tables(self, key: str) -> dict[str, "Table"]:
        """The tables under `[key.NAME]`, at least one."""
        outer = self.table(key)
        if not outer.values:
            self.refuse("holds nothing", key)
        for name in outer.values:
            if not ID.fullmatch(name):
                outer.refuse("not an id", name, found=name, allowed=["letters, digits, - and _"])
        return {name: outer.table(name) for name in outer.values}

    def listed_tables(self, key: str) -> list["Table"]:
        """The tables in a list, at least one."""
        value = self.values[key]
        if not isinstance(value, list) or not value:
            self.refuse("must be a list of tables that is not empty", key, found=value)
        return [self._inner(f"{key}[{i}]", v) for i, v in enumerate(value)]

    def text(self, key: str) -> Text:
        """The same words in every language of the instrument."""
        table = self.table(key)
        table.check_keys(self.languages)
        return {language: table.words(language) for language in self.languages}

    def within(self, name: str) -> "Table":
        """The same table, with a name for people in its place."""
        return replace(self, place=(*self.place, name))

    def _inner(self, key: str, value: object) -> "Table":
        if not isinstance(value, dict):
            self.refuse("must be a table", key, found=value)
        return replace(self, key=f"{self.key}.{key}" if self.key else key, values=value)
