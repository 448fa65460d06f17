"""Operators who are let in for a time: to the set-up of a school, never to what anybody answered.

Each write is one transaction, inside the scope of the school. docs/decisions/0030-ways-in.md says why so.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from erbij.web.accounts.models import Person
from erbij.web.records.services import Kind, note
from erbij.web.schools import queries
from erbij.web.schools.models import Admission, School

HOURS = (1, 4, 24)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a coordinator lets in, for how long, and why; `reason` is for the school, not for the records."""

    operator: Person
    hours: int
    reason: str


@transaction.atomic
def let_in(*, school: School, wanted: Wanted, now: dt.datetime) -> Admission:
    """Let an operator in, from now on; what was given to her before ends by it.

    Raises
    ------
    ValidationError
        It is nobody who looks after this school or its network, or for another number of hours.
    """
    if wanted.hours not in HOURS or not queries.operators_of(school).filter(pk=wanted.operator.pk).exists():
        raise ValidationError(_("Only somebody who looks after the server, for one of these times."))
    facts = {"reason": wanted.reason.strip(), "ends": now + dt.timedelta(hours=wanted.hours)}
    admission, _made = Admission.objects.update_or_create(
        school=school, person=wanted.operator, defaults=facts
    )
    note(Kind.OPERATOR_LET_IN, school=school, thing=f"operator:{wanted.operator.pk} hours:{wanted.hours}")
    return admission


@transaction.atomic
def shut_out(*, school: School, pk: int) -> None:
    """End it now; one that has ended is fine, and nothing of it stays but what the records tell."""
    found = Admission.objects.filter(pk=pk).first()
    if found is not None:
        found.delete()
        note(Kind.OPERATOR_SHUT_OUT, school=school, thing=f"operator:{found.person_id}")
