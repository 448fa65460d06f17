"""Choices, planned actions and their notes. A place is a school, a grade or a class, never a pupil.

Whoever leaves keeps their name beside what they chose or noted: the row of the person may go.
"""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from erbij.errors import WebError
from erbij.web.accounts.models import Person
from erbij.web.schools.models import School
from erbij.web.surveys.models import Wave, new_code

KEPT = "is kept as it was written: a change is a new one"


class KeptRows(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **_values: Any) -> int:
        """Refuse."""
        raise WebError(KEPT, where=(self.model.__name__,))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise WebError(KEPT, where=(self.model.__name__,))


class Kept(models.Model):
    """A row that is written once: not changed, not deleted."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise WebError(KEPT, where=(type(self).__name__,))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise WebError(KEPT, where=(type(self).__name__,))


class Choice(Kept):
    """What was chosen about a finding: to act, to look closer, or to knowingly leave it as it is.

    `wave` is the newest one that whoever chose could see. The last choice about a signal counts.
    """

    class Kind(models.TextChoices):
        """The three answers; nothing else ends the status quo."""

        ACT = "act", _("We act")
        LOOK_CLOSER = "look-closer", _("Look closer first")
        LEAVE = "leave", _("Knowingly leave it as it is")

    MOST = 1000

    signal = models.CharField(max_length=200)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.TextField(max_length=MOST, blank=True)

    objects: ClassVar[models.Manager["Choice"]] = ScopedManager(
        school="school", _manager_class=models.Manager.from_queryset(KeptRows)
    )

    class Meta:
        """To leave things as they are needs a reason."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind="leave", reason=""), name="leave_needs_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.signal}: {self.kind}"


class PlannedAction(models.Model):
    """An action that a school plans for a finding: of the catalogue, or of its own with a title.

    `places` are names of grades or classes at `level`, empty for the whole school. `code` and `version` name
    it in a calendar.
    """

    class Level(models.TextChoices):
        """How large the places are."""

        SCHOOL = "school", _("the whole school")
        GRADE = "grade", _("grades")
        CLASS = "class", _("classes")

    class Assigned(models.TextChoices):
        """Why it runs in these places and not in others: what may be said of it later depends on this."""

        NEED = "by-need", _("Where the need is largest")
        LOT = "by-lot", _("Drawn by lot")
        WISH = "by-wish", _("Where people wanted it")

    class Status(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")

    ACTIVE = (Status.PLANNED, Status.RUNNING)
    EIGHT_WEEKS = dt.timedelta(weeks=8)

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    signal = models.CharField(max_length=200)
    action = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=6, choices=Level, default=Level.SCHOOL)
    places = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    owner_name = models.CharField(max_length=100)
    starts_on = models.DateField()
    check_on = models.DateField()
    hours = models.PositiveIntegerField(null=True, blank=True)
    money = models.PositiveIntegerField(null=True, blank=True)
    assigned = models.CharField(max_length=8, choices=Assigned, default=Assigned.NEED)
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    status_reason = models.CharField(max_length=300, blank=True)
    status_on = models.DateField()
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["PlannedAction"]] = ScopedManager(school="school")

    class Meta:
        """It has a name, a day to look at it, and where it was stopped a reason."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(action="") & ~Q(title="")) | (~Q(action="") & Q(title="")),
                name="of_the_catalogue_or_own",
            ),
            models.CheckConstraint(condition=Q(check_on__gt=F("starts_on")), name="checked_after_its_start"),
            models.CheckConstraint(
                condition=~Q(status="stopped", status_reason=""), name="stopping_needs_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.action

    @property
    def is_active(self) -> bool:
        """Whether there is still something to do."""
        return self.status in self.ACTIVE

    def is_due(self, today: dt.date) -> bool:
        """Whether the day to look at it has come."""
        return self.is_active and self.check_on <= today


class StepNote(Kept):
    """A small step of an action: what was done, what was seen, what comes next."""

    MOST = 1000

    action = models.ForeignKey(PlannedAction, on_delete=models.PROTECT, related_name="+")
    did = models.TextField(max_length=MOST)
    saw = models.TextField(max_length=MOST, blank=True)
    next = models.TextField(max_length=MOST, blank=True)

    objects: ClassVar[models.Manager["StepNote"]] = ScopedManager(
        school="school", _manager_class=models.Manager.from_queryset(KeptRows)
    )

    def __str__(self) -> str:
        return f"{self.action}: {self.on}"


class Reminder(models.Model):
    """That somebody was reminded by e-mail of a day of an action; it stands there before the letter goes.

    `is_sent` is false while a letter is on its way, and stays so where nobody knows whether it went.
    """

    class Kind(models.TextChoices):
        """A week before the day to look, and from that day on."""

        SOON = "soon", _("a week before")
        NOW = "now", _("the day itself")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(PlannedAction, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind)
    is_sent = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Reminder"]] = ScopedManager(school="school")

    class Meta:
        """Somebody is reminded of a day once; another day is another reminder."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "person", "day", "kind"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.day}"


class NoLetters(models.Model):
    """Somebody who wants no reminders by e-mail, of any school."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["NoLetters"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.person)


class Division(Kept):
    """A budget divided over places, as it was told on the day it was kept; never over pupils.

    `sha256`: the release it was made from. `inputs`: every choice and weight by name; `results`: what each
    place gets and what it probably leads to, beside equal shares and the present.
    """

    sha256 = models.CharField(max_length=64)
    inputs = models.JSONField(default=dict)
    results = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Division"]] = ScopedManager(
        school="school", _manager_class=models.Manager.from_queryset(KeptRows)
    )

    def __str__(self) -> str:
        return f"{self.on}"


class ClassNames(Kept):
    """What classes of one wave are called in a later one; of two waves the newest row counts.

    `names`: for a class of the earlier wave the one that it is now (or is part of); empty where it is gone.
    """

    earlier = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    names = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["ClassNames"]] = ScopedManager(
        school="school", _manager_class=models.Manager.from_queryset(KeptRows)
    )

    def __str__(self) -> str:
        return f"{self.earlier}: {self.later}"


class Draw(Kept):
    """Lots that were drawn for which places start first; everyone starts in the end.

    `starts`: for each place that took part its start, from 1; with `seed` anyone can draw it again.
    `actions`: codes of the actions that came of it, and `days` their first days, in the order of the starts.
    """

    level = models.CharField(max_length=6, choices=PlannedAction.Level)
    seed = models.PositiveIntegerField()
    starts = models.JSONField()
    actions = models.JSONField()
    days = models.JSONField()

    objects: ClassVar[models.Manager["Draw"]] = ScopedManager(
        school="school", _manager_class=models.Manager.from_queryset(KeptRows)
    )

    def __str__(self) -> str:
        return f"{self.on}"

    @property
    def turns(self) -> tuple[tuple[str, ...], ...]:
        """The places of each start, in the order of the starts."""
        return tuple(
            tuple(sorted(place for place, start in self.starts.items() if start == turn))
            for turn in range(1, len(self.actions) + 1)
        )

    def holds_for(self, row: PlannedAction) -> bool:
        """Whether an action still runs where the lots said, and nowhere else."""
        drawn = self.turns[self.actions.index(row.code)]
        is_there = row.level == self.level and tuple(sorted(row.places)) == drawn
        return is_there and row.assigned == PlannedAction.Assigned.LOT
