"""The pages of school scans: the team does them, who reads results reads them when they are finished."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from erbij.actions import school_scan
from erbij.actions.school_scan import Scan
from erbij.actions.words import Words
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.results.telling import language_of_reader
from erbij.web.results.views.found import is_reader
from erbij.web.scans import forms, queries, services, special, telling
from erbij.web.scans.models import SchoolScan
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS

SEE = (*READERS, *AFTER_SHARING)


@require_GET
@for_roles(*SEE)
def scans(request: SchoolRequest) -> HttpResponse:
    """The five scans, and what was done of each."""
    kept = queries.scans_of(request.school.pk, only_finished=not is_reader(request))
    words = _words()
    rows = [
        {
            "id": scan.opportunity,
            "title": words.label(scan.title, scan.opportunity),
            "done_by": words.label(scan.done_by, ""),
            "kept": [one for one in kept if one.opportunity == scan.opportunity],
        }
        for scan in school_scan.scans()
    ]
    return render(request, "scans/scans.html", {"rows": rows, "may_do": is_reader(request)})


@require_POST
@for_roles(*READERS)
def start(request: SchoolRequest, opportunity: str) -> HttpResponse:
    """Start a scan, or go on with the one that is open."""
    scan = _scan_or_404(opportunity)
    kept = services.start(school=request.school, opportunity=scan.opportunity, today=timezone.localdate())
    return redirect("scan", school=request.school.slug, pk=kept.pk)


@require_GET
@for_roles(*SEE)
def paper(request: SchoolRequest, opportunity: str) -> HttpResponse:
    """An empty form to print and do on paper."""
    scan, words = _scan_or_404(opportunity), _words()
    context = {**_about(scan, words), "questions": telling.questions(scan, words)}
    return render(request, "scans/paper.html", context | {"values": forms.VALUES})


@for_roles(*READERS)
def fill(request: SchoolRequest, pk: int) -> HttpResponse:
    """Answer a scan; where somebody wrote meanwhile, show theirs beside this and lose neither."""
    kept = _kept_or_404(request, pk)
    if kept.is_finished and request.method != "POST":
        return redirect("scan-result", school=request.school.slug, pk=pk)
    form = _form(request, kept)
    context = _about(form.scan, _words()) | {"kept": kept, "record": _record(request)}
    if not form.is_bound:
        return render(request, "scans/fill.html", context | {"form": form})
    if not form.is_valid():
        return render(request, "scans/fill.html", context | {"form": form}, status=422)
    if services.keep(scan=kept, found=form.found(), seen=form.cleaned_data["seen"], person=request.user):
        messages.success(request, _("This is kept. You can stop here and go on later."))
        return redirect("scan", school=request.school.slug, pk=pk)
    return _both(request, pk, context)


def _both(request: SchoolRequest, pk: int, context: dict[str, Any]) -> HttpResponse:
    """The answers that were just sent in the form, and above it what somebody else kept meanwhile."""
    theirs = _kept_or_404(request, pk)
    sent = request.POST.copy()
    sent["seen"] = str(theirs.version)
    form = _form(request, theirs, sent)
    rows = list(telling.answers(theirs, form.scan, _words()))
    shown = {"their_answers": rows, "their_extra": telling.special_lines(theirs)}
    context |= {"form": form, "theirs": theirs, **shown}
    return render(request, "scans/fill.html", context, status=409)


@require_POST
@for_roles(*READERS)
def finish(request: SchoolRequest, pk: int) -> HttpResponse:
    """Finish a scan; there is no way back, next year there is another one."""
    services.finish(scan=_kept_or_404(request, pk), today=timezone.localdate())
    return redirect("scan-result", school=request.school.slug, pk=pk)


@require_GET
@for_roles(*SEE)
def result(request: SchoolRequest, pk: int) -> HttpResponse:
    """A scan beside what pupils said, and beside the one before it."""
    kept = _kept_or_404(request, pk)
    if not kept.is_finished and not is_reader(request):
        raise Http404
    scan, record, words = _scan_or_404(kept.opportunity), _record(request), _words()
    before = queries.earlier(kept)
    context = _about(scan, words) | {
        "kept": kept,
        "record": record,
        "answers": list(telling.answers(kept, scan, words)),
        "score": school_scan.score(scan, queries.answers_of(kept)),
        "beside": telling.beside(kept, scan, record, words) if record else None,
        "before": before,
        "before_score": school_scan.score(scan, queries.answers_of(before)) if before else None,
        "before_answers": list(telling.answers(before, scan, words)) if before else [],
    }
    return render(request, "scans/result.html", context | _extra(kept, record, words))


def _extra(kept: SchoolScan, record: ReleaseRecord | None, words: Words) -> dict[str, Any]:
    differences = dict(special.DIFFERENCES)
    mails = kept.extra.get("mails", {})
    return {
        "coverage": [(special.KINDS[row.kind], row) for row in special.coverage(kept.extra)],
        "mails": [(special.COMPARED[name], differences[given]) for name, given in mails.items() if given],
        "team": telling.team(kept.extra, record, words),
        "team_hidden": None in kept.extra.get("team", {}).values(),
    }


def _form(request: SchoolRequest, kept: SchoolScan, sent: Any = None) -> forms.ScanForm:
    scan, words = _scan_or_404(kept.opportunity), _words()
    part = telling.part_of(kept, _record(request), words)
    return forms.ScanForm(
        sent or request.POST or None,
        initial=forms.initial(kept, part),
        scan=scan,
        words=words,
        labels=telling.labels(scan, words),
        part=part,
    )


def _about(scan: Scan, words: Words) -> dict[str, Any]:
    return {
        "opportunity": scan.opportunity,
        "title": words.label(scan.title, scan.opportunity),
        "done_by": words.label(scan.done_by, ""),
        "for_whom": words.label(scan.for_whom, ""),
    }


def _words() -> Words:
    return Words(language_of_reader())


def _record(request: SchoolRequest) -> ReleaseRecord | None:
    return queries.pupils_record(request.school.pk, only_shared=not is_reader(request))


def _scan_or_404(opportunity: str) -> Scan:
    found = queries.scan(opportunity)
    if found is None:
        raise Http404
    return found


def _kept_or_404(request: SchoolRequest, pk: int) -> SchoolScan:
    found = queries.scan_of(request.school.pk, pk)
    if found is None:
        raise Http404
    return found
