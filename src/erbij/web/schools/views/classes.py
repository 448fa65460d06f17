"""Grades and classes: names and sizes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.schools import queries, services
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.forms import ClassChangeForm, ClassForm, GradeForm, PasteForm
from erbij.web.schools.models import Grade, SchoolClass
from erbij.web.schools.roles import LET_IN, READERS, SET_UP
from erbij.web.schools.roster_forms import RosterForm

GRADE_ID, CLASS_ID, PASTE_ID, FILE_ID = "grade-%s", "class-%s", "paste-%s", "file-%s"
"""Four forms on one page: each with ids of its own."""


@for_roles(*READERS, LET_IN)
def classes(request: SchoolRequest) -> HttpResponse:
    """List the grades with their classes; who may, finds the forms to add."""
    return page(request)


@require_POST
@for_roles(*SET_UP)
def add_grade(request: SchoolRequest) -> HttpResponse:
    """Add a grade."""
    form = GradeForm(request.POST, auto_id=GRADE_ID)
    if form.is_valid() and _done(form, services.add_grade, school=request.school, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    return page(request, grade_form=form)


@require_POST
@for_roles(*SET_UP)
def add_class(request: SchoolRequest) -> HttpResponse:
    """Add a class to a grade."""
    form = ClassForm(request.POST, auto_id=CLASS_ID)
    if form.is_valid() and _done(form, services.add_class, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    return page(request, class_form=form)


@require_POST
@for_roles(*SET_UP)
def paste_classes(request: SchoolRequest) -> HttpResponse:
    """Add a pasted list of classes."""
    form = PasteForm(request.POST, auto_id=PASTE_ID)
    if form.is_valid() and _done(
        form, services.add_classes, grade=form.cleaned_data["grade"], rows=form.cleaned_data["lines"]
    ):
        return redirect("classes", school=request.school.slug)
    return page(request, paste_form=form)


@for_roles(*SET_UP)
def change_class(request: SchoolRequest, pk: int) -> HttpResponse:
    """Rename a class or change its size."""
    found = get_object_or_404(SchoolClass.objects.all(), pk=pk)
    form = ClassChangeForm(request.POST or None, initial={"name": found.name, "size": found.size})
    return _change(request, found, form, partial(services.change_class, school_class=found))


@for_roles(*SET_UP)
def change_grade(request: SchoolRequest, pk: int) -> HttpResponse:
    """Rename a grade."""
    found = get_object_or_404(Grade.objects.all(), pk=pk)
    form = GradeForm(request.POST or None, initial={"name": found.name})
    return _change(request, found, form, partial(services.change_grade, grade=found))


@require_POST
@for_roles(*SET_UP)
def remove_class(request: SchoolRequest, pk: int) -> HttpResponse:
    """Remove a class that is not being asked."""
    found = get_object_or_404(SchoolClass.objects.all(), pk=pk)
    return _remove(request, partial(services.remove_class, school_class=found))


@require_POST
@for_roles(*SET_UP)
def remove_grade(request: SchoolRequest, pk: int) -> HttpResponse:
    """Remove a grade without classes."""
    found = get_object_or_404(Grade.objects.all(), pk=pk)
    return _remove(request, partial(services.remove_grade, grade=found))


@require_POST
@for_roles(*SET_UP)
def move_grade(request: SchoolRequest, pk: int) -> HttpResponse:
    """Move a grade one place up or down."""
    grade = get_object_or_404(Grade.objects.all(), pk=pk)
    services.move_grade(grade=grade, by=-1 if "up" in request.POST else 1)
    return redirect("classes", school=request.school.slug)


def _change(
    request: SchoolRequest, found: Grade | SchoolClass, form: Form, service: Callable[..., object]
) -> HttpResponse:
    if form.is_valid() and _done(form, service, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    remove = "remove-class" if isinstance(found, SchoolClass) else "remove-grade"
    context = {"form": form, "found": found, "remove": remove}
    return render(request, "schools/change.html", context, status=422 if form.errors else 200)


def _remove(request: SchoolRequest, service: Callable[[], object]) -> HttpResponse:
    try:
        service()
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("Removed."))
    return redirect("classes", school=request.school.slug)


def page(request: SchoolRequest, **forms: Any) -> HttpResponse:
    """The page with these forms in place of empty ones."""
    context = {
        "grades": queries.grades(),
        "counts": queries.counts(),
        "may_manage": bool(request.roles & set(SET_UP)),
        "grade_form": GradeForm(auto_id=GRADE_ID),
        "class_form": ClassForm(auto_id=CLASS_ID),
        "paste_form": PasteForm(auto_id=PASTE_ID),
        "roster_form": RosterForm(auto_id=FILE_ID),
    }
    return render(request, "schools/classes.html", context | forms, status=422 if forms else 200)


def _done(form: Form, service: Callable[..., object], **values: Any) -> bool:
    try:
        service(**values)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True
