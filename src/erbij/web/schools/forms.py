"""Forms about schools: they validate, they never write."""

import re
from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from erbij.web import codes
from erbij.web.accounts import start_code
from erbij.web.accounts.forms import NewPersonForm
from erbij.web.accounts.models import Person
from erbij.web.accounts.names import NameField, is_plain, tidy
from erbij.web.schools import admissions, queries
from erbij.web.schools.models import LARGEST_CLASS, Country, Grade, School, SchoolClass
from erbij.web.schools.roles import SCHOOL_ROLES, Role

# "3A 22", "3A;22", "3A<tab>22", "3A, 22": a name, then the number of pupils. A spreadsheet adds quotes, empty
# cells after it and ",0"; a third column is not ours to guess.
PASTED_LINE = re.compile(
    r"""^[\s"']*(?P<name>[^\t;"]*?[^\s\t;,:"])["']*\s*[\s,;:]\s*["']?(?P<size>\d{1,4})(?:[.,]0+)?["']?[\s;,]*$"""
)
LONGEST_NAME = 60


class FirstForm(NewPersonForm):
    """The first coordinator and the first school."""

    code = forms.CharField(
        label=_("Start code"),
        max_length=40,
        help_text=_("It stands in the terminal in which Erbij was started."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    school = NameField(label=_("Name of the school"), max_length=120)
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices)
    language = forms.ChoiceField(label=_("Language of the school"), choices=settings.LANGUAGES)
    network = NameField(
        label=_("Name of your network (if you have one)"),
        max_length=120,
        required=False,
        help_text=_("Schools that learn together. You can also make one later."),
    )
    field_order = [  # noqa: RUF012
        "code",
        "school",
        "country",
        "language",
        "network",
        "name",
        "email",
        "password",
    ]

    def clean_code(self) -> str:
        """Refuse another code than the one on the terminal."""
        if not start_code.is_right(self.cleaned_data["code"]):
            raise ValidationError(_("This is not the start code. Look in the terminal."))
        return str(self.cleaned_data["code"])


class JoinForm(NewPersonForm):
    """A new account for an invitation; an invitation by e-mail fixes the address."""

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if address:
            self.initial["email"] = address
            self.fields["email"].disabled = True


class CodeForm(forms.Form):
    """The code of a printed invitation."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Eleven letters and digits. Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Say that a code was mistyped before looking for it."""
        code = codes.tidy(self.cleaned_data["code"])
        if not codes.is_whole(code):
            raise ValidationError(_("There is a typing error in this code. Look at each sign again."))
        return code


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a school is called, where it stands, what it speaks."""

    name = NameField(label=_("Name of the school"), max_length=120)

    class Meta:
        """The address stays as it was."""

        model = School
        fields: ClassVar = ["name", "country", "language"]


class NewSchoolForm(SchoolForm):
    """A school of a network, and who will coordinate there."""

    email = forms.EmailField(
        label=_("E-mail address of its coordinator"),
        required=False,
        help_text=_("Leave empty for an invitation on paper."),
    )


class NetworkForm(forms.Form):
    """A network."""

    name = NameField(label=_("Name of the network"), max_length=120)


class LeadForm(forms.Form):
    """Whom to invite as lead of a network."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave empty for an invitation on paper."),
    )


class GradeForm(forms.Form):
    """A grade: only a name, the order is that of adding."""

    name = NameField(label=_("Name"), max_length=60)


class ClassForm(forms.Form):
    """A class."""

    grade: "forms.ModelChoiceField[Grade]" = forms.ModelChoiceField(
        label=_("Grade"), queryset=None, empty_label=None
    )
    name = NameField(label=_("Name of the class"), max_length=60)
    size = forms.IntegerField(label=_("Number of pupils"), min_value=1, max_value=LARGEST_CLASS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = queries.grades()  # type: ignore[attr-defined]


class ClassChangeForm(forms.Form):
    """A class that exists: name and size; grade and code stay."""

    name = NameField(label=_("Name of the class"), max_length=60)
    size = forms.IntegerField(label=_("Number of pupils"), min_value=1, max_value=LARGEST_CLASS)


class PasteForm(forms.Form):
    """A list of classes of one grade, a line each."""

    grade: "forms.ModelChoiceField[Grade]" = forms.ModelChoiceField(
        label=_("Grade"), queryset=None, empty_label=None
    )
    lines = forms.CharField(
        label=_("Classes, one on each line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "3A 22\n3B 24"}),
        help_text=_("The name, then the number of pupils. Never names of pupils."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = queries.grades()  # type: ignore[attr-defined]

    def clean_lines(self) -> list[tuple[str, int]]:
        """Read the lines; every line that can't be read is named, and so is a class that is there twice."""
        rows, wrong = read_lines(self.cleaned_data["lines"])
        if wrong:
            raise ValidationError(
                [
                    ValidationError(
                        _("Line %(number)s: “%(line)s” can't be read. Write a name and a number (1-500)."),
                        params={"number": number, "line": line[:40]},
                    )
                    for number, line in wrong
                ]
            )
        seen = Counter(name.casefold() for name, _size in rows)
        if twice := [name for name, _size in rows if seen[name.casefold()] > 1]:
            raise ValidationError(_("“%(name)s” is in the list twice."), params={"name": twice[0]})
        return rows


def read_lines(text: str) -> tuple[list[tuple[str, int]], list[tuple[int, str]]]:
    r"""Read a pasted list of classes.

    Parameters
    ----------
    text
        One class on a line: a name, then how many pupils; empty lines do not count.

    Returns
    -------
    tuple
        The classes as (name, size), and the lines that can't be read as (number from 1, line).

    Examples
    --------
    >>> read_lines("3A 22\n\n3B;24\n3C")
    ([('3A', 22), ('3B', 24)], [(4, '3C')])
    """
    rows, wrong = [], []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        found = PASTED_LINE.match(line)
        name = tidy(found["name"]) if found else ""
        if (
            found
            and 1 <= int(found["size"]) <= LARGEST_CLASS
            and len(name) <= LONGEST_NAME
            and is_plain(name)
        ):
            rows.append((name, int(found["size"])))
        elif line.strip():
            wrong.append((number, line.strip()))
    return rows, wrong


class AdmissionForm(forms.Form):
    """Which operator is let in, for how long, and why."""

    operator: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("Who"), queryset=None, empty_label=None
    )
    hours = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(hours, ngettext_lazy("%d hour", "%d hours") % hours) for hours in admissions.HOURS],
    )
    reason = NameField(
        label=_("Why"),
        max_length=200,
        help_text=_("Everybody of the team reads it, for as long as it lasts. No names of pupils."),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operator"].queryset = queries.operators_of(school)  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Whom to invite, for which role."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in SCHOOL_ROLES])
    school_class: "forms.ModelChoiceField[SchoolClass]" = forms.ModelChoiceField(
        label=_("Class"),
        queryset=None,
        required=False,
        empty_label=_("(no class)"),
        help_text=_("Only for a teacher of a class."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave empty for an invitation on paper."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].queryset = queries.classes()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A class goes with a teacher only, and a teacher with a class: she sees nothing of the others."""
        cleaned = super().clean() or {}
        if cleaned.get("role") != Role.TEACHER:
            cleaned["school_class"] = None
        elif cleaned.get("school_class") is None and "school_class" not in self.errors:
            self.add_error("school_class", _("A teacher is invited for a class. Which one?"))
        return cleaned
