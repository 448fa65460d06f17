"""The one write of the mapping app: a report is made of a file, and by what it is known again is kept."""

import hashlib
import io
import zipfile
from dataclasses import dataclass, replace

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from erbij.privacy import gate, likeness
from erbij.privacy import release as releases
from erbij.privacy.release import Release
from erbij.reports import html, pdf
from erbij.reports.report import describe
from erbij.studies import safe_csv
from erbij.studies.answer_file import InMemory
from erbij.studies.mapping import door, writing
from erbij.studies.mapping import guess as guesses
from erbij.studies.mapping.export import Export
from erbij.studies.mapping.guess import Guess
from erbij.studies.study import Study
from erbij.web.mapping import queries
from erbij.web.mapping.models import ToldFile
from erbij.web.mapping.refusals import ToldOtherwise
from erbij.web.records.services import Kind, note
from erbij.web.schools.models import School


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made: a report of `found` in `file`, called `title`; `asked` of whom, 0 where nobody knows."""

    file: InMemory
    given: Export
    found: Guess
    title: str
    asked: int
    language: str


def tell(*, school: School, wanted: Wanted) -> bytes:
    """Make a protected report of a file, once: of the same answers only the same is told again.

    Returns
    -------
    bytes
        A .zip with `report.html`, `report.pdf`, `release.json`, `cells.csv` and `STUDY.toml`.

    Raises
    ------
    ToldOtherwise
        Something else was told of these answers, or of nearly the same ones.
    ExportError, ErbijError
        The answers make no study, or can't be told.
    """
    toml = writing.to_toml(
        wanted.found, title=wanted.title, asked=wanted.asked or None, others_are_missing=True
    )
    release = gate.release(_study(school, wanted, toml))
    _remember(school, wanted, release)
    return _zipped(release, toml, wanted.language)


def _study(school: School, wanted: Wanted, toml: str) -> Study:
    study = door.study(wanted.file, toml)
    # Keyed: by a plain hash of the file, who reads the release and knows all rows but one could try that one.
    return replace(study, source=replace(study.source, sha256=_file_hash(school, wanted.file)))


@transaction.atomic
def _remember(school: School, wanted: Wanted, release: Release) -> None:
    # One after the other: two that are told at the same time must see each other.
    School.objects.select_for_update().get(pk=school.pk)
    file_hash, rows, key = _file_hash(school, wanted.file), _rows(wanted), _key(school)
    told_hash = hash_of(release)
    before = queries.told_before(school.pk, file_hash=file_hash, rows=rows, key=key)
    if other := next((kept for kept in before if kept.told_hash != told_hash), None):
        raise ToldOtherwise(other.on)
    instrument = wanted.found.instrument.id
    if not before:
        ToldFile.objects.create(
            school=school,
            on=timezone.localdate(),
            instrument_id=instrument,
            file_hash=file_hash,
            likeness=likeness.of(rows, key),
            told_hash=told_hash,
        )
    note(Kind.FILE_TOLD, school=school, thing=f"questionnaire:{instrument}"[:60])


def hash_of(release: Release) -> str:
    """Hash what a release tells: not its title, nor from which file and by which version it was made."""
    card = {**msgspec.to_builtins(release.card), "title": None, "source": None, "software": None}
    text = msgspec.json.encode(card, order="deterministic") + safe_csv.to_csv(release.cells)
    return hashlib.sha256(text).hexdigest()


def _file_hash(school: School, file: InMemory) -> str:
    digest = hashlib.sha256(file.content).hexdigest()
    return salted_hmac("erbij.web.mapping/file", f"{school.pk} {digest}", algorithm="sha256").hexdigest()


def _key(school: School) -> bytes:
    return salted_hmac("erbij.web.mapping/likeness", str(school.pk), algorithm="sha256").digest()


def _rows(wanted: Wanted) -> list[str]:
    """Of the questions that are guessed, not of those chosen: another choice makes no other answers."""
    first = guesses.of(wanted.given, instrument=wanted.found.instrument.id)
    columns = [column.name for column in first.columns if column.role == "item"]
    return wanted.given.rows_that_differ(columns)


def _zipped(release: Release, toml: str, language: str) -> bytes:
    told = describe(release, language)
    files: dict[str, bytes] = {
        "report.html": html.render(told).encode(),
        "report.pdf": pdf.render(told),
        "STUDY.toml": toml.encode(),
        **{name: b"".join(pieces) for name, pieces in releases.files(release).items()},
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()
