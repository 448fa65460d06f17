"""What waiting does: a request that nobody opens goes to more people. One tick is one school hour.

A request does not know when it came. It counts ticks, and as between two ticks at least one school hour
passes, at the second tick nobody has looked for at least that long.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from erbij.web.help import boxes, erasing, letters, queries
from erbij.web.help.models import HelpBox, HelpRequest, Tick
from erbij.web.help.router import STORE
from erbij.web.schools.models import School
from erbij.web.surveys import keys
from erbij.web.surveys.models import Wave

FOR_ALL, FOR_COORDINATOR = 2, queries.SEEN_BY_COORDINATOR
LONGEST_UNOPENED = 365
"""Days. What nobody ever opened is not thrown away as soon as what was read."""

FRIDAY = 5
"""Of the ISO week: pupils and adults are at school up to this day."""

log = logging.getLogger(__name__)


def tick(now: dt.datetime) -> bool:
    """Count a school hour for everyone who waits; of many processes that try, one does.

    Parameters
    ----------
    now
        With its time zone. Less than a school hour after the last tick nothing happens.

    Returns
    -------
    bool
        Whether it was this call that counted.
    """
    with scopes_disabled():
        with transaction.atomic(using=STORE):
            if not _is_ours(int(now.timestamp() // 60)):
                return False
            _give_back()
            late = _counted()
            _erase_old(now.date())
        for slug in sorted({one.school for one in late}):
            _tell(slug, [one for one in late if one.school == slug])
        _drop_boxes()
    erasing.wipe()
    return True


def is_school_time(now: dt.datetime) -> bool:
    """Whether adults may be at school: Monday to Friday, between the hours of the setting."""
    here = timezone.localtime(now)
    first, last = settings.SCHOOL_DAY
    return here.isoweekday() <= FRIDAY and first <= here.hour < last


def _is_ours(minute: int) -> bool:
    hour = settings.HELP_HOUR
    # A clock that was set back would else stop every tick until it has caught up.
    Tick.objects.filter(pk=1, minute__gt=minute + hour).update(minute=minute)
    # Less and not equal: whole minutes 50 apart can be a moment short of it.
    if Tick.objects.filter(pk=1, minute__lt=minute - hour).update(minute=minute):
        return True
    Tick.objects.bulk_create([Tick(pk=1, minute=minute)], ignore_conflicts=True)
    return False


def _give_back() -> None:
    """A request whose reader has left the school's adults waits again."""
    seen = HelpRequest.objects.filter(state=HelpRequest.State.SEEN)
    gone = set(seen.values_list("opened_by", flat=True)) - queries.memberships_there()
    seen.filter(opened_by__in=gone).update(state=HelpRequest.State.NEW, opened_by=None)


def _counted() -> list[HelpRequest]:
    """Count, and give those that go to more people by it."""
    waiting = HelpRequest.objects.filter(state=HelpRequest.State.NEW)
    waiting.filter(waited__lte=FOR_COORDINATOR).update(waited=F("waited") + 1)
    waiting.filter(waited__gte=FOR_ALL).update(is_for_all=True)
    return list(waiting.filter(waited__in=(FOR_ALL, FOR_COORDINATOR)))


def _erase_old(today: dt.date) -> None:
    read, unread = today - dt.timedelta(settings.HELP_DAYS), today - dt.timedelta(LONGEST_UNOPENED)
    HelpRequest.objects.filter(state=HelpRequest.State.SEEN, day__lt=read).delete()
    HelpRequest.objects.filter(day__lt=min(read, unread)).delete()


def _tell(slug: str, late: Iterable[HelpRequest]) -> None:
    school = School.objects.filter(slug=slug).first()
    if school is None:
        return
    try:
        key = boxes.server_key()
    except keys.KeyFileError as problem:
        log.error("the help channel is shut: %s", problem)
        return
    with scope(school=school):
        waves = queries.waves_by_box(key)
        for box, waited in sorted({(one.box, one.waited) for one in late}):
            _tell_of(school, waves.get(box), waited)


def _tell_of(school: School, wave: Wave | None, waited: int) -> None:
    adults = queries.adults_of(wave) if wave else []
    if waited == FOR_ALL:
        letters.to_adults(school, adults)
    else:
        names = [str(each.membership.person) for each in adults]
        letters.to_coordinators(school, queries.coordinators(), names=names)


def _drop_boxes() -> None:
    """A box without requests goes, with its key, once its wave has closed."""
    empty = HelpBox.objects.exclude(pk__in=HelpRequest.objects.values("box"))
    for slug in set(empty.values_list("school", flat=True)):
        _drop_boxes_of(slug, empty)


def _drop_boxes_of(slug: str, empty: QuerySet[HelpBox]) -> None:
    try:
        key = boxes.server_key()
    except keys.KeyFileError:
        return
    school = School.objects.filter(slug=slug).first()
    waves = Wave.objects.filter(school=school).exclude(state=Wave.State.CLOSED)
    still = [boxes.code_of(code, key) for code in waves.values_list("code", flat=True)]
    empty.filter(school=slug).exclude(pk__in=still).delete()
