"""Writes of the scans app: starting, keeping in between, finishing."""

import datetime as dt
from typing import Any

from django.db import transaction

from erbij.web.accounts.models import Person
from erbij.web.records import services as records
from erbij.web.scans.models import SchoolScan
from erbij.web.schools.models import School


@transaction.atomic
def start(*, school: School, opportunity: str, today: dt.date) -> SchoolScan:
    """Start a scan; the one that is not finished yet is gone on with."""
    School.objects.select_for_update().get(pk=school.pk)
    kept, is_new = SchoolScan.objects.get_or_create(
        school=school, opportunity=opportunity, finished_on=None, defaults={"started_on": today}
    )
    if is_new:
        _note(records.Kind.SCAN_STARTED, kept)
    return kept


@transaction.atomic
def keep(*, scan: SchoolScan, found: dict[str, Any], seen: int, person: Person) -> bool:
    """Keep what the team found so far, unless somebody wrote since.

    Parameters
    ----------
    found
        The fields of the scan, as `forms.ScanForm.found` gives them.
    seen
        The version on which this builds.

    Returns
    -------
    bool
        False where the scan is another version by now, or finished: nothing was changed.
    """
    locked = SchoolScan.objects.select_for_update().get(pk=scan.pk)
    if locked.version != seen or locked.is_finished:
        return False
    for name, value in found.items():
        setattr(locked, name, value)
    locked.version, locked.written_by = seen + 1, person
    locked.save()
    return True


@transaction.atomic
def finish(*, scan: SchoolScan, today: dt.date) -> None:
    """Finish a scan: it stays as it is, and the next one is another one."""
    if SchoolScan.objects.filter(pk=scan.pk, finished_on=None).update(finished_on=today):
        _note(records.Kind.SCAN_FINISHED, scan)


def _note(kind: records.Kind, scan: SchoolScan) -> None:
    records.note(kind, school=scan.school_id, thing=f"scan:{scan.opportunity}")
