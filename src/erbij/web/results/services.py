"""Writes of the results app: keeping a release."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from erbij.privacy import ledger
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import School
from erbij.web.surveys import closing
from erbij.web.surveys.closing import Outcome, Progress, no_progress
from erbij.web.surveys.models import Wave


def close_wave(*, wave: Wave, word: str = "", progress: Progress = no_progress) -> None:
    """Close a wave and keep its release; can be run again after a crash, and never makes two.

    Raises
    ------
    Refusal
        As `surveys.closing.close_wave`.
    """
    closing.close_wave(wave=wave, keep=_keep, word=word, progress=progress)


@transaction.atomic
def share(*, record: ReleaseRecord, is_shared: bool) -> None:
    """Let everyone at the school read a release, or only the team again. It is the same one for all."""
    record.is_shared = is_shared
    record.save(update_fields=["is_shared"])


def tidy_up() -> bool:
    """Try again to remove what the disk still tells of closed waves; whether it is gone."""
    return closing.tidy_up()


def _keep(wave: Wave, outcome: Outcome) -> None:
    # One after the other, so that two waves that close together do not name the same one before them.
    School.objects.select_for_update().get(pk=wave.school_id)
    before = ReleaseRecord.objects.filter(school_id=wave.school_id).order_by("-pk").first()
    previous = before.sha256 if before else ""
    chained = replace(outcome.release, card=replace(outcome.release.card, previous=previous))
    text = files.to_text(chained)
    ReleaseRecord.objects.create(
        school_id=wave.school_id,
        wave=wave,
        closed_on=dt.date.today(),
        text=text,
        sha256=files.hash_of(text),
        per_class=dict(outcome.per_class),
        undecodable=outcome.undecodable,
        previous=previous,
        system=ledger.told(chained),
    )
