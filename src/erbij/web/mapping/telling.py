"""What a guess says, in words for the page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from erbij.studies.mapping.guess import Guess
from erbij.web.surveys.forms import in_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WHY: "dict[str, StrOrPromise]" = {
    "person": _("may tell who somebody is"),
    "time": _("tells when somebody answered"),
    "tool": _("is of the tool itself"),
    "special": _("is a special kind of data (GDPR, article 9)"),
    "small-units": _("has a class with fewer than three pupils"),
    "too-many-units": _("has too many different values to be classes"),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is let go, and why."""

    name: str
    why: "StrOrPromise"


def left_out(found: Guess) -> list[LeftOut]:
    """The columns that are let go, but for those that just ask nothing of the questionnaire."""
    return [LeftOut(column.name, WHY[column.why]) for column in found.columns if column.role == "left-out"]


def missing_questions(found: Guess) -> list[str]:
    """The questions about belonging for which no column was found."""
    main = found.instrument.scales[found.instrument.main_scale].items
    return [in_words(found.instrument.items[item].text) for item in main if item not in found.items]


def recognised(found: Guess) -> list[tuple[str, str]]:
    """Answers in words, and the answer of the questionnaire for which each is taken."""
    rows = []
    for form, codes in found.answers.items():
        answers = found.instrument.formats[form]
        said = {option.code: in_words(option.label) for option in answers.options}
        if answers.type == "several":
            said |= {1: str(_("ticked")), 0: str(_("not ticked"))}
        rows += [(word, said.get(code, str(code))) for word, code in codes.items()]
    return list(dict.fromkeys(rows))
