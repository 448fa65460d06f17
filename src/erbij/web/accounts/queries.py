"""Reads about people."""

from erbij.web.accounts.models import Person


def anyone_exists() -> bool:
    """Whether anybody has an account yet."""
    return Person.objects.exists()


def person_with(email: str) -> Person | None:
    """Find somebody by e-mail address, capitals or not."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def display_name(person: Person) -> str:
    """Give the name that pages show."""
    return str(person)
