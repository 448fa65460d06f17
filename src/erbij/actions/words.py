"""The words of actions: those of `erbij.words`, said from the messages of this room."""

from erbij import words


class Words(words.Words):
    """The words of choices, divisions and evaluations in one language."""

    room = "erbij.actions"
