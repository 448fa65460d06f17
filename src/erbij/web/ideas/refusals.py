"""What a round refuses, each with the words that the team gets to see; those of pupils: pupil.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from erbij.errors import WebError

WORDS: dict[str, tuple[int, str | Promise]] = {
    "not-public": (409, _("Pupils read first what was heard: approve their page.")),
    "already-running": (409, _("A round about this page is running already.")),
    "wrong-day": (400, _("Choose a day from today to three months ahead.")),
    "nobody": (400, _("At least one pupil takes part.")),
    "wrong-stage": (409, _("The round is at another stage by now. Look again.")),
    "unread": (409, _("Some ideas have not been sorted yet.")),
    "nothing-to-choose": (409, _("There is nothing to choose: let ideas through and say what each costs.")),
    "vote-first": (409, _("There are ideas with a cost and a budget: let pupils choose first.")),
    "unanswered": (409, _("Every idea gets an answer first.")),
    "not-told": (409, _("Let pupils read the answers first.")),
    "no-title": (400, _("Give the idea a short title that names nobody.")),
    "no-target": (400, _("Choose the idea to put it with: one that was let through.")),
    "too-dear": (400, _("This costs more than the whole budget.")),
    "no-why": (400, _("Say why: pupils read it.")),
    "closed": (409, _("The box is closed.")),
    "empty": (400, _("Nothing was filled in.")),
    "signs": (400, _("There are signs in it that can't be kept.")),
    "too-long": (400, _("This is too long.")),
    "full": (409, _("No more fit.")),
}


class Refusal(WebError):  # noqa: N818 (what it is called at a school)
    """A refusal: `id` says which, `status` is that of the answer over HTTP."""

    def __init__(self, id: str) -> None:  # noqa: A002 (its name on the wire)
        self.id = id
        self.status, self.words = WORDS[id]
        super().__init__(id)
