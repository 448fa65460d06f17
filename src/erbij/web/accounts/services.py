"""Writes about people."""

from dataclasses import dataclass, field

from django.db import transaction

from erbij.web.accounts.models import Person


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
