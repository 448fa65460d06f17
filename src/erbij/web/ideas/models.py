"""Rounds, ideas and votes. Nothing tells whose an idea or a vote is, of which class, or when it came."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from erbij.web.results.models import PupilsPage
from erbij.web.schools.models import School
from erbij.web.surveys.models import new_code

LONGEST_IDEA, LONGEST_TITLE, LONGEST_WHY = 280, 90, 300
"""Signs."""
IDEAS_FOR_EACH = 3
"""Ideas that a round takes for each pupil who takes part: beyond that somebody plays."""


class Round(models.Model):
    """One time that pupils propose and choose, after they read what was heard. Stages go one way.

    `word` stands on a board until `word_until`; `since` is the day of the present stage. `pupils`: how many
    take part, and so how many votes there can be. `told_votes`: how many voted, empty where too few did to
    tell it; `left`: of the budget.
    """

    class Stage(models.TextChoices):
        """Where a round is."""

        IDEAS = "ideas", _("pupils propose")
        SORTING = "sorting", _("ideas are read")
        VOTE = "vote", _("pupils choose")
        ANSWERS = "answers", _("ideas are answered")
        CLOSED = "closed", _("finished")

    class Unit(models.TextChoices):
        """What is divided."""

        EUROS = "euros", _("euros")
        HOURS = "hours", _("hours")

    class Who(models.TextChoices):
        """Who proposes and chooses."""

        COUNCIL = "council", _("the pupil council")
        CLASSES = "classes", _("classes")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey(PupilsPage, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    question = models.CharField(max_length=200)
    until = models.DateField()
    unit = models.CharField(max_length=5, choices=Unit, default=Unit.EUROS)
    budget = models.PositiveIntegerField(default=0)
    who = models.CharField(max_length=7, choices=Who, default=Who.COUNCIL)
    pupils = models.PositiveIntegerField()
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.IDEAS)
    since = models.DateField()
    word = models.CharField(max_length=60, default="", blank=True)
    word_until = models.DateTimeField(null=True)
    told_votes = models.PositiveIntegerField(null=True)
    left = models.PositiveIntegerField(null=True)
    told_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Round"]] = ScopedManager(school="school")

    class Meta:
        """A word stands on one board, and one round at a time follows a page."""

        constraints: ClassVar = (
            models.UniqueConstraint(fields=("word",), condition=~Q(word=""), name="word_of_ideas_once"),
            models.UniqueConstraint(
                fields=("page",), condition=~Q(stage="closed"), name="one_round_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.question

    @property
    def takes(self) -> bool:
        """Whether pupils can hand something in: ideas until their last day, votes until they are counted."""
        is_late = timezone.localdate() > self.until
        return self.stage == self.Stage.VOTE or (self.stage == self.Stage.IDEAS and not is_late)

    @property
    def is_on_board(self) -> bool:
        """Whether its word leads pupils here now."""
        return self.takes and self.word_until is not None and timezone.now() < self.word_until

    @property
    def days(self) -> int:
        """How long the present stage lasts."""
        return (timezone.localdate() - self.since).days

    @property
    def is_told(self) -> bool:
        """Whether pupils can read the answers."""
        return self.told_on is not None

    @property
    def most_ideas(self) -> int:
        """How many ideas fit."""
        return IDEAS_FOR_EACH * self.pupils


class Idea(models.Model):
    """One idea: the words of a pupil until the round ends, and what the school says of it.

    No time, class, session or sequence; a random key, and in SQLite no hidden row number. `text` is erased
    when the round ends, or sooner where somebody called for help.
    """

    class State(models.TextChoices):
        """What a coordinator did with it."""

        NEW = "new", _("not read yet")
        ON = "on", _("let through")
        MERGED = "merged", _("put with another one")
        OFF = "off", _("not shown")
        HELP = "help", _("a call for help")

    class Verdict(models.TextChoices):
        """What the school answers."""

        YES = "yes", _("Yes")
        NO = "no", _("No")
        LATER = "later", _("Later")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_IDEA, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    title = models.CharField(max_length=LONGEST_TITLE, default="", blank=True)
    cost = models.PositiveIntegerField(null=True)
    into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    verdict = models.CharField(max_length=5, choices=Verdict, default="", blank=True)
    why = models.CharField(max_length=LONGEST_WHY, default="", blank=True)
    by = models.DateField(null=True)
    is_bought = models.BooleanField(default=False)
    votes = models.PositiveIntegerField(null=True)

    objects: ClassVar[models.Manager["Idea"]] = ScopedManager(school="round__school")

    def __str__(self) -> str:
        return self.title or "idea"


class Vote(models.Model):
    """The ideas that one pupil chose; only until they are counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    chosen = models.JSONField(default=list)

    objects: ClassVar[models.Manager["Vote"]] = ScopedManager(school="round__school")

    def __str__(self) -> str:
        return "vote"


class Receipt(models.Model):
    """A page that was handed in, by a hash of its random token: a retry is no second idea, or vote.

    It names no idea and no vote, and goes when the stage does.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["Receipt"]] = ScopedManager(school="round__school")

    def __str__(self) -> str:
        return "receipt"


def last_day(today: dt.date) -> dt.date:
    """When proposing usually ends."""
    return today + dt.timedelta(days=14)
