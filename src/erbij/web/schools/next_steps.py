"""What somebody does best next at a school. Each app that knows of steps says so at its start: `advise`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from erbij.web.schools import queries
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.roles import MANAGERS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: why, what the button says, and where it leads."""

    why: "StrOrPromise"
    button: "StrOrPromise"
    url: str


Advice = Callable[[SchoolRequest], Iterable[NextStep]]
_ADVICE: list[Advice] = []


def advise(advice: Advice) -> None:
    """Let an app say what comes next; called once, when the app is ready."""
    _ADVICE.append(advice)


def of(request: SchoolRequest) -> list[NextStep]:
    """Everything that somebody can do next, the first things first; inside the scope of the school."""
    return [*_own(request), *(step for advice in _ADVICE for step in advice(request))]


def _own(request: SchoolRequest) -> Iterable[NextStep]:
    if request.roles & set(MANAGERS) and not queries.counts()["classes"]:
        url = reverse("classes", kwargs={"school": request.school.slug})
        yield NextStep(
            _("Erbij needs to know which classes there are, and how many pupils each has."),
            _("Add grades and classes"),
            url,
        )
