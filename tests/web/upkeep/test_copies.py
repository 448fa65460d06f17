"""A copy and the way back: every row to the byte, into any database, and never a word of when it came."""

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from bench import databases
from erbij.errors import WebError
from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.help.models import HelpRequest
from erbij.web.ideas.models import Round
from erbij.web.results.models import Note, PupilsPage, ReleaseRecord
from erbij.web.schools.models import Grade, School, SchoolClass
from erbij.web.surveys.models import Ballot, Card, ClassSession, Wave
from erbij.web.upkeep import keeping
from erbij.web.upkeep.copies import locks, making, parcel, restoring, rows, shelf, states
from erbij.web.upkeep.copies.parcel import Contents, Parcel

NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
RELEASE = {"title": "Té \u2028 \x85\r\n", "value": 0.1 + 0.2}
LONG_AGO = dt.datetime(2026, 1, 5, 9, 30, 15, 123456, tzinfo=dt.UTC)


@pytest.fixture
def room(stores: Path, settings: Any, tmp_path: Path) -> Path:
    """Both databases of a school, its keys elsewhere, and a key that opens copies."""
    settings.DATA = tmp_path / "data"
    settings.KEY_FILE, settings.HELP_KEY_FILE = tmp_path / "keys/wave-key", tmp_path / "keys/help-key"
    for path in (settings.KEY_FILE, settings.HELP_KEY_FILE, settings.DATA / "secret-key"):
        security.kept_key(path)
    settings.BACKUPS, settings.BACKUP_FOR = tmp_path / "shelf", [locks.new_identity(tmp_path / "key")]
    return tmp_path


@pytest.fixture
def school(room: Path) -> Any:
    """A closed survey with its release and a note, an open one with ballots and cards, and a request."""
    place = School.objects.create(name="Ecole “Été”", slug="north")
    noor = Person.objects.create_user("noor@school.example", "maan fiets lamp", name="Noor")
    with scope(school=place):
        grade = Grade.objects.create(school=place, name="5")
        SchoolClass.objects.create(school=place, grade=grade, name="5A", size=20)
        closed, wave = (
            Wave.objects.create(school=place, title=title, instrument_id="erbij-pupils-8-9", state=state)
            for title, state in (("Spring", Wave.State.CLOSED), ("Autumn", Wave.State.OPEN))
        )
        Wave.objects.filter(pk=wave.pk).update(public_key=bytes(range(256)), wrapped_key='{"v": 1}')
        text = json.dumps(RELEASE, ensure_ascii=False)
        record = ReleaseRecord.objects.create(
            school=place,
            wave=closed,
            closed_on=dt.date(2026, 5, 1),
            text=text,
            sha256="0" * 64,
            system=[[1.5]],
        )
        note = Note.objects.create(school=place, record=record, page="level", text="nu?\n", written_by=noor)
        Note.objects.filter(pk=note.pk).update(written_at=LONG_AGO)
        Card.objects.create(digest="f" * 64, wave=wave, class_code="x")
        chance = np.random.default_rng(3)
        for number in range(12):
            Ballot.objects.create(
                id=UUID(bytes=chance.bytes(16), version=4), wave=wave.code, sealed=f"s{number}"
            )
        HelpRequest.objects.create(box="b", school="north", sealed="words", day=dt.date(2026, 11, 2))
    return place


@pytest.fixture
def elsewhere(room: Path) -> Iterator[databases.Stores]:
    """Databases without a table, as another machine has them."""
    made = databases.bare(room)
    yield made
    databases.drop(made)


def copied(room: Path, **more: Any) -> Path:
    written = StringIO()
    call_command("backup", stdout=written, **more)
    return Path(json.loads(written.getvalue())["made"])


def test_copy_comes_back_to_the_byte_in_another_database(
    school: School, room: Path, elsewhere: databases.Stores
) -> None:
    before, wave, file = making.gathered(), open_wave(school), copied(room)
    with databases.connected(elsewhere):
        found = restoring.restore(file=file, key=room / "key")
        assert making.gathered().files == found.files == before.files
        with scope(school=school):
            assert Note.objects.get().written_at == LONG_AGO
            assert json.loads(ReleaseRecord.objects.get().text) == RELEASE
            assert bytes(Wave.objects.get(pk=wave.pk).public_key) == bytes(range(256))
        # The next row has a number of its own.
        assert School.objects.create(name="South", slug="south").pk > school.pk
        with pytest.raises(WebError, match="is not empty"):
            restoring.restore(file=file, key=room / "key")
    assert (found.contents.waves, found.contents.keys) == ([wave.code], [])
    assert found.contents.rows["default/surveys.ballot"] == 12


def open_wave(school: School) -> Wave:
    with scope(school=school):
        return Wave.objects.get(state=Wave.State.OPEN)


