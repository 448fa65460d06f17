"""What the page for pupils could say: the actions of the plan, and from when."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erbij.actions.words import Words
from erbij.web.plans import queries, telling
from erbij.web.plans.models import PlannedAction
from erbij.web.results.models import ReleaseRecord
from erbij.words import LANGUAGES


def lines(record: ReleaseRecord, language: str) -> Iterator[str]:
    """A line for each action that is planned or runs, those that start first on top.

    A title of the school's own stands in its own language only; the catalogue speaks three. No place: in a
    small school a class and a finding together could point at somebody.
    """
    if language not in LANGUAGES:
        return
    rows = [row for row in queries.actions_of(record.school_id) if row.is_active]
    with translation.override(language):
        for row in sorted(rows, key=lambda row: (row.starts_on, row.pk)):
            if row.action or language == record.school.language:
                yield _line(row, language)


def _line(row: PlannedAction, language: str) -> str:
    day = date_format(row.starts_on, "MONTH_DAY_FORMAT")
    told = {"title": telling.title_of(row, Words(language)), "day": day}
    return _("From %(day)s: %(title)s.") % told
