"""Somebody holds the disk of the server, floods it, or runs its clock twice."""

import datetime as dt
import logging
import multiprocessing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django_scopes import scope

from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.help import boxes, services, ticks
from erbij.web.help.models import HelpRequest, Tick
from erbij.web.schools.models import Grade, Membership, School, SchoolClass
from erbij.web.schools.roles import Role
from erbij.web.surveys import keys, sealing
from erbij.web.surveys import services as asking
from erbij.web.surveys.models import HelpAdult, Wave

NAME, WORDS = "canary-name-7d1f", "canary-words-7d1f"
NINE = dt.datetime(2026, 5, 5, 9, 0, tzinfo=dt.UTC)
ALIASES = ("default", "help")


@pytest.fixture
def disk(stores: Path, tmp_path: Path, settings: Any) -> Path:
    """The folder with both databases of a school, as it stands on the disk of a server."""
    # Outside the folder that is stolen.
    settings.KEY_FILE, settings.HELP_KEY_FILE = tmp_path / "wave-key", tmp_path / "help-key"
    security.kept_key(settings.KEY_FILE)
    security.kept_key(settings.HELP_KEY_FILE)
    return stores


@pytest.fixture
def asked(disk: Path) -> Any:
    """A class that answers, and one adult for whom a request waits; a pupil answered as well."""
    school = School.objects.create(name="North", slug="north")
    person = Person.objects.create_user("an@school.example", None, name="Juf An")
    public, _private = sealing.new_key_pair()
    with scope(school=school):
        grade = Grade.objects.create(school=school, name="5")
        here = SchoolClass.objects.create(school=school, grade=grade, name="5A", size=20)
        wave = asking.create_wave(school=school, title="Autumn", instrument="erbij-pupils-8-9")
        wave.public_key, wave.state = public, Wave.State.OPEN
        wave.save()
        session = asking.open_session(wave=wave, school_class=here)
        member = Membership.objects.create(person=person, school=school, role=Role.HELP_ADULT)
        HelpAdult.objects.create(wave=wave, membership=member, is_confirmed=True)
    ballot = str(uuid4())
    sealed = sealing.seal({"v": 1, "answers": {}}, public, wave=wave.code, ballot=ballot)
    asking.accept_ballot(id=ballot, wave=wave.code, sealed=sealed, class_code=here.code)
    return SimpleNamespace(school=school, wave=wave, person=person, session=session, ballot=ballot)


def ask(wave: Wave) -> str:
    id_ = str(uuid4())
    sealed = services.seal(wave=wave, id=id_, name=NAME, words=WORDS, language="nl")
    services.take(wave=wave, id=id_, adult="", sealed=sealed)
    return id_


def raw(disk: Path, start: str = "") -> bytes:
    return b"".join(path.read_bytes() for path in sorted(disk.glob(f"{start}*")))


def everything_beside_the_requests() -> dict[str, list[str]]:
    """Every row of every table of the other database."""
    found = {}
    with connections["default"].cursor() as cursor:
        for table in connections["default"].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_disk_without_the_key_file_opens_nothing(asked: Any, disk: Path, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    ask(asked.wave)
    everything = raw(disk)
    assert b"help_helprequest" in everything
    with scope(school=asked.school):
        box = boxes.box_of(asked.wave)
    for canary in (NAME, WORDS):
        assert canary.encode() not in everything
        assert canary not in caplog.text
    assert boxes.private_key(box, boxes.server_key()) not in everything
    with pytest.raises(keys.LockedError):
        boxes.private_key(box, security.kept_key(disk.parent / "wave-key"))


def test_neither_store_leads_to_the_other(asked: Any, disk: Path, answers_on_disk: Any) -> None:
    before = everything_beside_the_requests()
    assert {"surveys_ballot", "surveys_wave"} <= {name for name, rows in before.items() if rows}
    id_ = ask(asked.wave)
    assert everything_beside_the_requests() == before
    theirs = raw(disk, "help")
    links = (asked.wave.code, asked.session.word, asked.ballot, asked.ballot.replace("-", ""), "Autumn")
    assert [link for link in links if link.encode() in theirs] == []
    answers = answers_on_disk.everything()
    assert asked.wave.code.encode() in answers
    spelled = (id_.encode(), id_.replace("-", "").encode(), UUID(id_).bytes)
    assert [form for form in spelled if form in answers] == []
    assert id_.replace("-", "").encode() in theirs


def test_request_does_not_open_as_a_ballot(asked: Any) -> None:
    id_ = str(uuid4())
    sealed = services.seal(wave=asked.wave, id=id_, name=NAME, words="", language="nl")
    box = boxes.box_of(asked.wave)
    private = boxes.private_key(box, boxes.server_key())
    with pytest.raises(sealing.SealError):
        sealing.unseal(sealed, private, wave=box.code, ballot=id_)
    with pytest.raises(sealing.SealError):
        sealing.unseal(sealed, private, wave=box.code, ballot=str(uuid4()), purpose=boxes.PURPOSE)


def test_after_the_talk_nothing_is_left_on_the_disk(asked: Any, disk: Path) -> None:
    id_ = ask(asked.wave)
    with scope(school=asked.school):
        kept = HelpRequest.objects.get()
        sealed = kept.sealed
        assert services.open_request(person=asked.person, id=kept.pk)
        assert sealed[200:260].encode() in raw(disk, "help")
        assert services.erase(person=asked.person, id=kept.pk)
    left = raw(disk, "help")
    pieces = [sealed[at : at + 60] for at in (0, 200, 1000, 4000)]
    assert [piece for piece in (*pieces, id_.replace("-", "")) if piece.encode() in left] == []


def tick_at(barrier: Any, answers: Any) -> None:
    # A process of its own: no connection of its parent.
    for alias in ALIASES:
        connections[alias] = connections.create_connection(alias)
    barrier.wait()
    answers.put(ticks.tick(NINE + dt.timedelta(minutes=51)))


def test_two_processes_tick_once(asked: Any) -> None:
    ticks.tick(NINE)
    ask(asked.wave)
    for alias in ALIASES:
        connections[alias].close()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.Queue()
    both = [fork.Process(target=tick_at, args=(barrier, answers)) for _ in range(2)]
    for process in both:
        process.start()
    found = sorted(answers.get(timeout=30) for _ in both)
    for process in both:
        process.join()
    assert found == [False, True]
    with scope(school=asked.school):
        assert HelpRequest.objects.get().waited == 1
    assert Tick.objects.count() == 1


def test_first_requests_of_a_wave_at_once_share_a_box_and_all_open(asked: Any) -> None:
    fork = multiprocessing.get_context("fork")
    for alias in ALIASES:
        connections[alias].close()
    barrier = fork.Barrier(4)
    crowd = [fork.Process(target=ask_at, args=(barrier, asked.wave)) for _ in range(4)]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()
    assert [process.exitcode for process in crowd] == [0] * 4
    box = boxes.box_of(asked.wave)
    private = boxes.private_key(box, boxes.server_key())
    with scope(school=asked.school):
        kept = list(HelpRequest.objects.all())
    said = [
        sealing.unseal(one.sealed, private, wave=box.code, ballot=str(one.pk), purpose=boxes.PURPOSE)
        for one in kept
    ]
    assert [one["name"] for one in said] == [NAME] * 4


def ask_at(barrier: Any, wave: Wave) -> None:
    for alias in ALIASES:
        connections[alias] = connections.create_connection(alias)
    barrier.wait()
    ask(wave)
