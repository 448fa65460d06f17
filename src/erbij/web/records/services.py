"""Writing an act, and what was erased: in the transaction of what is done, or not at all."""

import datetime as dt
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from erbij.web.records import acting
from erbij.web.records.acting import Somebody
from erbij.web.records.models import Act, Erasure

Kind = Act.Kind


class Place(Protocol):
    """A school: this room knows its number only."""

    pk: int


@transaction.atomic
def note(kind: Act.Kind, *, school: Place | int, thing: str = "", who: Somebody | None = None) -> None:
    """Write that somebody did something, to the minute.

    Parameters
    ----------
    kind
        What was done.
    school
        Where, or its number.
    thing
        Which object: a kind and a code, `wave:k3j5m7pq2r`. Never a word that somebody wrote.
    who
        Else the person who acts (`acting`); on the command line nobody.
    """
    person = who or acting.now()
    Act.objects.create(
        school_id=school if isinstance(school, int) else school.pk,
        at=timezone.now().replace(second=0, microsecond=0),
        person=person.pk if person else None,
        who=person.name[:100] if person else "",
        kind=kind,
        thing=thing,
    )


@transaction.atomic
def certify(*, what: str, count: int, rule: str, on: dt.date) -> None:
    """Write that things were let go; of none nothing is written."""
    if count:
        Erasure.objects.create(on=on, what=what, count=count, rule=rule)
