"""Message ids and values become sentences, numbers become text, in one of three languages."""

from functools import cache
from importlib import resources

from babel import Locale
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from erbij.errors import ReportError
from erbij.instruments.schema import Text

LANGUAGES = ("nl", "en", "fr")


class Words:
    """The words of one language, about those who answered: pupils, parents or staff.

    Raises
    ------
    ReportError
        The language is not one of `LANGUAGES`, or a message is missing or lacks a value.
    """

    def __init__(self, language: str, audience: str = "pupils") -> None:
        if language not in LANGUAGES:
            raise ReportError("is not a language of the report", found=language, allowed=LANGUAGES)
        self.language, self.audience = language, audience
        self._bundle = _bundle(language)

    def say(self, message: str, **values: str | int) -> str:
        """The message in this language. Integers are counts (for the plural); other numbers come as text."""
        pattern = self._bundle.get_message(message).value if self._bundle.has_message(message) else None
        if pattern is None:
            raise ReportError("there is no such message", where=(self.language, message))
        text, problems = self._bundle.format_pattern(pattern, {"audience": self.audience, **values})
        if problems:
            raise ReportError(
                "the message lacks a value", where=(self.language, message), found=str(problems[0])
            )
        return str(text)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the reader's format; never a negative zero.

        >>> Words("nl").number(1234.56, 1), Words("en").number(-0.04, 1)
        ('1.234,6', '0.0')
        """
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self.language))

    def points(self, gap: float) -> str:
        """The size of a difference in whole points, without its sign."""
        size = round(abs(gap))
        return self.say("points", gap=size) if size else self.say("under-one-point")

    def language_name(self, language: str) -> str:
        """The name of a language, such as `ar`, in this one.

        >>> Words("nl").language_name("fr")
        'Frans'
        """
        return str(Locale.parse(language).get_language_name(self.language))

    def label(self, text: Text, otherwise: str) -> str:
        """A label in this language, else in English, else in any language, else the id."""
        return text.get(self.language) or text.get("en") or next(iter(text.values()), "") or otherwise


@cache
def _bundle(language: str) -> FluentBundle:
    source = resources.files("erbij.reports").joinpath("messages", f"{language}.ftl").read_text("utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return bundle


def sentence(text: str) -> str:
    """A label as the start of a line: its first letter large.

    >>> sentence("unfair treatment")
    'Unfair treatment'
    """
    return text[:1].upper() + text[1:]
