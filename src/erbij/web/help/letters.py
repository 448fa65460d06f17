"""E-mail to adults and coordinators: that somebody waits, never who or why."""

import logging
import threading
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from erbij.web.accounts.models import Person
from erbij.web.schools.models import School
from erbij.web.surveys.models import HelpAdult

log = logging.getLogger(__name__)


def to_adults(school: School, adults: Iterable[HelpAdult]) -> None:
    """Tell these adults that a pupil would like to talk to them."""
    _send([_written(each.membership.person, "adult", school) for each in adults])


def to_coordinators(school: School, people: Iterable[Person], *, names: list[str]) -> None:
    """Tell them that nobody looked at a request, and whom to look for."""
    _send([_written(person, "coordinator", school, names=names) for person in people])


def _written(person: Person, letter: str, school: School, **more: object) -> tuple[str, str, str]:
    with translation.override(person.language):
        context = {"school": school, **more}
        subject = render_to_string("help/subject.txt", context).strip()
        return subject, render_to_string(f"help/{letter}_mail.txt", context), person.email


def _send(letters: list[tuple[str, str, str]]) -> None:
    # Beside the answer to the pupil, who need not wait for the server of the post.
    if settings.EMAIL_HOST and letters:
        threading.Thread(target=_post, args=(letters,), name="help letters", daemon=True).start()


def _post(letters: list[tuple[str, str, str]]) -> None:
    for subject, body, address in letters:
        try:
            send_mail(subject, body, None, [address])
        except (SMTPException, OSError) as problem:
            log.error("a letter of the help channel was not sent: %s", type(problem).__name__)
