"""The type of a request of somebody who is signed in."""

from django.http import HttpRequest

from erbij.web.accounts.models import Person


class PersonRequest(HttpRequest):
    """A request behind `login_required`: its user is a person."""

    user: Person
