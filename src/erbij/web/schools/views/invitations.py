"""What becomes of an invitation that was just made: an e-mail, or a page to print, shown this once."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from erbij.web import codes
from erbij.web.schools import letters
from erbij.web.schools.services import MadeInvitation


def handed_over(request: HttpRequest, made: MadeInvitation, *, back: str) -> HttpResponse:
    """Send the invitation where that is possible, else show it; `back` is the page to go on with."""
    link = request.build_absolute_uri(reverse("join", kwargs={"code": made.code}))
    if made.invitation.email and settings.EMAIL_HOST:
        letters.send_invitation(made.invitation, link=link)
        messages.success(request, _("The invitation is on its way."))
        return redirect(back)
    context = {
        "invitation": made.invitation,
        "code": codes.shown(made.code),
        "link": link,
        "start": request.build_absolute_uri(reverse("invitation")),
        "picture": mark_safe(segno.make(link).svg_inline(border=0, omitsize=True)),  # noqa: S308
        "back": back,
    }
    return render(request, "schools/invitation_print.html", context)
