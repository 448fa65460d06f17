"""The release that an address names, for whom it may be."""

from django.http import Http404

from erbij.web.results import queries
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.roles import READERS


def is_reader(request: SchoolRequest) -> bool:
    """Whether somebody is in the team that asked."""
    return bool(request.roles & set(READERS))


def release_or_404(request: SchoolRequest, code: str) -> ReleaseRecord:
    """The release of a wave; for who is not in the team only one that was shared."""
    record = queries.record(request.school.pk, code, only_shared=not is_reader(request))
    if record is None:
        raise Http404
    return record
