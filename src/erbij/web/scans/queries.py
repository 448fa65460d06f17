"""Reads of the scans app; all need the scope of the school."""

from erbij.actions import school_scan
from erbij.actions.school_scan import Answer, Scan
from erbij.web.results import queries as results
from erbij.web.results.models import ReleaseRecord
from erbij.web.scans.models import SchoolScan


def scan(opportunity: str) -> Scan | None:
    """The questions about an opportunity."""
    return next((one for one in school_scan.scans() if one.opportunity == opportunity), None)


def scans_of(school_id: int, *, only_finished: bool = False) -> list[SchoolScan]:
    """The scans of a school, the newest first."""
    found = SchoolScan.objects.filter(school_id=school_id)
    if only_finished:
        found = found.filter(finished_on__isnull=False)
    return list(found.order_by("-started_on", "-pk"))


def scan_of(school_id: int, pk: int) -> SchoolScan | None:
    """One scan of a school."""
    found = SchoolScan.objects.filter(school_id=school_id, pk=pk)
    first: SchoolScan | None = found.select_related("written_by").first()
    return first


def earlier(kept: SchoolScan) -> SchoolScan | None:
    """The finished scan of the same opportunity before this one."""
    found = SchoolScan.objects.filter(
        school_id=kept.school_id, opportunity=kept.opportunity, finished_on__isnull=False, pk__lt=kept.pk
    )
    first: SchoolScan | None = found.order_by("-pk").first()
    return first


def answers_of(kept: SchoolScan) -> list[Answer]:
    """What the team answered, as the questions take it."""
    return [Answer(item, given["value"], tuple(given["left_out"])) for item, given in kept.answers.items()]


def pupils_record(school_id: int, *, only_shared: bool) -> ReleaseRecord | None:
    """The newest release of pupils that says what pupils said of the opportunities."""
    for record in results.releases_of(school_id, only_shared=only_shared):
        if record.wave.asks_pupils and any(
            scale.opportunity for scale in results.release_of(record).card.scales
        ):
            return record
    return None
