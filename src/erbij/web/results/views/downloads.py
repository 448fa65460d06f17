"""The files of a release."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erbij.reports import codebook, html, pdf, safety_monitor, workbook
from erbij.studies.safe_csv import to_csv
from erbij.web.results import queries
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.results.telling import language_of_reader, telling_of
from erbij.web.results.views.found import release_or_404
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.models import Country
from erbij.web.schools.roles import READERS


@for_roles(*READERS, *AFTER_SHARING)
def download(request: SchoolRequest, code: str, name: str) -> HttpResponse:
    """One of the files."""
    record = release_or_404(request, code)
    if name not in files_of(record):
        raise Http404
    kind, content = FILES[name]
    response = HttpResponse(content(record), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(record: ReleaseRecord) -> str:
    return html.render(telling_of(record, language_of_reader()).report)


def _pdf(record: ReleaseRecord) -> bytes:
    told = telling_of(record, language_of_reader()).report
    facts = ((_("School"), record.school.name), (_("Closed on"), date_format(record.closed_on)))
    return pdf.render(told, facts)


def _cells(record: ReleaseRecord) -> bytes:
    return to_csv(queries.release_of(record).cells)


def _json(record: ReleaseRecord) -> str:
    return record.text


def _workbook(record: ReleaseRecord) -> bytes:
    return workbook.write(queries.release_of(record))


def _codebook(record: ReleaseRecord) -> bytes:
    return codebook.write(queries.release_of(record))


def _monitor(record: ReleaseRecord) -> bytes:
    return safety_monitor.write(queries.release_of(record), language_of_reader())


MONITOR = "safety-monitor.csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[[ReleaseRecord], str | bytes]]] = {
    "report.html": ("text/html; charset=utf-8", _page),
    "report.pdf": ("application/pdf", _pdf),
    "release.xlsx": (XLSX, _workbook),
    "cells.csv": ("text/csv; charset=utf-8", _cells),
    "release.json": ("application/json", _json),
    "codebook.xml": ("application/xml", _codebook),
    MONITOR: ("text/csv; charset=utf-8", _monitor),
}


def files_of(record: ReleaseRecord) -> list[str]:
    """The names of its files: that of the safety monitor in the Netherlands only, where it was asked for."""
    is_dutch = record.school.country == Country.NETHERLANDS
    has_monitor = is_dutch and safety_monitor.is_asked(queries.release_of(record))
    return [name for name in FILES if name != MONITOR or has_monitor]
