"""The form of the page for pupils: what will happen and when, in the languages of the wave."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from erbij.web.surveys import pupil_words

MOST_LINES, LONGEST = 6, 160
"""A page for a child of eight holds no more."""


class PupilsPageForm(forms.Form):
    """One field for each language, a line for each thing that happens; that of the school comes first."""

    def __init__(
        self, *args: Any, languages: Sequence[str], lines: Mapping[str, list[str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.languages = tuple(languages)
        for code in languages:
            self.fields[code] = forms.CharField(
                label=pupil_words.words(code)["name"],
                required=False,
                initial="\n".join(lines.get(code, ())),
                widget=forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "auto"}),
            )
        self.fields[languages[0]].help_text = _lazy(
            "One line for each thing, with the day. Such as: from 2 March two buddies stand at the door."
        )

    @property
    def has_more(self) -> bool:
        """Whether there is something to see in another language than the first: words, or what is wrong."""
        others = self.languages[1:]
        return any(self[code].value() or code in self.errors for code in others)

    def clean(self) -> dict[str, Any]:
        """Lines without the empty ones; few, and short."""
        kept: dict[str, Any] = {}
        for code in self.languages:
            lines = [line.strip() for line in self.cleaned_data.get(code, "").splitlines() if line.strip()]
            if len(lines) > MOST_LINES:
                self.add_error(code, _("At most %(most)s lines: pupils stop reading.") % {"most": MOST_LINES})
            if any(len(line) > LONGEST for line in lines):
                self.add_error(code, _("At most %(most)s signs in a line.") % {"most": LONGEST})
            if lines:
                kept[code] = lines
        if "approve" in self.data and self.languages[0] not in kept:
            self.add_error(
                self.languages[0], ValidationError(_("Say what will happen and when before pupils read it."))
            )
        return kept
