"""E-mail to people of a team."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from erbij.web.schools.models import Invitation


def send_invitation(invitation: Invitation, *, link: str) -> None:
    """Send an invitation in the language of the school, else of the page; no server for e-mail: nothing.

    Parameters
    ----------
    invitation
        With the address to send to.
    link
        The whole address of the page that accepts it, its code included.
    """
    language = invitation.school.language if invitation.school else translation.get_language()
    with translation.override(language):
        context = {"invitation": invitation, "link": link}
        subject = render_to_string("schools/invitation_subject.txt", context).strip()
        body = render_to_string("schools/invitation_mail.txt", context)
    send_mail(subject, body, None, [invitation.email])
