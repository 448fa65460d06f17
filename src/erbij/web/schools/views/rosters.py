"""Classes out of another system: read, shown, corrected, kept. Between the steps nothing is stored."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from erbij.web.schools import roster_forms, services
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import SET_UP
from erbij.web.schools.roster_forms import FoundClasses, RosterForm, Rows
from erbij.web.schools.views import classes


@require_POST
@for_roles(*SET_UP)
def upload_classes(request: SchoolRequest) -> HttpResponse:
    """Show the classes of a file, to be corrected."""
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    form = RosterForm(request.POST, request.FILES, sent=sent, auto_id=classes.FILE_ID)
    if not form.is_valid():
        return classes.page(request, roster_form=form)
    roster = form.roster
    rows = roster_forms.filled(roster.classes, school=request.school.name)
    return render(request, "schools/classes_found.html", {"rows": rows, "roster": roster})


@require_POST
@for_roles(*SET_UP)
def save_classes(request: SchoolRequest) -> HttpResponse:
    """Keep the classes that are ticked, all or none."""
    rows = Rows(request.POST)
    if not rows.is_valid():
        return _again(request, rows)
    try:
        kept = services.take_classes(school=request.school, rows=rows.rows())
    except ValidationError as refused:
        return _again(request, rows, refused.messages[0])
    words = ngettext("%(number)s class is kept.", "%(number)s classes are kept.", len(kept))
    messages.success(request, words % {"number": len(kept)})
    return redirect("classes", school=request.school.slug)


def _again(request: SchoolRequest, rows: FoundClasses, problem: str = "") -> HttpResponse:
    problems = [problem] if problem else [str(one) for one in rows.non_form_errors()]
    if not problems:
        problems = [_("Something is missing. Look at the classes with a mark.")]
    context = {"rows": rows, "problems": problems}
    return render(request, "schools/classes_found.html", context, status=422)
