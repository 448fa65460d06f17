"""Where other apps lead on from a page of results. Each says so at its start: `add`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.access import SchoolRequest


@dataclass(frozen=True, slots=True)
class Onward:
    """A link and why to follow it, in the reader's language."""

    why: str
    button: str
    url: str


Leader = Callable[[SchoolRequest, ReleaseRecord, str], Iterable[Onward]]
_LEADERS: list[Leader] = []


def add(leader: Leader) -> None:
    """Let an app lead on from results; called once, when the app is ready."""
    _LEADERS.append(leader)


def of(request: SchoolRequest, record: ReleaseRecord, page: str) -> list[Onward]:
    """Where a page of a release leads on to; inside the scope of the school."""
    return [link for leader in _LEADERS for link in leader(request, record, page)]
