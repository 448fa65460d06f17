"""The releases of a school; of each a first page, and six questions on a page each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.reports import claims, pages
from erbij.reports.terms import glossary
from erbij.reports.words import Words
from erbij.web.results import forms, onward, queries, services, telling
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.results.templatetags.terms import Marker
from erbij.web.results.views.downloads import files_of
from erbij.web.results.views.found import is_reader, release_or_404
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS, READERS


@for_roles(*READERS, *AFTER_SHARING)
def results(request: SchoolRequest) -> HttpResponse:
    """The releases of the school; for who is not in the team those that were shared."""
    found = queries.releases_of(request.school.pk, only_shared=not is_reader(request))
    return render(request, "results/results.html", {"records": found, "is_reader": is_reader(request)})


@for_roles(*READERS, *AFTER_SHARING)
def overview(request: SchoolRequest, code: str) -> HttpResponse:
    """The first page of a release: its picture, its answers in a sentence each, its files."""
    record = release_or_404(request, code)
    told = telling.telling_of(record, telling.language_of_reader())
    first = pages.emblem(told.report)
    context = {
        "record": record,
        "told": told,
        "marker": Marker(told.report.language),
        "first": first[0] if first else None,
        "emblem": telling.drawn(first[1]) if first else None,
        "files": files_of(record),
        "may_manage": bool(request.roles & set(MANAGERS)),
    }
    return render(request, "results/overview.html", context)


@for_roles(*READERS, *AFTER_SHARING)
def page(request: SchoolRequest, code: str, page: str) -> HttpResponse:
    """One of the six questions."""
    record = release_or_404(request, code)
    return render(request, "results/page.html", context_of(request, record, page))


def context_of(request: SchoolRequest, record: ReleaseRecord, page: str) -> dict[str, object]:
    """What a page shows; the notes are for the team that asked."""
    told = telling.telling_of(record, telling.language_of_reader())
    asked = told.page(page)
    if asked is None:
        raise Http404
    before, after = told.beside(asked)
    note = queries.note_at(record, page) if is_reader(request) else None
    return {
        "record": record,
        "told": told,
        "marker": Marker(told.report.language),
        "page": asked,
        "sections": telling.shown(asked.sections),
        "before": before,
        "after": after,
        "note": note,
        "onward": onward.of(request, record, page),
        "form": forms.of_note(note) if is_reader(request) else None,
    }


@for_roles(*READERS, *AFTER_SHARING)
def why(request: SchoolRequest, code: str) -> HttpResponse:
    """Why belonging: what research says, and where the questions of this survey stand."""
    record = release_or_404(request, code)
    language = telling.language_of_reader()
    told = telling.telling_of(record, language)
    if not told.why:
        raise Http404
    blocks = claims.told(Words(language))
    return render(request, "results/why.html", {"record": record, "told": told, "blocks": blocks})


@for_roles(*READERS, *AFTER_SHARING)
def guide(request: SchoolRequest) -> HttpResponse:
    """How to lead the hour in which a team talks about its results."""
    words = f"results/guide.{telling.language_of_reader()}.html"
    return render(request, "results/guide.html", {"words": words})


@for_roles(*READERS, *AFTER_SHARING)
def terms(request: SchoolRequest) -> HttpResponse:
    """What the words mean."""
    return render(request, "results/terms.html", {"terms": glossary(telling.language_of_reader())})


@require_POST
@for_roles(*MANAGERS)
def share(request: SchoolRequest, code: str) -> HttpResponse:
    """Let everyone with a role at the school read this release, or only the team again."""
    services.share(record=release_or_404(request, code), is_shared="yes" in request.POST)
    return redirect("result", school=request.school.slug, code=code)


@require_POST
@for_roles(*MANAGERS)
def tidy_up(request: SchoolRequest, code: str) -> HttpResponse:
    """Try again what did not succeed at the end of closing."""
    record = release_or_404(request, code)
    if services.tidy_up():
        messages.success(request, _("Tidied up: what was deleted is gone from the disk too."))
    else:
        messages.error(request, _("The database is busy. Try again when no class is answering."))
    return redirect("result", school=request.school.slug, code=record.wave.code)
