"""Grades and classes: names and sizes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.schools import queries, services
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.forms import ClassChangeForm, ClassForm, GradeForm, PasteForm
from erbij.web.schools.models import Grade, SchoolClass
from erbij.web.schools.roles import MANAGERS, READERS


@for_roles(*READERS)
def classes(request: SchoolRequest) -> HttpResponse:
    """List the grades with their classes; who may, finds the forms to add."""
    return _page(request)


@require_POST
@for_roles(*MANAGERS)
def add_grade(request: SchoolRequest) -> HttpResponse:
    """Add a grade."""
    form = GradeForm(request.POST)
    form.instance.school = request.school
    if form.is_valid() and _done(form, services.add_grade, school=request.school, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    return _page(request, grade_form=form)


@require_POST
@for_roles(*MANAGERS)
def add_class(request: SchoolRequest) -> HttpResponse:
    """Add a class to a grade."""
    form = ClassForm(request.POST)
    if form.is_valid() and _done(form, services.add_class, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    return _page(request, class_form=form)


@require_POST
@for_roles(*MANAGERS)
def paste_classes(request: SchoolRequest) -> HttpResponse:
    """Add a pasted list of classes."""
    form = PasteForm(request.POST)
    if form.is_valid() and _done(
        form, services.add_classes, grade=form.cleaned_data["grade"], rows=form.cleaned_data["lines"]
    ):
        return redirect("classes", school=request.school.slug)
    return _page(request, paste_form=form)


@for_roles(*MANAGERS)
def change_class(request: SchoolRequest, pk: int) -> HttpResponse:
    """Rename a class or change its size."""
    school_class = get_object_or_404(SchoolClass.objects.all(), pk=pk)
    form = ClassChangeForm(request.POST or None, instance=school_class)
    if form.is_valid() and _done(form, services.change_class, school_class=school_class, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    return render(request, "schools/class.html", {"form": form, "school_class": school_class})


@require_POST
@for_roles(*MANAGERS)
def remove_class(request: SchoolRequest, pk: int) -> HttpResponse:
    """Remove a class."""
    school_class = get_object_or_404(SchoolClass.objects.all(), pk=pk)
    services.remove_class(school_class=school_class)
    messages.success(request, _("Removed."))
    return redirect("classes", school=request.school.slug)


@for_roles(*MANAGERS)
def change_grade(request: SchoolRequest, pk: int) -> HttpResponse:
    """Rename a grade."""
    grade = get_object_or_404(Grade.objects.all(), pk=pk)
    form = GradeForm(request.POST or None, instance=grade)
    if form.is_valid() and _done(form, services.rename_grade, grade=grade, **form.cleaned_data):
        return redirect("classes", school=request.school.slug)
    return render(request, "schools/grade.html", {"form": form, "grade": grade})


@require_POST
@for_roles(*MANAGERS)
def remove_grade(request: SchoolRequest, pk: int) -> HttpResponse:
    """Remove a grade without classes."""
    grade = get_object_or_404(Grade.objects.all(), pk=pk)
    try:
        services.remove_grade(grade=grade)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("classes", school=request.school.slug)


def _page(request: SchoolRequest, **forms: Any) -> HttpResponse:
    context = {
        "grades": queries.grades(),
        "counts": queries.counts(),
        "may_manage": bool(request.roles & set(MANAGERS)),
        "grade_form": GradeForm(prefix=None),
        "class_form": ClassForm(),
        "paste_form": PasteForm(),
    }
    return render(request, "schools/classes.html", context | forms, status=422 if forms else 200)


def _done(form: BaseForm, service: Any, **values: Any) -> bool:
    try:
        service(**values)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True
