"""Closing a wave, and the pages of its release."""

from collections.abc import Callable
from functools import lru_cache

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erbij.reports import charts, codebook, html, pdf, report, workbook
from erbij.reports.description import Figure, Report, Section
from erbij.reports.words import LANGUAGES
from erbij.web.results import files, jobs, queries, services
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS, READERS
from erbij.web.surveys import keys
from erbij.web.surveys import queries as surveys
from erbij.web.surveys.forms import CloseForm
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal

Drawn = tuple[Figure, SafeString, SafeString]
Told = tuple[Section, list[Drawn]]


@for_roles(*READERS, *AFTER_SHARING)
def results(request: SchoolRequest) -> HttpResponse:
    """The releases of the school; for who is not in the team those that were shared."""
    found = queries.releases_of(request.school.pk, only_shared=not _is_reader(request))
    return render(request, "results/results.html", {"records": found, "is_reader": _is_reader(request)})


@never_cache
@for_roles(*MANAGERS)
def close(request: SchoolRequest, code: str) -> HttpResponse:
    """Ask once more, then close, and tell how far it is."""
    wave = surveys.wave(request.school.pk, code)
    if wave is None or wave.is_draft:
        raise Http404
    if wave.state == Wave.State.CLOSED:
        return redirect("result", school=request.school.slug, code=code)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            jobs.start(wave, word=form.cleaned_data["word"])
        except Refusal as refusal:
            form.add_error("word", str(refusal.words))
        else:
            return redirect("wave-close", school=request.school.slug, code=code)
    context = {
        "wave": wave,
        "form": form,
        "needs_words": keys.needs_words(wave.wrapped_key),
        "running": len(surveys.sessions_of(wave)),
        "stages": _stages(wave),
    }
    is_busy = bool(wave.step) and wave.step != "stopped" and not form.errors
    template = "results/closing.html" if is_busy else "results/close.html"
    return render(request, template, context, status=422 if form.errors else 200)


STAGES = (
    ("opening", _lazy("Opening the sealed answers")),
    ("protecting", _lazy("Protecting the results")),
    ("destroying", _lazy("Destroying answers and keys")),
)


def _stages(wave: Wave) -> list[dict[str, object]]:
    """The steps of closing: those that are done, and how far the one is that goes on now."""
    ids = [id_ for id_, _words in STAGES]
    now = ids.index(wave.step) if wave.step in ids else -1
    return [
        {
            "words": words,
            "is_done": place < now,
            "is_now": place == now,
            "done": wave.step_done,
            "total": wave.step_total if wave.step_total > 1 else 0,
        }
        for place, (_id, words) in enumerate(STAGES)
    ]


@for_roles(*READERS, *AFTER_SHARING)
def result(request: SchoolRequest, code: str) -> HttpResponse:
    """The report of a wave in the reader's language."""
    record = _found(request, code)
    told, sections = _told(record.text, record.sha256, language_of_reader())
    context = {
        "record": record,
        "report": told,
        "sections": sections,
        "chrome": chrome_of(told),
        "files": FILES,
        "may_manage": bool(request.roles & set(MANAGERS)),
    }
    return render(request, "results/result.html", context)


@require_POST
@for_roles(*MANAGERS)
def share(request: SchoolRequest, code: str) -> HttpResponse:
    """Let everyone with a role at the school read this release, or only the team again."""
    services.share(record=_found(request, code), is_shared="yes" in request.POST)
    return redirect("result", school=request.school.slug, code=code)


@require_POST
@for_roles(*MANAGERS)
def tidy_up(request: SchoolRequest, code: str) -> HttpResponse:
    """Try again what did not succeed at the end of closing."""
    record = _found(request, code)
    if services.tidy_up():
        messages.success(request, _("Tidied up: what was deleted is gone from the disk too."))
    else:
        messages.error(request, _("The database is busy. Try again when no class is answering."))
    return redirect("result", school=request.school.slug, code=record.wave.code)


@for_roles(*READERS, *AFTER_SHARING)
def download(request: SchoolRequest, code: str, name: str) -> HttpResponse:
    """One of the files."""
    record = _found(request, code)
    if name not in FILES:
        raise Http404
    kind, content = FILES[name]
    response = HttpResponse(content(record), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(record: ReleaseRecord) -> str:
    return html.render(report.describe(queries.release_of(record), language_of_reader()))


def _pdf(record: ReleaseRecord) -> bytes:
    told = report.describe(queries.release_of(record), language_of_reader())
    facts = ((_("School"), record.school.name), (_("Closed on"), date_format(record.closed_on)))
    return pdf.render(told, facts)


def _cells(record: ReleaseRecord) -> str:
    return queries.release_of(record).cells.write_csv()


def _json(record: ReleaseRecord) -> str:
    return record.text


def _workbook(record: ReleaseRecord) -> bytes:
    return workbook.write(queries.release_of(record))


def _codebook(record: ReleaseRecord) -> bytes:
    return codebook.write(queries.release_of(record))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[[ReleaseRecord], str | bytes]]] = {
    "report.html": ("text/html; charset=utf-8", _page),
    "report.pdf": ("application/pdf", _pdf),
    "release.xlsx": (XLSX, _workbook),
    "cells.csv": ("text/csv; charset=utf-8", _cells),
    "release.json": ("application/json", _json),
    "codebook.xml": ("application/xml", _codebook),
}


def _found(request: SchoolRequest, code: str) -> ReleaseRecord:
    record = queries.record(request.school.pk, code, only_shared=not _is_reader(request))
    if record is None:
        raise Http404
    return record


def _is_reader(request: SchoolRequest) -> bool:
    return bool(request.roles & set(READERS))


def language_of_reader() -> str:
    """The language of the page, where reports have it; else Dutch."""
    language = get_language() or "nl"
    return language if language in LANGUAGES else "nl"


@lru_cache(maxsize=32)
def _told(text: str, sha256: str, language: str) -> tuple[Report, list[Told]]:
    """A release never changes, and drawing it takes seconds."""
    told = report.describe(files.from_text(text, sha256=sha256), language)
    return told, [(section, [_drawn(figure) for figure in section.figures]) for section in told.sections]


def chrome_of(told: Report) -> dict[str, str]:
    """The words around a report, by names that a template can read."""
    return {name.replace("-", "_"): words for name, words in told.chrome.items()}


def _drawn(figure: Figure) -> Drawn:
    """A figure with its two drawings."""
    return figure, drawing_of(figure, "wide"), drawing_of(figure, "narrow")


def drawing_of(figure: Figure, width: charts.Width) -> SafeString:
    """A drawing of a figure; empty where there is nothing to draw."""
    # The chart escapes its own text.
    return SafeString() if figure.is_withheld else mark_safe(charts.draw(figure, width))  # noqa: S308
