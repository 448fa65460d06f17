"""What goes back to parents, pupils and the team: a page from which it is made and given."""

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render

from erbij.reports import slides
from erbij.reports.description import Section
from erbij.reports.plain import summary as summaries
from erbij.reports.plain.summary import Sender
from erbij.reports.words import PLAIN_LANGUAGES
from erbij.web.results import queries, telling
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.roles import AFTER_SHARING
from erbij.web.results.views.found import release_or_404
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS, READERS
from erbij.web.surveys import pupil_words

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@for_roles(*READERS, *AFTER_SHARING)
def tell_back(request: SchoolRequest, code: str) -> HttpResponse:
    """The page for parents in ten languages, and how far the page for pupils is."""
    record = release_or_404(request, code)
    context = {
        "record": record,
        "page": queries.pupils_page(record),
        "languages": [(each, pupil_words.words(each)["name"]) for each in PLAIN_LANGUAGES],
        "may_manage": bool(request.roles & set(MANAGERS)),
        "sections": _sections(record) if request.roles & set(READERS) else (),
    }
    return render(request, "results/telling_back.html", context)


@for_roles(*READERS, *AFTER_SHARING)
def summary(request: SchoolRequest, code: str, language: str) -> HttpResponse:
    """One sheet for parents."""
    record = release_or_404(request, code)
    if not record.wave.asks_pupils or language not in PLAIN_LANGUAGES:
        raise Http404
    page = summaries.tell(queries.release_of(record), language, _sender(record, language))
    response = HttpResponse(summaries.render(page), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{summaries.file_of(language)}"'
    return response


@for_roles(*READERS)
def deck(request: SchoolRequest, code: str) -> HttpResponse:
    """Slides of the sections that somebody picked, with what to talk about in their notes."""
    told = telling.telling_of(release_or_404(request, code), telling.language_of_reader())
    picked = request.GET.getlist("section")
    if not picked or set(picked) - {section.id for section in told.report.sections}:
        return HttpResponseBadRequest()
    questions = {section.id: page.talk for page in told.pages for section in page.sections}
    response = HttpResponse(slides.render(told.report, picked, questions), content_type=PPTX)
    response["Content-Disposition"] = 'attachment; filename="slides.pptx"'
    return response


def _sections(record: ReleaseRecord) -> tuple[Section, ...]:
    return telling.telling_of(record, telling.language_of_reader()).report.sections


def _sender(record: ReleaseRecord, language: str) -> Sender:
    school = record.school
    words = pupil_words.words(language, "parents")
    lines = pupil_words.helplines(school.country, "parents")
    named = tuple((f"{line['name']}, {words[line['for']]}", line["number"]) for line in lines)
    return Sender(school.name, record.closed_on, {language: named})
