"""Why a request can't be taken; a pupil never gets one of these without adults and helplines beside it."""

from erbij.errors import WebError

SAID: dict[str, tuple[int, str]] = {
    "not-a-request": (400, "talk_not_now"),
    "closed": (404, "talk_not_now"),
    "adult-gone": (409, "talk_gone"),
    "too-large": (413, "talk_too_long"),
    "no-name": (422, "talk_no_name"),
    "too-long": (422, "talk_too_long"),
    "too-many": (429, "talk_not_now"),
    "no-key": (503, "talk_not_now"),
}


class NotSent(WebError):  # noqa: N818 (what it is called at a school)
    """A refusal: `status` is that of the answer over HTTP, `words` names what the pupil reads."""

    def __init__(self, id: str) -> None:  # noqa: A002 (its name on the wire)
        self.id = id
        self.status, self.words = SAID[id]
        super().__init__(id)
