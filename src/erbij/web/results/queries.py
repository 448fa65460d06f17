"""Reads of the results app."""

import datetime as dt
from typing import get_args

from django_scopes import scopes_disabled

from erbij.instruments import registry
from erbij.instruments.schema import Audience
from erbij.privacy.release import Release
from erbij.web.results import files
from erbij.web.results.models import Note, PupilsPage, ReleaseRecord


def releases_of(school_id: int, *, only_shared: bool = False) -> list[ReleaseRecord]:
    """The releases of a school, newest first, or those that were shared; needs its scope."""
    found = ReleaseRecord.objects.filter(school_id=school_id, **_shared(only_shared))
    return list(found.select_related("wave").order_by("-pk"))


def record(school_id: int, code: str, *, only_shared: bool = False) -> ReleaseRecord | None:
    """The release of a wave, None also where it is not shared and has to be; needs the school's scope."""
    found = ReleaseRecord.objects.filter(school_id=school_id, wave__code=code, **_shared(only_shared))
    first: ReleaseRecord | None = found.select_related("wave", "school").first()
    return first


def _shared(only: bool) -> dict[str, bool]:
    return {"is_shared": True} if only else {}


def latest(school_id: int) -> dict[Audience, ReleaseRecord]:
    """The newest release of pupils, of parents and of staff, as far as there is one; reads releases.

    A pulse is no other half of what parents and staff were asked.
    """
    found: dict[Audience, ReleaseRecord] = {}
    for kept in (one for one in releases_of(school_id) if not registry.is_pulse(one.wave.instrument_id)):
        audience = release_of(kept).card.instrument.audience
        for known in get_args(Audience):
            if audience == known:
                found.setdefault(known, kept)
        if len(found) == len(get_args(Audience)):
            break
    return found


def release_of(kept: ReleaseRecord) -> Release:
    """The release itself, checked against its hash."""
    return files.from_text(kept.text, sha256=kept.sha256)


def note_at(record: ReleaseRecord, page: str) -> Note | None:
    """What the team noted at a page; needs the school's scope."""
    first: Note | None = Note.objects.filter(record=record, page=page).select_related("written_by").first()
    return first


def pupils_page(kept: ReleaseRecord) -> PupilsPage | None:
    """What pupils are told back of a release, approved or not; needs the school's scope."""
    first: PupilsPage | None = PupilsPage.objects.filter(record=kept).first()
    return first


def public_page(code: str) -> PupilsPage | None:
    """The page at a public address; None also where nobody approved it. Needs no scope."""
    with scopes_disabled():
        found = PupilsPage.objects.filter(code=code, approved_on__isnull=False)
        first: PupilsPage | None = found.select_related("record__wave", "school").first()
        return first


def newest_public_page(school_id: int) -> PupilsPage | None:
    """The last page that pupils of a school may read; needs its scope."""
    found = PupilsPage.objects.filter(school_id=school_id, approved_on__isnull=False)
    first: PupilsPage | None = found.select_related("record__wave").order_by("-record__pk").first()
    return first


def without_public_page(school_id: int, *, closed_before: dt.date) -> list[ReleaseRecord]:
    """What closed before a day and pupils heard nothing back of; needs the school's scope."""
    told = PupilsPage.objects.filter(school_id=school_id, approved_on__isnull=False).values("record")
    found = ReleaseRecord.objects.filter(school_id=school_id, closed_on__lt=closed_before).exclude(
        pk__in=told
    )
    return [kept for kept in found.select_related("wave").order_by("pk") if kept.wave.asks_pupils]


def earlier(kept: ReleaseRecord) -> list[ReleaseRecord]:
    """The earlier releases of the same people at the school, oldest first; needs its scope.

    Beside one that was shared stand only those that were: its report says the same to all who may read it.
    """
    audience = release_of(kept).card.instrument.audience
    found = ReleaseRecord.objects.filter(
        school_id=kept.school_id, pk__lt=kept.pk, **_shared(kept.is_shared)
    ).order_by("pk")
    return [one for one in found if release_of(one).card.instrument.audience == audience]
