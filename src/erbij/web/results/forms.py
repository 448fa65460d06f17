"""Forms of the results app."""

from django import forms
from django.utils.translation import gettext_lazy as _

from erbij.web.accounts.names import NameField
from erbij.web.results.models import Note


class NoteForm(forms.Form):
    """What the team notes at a page, and the version that was on the screen."""

    text = forms.CharField(
        label=_("Notes of the team"),
        help_text=_("About school, never about one child: no names of pupils, and none of colleagues."),
        required=False,
        max_length=Note.MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def of_note(note: Note | None, *, text: str | None = None) -> NoteForm:
    """The form that builds on a note; with another text where somebody else wrote meanwhile."""
    kept = note.text if note else ""
    return NoteForm(initial={"text": kept if text is None else text, "seen": note.version if note else 0})


class TokenForm(forms.Form):
    """A key for a program."""

    name = NameField(label=_("Which program is it for?"), max_length=60)
    expires = forms.DateField(
        label=_("Valid until"),
        help_text=_("At most a year from now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
