"""What an address names, for whom it may be: the plan, a decision in it, an action."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from erbij.actions.decisions import Decision
from erbij.actions.words import Words
from erbij.web.plans import queries, telling
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.queries import Plan
from erbij.web.plans.telling import ActionTold
from erbij.web.results.telling import language_of_reader
from erbij.web.results.views.found import is_reader
from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.roles import MANAGERS


def today() -> dt.date:
    """The day at school."""
    return timezone.localdate()


def words() -> Words:
    """The words of the reader's language."""
    return Words(language_of_reader())


def plan_for(request: SchoolRequest) -> Plan:
    """The plan as somebody may see it: who is not in the team knows shared releases only."""
    return queries.plan_of(request.school.pk, only_shared=not is_reader(request))


def decision_or_404(plan: Plan, signal: str) -> Decision:
    """A decision that stands in the plan."""
    found = plan.decision(signal)
    if found is None:
        raise Http404
    return found


def may_manage(request: SchoolRequest) -> bool:
    """Whether somebody chooses and plans."""
    return bool(request.roles & set(MANAGERS))


def actions_for(request: SchoolRequest, plan: Plan) -> tuple[ActionTold, ...]:
    """The actions somebody sees: the team all, others their own and those of findings they may read."""
    rows = [one for one in queries.actions_of(request.school.pk) if _may_see(request, plan, one)]
    return tuple(telling.action_of(one, plan, words(), today=today()) for one in rows)


def action_or_404(request: SchoolRequest, plan: Plan, pk: int) -> ActionTold:
    """One action that somebody sees."""
    row = queries.action(request.school.pk, pk)
    if row is None or not _may_see(request, plan, row):
        raise Http404
    return telling.action_of(row, plan, words(), today=today())


def _may_see(request: SchoolRequest, plan: Plan, row: PlannedAction) -> bool:
    return is_reader(request) or _owns(request, row) or plan.record_with(row.signal) is not None


def _owns(request: SchoolRequest, row: PlannedAction) -> bool:
    return bool(row.owner_id == request.user.pk)


def may_follow(request: SchoolRequest, row: PlannedAction) -> bool:
    """Whether somebody notes steps and says how far it is: who plans, and who sees to it."""
    return may_manage(request) or _owns(request, row)


def check_may_follow(request: SchoolRequest, row: PlannedAction) -> None:
    """Refuse who only reads."""
    if not may_follow(request, row):
        raise PermissionDenied
