"""Waves, their class sessions, and counts of ballots. The box itself: box.py."""

import datetime as dt
import secrets
from functools import cache
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from erbij.instruments import registry
from erbij.instruments.schema import Audience, Instrument
from erbij.privacy import policy as policies
from erbij.privacy.policy import Policy
from erbij.web.schools.models import Membership, School, SchoolClass
from erbij.web.surveys.box import Ballot

__all__ = ["Ballot", "Card", "ClassSession", "HelpAdult", "Tally", "Wave", "new_code"]

SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LENGTH = 10


def new_code() -> str:
    """A random name for a URL, about 50 bits."""
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def usual_least() -> int:
    """Fewest answers behind a number, unless a school asks for more."""
    return policies.careful().least


@cache
def catalogue(instrument_id: str) -> Instrument:
    """An instrument of the catalogue; reading its file takes longer than a pupil's whole page."""
    return registry.load(instrument_id)


class Wave(models.Model):
    """One asking in one school. Keys are empty before it opens and after it has closed."""

    class State(models.TextChoices):
        """Where a wave is; `closing` takes no ballots and has not released yet."""

        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSING = "closing", _("closing")
        CLOSED = "closed", _("closed")

    class Consent(models.TextChoices):
        """How parents were asked. The software keeps counts only."""

        INFORMED = "informed", _("parents were informed and could say no")
        ASKED = "asked", _("parents said yes in writing")
        PUPILS = "pupils", _("pupils decide themselves (16 and older)")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    title = models.CharField(max_length=120)
    instrument_id = models.CharField(max_length=64)
    languages = models.JSONField(default=list)
    items_on = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    consent = models.CharField(max_length=8, choices=Consent, default=Consent.INFORMED)
    parents_asked = models.PositiveIntegerField(default=0)
    parents_refused = models.PositiveIntegerField(default=0)
    majority_item = models.CharField(max_length=64, default="parents-born")
    majority_codes = models.JSONField(default=list)
    with_cards = models.BooleanField(default=False)
    least = models.PositiveSmallIntegerField(default=usual_least)
    public_key = models.BinaryField(default=b"")
    wrapped_key = models.TextField(default="")
    step = models.CharField(max_length=12, default="", blank=True)
    step_done = models.PositiveIntegerField(default=0)
    step_total = models.PositiveIntegerField(default=0)
    # How often the box had to be mixed, and how far that was done; both only count up.
    mixing_due = models.PositiveIntegerField(default=0)
    mixing_done = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Wave"]] = ScopedManager(school="school")

    def __str__(self) -> str:
        return self.title

    @property
    def instrument(self) -> Instrument:
        """What is asked."""
        return catalogue(self.instrument_id)

    @property
    def audience(self) -> Audience:
        """Who answers; only pupils have classes, help adults and consent."""
        return self.instrument.audience

    @property
    def asks_pupils(self) -> bool:
        """Whether pupils answer, a class at a time; else parents or staff, through one open link."""
        return self.audience == "pupils"

    @property
    def policy(self) -> Policy:
        """What rules protection here: the usual one, or with more people behind each number."""
        return policies.with_changes(policies.careful(), {"threshold": self.least})

    @property
    def invited(self) -> int:
        """How many parents or colleagues were invited to answer; 0 in a wave of pupils, whose roll counts."""
        return 0 if self.asks_pupils else self.parents_asked

    @property
    def is_draft(self) -> bool:
        """Whether what is asked can still change."""
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken."""
        return self.state == self.State.OPEN

    @property
    def is_untidy(self) -> bool:
        """Whether it is closed, and what the disk still tells has to go."""
        return self.state == self.State.CLOSED and self.mixing_due > self.mixing_done

    @property
    def is_too_early(self) -> bool:
        """Whether its first day still has to come: no class can start."""
        return self.opens_on is not None and dt.date.today() < self.opens_on

    @property
    def is_overdue(self) -> bool:
        """Whether its last day has gone: no class can start; only a person closes it."""
        return self.closes_on is not None and dt.date.today() > self.closes_on


class HelpAdult(models.Model):
    """An adult to whom pupils may turn, and whether she or he said yes to this wave."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    is_confirmed = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["HelpAdult"]] = ScopedManager(school="wave__school")

    class Meta:
        """An adult is asked once."""

        constraints: ClassVar = (
            models.UniqueConstraint(fields=("wave", "membership"), name="help_adult_once"),
        )

    def __str__(self) -> str:
        return str(self.membership)


class ClassSession(models.Model):
    """One class filling in; the word stands on the board while it is open.

    Without a class it is the open link of a wave for parents or staff.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    word = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["ClassSession"]] = ScopedManager(school="wave__school")

    class Meta:
        """A word stands on one board, and a class has one board."""

        constraints: ClassVar = (
            models.UniqueConstraint(fields=("word",), condition=Q(is_open=True), name="open_word_once"),
            models.UniqueConstraint(
                fields=("wave", "school_class"), condition=Q(is_open=True), name="open_class_once"
            ),
            models.UniqueConstraint(
                fields=("wave",), condition=Q(is_open=True, school_class=None), name="open_link_once"
            ),
        )

    def __str__(self) -> str:
        return self.word


class Tally(models.Model):
    """How many ballots of a class arrived; `class_code` is empty where the class is not known."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    # Empty and not NULL: in SQL two NULLs are different, and the constraint would let both in.
    class_code = models.CharField(max_length=16, default="", blank=True)
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Tally"]] = ScopedManager(school="wave__school")

    class Meta:
        """A class is counted in one place."""

        constraints: ClassVar = (models.UniqueConstraint(fields=("wave", "class_code"), name="tally_once"),)

    def __str__(self) -> str:
        return self.class_code


class Card(models.Model):
    """A card drawn by lot: whoever holds it may hand in once. No name, no number, no order.

    `digest` is a hash of the keyed hash of its code: who reads the table can hand in nothing. In SQLite
    without a hidden row number.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    class_code = models.CharField(max_length=16)
    is_used = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Card"]] = ScopedManager(school="wave__school")

    def __str__(self) -> str:
        return "card"
