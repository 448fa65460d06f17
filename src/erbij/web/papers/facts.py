"""What the papers tell of the set-up: read from settings, policy and questionnaires, never typed twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from erbij import __version__
from erbij.instruments import registry
from erbij.instruments.schema import Instrument
from erbij.privacy import policy
from erbij.web.upkeep.keeping import INVITATION_DAYS
from erbij.words import Message

OWN = "erbij-"
"""How the ids of the questionnaires begin that a school can ask."""

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The configuration as a text can name it. `values` fill in `{name}`; `holds` are what is so here."""

    values: dict[str, str]
    holds: frozenset[str]


def facts() -> Facts:
    """Read the facts of this installation; nothing secret is among them."""
    usual = policy.careful()
    return Facts(
        values={
            "version": __version__,
            "hosts": ", ".join(settings.ALLOWED_HOSTS),
            "threshold": str(usual.least),
            "narrowest": f"{usual.narrowest:g}",
            "help_minutes": str(settings.HELP_HOUR),
            "help_days": str(settings.HELP_DAYS),
            "record_days": str(settings.RECORD_DAYS),
            "backup_days": str(settings.BACKUP_DAYS),
            "invitation_days": str(INVITATION_DAYS),
            "session_hours": f"{settings.SESSION_COOKIE_AGE / 3600:g}",
            "mail_host": settings.EMAIL_HOST,
            "contact": settings.SECURITY_CONTACT,
        },
        holds=frozenset(_holding()),
    )


def _holding() -> Iterator[str]:
    engine = settings.DATABASES["default"]["ENGINE"]
    for name, is_so in {
        "https": settings.HTTPS,
        "mail": settings.EMAIL_HOST,
        "backups": settings.BACKUP_FOR,
        "postgresql": "postgresql" in engine,
        "contact": settings.SECURITY_CONTACT,
        "demo": settings.DEMO,
    }.items():
        if is_so:
            yield name


def asked_of_pupils() -> tuple[Instrument, ...]:
    """The questionnaires for pupils that a school can ask here."""
    known = (registry.load(name) for name in registry.ids() if name.startswith(OWN))
    return tuple(one for one in known if one.audience == "pupils")


def special_questions(language: str) -> Rows:
    """Each question on a special category of data (GDPR art. 9): its words, why it is asked, on or off."""
    found: dict[str, tuple[str, ...]] = {}
    for instrument in asked_of_pupils():
        for item in instrument.items.values():
            if item.special_category:
                why = (item.why or {}).get(language, "")
                found.setdefault(item.id, (item.text.get(language, item.id), why, "on" if item.on else "off"))
    return tuple(found.values())


def instruments() -> Rows:
    """Each instrument: id, version, status, licence, source, and its languages with who reviewed them."""
    rows = []
    for name in registry.ids():
        one = registry.load(name)
        words = ", ".join(f"{language} ({status})" for language, status in sorted(one.translations.items()))
        rows.append((one.id, one.version, str(one.status), one.licence, one.source, words))
    return tuple(rows)


def retention(values: dict[str, str]) -> tuple[tuple[Message, Message], ...]:
    """What is kept, and until when, as messages."""
    pupils, staff = ("answers", "files", "releases", "help"), ("records", "invitations", "sessions")
    kinds = (*pupils, *staff, "backups", "accounts")
    return tuple((Message(f"kept-{kind}", {}), Message(f"until-{kind}", dict(values))) for kind in kinds)
