"""Which scan waits, for the home of a school; and from the opportunities in the results to the scans."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from erbij.web.results.models import ReleaseRecord
from erbij.web.results.onward import Onward
from erbij.web.scans import queries
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import READERS

OPPORTUNITIES = "opportunities"
"""The page of the results that tells what pupils said of the five opportunities."""


def of(request: SchoolRequest) -> Iterator[NextStep]:
    """Scans that were started and not finished."""
    if not request.roles & set(READERS):
        return
    for scan in queries.scans_of(request.school.pk):
        if not scan.is_finished:
            why = _("A school scan is not finished yet: %(name)s.") % {"name": scan.get_opportunity_display()}
            yield NextStep(why, _("Go on"), reverse("scan", args=[request.school.slug, scan.pk]))


def from_results(request: SchoolRequest, _record: ReleaseRecord, page: str) -> Iterator[Onward]:
    """From what pupils said of the opportunities to what the team sees of them."""
    if page == OPPORTUNITIES:
        why = _("Five short school scans, done with pupils and parents, stand beside what pupils said.")
        yield Onward(why, _("School scans"), reverse("scans", args=[request.school.slug]))
