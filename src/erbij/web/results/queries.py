"""Reads of the results app."""

from typing import get_args

from erbij.instruments.schema import Audience
from erbij.privacy.release import Release
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord


def releases_of(school_id: int) -> list[ReleaseRecord]:
    """The releases of a school, newest first; needs its scope."""
    return list(ReleaseRecord.objects.filter(school_id=school_id).select_related("wave").order_by("-pk"))


def record(school_id: int, code: str) -> ReleaseRecord | None:
    """The release of a wave; needs the scope of the school."""
    found: ReleaseRecord | None = (
        ReleaseRecord.objects.filter(school_id=school_id, wave__code=code).select_related("wave").first()
    )
    return found


def latest(school_id: int) -> dict[Audience, ReleaseRecord]:
    """The newest release of pupils, of parents and of staff, as far as there is one; reads releases."""
    found: dict[Audience, ReleaseRecord] = {}
    for kept in releases_of(school_id):
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
