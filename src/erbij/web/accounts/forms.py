"""Forms about people."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from erbij.web.accounts import queries
from erbij.web.accounts.models import Person
from erbij.web.accounts.names import NameField
from erbij.web.accounts.services import Account


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What somebody may change about themselves."""

    name = NameField(label=_("Name"), max_length=100)

    class Meta:
        """Name and language; the address is the name to sign in with."""

        model = Person
        fields: ClassVar = ["name", "language"]


class NewPersonForm(forms.Form):
    """Name, address and password of a new account."""

    name = NameField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters. Three or four words that do not belong together are fine."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        """Refuse an address that has an account."""
        email = str(self.cleaned_data["email"]).lower()
        if queries.person_with(email):
            raise ValidationError(_("This address has an account already. Sign in first."))
        return email

    def clean(self) -> dict[str, Any]:
        """Check the password's strength against the name and the address too."""
        cleaned = super().clean() or {}
        person = Person(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
        if password := cleaned.get("password"):
            try:
                password_validation.validate_password(password, person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned

    def account(self, language: str) -> Account:
        """Give what was filled in as a new account."""
        facts = self.cleaned_data
        return Account(facts["email"], facts["name"], language, facts["password"])


class LanguageForm(forms.Form):
    """The language switch."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