def test_ballots_stand_in_the_order_of_their_random_ids(school: School, room: Path) -> None:
    lines = making.gathered().files["default/surveys.ballot"].splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    arrived = [int(json.loads(line)["sealed"][1:]) for line in lines]
    assert ids == sorted(ids)
    assert arrived != sorted(arrived)
    assert set(json.loads(lines[0])) == {"id", "wave", "sealed"}


def test_no_copy_in_the_middle_of_a_lesson_or_before_mixing(
    school: School, room: Path, monkeypatch: Any
) -> None:
    wave = open_wave(school)
    with scope(school=school):
        session = ClassSession.objects.create(
            wave=wave, school_class=SchoolClass.objects.get(), word="maan-boot"
        )
        with pytest.raises(WebError, match="a class is answering"):
            copied(room)
        ClassSession.objects.filter(pk=session.pk).update(is_open=False)
        page = PupilsPage.objects.create(school=school, record=ReleaseRecord.objects.get())
        day, hour = timezone.localdate(), timezone.now() + dt.timedelta(hours=1)
        ideas = Round.objects.create(
            school=school, page=page, until=day, pupils=12, since=day, word="vis-maan", word_until=hour
        )
        with pytest.raises(WebError, match="a class is answering"):
            copied(room)
        Round.objects.filter(pk=ideas.pk).update(word_until=timezone.now())
        Wave.objects.filter(pk=wave.pk).update(mixing_due=1)
    monkeypatch.setattr(making.mixing, "catch_up", lambda: False)
    with pytest.raises(WebError, match="could not be mixed"):
        copied(room)
    monkeypatch.undo()
    assert shelf.copies(room / "shelf") == []
    assert copied(room).exists()
    with scope(school=school):
        assert Wave.objects.get(pk=wave.pk).mixing_done == 1


def test_nobody_named_means_no_copy(room: Path, settings: Any) -> None:
    settings.BACKUP_FOR = []
    with pytest.raises(WebError, match="--new-key"):
        copied(room, names=[])
    with pytest.raises(WebError, match="public half"):
        copied(room, names=["age1wrong"])
    assert not (room / "shelf").exists()


def test_database_that_is_not_ready_is_said_in_words(room: Path, elsewhere: databases.Stores) -> None:
    with databases.connected(elsewhere), pytest.raises(WebError, match=r"not up to date.*prepare"):
        copied(room)


def test_copy_is_locked_and_its_label_says_nothing_of_people(school: School, room: Path) -> None:
    file = copied(room)
    label = file.with_suffix(".json").read_text()
    for words in (b"noor", "Été".encode(), b"s11"):
        assert words not in file.read_bytes() + label.encode()
    assert {path.stat().st_mode & 0o077 for path in (room / "shelf").iterdir()} == {0}
    locks.new_identity(room / "other")
    with pytest.raises(WebError, match="does not open"):
        restoring.restore(file=file, key=room / "other")
    with pytest.raises(WebError, match="no key of a backup"):
        restoring.restore(file=file, key=file)


def test_copy_that_reads_back_otherwise_does_not_stay(school: School, room: Path, monkeypatch: Any) -> None:
    write = shelf._write
    monkeypatch.setattr(shelf, "_write", lambda path, raw: write(path, raw[:-1] + bytes([raw[-1] ^ 1])))
    with pytest.raises(WebError):
        copied(room)
    assert list((room / "shelf").iterdir()) == []


def test_keys_travel_only_when_asked_for_and_never_over_others(
    school: School, room: Path, settings: Any
) -> None:
    assert making.gathered().contents.keys == []
    copied(room, with_keys=True)
    assert shelf.copies(room / "shelf")[0].with_keys
    found, kept = making.gathered(with_keys=True), settings.KEY_FILE.read_bytes()
    assert found.contents.keys == ["keys/help-key", "keys/secret-key", "keys/wave-key"]
    settings.KEY_FILE, settings.HELP_KEY_FILE = room / "new/wave-key", room / "new/help-key"
    security.kept_key(settings.KEY_FILE)
    with pytest.raises(WebError, match="another key file"):
        restoring._refuse_other_keys(found)
    settings.KEY_FILE.unlink()
    restoring._refuse_other_keys(found)
    restoring._put_keys_back(found)
    assert settings.KEY_FILE.read_bytes() == kept
    assert settings.KEY_FILE.stat().st_mode & 0o077 == 0


