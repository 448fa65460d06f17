"""The page for pupils: a coordinator writes and approves it, and pupils read it without signing in."""

from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from erbij.reports.plain import pupils
from erbij.reports.plain.page import Page
from erbij.web.results import files, proposals, queries, services, told_back
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.results.pupils_form import MOST_LINES, PupilsPageForm
from erbij.web.results.views.found import release_or_404
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS
from erbij.web.surveys import brake, pupil_page, pupil_words


@never_cache
@for_roles(*MANAGERS)
def draft(request: SchoolRequest, code: str) -> HttpResponse:
    """Write what happens next, see the page as pupils will, approve it."""
    record = _of_pupils(request, code)
    page = queries.pupils_page(record)
    languages = _languages(record)
    lines = page.lines if page else proposals.lines_for(record, languages, most=MOST_LINES)
    form = PupilsPageForm(request.POST or None, languages=languages, lines=lines)
    if request.method == "POST" and form.is_valid():
        is_approved = "approve" in request.POST
        services.write_pupils_page(record=record, lines=form.cleaned_data, is_approved=is_approved)
        messages.success(request, _("Pupils can read it now.") if is_approved else _("Kept as a draft."))
        return redirect("pupils-draft", school=request.school.slug, code=code)
    shown = request.GET.get("language", "")
    shown = shown if shown in pupil_words.languages() else languages[0]
    context = {
        "record": record,
        "form": form,
        "page": page,
        "is_proposed": bool(lines) and page is None,
        "address": address_of(request, page),
        "languages": pupil_page.in_language(shown, pupil_words.languages())["languages"],
        "told": _content(record, lines, shown),
    }
    return render(request, "results/pupils_draft.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*MANAGERS)
def withdraw(request: SchoolRequest, code: str) -> HttpResponse:
    """Take the page away from pupils."""
    services.withdraw_pupils_page(record=_of_pupils(request, code))
    messages.success(request, _("Pupils can no longer read it."))
    return redirect("pupils-draft", school=request.school.slug, code=code)


@gzip_page
@require_GET
def heard(request: HttpRequest, code: str) -> HttpResponse:
    """What was heard, for who has the address: no sign-in, no cookie."""
    page = queries.public_page(code)
    wanted = request.GET.get("language", "")
    if page is None:
        brake.WRONG.mistake()
        language = wanted if wanted in pupil_words.languages() else "nl"
        return _quiet("results/heard_nothing.html", _around(language), status=404)
    record = page.record
    language = wanted if wanted in pupil_words.languages() else _languages(record)[0]
    return _quiet("results/heard.html", _around(language) | {"told": _content(record, page.lines, language)})


def address_of(request: HttpRequest, page: PupilsPage | None) -> str:
    """Where pupils read a page; empty where they do not."""
    if page is None or not page.is_public:
        return ""
    return request.build_absolute_uri(reverse("pupils-page", args=[page.code]))


def _of_pupils(request: SchoolRequest, code: str) -> ReleaseRecord:
    record = release_or_404(request, code)
    if not record.wave.asks_pupils:
        raise Http404
    return record


def _languages(record: ReleaseRecord) -> tuple[str, ...]:
    """The school's own language first, then the others in which this wave was asked."""
    own = record.school.language if record.school.language in pupil_words.languages() else "nl"
    asked = (code for code in pupil_words.languages() if code in record.wave.languages)
    return tuple(dict.fromkeys((own, *asked)))


def _content(record: ReleaseRecord, lines: dict[str, list[str]], language: str) -> dict[str, Any]:
    """What pupils read; what nobody wrote in their language stands in that of the school."""
    own = _languages(record)[0]
    written = language if lines.get(language) else own
    return {
        "school": record.school.name,
        "page": _told(record.text, record.sha256, language),
        "around": pupils.around(language),
        "direction": pupil_words.words(language)["direction"],
        "lines": lines.get(written, []),
        "lines_language": written,
        "parts": told_back.of(record, language),
        "own": own,
        "helplines": pupil_page.helplines(record.school.country, language),
    }


@lru_cache(maxsize=32)
def _told(text: str, sha256: str, language: str) -> Page:
    """A release never changes, and a class opens the page at the same moment."""
    return pupils.tell(files.from_text(text, sha256=sha256), language)


def _around(language: str) -> dict[str, Any]:
    around = pupil_page.in_language(language, pupil_words.languages())
    own = pupils.around(language)
    return around | {"words": {**around["words"], "page_title": own["title"]}, "nothing": own["gone"]}


def _quiet(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    # Without the request: no context processor may look at a session or make a cookie.
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
