"""Writes of the results app: keeping a release."""

import datetime as dt

from django.db import transaction

from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
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
    text = files.to_text(outcome.release)
    ReleaseRecord.objects.create(
        school_id=wave.school_id,
        wave=wave,
        closed_on=dt.date.today(),
        text=text,
        sha256=files.hash_of(text),
        per_class=dict(outcome.per_class),
        undecodable=outcome.undecodable,
    )
