"""The page of the bridge: pupils, parents and staff beside each other, from their latest releases."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from erbij.instruments.schema import Audience
from erbij.reports import bridge as bridges
from erbij.reports.description import Figure, Report, Section
from erbij.web.results import files, queries
from erbij.web.results.telling import chrome_of, drawing_of, language_of_reader
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS

Drawn = tuple[Figure, SafeString]
Texts = tuple[tuple[Audience, str, str], ...]


@for_roles(*READERS)
def bridge(request: SchoolRequest) -> HttpResponse:
    """What the three say of the same things, or what is still missing."""
    records = queries.latest(request.school.pk)
    context: dict[str, object] = {"records": [records.get(who) for who in bridges.AUDIENCES]}
    if len(records) >= bridges.FEWEST:
        texts = tuple((who, kept.text, kept.sha256) for who, kept in records.items())
        report, sections = _told(texts, language_of_reader())
        context |= {"report": report, "sections": sections, "chrome": chrome_of(report)}
    return render(request, "results/bridge.html", context)


@lru_cache(maxsize=8)
def _told(texts: Texts, language: str) -> tuple[Report, list[tuple[Section, list[Drawn]]]]:
    """Releases never change. Small pictures: narrow ones only."""
    releases = {who: files.from_text(text, sha256=sha256) for who, text, sha256 in texts}
    report = bridges.describe(releases, language)
    return report, [
        (section, [(figure, drawing_of(figure, "narrow")) for figure in section.figures])
        for section in report.sections
    ]
