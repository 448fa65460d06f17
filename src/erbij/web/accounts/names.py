"""Names that people type: of themselves, a school, a class, a survey."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

JOINERS = "\u200c\u200d"
"""Parts of letters in some scripts, and of emoji."""
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")


def tidy(typed: str) -> str:
    r"""Write a name in one way: composed letters, single spaces, none around it.

    >>> tidy("  3A \t  blauw ")
    '3A blauw'
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", typed)).strip()


def is_plain(name: str) -> bool:
    r"""Whether a name holds only what can be seen: no control signs, none that turn the direction of text.

    >>> is_plain("3A 🦊"), is_plain("3A\x07"), is_plain("3A\u202e")
    (True, False, False)
    """
    return all(sign in JOINERS or unicodedata.category(sign) not in INVISIBLE for sign in name)


class NameField(forms.CharField):
    """A name that is shown to others, on pages and on paper."""

    def to_python(self, value: Any) -> str:
        """Tidy first, so that spaces do not count towards the length."""
        return tidy(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Refuse what nobody can see."""
        super().validate(value)
        if not is_plain(str(value)):
            raise ValidationError(_("There are invisible signs in this name. Type it again by hand."))
