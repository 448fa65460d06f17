"""Writes about people."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.sessions.models import Session
from django.db import transaction

from erbij.web.accounts import queries, sign_ins
from erbij.web.accounts.elsewhere import Identity
from erbij.web.accounts.models import Person, SignInElsewhere


@dataclass(frozen=True, slots=True)
class Account:
    """What a new account is made of; the password is never shown."""

    email: str
    name: str
    language: str
    password: str = field(repr=False)


@transaction.atomic
def create_person(account: Account) -> Person:
    """Make a person; the password was checked for strength by the form."""
    person = Person(email=account.email.strip().lower(), name=account.name.strip(), language=account.language)
    person.set_password(account.password)
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def change_person(*, person: Person, name: str, language: str) -> Person:
    """Change the name that pages show and the language of the pages."""
    person.name, person.language = name.strip(), language
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name", "language"])
    return person


@transaction.atomic
def person_from_elsewhere(identity: Identity) -> Person | None:
    """Find whom another place means, and link them the first time; None where nobody here fits.

    Linked by an address that the other place verified, and never a second time at one issuer: an address may
    be handed on to somebody else. Linking voids the password, because who chose it may not be who has the
    address; other sessions end with it, and a new one can be asked by e-mail.
    """
    linked = SignInElsewhere.objects.select_related("person").filter(
        issuer=identity.issuer, subject=identity.subject
    )
    if known := linked.first():
        return known.person if known.person.is_active else None
    person = queries.person_with(identity.email) if identity.email else None
    if person is None or not person.is_active or person.elsewhere.filter(issuer=identity.issuer).exists():
        return None
    SignInElsewhere.objects.create(person=person, issuer=identity.issuer, subject=identity.subject)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return person


@transaction.atomic
def end_sign_in(*, person: Person, name: str) -> None:
    """Sign somebody out of one browser, by the name that their page gives it; of nobody else."""
    _end(key for key, _ in queries.sessions_of(person) if sign_ins.named(key) == name)


@transaction.atomic
def end_other_sign_ins(*, person: Person, here: str | None) -> None:
    """Sign somebody out everywhere but in this browser, whose session key is `here`."""
    _end(key for key, _ in queries.sessions_of(person) if key != here)


def _end(keys: Iterable[str]) -> None:
    Session.objects.filter(session_key__in=list(keys)).delete()
