"""Message ids and values become sentences, numbers become text, in one of three languages.

The one way in which a room of the core speaks: it hands out messages, and its own `messages/*.ftl` say them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import ClassVar

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from erbij.errors import ReportError

LANGUAGES = ("nl", "en", "fr")


Text = Mapping[str, str]
"""The same words per language code."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said: the id of a message, and its values.

    A whole number is a count, for the plural; a float is written in the reader's format without decimals; a
    mapping holds a label in several languages.
    """

    id: str
    values: Mapping[str, "str | int | float | Text | Message"]


class Words:
    """The words of one language, about those who answered: pupils, parents or staff.

    A room has a subclass that names its package, where `messages/LANGUAGE.ftl` lie.

    Raises
    ------
    ReportError
        The language is not one of the room's, or a message is missing or lacks a value.
    """

    room: ClassVar[str]
    languages: ClassVar[tuple[str, ...]] = LANGUAGES

    def __init__(self, language: str, audience: str = "pupils") -> None:
        if language not in self.languages:
            raise ReportError("is not a language of the report", found=language, allowed=self.languages)
        self.language, self.audience = language, audience
        self._bundle = _bundle(self.room, language)

    def has(self, message: str) -> bool:
        """Whether there is such a message."""
        return bool(self._bundle.has_message(message))

    def say(self, message: str, **values: str | int) -> str:
        """The message in this language. Integers are counts (for the plural); other numbers come as text."""
        pattern = self._bundle.get_message(message).value if self.has(message) else None
        if pattern is None:
            raise ReportError("there is no such message", where=(self.language, message))
        text, problems = self._bundle.format_pattern(pattern, {"audience": self.audience, **values})
        if problems:
            raise ReportError(
                "the message lacks a value", where=(self.language, message), found=str(problems[0])
            )
        return str(text)

    def tell(self, message: Message) -> str:
        """The sentence of a message, its numbers and labels in this language."""
        return self.say(message.id, **{name: self._told(value) for name, value in message.values.items()})

    def _told(self, value: "str | int | float | Text | Message") -> str | int:
        if isinstance(value, Message):
            return self.tell(value)
        if isinstance(value, float):
            return self.number(value)
        return value if isinstance(value, str | int) else self.label(value, "")

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the reader's format; never a negative zero.

        >>> from erbij.reports.words import Words
        >>> Words("nl").number(1234.56, 1), Words("en").number(-0.04, 1)
        ('1.234,6', '0.0')
        """
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self.language))

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row, as a sentence has them.

        >>> from erbij.reports.words import Words
        >>> Words("nl").listed(["a", "b", "c"])
        'a, b en c'
        """
        return str(format_list([*names], style="standard", locale=self.language))

    def language_name(self, language: str) -> str:
        """The name of a language, such as `ar`, in this one.

        >>> from erbij.reports.words import Words
        >>> Words("nl").language_name("fr")
        'Frans'
        """
        return str(Locale.parse(language).get_language_name(self.language))

    def country_name(self, country: str) -> str:
        """The name of a country, by its ISO 3166 code.

        >>> from erbij.reports.words import Words
        >>> Words("fr").country_name("NL")
        'Pays-Bas'
        """
        return str(Locale.parse(self.language).territories[country])

    def label(self, text: Text, otherwise: str) -> str:
        """A label in this language, else in English, else in any language, else the id."""
        return text.get(self.language) or text.get("en") or next(iter(text.values()), "") or otherwise


@cache
def _bundle(room: str, language: str) -> FluentBundle:
    source = resources.files(room).joinpath("messages", f"{language}.ftl").read_text("utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return bundle


def sentence(text: str) -> str:
    """A label as the start of a line: its first letter large.

    >>> sentence("unfair treatment")
    'Unfair treatment'
    """
    return text[:1].upper() + text[1:]
