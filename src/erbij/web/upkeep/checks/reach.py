"""How the world reaches this installation, and how it writes to people."""

from collections.abc import Iterator

from django.conf import settings
from django.core import mail as letters
from django.core.checks import CheckMessage, Error, Info
from django.core.checks import Warning as Caution
from django.db import DatabaseError
from django.utils.translation import gettext as _

from erbij.web.schools.models import School
from erbij.web.upkeep.checks.files import is_started

MANY = 5
"""Schools on one server from which on one guessed password is a risk for others too."""
HERE = {"localhost", "127.0.0.1", "[::1]", "::1"}


def debug() -> Iterator[CheckMessage]:
    """Errors with their values are for nobody."""
    if settings.DEBUG:
        yield Error(
            _("ERBIJ_DEBUG is on: every visitor sees errors with the values in them."),
            hint=_("Leave ERBIJ_DEBUG out and start again."),
            id="erbij.debug",
        )


def hosts() -> Iterator[CheckMessage]:
    """A name for which this server answers is named."""
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS) or not settings.ALLOWED_HOSTS:
        yield Error(
            _("ERBIJ_HOSTS lets this server answer to any name: a link in a letter may lead elsewhere."),
            hint=_("Write the names under which people reach it, with commas between."),
            id="erbij.hosts",
        )
    elif settings.HTTPS and set(settings.ALLOWED_HOSTS) <= HERE:
        yield Error(
            _("ERBIJ_HTTPS is on, but ERBIJ_HOSTS names this computer only: nobody else gets an answer."),
            hint=_("Add the name of the site to ERBIJ_HOSTS."),
            id="erbij.hosts",
        )


def https() -> Iterator[CheckMessage]:
    """What leaves this computer is encrypted."""
    others = [host for host in settings.ALLOWED_HOSTS if host not in HERE]
    if others and not settings.HTTPS:
        yield Caution(
            _("Other devices reach this server without https: passwords can be read on the way. Ballots are"
              " sealed on the tablet all the same."),
            hint=_("Put a proxy with a certificate before it and set ERBIJ_HTTPS to 1 (docs/install.md)."),
            id="erbij.https",
        )  # fmt: skip


def second_step() -> Iterator[CheckMessage]:
    """Where many schools share a server, a password alone opens none of them."""
    if not is_started():
        return  # a question would make the file of the database
    try:
        schools = School.objects.count()
    except DatabaseError:
        return  # `erbij.database` and `erbij.version` say so
    if schools >= MANY and not settings.SECOND_STEP_REQUIRED:
        yield Caution(
            _("%(schools)d schools share this server, and a password alone lets people in.")
            % {"schools": schools},
            hint=_("Set ERBIJ_MFA to required: everybody of a team then sets up a passkey or a code."),
            id="erbij.second-step",
        )


def mail() -> Iterator[CheckMessage]:
    """The server of letters lets this account in; no letter is sent."""
    if not settings.EMAIL_HOST:
        yield Info(
            _("No letters are sent: invitations are printed, nobody hears by e-mail that a pupil waits."),
            hint=_("Set ERBIJ_EMAIL_HOST where letters should be sent."),
            id="erbij.mail",
        )
        return
    try:
        connection = letters.get_connection(fail_silently=False)
        connection.open()
        connection.close()
    except Exception as problem:
        yield Error(
            _("The mail server does not let Erbij in (%(kind)s).") % {"kind": type(problem).__name__},
            hint=_("Look at ERBIJ_EMAIL_HOST, ERBIJ_EMAIL_PORT, ERBIJ_EMAIL_USER and ERBIJ_EMAIL_TLS."),
            id="erbij.mail",
        )
