"""Forms about schools: they validate, they never write."""

import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from erbij.web import codes
from erbij.web.accounts import start_code
from erbij.web.accounts.forms import NewPersonForm
from erbij.web.schools import queries
from erbij.web.schools.models import LARGEST_CLASS, Country, Grade, SchoolClass
from erbij.web.schools.roles import SCHOOL_ROLES, Role

# "3A 22", "3A;22", "3A<tab>22", "3A, 22": a name, then the number of pupils at the end of the line.
PASTED_LINE = re.compile(r"^\s*(?P<name>.*?\S)\s*[\s,;:]\s*(?P<size>\d{1,4})\s*$")


class FirstForm(NewPersonForm):
    """The first coordinator and the first school."""

    code = forms.CharField(
        label=_("Start code"),
        max_length=40,
        help_text=_("It stands in the terminal in which Erbij was started."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    school = forms.CharField(label=_("Name of the school"), max_length=120)
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices)
    language = forms.ChoiceField(label=_("Language of the school"), choices=settings.LANGUAGES)
    field_order = [  # noqa: RUF012
        "code",
        "school",
        "country",
        "language",
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


class GradeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A grade."""

    class Meta:
        """Only a name: the order is that of adding."""

        model = Grade
        fields: ClassVar = ["name"]


class ClassForm(forms.Form):
    """A class."""

    grade: "forms.ModelChoiceField[Grade]" = forms.ModelChoiceField(
        label=_("Grade"), queryset=None, empty_label=None
    )
    name = forms.CharField(label=_("Name of the class"), max_length=60)
    size = forms.IntegerField(label=_("Number of pupils"), min_value=1, max_value=LARGEST_CLASS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = queries.grades()  # type: ignore[attr-defined]


class ClassChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A class that exists."""

    class Meta:
        """Name and size; grade and code stay."""

        model = SchoolClass
        fields: ClassVar = ["name", "size"]


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
        """Read the lines; every line that can't be read is named with its number."""
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
    for number, line in enumerate(text.splitlines(), start=1):
        found = PASTED_LINE.match(line)
        if found and 1 <= int(found["size"]) <= LARGEST_CLASS and len(found["name"]) <= 60:
            rows.append((found["name"], int(found["size"])))
        elif line.strip():
            wrong.append((number, line.strip()))
    return rows, wrong


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
        """A class goes with a teacher only."""
        cleaned = super().clean() or {}
        if cleaned.get("role") != Role.TEACHER:
            cleaned["school_class"] = None
        return cleaned
