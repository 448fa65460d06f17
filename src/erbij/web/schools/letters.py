"""E-mail to people of a team."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from erbij.web.schools.models import Invitation


def send_invitation(invitation: Invitation, *, link: str) -> None:
    """Send an invitation in the language of the school; no server for e-mail: nothing is sent.

    Parameters
    ----------
    invitation
        With the address to send to.
    link
        The whole address of the page that accepts it, its code included.
    """
    with translation.override(invitation.school.language):
        context = {"invitation": invitation, "link": link}
        subject = render_to_string("schools/invitation_subject.txt", context).strip()
        body = render_to_string("schools/invitation_mail.txt", context)
    send_mail(subject, body, None, [invitation.email])
