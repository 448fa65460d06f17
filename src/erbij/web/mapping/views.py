"""A file of another tool: chosen, looked at, told. Between the steps it is nowhere but in the browser."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from erbij.errors import ErbijError
from erbij.studies.mapping import correcting, door, writing
from erbij.studies.mapping import guess as guesses
from erbij.studies.mapping.door import ExportError
from erbij.studies.mapping.export import Export
from erbij.studies.mapping.guess import Guess
from erbij.web.mapping import queries, services
from erbij.web.mapping.forms import FileForm, MappingForm, seal_of
from erbij.web.mapping.refusals import ToldOtherwise, words_of
from erbij.web.mapping.services import Wanted
from erbij.web.mapping.telling import left_out, missing_questions, recognised
from erbij.web.results.telling import language_of_reader
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS
from erbij.web.surveys.forms import in_words


@require_GET
@never_cache
@for_roles(*MANAGERS)
def choose(request: SchoolRequest) -> HttpResponse:
    """Say what a file may hold and what is let go, and ask for it."""
    return _choose(request, FileForm())


@require_POST
@never_cache
@for_roles(*MANAGERS)
def look(request: SchoolRequest) -> HttpResponse:
    """Show what each column seems to be."""
    form = _file_form(request)
    found = _guess(form) if form.is_valid() else None
    if found is None:
        return _choose(request, form)
    return _look(request, form, _mapping(form, found))


@require_POST
@never_cache
@for_roles(*MANAGERS)
def report(request: SchoolRequest) -> HttpResponse:
    """Make the report of the file as it was corrected, and hand it over."""
    form = _file_form(request)
    found = _guess(form) if form.is_valid() else None
    if found is None:
        return _choose(request, form)
    if request.POST.get("seal") != seal_of(form.taken[0]):
        form.add_error("file", _("This is another file than the one you looked at. Look at this one first."))
        return _look(request, form, _mapping(form, found))
    mapping = MappingForm(request.POST, given=form.taken[1], found=found)
    if not mapping.is_valid():
        return _look(request, form, mapping)
    return _told(request, form, mapping)


def _told(request: SchoolRequest, form: FileForm, mapping: MappingForm) -> HttpResponse:
    file, given = form.taken
    wanted = Wanted(
        file,
        given,
        mapping.corrected(),
        mapping.cleaned_data["title"],
        mapping.cleaned_data["asked"] or 0,
        language_of_reader(),
    )
    try:
        content = services.tell(school=request.school, wanted=wanted)
    except (ToldOtherwise, ExportError) as refused:
        mapping.add_error(None, refused.words if isinstance(refused, ToldOtherwise) else words_of(refused))
    except ErbijError:
        mapping.add_error(None, _("Of these answers nothing can be told without pupils being found in it."))
    else:
        return _handed(content)
    return _look(request, form, mapping)


def _handed(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="erbij-report.zip"'
    return response


def _file_form(request: SchoolRequest) -> FileForm:
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    return FileForm(request.POST, request.FILES, sent=sent)


def _guess(form: FileForm) -> Guess | None:
    """What the columns are; None where there is no question in them, which the form then says."""
    given: Export = form.taken[1]
    try:
        with door.only_reasons():
            return correcting.careful(given, guesses.of(given, instrument=form.cleaned_data["instrument"]))
    except ExportError as refused:
        form.add_error("file", words_of(refused))
        return None


def _mapping(form: FileForm, found: Guess) -> MappingForm:
    file, given = form.taken
    return MappingForm(given=given, found=found, initial={"seal": seal_of(file)})


def _choose(request: SchoolRequest, form: FileForm) -> HttpResponse:
    context = {"form": form, "told": queries.told_files(request.school.pk)}
    return render(request, "mapping/choose.html", context, status=422 if form.errors else 200)


def _look(request: SchoolRequest, form: FileForm, mapping: MappingForm) -> HttpResponse:
    found, given = mapping.found, form.taken[1]
    context = {
        "form": form,
        "mapping": mapping,
        "questionnaire": in_words(found.instrument.title),
        "pupils": given.answers.height,
        "left_out": left_out(found),
        "missing": missing_questions(found),
        "recognised": recognised(found),
        "divides_by": [in_words(item.label or item.text) for item, _column in writing.background(found)],
        "rare": found.rare,
    }
    status = 422 if form.errors or mapping.errors else 200
    return render(request, "mapping/look.html", context, status=status)
