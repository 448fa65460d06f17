"""Writes of the results app: keeping a release, and what the team notes at its pages."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django_scopes import scopes_disabled

from erbij.privacy import ledger
from erbij.web.accounts.models import Person
from erbij.web.records.services import Kind, note
from erbij.web.results import files
from erbij.web.results.models import Note, PupilsPage, ReleaseRecord, new_address
from erbij.web.results.networks import Sending
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
    kind = Kind.RELEASE_SHARED if is_shared else Kind.RELEASE_KEPT
    note(kind, school=record.school_id, thing=f"wave:{record.wave.code}")


@transaction.atomic
def send_to_schools(*, sending: Sending, today: dt.date) -> bool:
    """Let what the schools of a network say together stand beside the results of each of them.

    Returns
    -------
    bool
        False where too few schools have results, or too few new ones since the last time: nothing was sent.
    """
    if not sending.is_open:
        return False
    with scopes_disabled():
        records = ReleaseRecord.objects.select_for_update().filter(pk__in=sending.keys)
        for record in records.select_related("wave"):
            record.network_text, record.network_sent_on = sending.text, today
            record.save(update_fields=["network_text", "network_sent_on"])
            note(Kind.BENCHMARK_SENT, school=record.school_id, thing=f"wave:{record.wave.code}")
    return True


@transaction.atomic
def write_note(*, record: ReleaseRecord, page: str, text: str, seen: int, person: Person) -> bool:
    """Keep what the team noted at a page, unless somebody wrote since.

    Parameters
    ----------
    seen
        The version on which this text builds; 0 where there was none.

    Returns
    -------
    bool
        False where the note is another version by now: nothing was changed.
    """
    ReleaseRecord.objects.select_for_update().get(pk=record.pk)
    note = Note.objects.filter(record=record, page=page).first()
    if note is None:
        note = Note(school_id=record.school_id, record=record, page=page, version=0)
    if note.version != seen:
        return False
    note.text, note.version, note.written_by = text, seen + 1, person
    note.save()
    return True


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
    note(Kind.WAVE_CLOSED, school=wave.school_id, thing=f"wave:{wave.code}")


@transaction.atomic
def write_pupils_page(*, record: ReleaseRecord, lines: dict[str, list[str]], is_approved: bool) -> None:
    """Keep what pupils are told will happen, and make the page public or keep it a draft.

    A public page that is kept as a draft is withdrawn: nobody reads what nobody approved.
    """
    page, _is_new = PupilsPage.objects.get_or_create(record=record, school_id=record.school_id)
    page.lines = lines
    page.approved_on = dt.date.today() if is_approved else None
    page.save(update_fields=["lines", "approved_on"])
    kind = Kind.PUPILS_TOLD if is_approved else Kind.PUPILS_DRAFT
    note(kind, school=record.school_id, thing=f"wave:{record.wave.code}")


@transaction.atomic
def withdraw_pupils_page(*, record: ReleaseRecord) -> None:
    """Take the page away from pupils; what was written stays. The address is another one from now on."""
    PupilsPage.objects.filter(record=record).update(approved_on=None, code=new_address())
    note(Kind.PUPILS_DRAFT, school=record.school_id, thing=f"wave:{record.wave.code}")
