"""The words of the papers."""

from erbij import words


class Words(words.Words):
    """The words of the papers in one language."""

    room = "erbij.web.papers"
