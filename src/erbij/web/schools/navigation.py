"""The five steps of the loop, as every page of a school shows them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A step is a link once its pages exist; the names are those of the first page of each step.
Step = tuple[str, "StrOrPromise", "StrOrPromise", str]
STEPS: tuple[Step, ...] = (
    ("ask", _("Ask"), _("Pupils answer safely, a class at a time."), "waves"),
    ("understand", _("Understand"), _("See who belongs and who does not, and how sure that is."), "results"),
    ("choose", _("Choose"), _("Not choosing is choosing too: that all stays as it is."), "choices"),
    ("act", _("Act"), _("Somebody does it, somewhere, by a day."), "actions"),
    ("look-back", _("Look back"), _("Ask again, and tell the pupils what was heard."), "look-back"),
)


def steps(request: HttpRequest) -> dict[str, object]:
    """Give the steps to the templates: empty outside a school."""
    school = getattr(request, "school", None)
    if school is None:
        return {"steps": []}
    return {"steps": [_row(request, school.slug, step) for step in STEPS]}


def _row(request: HttpRequest, slug: str, step: Step) -> dict[str, object]:
    id_, label, about, page = step
    url = _address(page, slug)
    is_there = bool(url)
    if is_there and not _may_open(request, url):
        url = ""
    is_here = bool(url) and request.path.startswith(url)
    return {
        "id": id_,
        "label": label,
        "about": about,
        "url": url,
        "is_here": is_here,
        "is_there": is_there,
    }


def _may_open(request: HttpRequest, url: str) -> bool:
    """Whether the guard of that page lets this visitor in; a link that ends in "not for you" helps nobody."""
    roles = getattr(resolve(url).func, "roles", ())
    return not roles or bool(set(roles) & getattr(request, "roles", frozenset()))


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, kwargs={"school": slug})
    except NoReverseMatch:
        return ""
