"""What waits for a choice, and which actions are to be looked at; the home of a school shows it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erbij.actions.words import Words
from erbij.web.plans import queries, telling
from erbij.web.results.telling import language_of_reader
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import MANAGERS


def of(request: SchoolRequest) -> Iterator[NextStep]:
    """For who chooses, what nobody chose yet; for who sees to an action, that its day has come."""
    is_manager = bool(request.roles & set(MANAGERS))
    if is_manager:
        yield from _undecided(request)
    words, today = Words(language_of_reader()), timezone.localdate()
    for row in queries.actions_of(request.school.pk):
        if row.is_due(today) and (is_manager or row.owner_id == request.user.pk):
            why = _("“%(title)s”: look whether it takes hold.") % {"title": telling.title_of(row, words)}
            url = reverse("action", args=[request.school.slug, row.pk])
            yield NextStep(why, _("Look"), url)


def _undecided(request: SchoolRequest) -> Iterator[NextStep]:
    count = len(queries.plan_of(request.school.pk).open)
    if count:
        why = ngettext(
            "%(count)s finding waits for a choice. Until then it stays as it is.",
            "%(count)s findings wait for a choice. Until then it stays as it is.",
            count,
        )
        url = reverse("choices", args=[request.school.slug])
        yield NextStep(why % {"count": count}, _("Choose"), url)
