"""Why a file is not taken or not told, in words; never what stood in it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from erbij.studies.mapping.correcting import Reason as Wrong
from erbij.studies.mapping.door import ExportError, Reason

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REASONS: "dict[Reason, StrOrPromise]" = {
    "empty": _("This file is empty. Export it again."),
    "too-large": _("This file is too large: 8 MB at most. Leave out columns that are no answers."),
    "unpacks-to-too-much": _("This file unpacks to far too much. Export it again, or save it as .csv."),
    "damaged": _("This file can't be read: damaged, or locked with a password. Export it again."),
    "unknown-kind": _("This kind of file is not known. Export the answers as .xlsx or .csv."),
    "encoding": _("The letters of this file can't be read. Save it as “CSV UTF-8”, or as .xlsx."),
    "header": _("The first row has to name every column, each with a name of its own."),
    "no-rows": _("This file has names of columns and no answers below them."),
    "row": _("The columns of the file can't be told apart. Save it as .xlsx, and choose that."),
    "too-many": _("This file is larger than a school: 5,000 pupils and 300 columns at most."),
    "no-questions": _("No question of this questionnaire is in the file. Is it another questionnaire?"),
    "too-few-questions": _("The file holds too few questions about belonging of this questionnaire."),
    "asked": _("Fewer pupils were asked than answers are in the file. Look at that number."),
}
WRONG: "dict[Wrong, StrOrPromise]" = {
    "shut": _("This column stays shut."),
    "twice": _("Another column is the same. Keep one of them."),
    "no-units": _("This is no column of classes: it has too many different values."),
    "small-units": _("A class in this column has fewer than three pupils. Mend the file, or leave it out."),
    "no-such": _("This can't be chosen."),
}


class ToldOtherwise(Exception):  # noqa: N818 - it is no error: it keeps pupils safe
    """These answers, or nearly the same ones, were told otherwise; `on` a day."""

    def __init__(self, on: dt.date) -> None:
        super().__init__(on)
        self.on = on

    @property
    def words(self) -> str:
        """What stands on the page."""
        day = date_format(self.on, "DATE_FORMAT")
        return gettext(
            "A report of these answers, or of nearly the same ones, was made on %(day)s. Another one beside "
            "it would let single pupils be found by comparing the two. With the same choices as then you "
            "get the same report again."
        ) % {"day": day}


def words_of(refused: ExportError) -> str:
    """The reason in words, with the row where there is one."""
    words = str(REASONS[refused.reason])
    if not refused.row:
        return words
    return gettext("Row %(row)s: %(words)s") % {"row": refused.row, "words": words}
