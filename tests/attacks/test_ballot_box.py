"""Somebody holds the disk of the server, its log and the order in which pupils handed in."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django_scopes import scope, scopes_disabled
from scipy.stats import spearmanr

from bench.databases import is_postgres
from erbij.web import codes as signs
from erbij.web import security
from erbij.web.results import services as closers
from erbij.web.schools.models import Grade, School, SchoolClass
from erbij.web.surveys import cards, keys, mixing, sealing, services
from erbij.web.surveys.models import Card, Wave

pytestmark = pytest.mark.skipif(is_postgres(), reason="about SQLite; test_disk.py asks it of both")

PUPILS = 200
CHANCE = 4 / np.sqrt(PUPILS - 1)
"""Four standard errors of a rank correlation of nothing: about one false alarm in 16,000."""
CANARY = "canary-7d1f"


@contextmanager
def on_file(path: Path, blocker: Any) -> Iterator[None]:
    """Everything asks this database meanwhile."""
    before, name = connections["default"], connections.settings["default"]["NAME"]
    with blocker.unblock():
        connections.settings["default"]["NAME"] = path
        connections["default"] = connections.create_connection("default")
        yield
        connections["default"].close()
    connections.settings["default"]["NAME"], connections["default"] = name, before


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A migrated database, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "erbij.sqlite3"
    with on_file(path, django_db_blocker):
        call_command("migrate", verbosity=0)
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def disk(empty: Path, tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[Path]:
    """The folder of a school's database, as it stands on the disk of a server."""
    folder = tmp_path / "disk"
    folder.mkdir()
    shutil.copy(empty, folder)
    # Outside the folder that is stolen.
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    with on_file(folder / "erbij.sqlite3", django_db_blocker):
        yield folder


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


def test_log_beside_the_database_holds_no_ballot_once_the_class_has_closed(asked: Any, disk: Path) -> None:
    log = disk / "erbij.sqlite3-wal"
    assert asked.sealed[-1][1000:1060].encode() in log.read_bytes()
    with scope(school=asked.wave.school):
        services.close_session(session=asked.session)
    left = log.read_bytes()
    assert not any(text[1000:1060].encode() in left for text in asked.sealed)


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


DREW = 60
"""Pupils with a card."""
HEADER, FRAME = 32, 24
"""Bytes before the log of SQLite and before each page in it."""


@pytest.fixture
def drawn(disk: Path) -> Any:
    """60 pupils with a card each, one after another; `used` has the digests in the order of their use."""
    school = School.objects.create(name="North", slug="north")
    with scope(school=school):
        grade = Grade.objects.create(school=school, name="5")
        here = SchoolClass.objects.create(school=school, grade=grade, name="5A", size=DREW)
        wave = services.create_wave(school=school, title="Autumn", instrument="erbij-pupils-8-9")
        public, private = sealing.new_key_pair()
        wave.wrapped_key = keys.wrap(
            private, server_key=security.kept_key(disk.parent / "wave-key"), wave=wave.code
        )
        wave.public_key, wave.state, wave.with_cards = public, Wave.State.OPEN, True
        wave.opens_on = wave.closes_on = dt.date.today()
        wave.save()
        codes = cards.draw(DREW + 6)
        services.keep_deck(wave=wave, school_class=here, codes=codes)
        session = services.open_session(wave=wave, school_class=here)
    mixing.mix()
    order, used = [], []
    for code in codes[:DREW]:
        ballot, admission = str(uuid4()), cards.admission_of(code)
        text = sealing.seal({"v": 1}, public, wave=wave.code, ballot=ballot)
        services.accept_ballot(id=ballot, wave=wave.code, sealed=text, admission=admission)
        order.append(ballot.replace("-", ""))
        used.append(cards.digest_of(admission))
    return SimpleNamespace(wave=wave, order=order, used=used, codes=codes, session=session)


def commits_in(disk: Path, place: Path) -> Iterator[tuple[set[str], set[str]]]:
    """What a thief of the disk reads after each commit that its log holds: ballots, and cards used."""
    log = (disk / "erbij.sqlite3-wal").read_bytes()
    page = int.from_bytes(log[8:12], "big") if log else 4096
    for end in range(HEADER + FRAME + page, len(log) + 1, FRAME + page):
        header = log[end - FRAME - page : end - page]
        if int.from_bytes(header[4:8], "big") == 0:
            continue  # this page does not end a commit
        (place / "copy").write_bytes((disk / "erbij.sqlite3").read_bytes())
        (place / "copy-wal").write_bytes(log[:end])
        (place / "copy-shm").unlink(missing_ok=True)
        with sqlite3.connect(place / "copy") as stolen:
            ballots = {row[0] for row in stolen.execute("SELECT id FROM surveys_ballot")}
            used = {row[0] for row in stolen.execute("SELECT digest FROM surveys_card WHERE is_used")}
        stolen.close()
        yield ballots, used


def links_of(disk: Path, place: Path) -> dict[str, str]:
    """The card of each ballot, where one commit brought exactly one of both."""
    place.mkdir(exist_ok=True)
    links, before = {}, (set[str](), set[str]())
    for now in commits_in(disk, place):
        ballots, used = now[0] - before[0], now[1] - before[1]
        if len(ballots) == len(used) == 1:
            links[ballots.pop()] = used.pop()
        before = now
    return links


def test_card_and_ballot_part_once_the_class_has_closed(drawn: Any, disk: Path, tmp_path: Path) -> None:
    truth = dict(zip(drawn.order, drawn.used, strict=True))
    # The attack works while the class is busy: the test would see it.
    assert links_of(disk, tmp_path / "thief") == truth
    with scope(school=drawn.wave.school):
        services.close_session(session=drawn.session)
    assert links_of(disk, tmp_path / "thief") == {}


def test_place_of_a_card_tells_nothing_of_its_use(drawn: Any, disk: Path) -> None:
    with scope(school=drawn.wave.school):
        services.close_session(session=drawn.session)
    raw = (disk / "erbij.sqlite3").read_bytes()
    on_disk = [raw.rindex(digest.encode()) for digest in drawn.used]
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM surveys_card")
        rows = [row[0] for row in cursor.fetchall()]
    in_table = [rows.index(digest) for digest in drawn.used]
    ballots = [raw.rindex(ballot.encode()) for ballot in drawn.order]
    for found in (on_disk, in_table):
        for order in (range(DREW), ballots):
            assert abs(float(spearmanr(found, order).statistic)) < 4 / np.sqrt(DREW - 1)


def test_no_code_and_no_admission_is_anywhere_on_the_disk(
    drawn: Any, disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    raw = everything_on(disk) + caplog.text.encode()
    assert all(digest.encode() in raw for digest in drawn.used)
    for code in drawn.codes:
        for secret in (code, code[:-1], signs.shown(code), cards.admission_of(code)):
            assert secret.encode() not in raw


def test_after_closing_no_card_is_left_on_the_disk(drawn: Any, disk: Path) -> None:
    closers.close_wave(wave=drawn.wave)
    raw = everything_on(disk)
    assert [digest for digest in drawn.used if digest.encode() in raw] == []
    with scopes_disabled():
        assert not Card.objects.exists()


def test_mixing_needs_no_transaction_around_it(disk: Path) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside a transaction"):
        mixing.mix()