def test_copy_of_an_older_version_is_brought_up_to_date(
    school: School, room: Path, settings: Any, elsewhere: databases.Stores
) -> None:
    now = making.gathered().contents.steps
    before = {alias: [step for step in steps if not step.startswith(NEWER)] for alias, steps in now.items()}
    assert before != now
    old = room / "old"
    old.mkdir()
    earlier = databases.bare(old)
    with databases.connected(earlier):
        for alias, steps in before.items():
            states.change_to(steps, alias)
        apps = states.models_after(before["default"], "default")
        place = apps.get_model("schools", "School").objects.create(name="Old", slug="old")
        apps.get_model("surveys", "Wave")._base_manager.create(
            school=place, title="Then", instrument_id="erbij-pupils-8-9"
        )
        with pytest.raises(WebError, match="not up to date"):
            making.gathered()
        found = packed(before)
    databases.drop(earlier)
    locked, _ = locks.close(parcel.pack(found), settings.BACKUP_FOR)
    (room / "then.age").write_bytes(locked)
    with databases.connected(elsewhere):
        restoring.restore(file=room / "then.age", key=room / "key")
        with scope(school=School.objects.get()):
            assert (Wave.objects.get().title, Wave.objects.get().least) == ("Then", 10)
        assert making.gathered().contents.steps == now


NEWER = ("surveys.0005", "results.0003", "results.0004", "results.0005", "plans.", "ideas.")


def packed(steps: dict[str, list[str]]) -> Parcel:
    """What an older program would have made of the databases that are connected."""
    files: dict[str, bytes] = {}
    for alias, names in steps.items():
        files |= making.as_files(states.models_after(names, alias), alias)
    rows_of = {name: raw.count(b"\n") for name, raw in files.items()}
    digests = {name: parcel.digest(raw) for name, raw in files.items()}
    return Parcel(Contents(1, "0.0.9", NOW.isoformat(), steps, rows_of, digests, [], []), files)


def test_copy_of_a_newer_version_is_refused(school: School, room: Path, settings: Any) -> None:
    made = making.gathered()
    made.contents.steps["default"].append("surveys.9999_of_tomorrow")
    locked, _ = locks.close(parcel.pack(made), settings.BACKUP_FOR)
    (room / "new.age").write_bytes(locked)
    with pytest.raises(WebError, match="newer version of Erbij"):
        restoring.restore(file=room / "new.age", key=room / "key")


def test_parcel_that_was_changed_is_refused(school: School) -> None:
    made = making.gathered()
    for name in ("default/surveys.ballot", "help/help.helprequest"):
        changed = {**made.files, name: made.files[name].replace(b"s", b"z", 1)}
        with pytest.raises(WebError, match="not what was written"):
            parcel.unpack(parcel.pack(Parcel(made.contents, changed)))
        less = {key: raw for key, raw in made.files.items() if key != name}
        with pytest.raises(WebError, match="not whole"):
            parcel.unpack(parcel.pack(Parcel(made.contents, less)))
    assert parcel.unpack(parcel.pack(made)) == made


@given(
    st.recursive(st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text(), st.lists, max_leaves=6)
)
def test_any_value_of_a_row_survives(value: Any) -> None:
    row = Wave(
        code="c", title=str(value).replace("\x00", ""), items_on=value, public_key=repr(value).encode()
    )
    plain = {field.attname: rows._plain(getattr(row, field.attname)) for field in Wave._meta.concrete_fields}
    again = rows.read(Wave, json.dumps(plain).encode())
    assert (again.items_on, again.title) == (value, row.title)
    assert bytes(again.public_key) == row.public_key


def shelved(folder: Path, day: int, *waves: str) -> shelf.Copy:
    made = (NOW - dt.timedelta(days=day)).isoformat()
    return shelf.keep(folder, b"locked", Contents(1, "0", made, {}, {}, {}, list(waves), []))


def test_copies_go_when_they_are_old_or_their_survey_has_closed(
    school: School, room: Path, settings: Any
) -> None:
    still = open_wave(school).code
    settings.BACKUP_DAYS = 35
    newest, asked, closed, _old = (
        shelved(room / "shelf", 0, "gone"),
        shelved(room / "shelf", 2, still),
        shelved(room / "shelf", 3, still, "gone"),
        shelved(room / "shelf", 36),
    )
    (room / "shelf" / "erbij-of-somebody-else.age").touch()
    gone = keeping.tidy_copies(room / "shelf", now=NOW)
    assert {copy.path for copy in gone} == {closed.path, _old.path}
    assert shelf.copies(room / "shelf") == [newest, asked]
    assert not closed.path.exists()


def test_newest_copy_stays_whatever_its_age(room: Path) -> None:
    only = shelved(room / "shelf", 4000)
    assert keeping.tidy_copies(room / "shelf", now=NOW) == []
    assert only.path.exists()


def test_key_is_never_written_over_another(room: Path) -> None:
    before = (room / "key").read_bytes()
    with pytest.raises(WebError, match="can't be written"):
        locks.new_identity(room / "key")
    assert (room / "key").read_bytes() == before
    assert (room / "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", [b"", b"x", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_parcel_is_refused(harm: bytes) -> None:
    with pytest.raises(WebError, match="no copy"):
        parcel.unpack(harm)
