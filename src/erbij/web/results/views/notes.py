"""What the team notes at a page: one text for all, and nobody overwrites what they have not seen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.results import forms, queries, services
from erbij.web.results.views.found import release_or_404
from erbij.web.results.views.pages import context_of
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import READERS


@require_POST
@for_roles(*READERS)
def note(request: SchoolRequest, code: str, page: str) -> HttpResponse:
    """Keep the note; where somebody wrote meanwhile, show theirs beside this one and lose neither."""
    record = release_or_404(request, code)
    context = context_of(request, record, page)
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "results/page.html", context | {"form": form}, status=422)
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    if services.write_note(record=record, page=page, text=text, seen=seen, person=request.user):
        messages.success(request, _("Your notes are kept."))
        return redirect("result-page", school=request.school.slug, code=code, page=page)
    theirs = queries.note_at(record, page)
    context |= {"form": forms.of_note(theirs, text=text), "theirs": theirs}
    return render(request, "results/page.html", context, status=409)
