"""The newest results, at the home of a school, for who may read them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from erbij.web.results import queries
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import READERS


def of(request: SchoolRequest) -> Iterator[NextStep]:
    """One step, or none."""
    is_reader = bool(request.roles & set(READERS))
    if not is_reader and not request.roles & set(AFTER_SHARING):
        return
    for record in queries.releases_of(request.school.pk, only_shared=not is_reader)[:1]:
        why = _("The results of “%(title)s” are there.") % {"title": record.wave.title}
        url = reverse("result", args=[request.school.slug, record.wave.code])
        yield NextStep(why, _("Read them"), url)
