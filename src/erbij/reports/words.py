"""The words of reports: those of `erbij.words`, said from the messages of this room."""

from erbij import words
from erbij.words import LANGUAGES, sentence

__all__ = ["LANGUAGES", "Words", "sentence"]


class Words(words.Words):
    """The words of reports in one language."""

    room = "erbij.reports"

    def points(self, gap: float) -> str:
        """The size of a difference in whole points, without its sign."""
        size = round(abs(gap))
        return self.say("points", gap=size) if size else self.say("under-one-point")
