"""The store of releases: written once, never changed."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from erbij.web.schools.models import School


class ReleaseRecord(models.Model):
    """One release. `text` is `release.json`; `per_class` the number of ballots by class name.

    `previous`: sha256 of the release of the school before it. `system`: the sets that were told, with how
    many pupils stood in each; no trace of a pupil, because answers of another wave are other unknowns.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    wave = models.OneToOneField("surveys.Wave", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    per_class = models.JSONField(default=dict)
    undecodable = models.PositiveIntegerField(default=0)
    # Whether everyone with a role at the school may read it; before that the team that asked.
    is_shared = models.BooleanField(default=False)
    previous = models.CharField(max_length=64, blank=True)
    system = models.JSONField(default=list)

    objects: ClassVar[models.Manager["ReleaseRecord"]] = ScopedManager(school="school")

    def __str__(self) -> str:
        return str(self.wave)
