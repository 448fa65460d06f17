"""Requests of pupils to talk to an adult; in a database of their own (router.py).

No foreign key, no wave, no session, and no time finer than the day.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes.exceptions import ScopeError
from django_scopes.state import get_scope


class InItsSchool(models.Manager[Any]):
    """Find what belongs to the school of the scope; the schools themselves stand in the other database."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Raise ScopeError where no school was chosen."""
        scope = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if scope.get("school") is None:
            raise ScopeError("A school needs to be chosen for this query.")
        return super().get_queryset().filter(school=scope["school"].slug)


class HelpBox(models.Model):
    """The keys for the requests of one wave; `code` is a keyed hash of its code (boxes.py)."""

    code = models.CharField(max_length=64, primary_key=True)
    school = models.SlugField(max_length=60, db_index=False)
    public_key = models.BinaryField()
    wrapped_key = models.TextField()

    objects: ClassVar[InItsSchool] = InItsSchool()

    def __str__(self) -> str:
        return "help box"


class HelpRequest(models.Model):
    """One pupil who would like to talk: sealed words, for whom they are, and how far it is.

    `adult` and `opened_by` are memberships; without `adult` it is for any of the adults of the wave.
    `waited` counts school hours without anybody looking (ticks.py) and is cleared when somebody does.
    """

    class State(models.TextChoices):
        """Afterwards there is no state: the request is erased."""

        NEW = "new", _("not read yet")
        SEEN = "seen", _("seen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.CharField(max_length=64)
    school = models.SlugField(max_length=60, db_index=False)
    adult = models.PositiveBigIntegerField(null=True)
    sealed = models.TextField()
    day = models.DateField()
    state = models.CharField(max_length=4, choices=State, default=State.NEW)
    waited = models.PositiveSmallIntegerField(default=0)
    is_for_all = models.BooleanField(default=False)
    opened_by = models.PositiveBigIntegerField(null=True)

    objects: ClassVar[InItsSchool] = InItsSchool()

    def __str__(self) -> str:
        return "request"


class Tick(models.Model):
    """The clock that all processes share, in minutes since 1970; it runs on whether anybody asked or not."""

    minute = models.BigIntegerField()

    objects: ClassVar[models.Manager["Tick"]] = models.Manager()

    def __str__(self) -> str:
        return "tick"
