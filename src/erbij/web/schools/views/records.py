"""Who did what at the school: to read, and to keep."""

from django.http import HttpResponse
from django.shortcuts import render

from erbij.web.records import queries
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS


@for_roles(*MANAGERS)
def records(request: SchoolRequest) -> HttpResponse:
    """The newest acts."""
    context = {"acts": queries.acts()[: queries.SHOWN], "most": queries.SHOWN}
    return render(request, "schools/records.html", context)


@for_roles(*MANAGERS)
def records_file(request: SchoolRequest) -> HttpResponse:
    """All of them, as a table."""
    response = HttpResponse(queries.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="records-{request.school.slug}.csv"'
    return response
