"""`{% heard_on_board %}`: the page that pupils of this school heard back last, for the board of a class."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from erbij.web.results import queries
from erbij.web.results.views import pupils_page
from erbij.web.surveys.views.boards import qr

register = template.Library()


@register.inclusion_tag("results/heard_on_board.html", takes_context=True)
def heard_on_board(context: dict[str, Any]) -> dict[str, Any]:
    """Nothing where no page is public. Asks the database once."""
    request = context["request"]
    page = queries.newest_public_page(request.school.pk)
    address = pupils_page.address_of(request, page)
    drawn = mark_safe(qr(address)) if address else ""  # noqa: S308 (our own address, drawn)
    return {"page": page, "address": address, "qr": drawn}
