"""Acts of staff, and what was erased. Rows are added; the database itself refuses to change one."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager


class Act(models.Model):
    """Somebody with a role did something at a school.

    `person` is the number of an account and `who` its name then: a row stays as it was when the account goes.
    Without a person it was done on the command line. `thing` says which object by kind and code, such as
    `wave:k3j5m7pq2r`; it holds no title, no address and no name.
    """

    class Kind(models.TextChoices):
        """What was done. Not one of them has to do with a pupil or tells when a class answered."""

        WAVE_MADE = "wave-made", _("prepared a survey")
        WAVE_OPENED = "wave-opened", _("opened a survey")
        WAVE_EXTENDED = "wave-extended", _("gave a survey another last day")
        WAVE_CLOSED = "wave-closed", _("closed a survey")
        CARDS_MADE = "cards-made", _("made cards for a class")
        RELEASE_SHARED = "release-shared", _("shared results with everyone at the school")
        RELEASE_KEPT = "release-kept", _("kept results for the team again")
        BENCHMARK_SENT = "benchmark-sent", _("sent back what the schools of the network say together")
        PUPILS_TOLD = "pupils-told", _("made the page for pupils public")
        PUPILS_DRAFT = "pupils-draft", _("kept the page for pupils as a draft")
        FINDING_CHOSEN = "finding-chosen", _("chose what to do about a finding")
        ACTION_PLANNED = "action-planned", _("planned an action")
        ACTION_CHANGED = "action-changed", _("changed an action")
        ACTION_MOVED = "action-moved", _("said how far an action is")
        BUDGET_DIVIDED = "budget-divided", _("kept a division of a budget")
        LOTS_DRAWN = "lots-drawn", _("drew lots for who starts first")
        CLASSES_NAMED = "classes-named", _("said what classes are called now")
        SCAN_STARTED = "scan-started", _("started a school scan")
        SCAN_FINISHED = "scan-finished", _("finished a school scan")
        IDEAS_ASKED = "ideas-asked", _("asked for ideas")
        VOTES_COUNTED = "votes-counted", _("had votes about ideas counted")
        ANSWERS_TOLD = "answers-told", _("made answers to ideas public")
        ANSWERS_KEPT = "answers-kept", _("took answers to ideas back")
        IDEAS_ENDED = "ideas-ended", _("ended a round of ideas")
        SCHOOL_CHANGED = "school-changed", _("changed the name, country or language of the school")
        NETWORK_JOINED = "network-joined", _("joined a network")
        NETWORK_LEFT = "network-left", _("left the network")
        INVITED = "invited", _("invited somebody")
        INVITATION_WITHDRAWN = "invitation-withdrawn", _("withdrew an invitation")
        ROLE_GIVEN = "role-given", _("a role was given")
        ROLE_TAKEN = "role-taken", _("took a role away")
        CLASS_REMOVED = "class-removed", _("removed a class")
        OPERATOR_LOOKED = "operator-looked", _("looked at a page as operator")
        OPERATOR_LET_IN = "operator-let-in", _("let an operator in for a while")
        OPERATOR_SHUT_OUT = "operator-shut-out", _("ended the access of an operator")
        TOKEN_MADE = "token-made", _("made a key for a program")
        TOKEN_WITHDRAWN = "token-withdrawn", _("withdrew a key of a program")
        FILE_TOLD = "file-told", _("made a report of a file of another tool")
        EXPORTED = "exported", _("took out everything of the school")

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    person = models.PositiveBigIntegerField(null=True)
    who = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=24, choices=Kind)
    thing = models.CharField(max_length=60, blank=True)

    objects: ClassVar[models.Manager["Act"]] = ScopedManager(school="school")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["school", "-at"], name="acts_of_a_school")]

    def __str__(self) -> str:
        return str(self.kind)

    def save(self, *args: Any, **options: Any) -> None:
        """Add; the database refuses a change, and this says so before it is asked."""
        if self.pk is not None and not options.get("force_insert"):
            raise TypeError("an act is written once")
        super().save(*args, **options)


class Erasure(models.Model):
    """How many things of one kind were let go on a day, and by which rule. No name, no code, no school."""

    on = models.DateField()
    what = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    rule = models.CharField(max_length=120)

    objects: ClassVar[models.Manager["Erasure"]] = models.Manager()

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.count} {self.what}"
