"""By what answers are known again that were told: nothing by which a single one could be guessed."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from erbij.web.schools.models import School


class ToldFile(models.Model):
    """A file of which a report was made.

    `file_hash`: its bytes, hashed with a key that is not in the database. `likeness`: some bits of all its
    rows together (`erbij.privacy.likeness`). `told_hash`: sha256 of what was told, which is no secret.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    instrument_id = models.CharField(max_length=60)
    file_hash = models.CharField(max_length=64)
    likeness = models.TextField(blank=True)
    told_hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["ToldFile"]] = ScopedManager(school="school")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.on}"
