"""For a school that has asked nothing yet: a file of another tool will do too."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from erbij.web.mapping import queries
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import MANAGERS


def of(request: SchoolRequest) -> Iterator[NextStep]:
    """The page of files, while there is nothing else."""
    if request.roles & set(MANAGERS) and not queries.has_asked(request.school.pk):
        why = _("Did you ask already, with Microsoft Forms, Google Forms or another tool? Its file will do.")
        yield NextStep(why, _("Make a report of a file"), reverse("mapping", args=[request.school.slug]))
