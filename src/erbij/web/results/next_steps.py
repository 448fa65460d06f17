"""The newest results, at the home of a school, for who may read them."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from erbij.web.results import queries
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import MANAGERS, READERS

LONG = dt.timedelta(days=14)
"""After so long pupils who answered have waited for too long to hear what became of it."""


def of(request: SchoolRequest) -> Iterator[NextStep]:
    """The newest results, and what pupils have not heard back for long."""
    is_reader = bool(request.roles & set(READERS))
    if not is_reader and not request.roles & set(AFTER_SHARING):
        return
    for record in queries.releases_of(request.school.pk, only_shared=not is_reader)[:1]:
        why = _("The results of “%(title)s” are there.") % {"title": record.wave.title}
        url = reverse("result", args=[request.school.slug, record.wave.code])
        yield NextStep(why, _("Read them"), url)
    if request.roles & set(MANAGERS):
        yield from _unheard(request)


def _unheard(request: SchoolRequest) -> Iterator[NextStep]:
    late = queries.without_public_page(request.school.pk, closed_before=dt.date.today() - LONG)
    for record in late:
        days = (dt.date.today() - record.closed_on).days
        why = _("Pupils have not heard back what became of “%(title)s”. It closed %(days)s days ago.")
        url = reverse("pupils-draft", args=[request.school.slug, record.wave.code])
        yield NextStep(why % {"title": record.wave.title, "days": days}, _("Tell them"), url)
