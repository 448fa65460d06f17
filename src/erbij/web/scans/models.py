"""One scan of one opportunity. Nothing in it names somebody who took part."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from erbij.web.accounts.models import Person
from erbij.web.schools.models import School


class SchoolScan(models.Model):
    """What a team found in one scan, done again next year as another one.

    `answers`: by item its `value` (0, 1, 2 or None), `left_out` (background questions) and `remark`. `extra`:
    the special part of three of the scans. Of the team it holds shares in per cent, and None where the counts
    that were typed could have pointed at somebody: those are never kept. `version` counts how often it was
    written; who writes says which one was seen.
    """

    class Opportunity(models.TextChoices):
        """What it is about."""

        TEAMS = "teams", _("our team")
        CURRICULUM = "curriculum", _("our lessons")
        WELCOME = "welcome", _("our welcome")
        ENVIRONMENT = "environment", _("our environment")
        COCREATION = "co-creation", _("who decides what")

    MOST = 4000

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    opportunity = models.CharField(max_length=12, choices=Opportunity)
    started_on = models.DateField()
    finished_on = models.DateField(null=True)
    staff = models.PositiveIntegerField(null=True)
    pupils = models.PositiveIntegerField(null=True)
    parents = models.PositiveIntegerField(null=True)
    answers = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    remark = models.TextField(max_length=MOST, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["SchoolScan"]] = ScopedManager(school="school")

    class Meta:
        """One at a time for each opportunity: two half scans are none."""

        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("school", "opportunity"),
                condition=models.Q(finished_on=None),
                name="one_open_scan_for_each",
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity} {self.started_on}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.finished_on is not None
