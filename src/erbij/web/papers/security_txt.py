"""`security.txt` (RFC 9116): where somebody who found a hole can tell it."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

GOOD_FOR = dt.timedelta(days=180)
"""It has to end within a year; it is written anew each time it is asked for."""


def text() -> str:
    """The file as it stands today; a mail address gets its scheme."""
    contact = settings.SECURITY_CONTACT
    address = contact if ":" in contact else f"mailto:{contact}"
    until = (timezone.now() + GOOD_FOR).replace(microsecond=0).astimezone(dt.UTC)
    return f"Contact: {address}\nExpires: {until:%Y-%m-%dT%H:%M:%SZ}\nPreferred-Languages: nl, en, fr\n"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The file at its well-known address; without a contact there is none."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    return HttpResponse(text(), content_type="text/plain; charset=utf-8")
