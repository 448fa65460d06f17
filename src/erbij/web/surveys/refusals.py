"""What asking refuses, each with the words that a person gets to see."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from erbij.errors import WebError

WORDS: dict[str, tuple[int, str | Promise]] = {
    "not-a-ballot": (400, _("This is not a filled-in questionnaire.")),
    "unknown-wave": (404, _("This survey does not exist.")),
    "wave-not-open": (409, _("This survey is not open.")),
    "class-full": (409, _("Everyone in this class has already answered.")),
    "card-needed": (409, _("This survey is answered with a card.")),
    "card-wrong": (400, _("One sign of this code is off. Look again.")),
    "no-card": (404, _("This card is not known, or no longer.")),
    "card-used": (409, _("This card was used before.")),
    "class-not-started": (409, _("The class of this card has not started yet.")),
    "no-cards-here": (409, _("This survey has no cards: pupils type the word on the board.")),
    "deck-changed": (409, _("Cards were made for this class meanwhile. Look again at what is there.")),
    "has-room": (409, _("There is room in this class already.")),
    "too-large": (413, _("This is too large to be a filled-in questionnaire.")),
    "not-a-draft": (409, _("This survey has been opened: what is asked can no longer change.")),
    "blocked": (409, _("This survey can't open yet.")),
    "unknown-item": (400, _("This question is not in the questionnaire.")),
    "main-scale": (
        400,
        _("Too few questions about belonging are left: at least 80 % is needed for a score."),
    ),
    "no-reason": (400, _("A sensitive question needs the reason why your school asks it.")),
    "unknown-instrument": (400, _("There is no such questionnaire.")),
    "not-your-class": (400, _("This class is not in this school.")),
    "class-by-class": (409, _("Pupils are asked a class at a time, not by an open link.")),
    "outside-dates": (409, _("Today is not between the first and the last day of this survey.")),
    "wrong-days": (400, _("The last day lies before the first day, or in the past.")),
    "wrong-consent": (
        400,
        _("More parents can't say no than were asked, and no more can be asked than there are pupils."),
    ),
    "already-closed": (409, _("This survey is closed.")),
    "wrong-words": (403, _("That is not the passphrase or the recovery code of this survey.")),
    "nothing-to-close": (409, _("This survey was never opened.")),
    "key-file": (500, _("The key file of this server is not in its place. Ask who looks after the server.")),
}


class Refusal(WebError):  # noqa: N818 (what it is called at a school)
    """A refusal: `id` says which, `status` is that of the answer over HTTP, `details` what it is about."""

    def __init__(self, id: str, *, details: Iterable[str] = ()) -> None:  # noqa: A002 (its name on the wire)
        self.id = id
        self.status, self.words = WORDS[id]
        self.details = tuple(details)
        super().__init__(id, where=self.details)
