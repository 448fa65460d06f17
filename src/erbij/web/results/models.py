"""The store of releases: written once, never changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from erbij.web.accounts.models import Person
from erbij.web.schools.models import School
from erbij.web.surveys.models import new_code


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
    # What the schools of the network said together, as it was sent back to stand beside this.
    network_text = models.TextField(blank=True)
    network_sent_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["ReleaseRecord"]] = ScopedManager(school="school")

    def __str__(self) -> str:
        return str(self.wave)


class Note(models.Model):
    """What the team noted at one page of a release: one text for all of them. Nothing about one pupil.

    `version` counts how often it was written; who writes says which one was seen.
    """

    MOST = 4000

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(ReleaseRecord, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=20)
    text = models.TextField(max_length=MOST, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["Note"]] = ScopedManager(school="school")

    class Meta:
        """One for all who write."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "page"], name="one_note_for_each_page")
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.page}"


class ApiToken(models.Model):
    """A key with which a program reads the shared releases of a school; only a keyed hash of it is kept."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=60)
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    expires = models.DateField(_("Valid until"))

    objects: ClassVar[models.Manager["ApiToken"]] = ScopedManager(school="school")

    class Meta:
        """By the day on which they end."""

        ordering: ClassVar = ["expires", "pk"]

    def __str__(self) -> str:
        return self.name


def new_address() -> str:
    """A random name for a page that everyone may read who was given it; about 100 bits, past guessing."""
    return new_code() + new_code()


class PupilsPage(models.Model):
    """What pupils are told back after a wave. Public from the day a coordinator approved it, until withdrawn.

    `lines`: by language what will happen and when, as people wrote it. All that is about answers comes from
    the release when it is read.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(ReleaseRecord, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32, unique=True, default=new_address, editable=False)
    lines = models.JSONField(default=dict)
    approved_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["PupilsPage"]] = ScopedManager(school="school")

    def __str__(self) -> str:
        return str(self.record)

    @property
    def is_public(self) -> bool:
        """Whether pupils can read it."""
        return self.approved_on is not None
