"""Networks, schools, grades, classes, memberships and invitations; no pupil has a row anywhere."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from erbij.web import codes
from erbij.web.schools.roles import NETWORK_ROLES, Role

LARGEST_CLASS = 500


class Country(models.TextChoices):
    """Where a school stands; it decides which helplines are shown."""

    BELGIUM = "BE", _("Belgium")
    NETHERLANDS = "NL", _("the Netherlands")
    LUXEMBOURG = "LU", _("Luxembourg")
    FRANCE = "FR", _("France")
    GERMANY = "DE", _("Germany")
    ELSEWHERE = "XX", _("Another country")


class Network(models.Model):
    """Schools that learn together. `code` is for schools: whoever leads one can join with it."""

    name = models.CharField(
        _("Name"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("There is a network of this name.")},
    )
    code = models.CharField(max_length=12, unique=True, default=codes.new_code, editable=False)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One school: the scope of everything else."""

    network = models.ForeignKey(
        Network, on_delete=models.SET_NULL, null=True, blank=True, related_name="schools"
    )
    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    country = models.CharField(_("Country"), max_length=2, choices=Country.choices, default=Country.BELGIUM)
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, default="nl")

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """A grade of a school, in the order in which pupils pass through."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="grades")
    name = models.CharField(_("Name"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Grade"]] = ScopedManager(school="school")

    class Meta:
        """One name once in a school."""

        ordering: ClassVar = ["order", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "name"], name="grade_once")]

    def __str__(self) -> str:
        return self.name


class SchoolClass(models.Model):
    """A class: a name and how many pupils it has."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classes")
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="classes")
    name = models.CharField(_("Name"), max_length=60)
    size = models.PositiveSmallIntegerField(
        _("Number of pupils"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_CLASS)]
    )
    code = models.CharField(max_length=12, unique=True, default=codes.class_code, editable=False)

    objects: ClassVar[models.Manager["SchoolClass"]] = ScopedManager(school="school")

    class Meta:
        """One name once in a school, and at least one pupil."""

        ordering: ClassVar = ["grade__order", "grade__name", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "name"], name="class_once"),
            models.CheckConstraint(condition=Q(size__gte=1), name="class_has_pupils"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody's role at a school, in a class of it, or in a whole network."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )

    objects: ClassVar[models.Manager["Membership"]] = ScopedManager(school="school")

    class Meta:
        """A network for its leads, a school for everyone else; a class only for teachers; each role once.

        An operator has one or the other: who made a network looks after it.
        """

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=NETWORK_ROLES, network__isnull=False, school__isnull=True)
                | (~Q(role=Role.NETWORK_LEAD) & Q(network__isnull=True, school__isnull=False)),
                name="membership_place_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(school_class__isnull=True) | Q(role=Role.TEACHER),
                name="membership_class_only_for_teachers",
            ),
            # Two, because an empty class or network never equals another one in a unique index.
            models.UniqueConstraint(
                fields=["person", "school", "role"],
                condition=Q(school_class__isnull=True, school__isnull=False),
                name="membership_once",
            ),
            models.UniqueConstraint(
                fields=["person", "school", "role", "school_class"],
                condition=Q(school_class__isnull=False),
                name="membership_once_in_class",
            ),
            models.UniqueConstraint(
                fields=["person", "network", "role"],
                condition=Q(network__isnull=False),
                name="membership_once_in_network",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Admission(models.Model):
    """An operator who may see and change the set-up of a school for some hours. It goes when it has ended."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="admissions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="admissions")
    reason = models.CharField(_("Why"), max_length=200)
    ends = models.DateTimeField()

    objects: ClassVar[models.Manager["Admission"]] = ScopedManager(school="school")

    class Meta:
        """One for each operator, the first to end first."""

        ordering: ClassVar = ["ends", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "person"], name="admission_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Invitation(models.Model):
    """An invitation for one role; only a keyed hash of its code is kept, and it works once.

    Without a school it is for a lead of a network.
    """

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("E-mail address"), blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateField(_("Valid until"))
    is_used = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Invitation"]] = ScopedManager(school="school")

    class Meta:
        """A network for its leads, a school for everyone else."""

        ordering: ClassVar = ["expires", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role=Role.NETWORK_LEAD, network__isnull=False, school__isnull=True)
                | (~Q(role=Role.NETWORK_LEAD) & Q(network__isnull=True, school__isnull=False)),
                name="invitation_place_fits_role",
            )
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def place(self) -> School | Network | None:
        """The school or the network it is for."""
        return self.school or self.network

    def is_open(self, today: dt.date) -> bool:
        """Whether it can still be used; the last day counts."""
        return not self.is_used and today <= self.expires
