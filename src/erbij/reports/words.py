"""The words of reports: those of `erbij.words`, said from the messages of this room."""

from erbij import words
from erbij.words import LANGUAGES, sentence

__all__ = ["LANGUAGES", "PLAIN_LANGUAGES", "PlainWords", "Words", "sentence"]

PLAIN_LANGUAGES = (*LANGUAGES, "de", "tr", "ar", "uk", "pl", "ro", "es")


class Words(words.Words):
    """The words of reports in one language."""

    room = "erbij.reports"

    def points(self, gap: float) -> str:
        """The size of a difference in whole points, without its sign."""
        size = round(abs(gap))
        return self.say("points", gap=size) if size else self.say("under-one-point")


class PlainWords(Words):
    """The plain words of pages for parents and pupils, in one of ten languages."""

    room = "erbij.reports.plain"
    languages = PLAIN_LANGUAGES
