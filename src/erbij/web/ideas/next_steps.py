"""What waits about ideas, at the home of a school."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erbij.web.ideas import queries
from erbij.web.ideas.models import Round
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import MANAGERS

SORTED = (Round.Stage.SORTING, Round.Stage.VOTE, Round.Stage.ANSWERS)


def of(request: SchoolRequest) -> Iterator[NextStep]:
    """Ideas that wait to be read or answered, and a page that pupils read and were asked nothing about."""
    if not request.roles & set(MANAGERS):
        return
    slug, rounds = request.school.slug, queries.rounds_of(request.school.pk)
    for asked in rounds:
        url = reverse("idea-round", args=[slug, asked.code])
        if asked.stage == Round.Stage.IDEAS and timezone.localdate() > asked.until:
            yield NextStep(_("Pupils proposed ideas. Nobody has read them yet."), _("Read them"), url)
        elif asked.stage in SORTED and (waiting := queries.unanswered(asked)):
            yield NextStep(_waiting(waiting, asked.days), _("Answer them"), url)
    if not rounds and queries.pages_for_a_round(request.school.pk):
        why = _("Pupils can read what was heard. Ask them what would help.")
        yield NextStep(why, _("Ask for ideas"), reverse("ideas", args=[slug]))


def _waiting(count: int, days: int) -> str:
    ideas = ngettext("%(n)s idea waits for an answer", "%(n)s ideas wait for an answer", count) % {"n": count}
    since = ngettext("since %(n)s day", "since %(n)s days", days) % {"n": days}
    return f"{ideas}, {since}."
