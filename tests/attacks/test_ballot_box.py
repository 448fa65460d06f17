"""Somebody holds the disk of the server, its log and the order in which pupils handed in."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django_scopes import scope
from scipy.stats import spearmanr

from erbij.web import security
from erbij.web.results import services as closers
from erbij.web.schools.models import Grade, School, SchoolClass
from erbij.web.surveys import keys, mixing, sealing, services
from erbij.web.surveys.models import Wave

PUPILS = 200
CHANCE = 4 / np.sqrt(PUPILS - 1)
"""Four standard errors of a rank correlation of nothing: about one false alarm in 16,000."""
CANARY = "canary-7d1f"


@pytest.fixture
def disk(tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[Path]:
    """The folder of a school's database, as it stands on the disk of a server."""
    before, name = connections["default"], connections.settings["default"]["NAME"]
    folder = tmp_path / "disk"
    folder.mkdir()
    # Outside the folder that is stolen.
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    with django_db_blocker.unblock():
        connections.settings["default"]["NAME"] = folder / "erbij.sqlite3"
        connections["default"] = connections.create_connection("default")
        call_command("migrate", verbosity=0)
        yield folder
        connections["default"].close()
    connections.settings["default"]["NAME"], connections["default"] = name, before


@pytest.fixture
def asked(disk: Path) -> Any:
    """200 pupils handed in, one after another; `order` has the ids as they came."""
    school = School.objects.create(name="North", slug="north")
    with scope(school=school):
        grade = Grade.objects.create(school=school, name="5")
        here = SchoolClass.objects.create(school=school, grade=grade, name="5A", size=PUPILS)
        wave = services.create_wave(school=school, title="Autumn", instrument="erbij-pupils-8-9")
        public, private = sealing.new_key_pair()
        wave.wrapped_key = keys.wrap(
            private, server_key=security.kept_key(disk.parent / "wave-key"), wave=wave.code
        )
        wave.public_key, wave.state = public, Wave.State.OPEN
        wave.opens_on = wave.closes_on = dt.date.today()
        wave.save()
        session = services.open_session(wave=wave, school_class=here)
    order, sealed = [], []
    for pupil in range(PUPILS):
        ballot = str(uuid4())
        answers = {"gender": 1 + pupil % 3, "note": f"{CANARY}-{pupil}"}
        plain = {"v": 1, "class": here.code, "language": "nl", "answers": answers}
        text = sealing.seal(plain, public, wave=wave.code, ballot=ballot)
        services.accept_ballot(id=ballot, wave=wave.code, sealed=text, class_code=here.code)
        order.append(ballot)
        sealed.append(text)
    return SimpleNamespace(wave=wave, order=order, sealed=sealed, session=session, private=private)


def linked(found: list[int]) -> float:
    """How well places in some order tell the order of arrival: 0 is not at all, 1 and -1 fully."""
    return abs(float(spearmanr(found, range(PUPILS)).statistic))


def places_on(disk: Path, sealed: list[str]) -> list[int]:
    # Not the beginning: that stands in the tree itself, by id; the rest fills pages as they come.
    raw = (disk / "erbij.sqlite3").read_bytes()
    return [raw.rindex(text[1000:1060].encode()) for text in sealed]


def everything_on(disk: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(disk.rglob("*")) if path.is_file())


def test_ids_and_rows_tell_nothing_of_the_order(asked: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM surveys_ballot")
        stored = [str(row[0]) for row in cursor.fetchall()]
    place = {row: i for i, row in enumerate(stored)}
    assert linked([place[ballot.replace("-", "")] for ballot in asked.order]) < CHANCE


def test_place_on_the_disk_tells_nothing_once_the_class_has_closed(asked: Any, disk: Path) -> None:
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = linked(places_on(disk, asked.sealed))
    with scope(school=asked.wave.school):
        services.close_session(session=asked.session)
    after = linked(places_on(disk, asked.sealed))
    # The attack works where nothing is mixed: the test would see it.
    assert before > 0.9
    assert after < CHANCE


def test_log_beside_the_database_is_empty_once_the_class_has_closed(asked: Any, disk: Path) -> None:
    log = disk / "erbij.sqlite3-wal"
    assert log.stat().st_size > 0
    with scope(school=asked.wave.school):
        services.close_session(session=asked.session)
    assert log.stat().st_size == 0


def test_ballots_of_equal_length_tell_nothing_of_the_answers(asked: Any) -> None:
    assert len({len(text) for text in asked.sealed}) == 1


def test_disk_without_the_key_file_opens_nothing(asked: Any, disk: Path) -> None:
    raw = everything_on(disk)
    assert CANARY.encode() not in raw
    assert asked.private not in raw
    assert keys._text(asked.private).encode() not in raw
    with pytest.raises(keys.LockedError):
        keys.unwrap(asked.wave.wrapped_key, server_key=b"\0" * 32, wave=asked.wave.code)


def test_after_closing_no_ballot_and_no_key_is_left_anywhere(asked: Any, disk: Path) -> None:
    wrapped = asked.wave.wrapped_key
    assert all(text[:60].encode() in everything_on(disk) for text in asked.sealed[:3])
    closers.close_wave(wave=asked.wave)
    raw = everything_on(disk)
    pieces = [text[at : at + 60] for text in (*asked.sealed, wrapped) for at in (0, 120, 1000, 4500)]
    left = [piece for piece in (*asked.order, *pieces) if piece and piece.encode() in raw]
    assert left == []
    assert not any(ballot.replace("-", "").encode() in raw for ballot in asked.order)
    assert CANARY.encode() not in raw


def test_mixing_needs_no_transaction_around_it(disk: Path) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside a transaction"):
        mixing.mix()
