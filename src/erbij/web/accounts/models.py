"""A person of a school team, and where else they sign in."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """Make people; the e-mail address is the name to sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person; without a password only a passkey or a reset lets them in."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person for Django's own commands; it opens no school."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find by e-mail address, capitals or not."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: a member of a school team, never a pupil."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=100)
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, default="nl")
    is_active = models.BooleanField(default=True)
    # Django would keep the second of the last sign-in; nobody needs it.
    last_login = None

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """An address counts once, whatever its capitals."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_email_whatever_its_capitals")
        ]

    def __str__(self) -> str:
        return self.name or self.email


class SignInElsewhere(models.Model):
    """Whom another place means: linked once, then known by issuer and subject, never by address."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="elsewhere")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        """A subject is one person, and a person one subject of an issuer."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="elsewhere_subject_is_one_person"),
            models.UniqueConstraint(fields=["person", "issuer"], name="elsewhere_person_is_one_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.issuer}"
