"""A school whose disk gets into other hands, together with the order in which its pupils handed in."""

import datetime as dt
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.db import connection
from django_scopes import scope

from bench import databases, server
from bench import school as plans
from erbij.web import security
from erbij.web.schools.models import Grade, School, SchoolClass
from erbij.web.surveys import keys, sealing, services
from erbij.web.surveys.models import Wave

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary-7d1f"


class Disk:
    """The files of a database, as who carries the server away finds them."""

    def __init__(self, name: databases.Name) -> None:
        self._name = name

    def files(self) -> list[Path]:
        """What belongs to the database: tables, logs, journals; of PostgreSQL also its own log."""
        if isinstance(self._name, Path):
            return sorted(path for path in self._name.parent.glob(f"{self._name.name}*"))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s",
                [self._name],
            )
            data, number = cursor.fetchone()
            cursor.execute("CHECKPOINT")  # what is in memory only will be on the disk when it stops
        # Without the other databases, which come and go meanwhile.
        base, found = str(Path(data) / "base"), []
        for folder, below, files in os.walk(Path(data).parent):
            if folder == base:
                below[:] = [str(number)]
            found += [Path(folder) / file for file in files]
        return sorted(path for path in found if path.is_file())

    def everything(self) -> bytes:
        return b"".join(map(still_there, self.files()))

    def places(self, pieces: list[str], *, log: bool) -> list[int | None]:
        """Where each piece stands last, in the write-ahead log or outside it; None where it is not."""
        chosen = [path for path in self.files() if is_log(path) is log]
        raw = b"".join(map(still_there, chosen))
        found = [raw.rfind(piece.encode()) for piece in pieces]
        return [None if place < 0 else place for place in found]


def still_there(path: Path) -> bytes:
    """What is in a file; nothing where the database took it away since it was listed."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def is_log(path: Path) -> bool:
    return path.name.endswith("-wal") or path.parent.name == "pg_wal"


@pytest.fixture
def disk(stores: Path, tmp_path: Path, settings: Any) -> Disk:
    """The disk under a school's database; the key file is elsewhere."""
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    return Disk(connection.settings_dict["NAME"])


@pytest.fixture
def answers_on_disk(stores: Path) -> Disk:
    """The disk under the answers alone, whichever database they are in."""
    return Disk(connection.settings_dict["NAME"])


@pytest.fixture
def ask(disk: Disk, settings: Any) -> Callable[..., Any]:
    """Let pupils of one class hand in, one after another; `order` has the ids as they came.

    The ids follow from the seed, and with them all that a mixed database does.
    """

    def run(pupils: int, *, seed: int = 1, school: str = "north") -> Any:
        chance = np.random.default_rng(seed)
        place = School.objects.create(name=school.title(), slug=school)
        with scope(school=place):
            grade = Grade.objects.create(school=place, name="5")
            here = SchoolClass.objects.create(school=place, grade=grade, name="5A", size=pupils)
            wave, private = opened(place, settings.KEY_FILE)
            session = services.open_session(wave=wave, school_class=here)
        order, sealed = [], []
        for pupil in range(pupils):
            ballot = str(uuid.UUID(bytes=chance.bytes(16), version=4))
            answers = {"gender": 1 + pupil % 3, "note": f"{CANARY}-{pupil}"}
            plain = {"v": 1, "class": here.code, "language": "nl", "answers": answers}
            text = sealing.seal(plain, bytes(wave.public_key), wave=wave.code, ballot=ballot)
            services.accept_ballot(id=ballot, wave=wave.code, sealed=text, class_code=here.code)
            order.append(ballot)
            sealed.append(text)
        return SimpleNamespace(wave=wave, order=order, sealed=sealed, session=session, private=private)

    return run


def opened(school: School, key_file: Path) -> tuple[Wave, bytes]:
    wave = services.create_wave(school=school, title="Autumn", instrument="erbij-pupils-8-9")
    public, private = sealing.new_key_pair()
    wave.wrapped_key = keys.wrap(private, server_key=security.kept_key(key_file), wave=wave.code)
    wave.public_key, wave.state = public, Wave.State.OPEN
    wave.opens_on = wave.closes_on = dt.date.today()
    wave.save()
    return wave, private


@pytest.fixture(scope="module")
def served(
    empty_stores: databases.Stores, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Any]:
    """The real server over a school with an open wave and one class session.

    Its logging is turned up to DEBUG, a wave named `break` makes it fail with the ballot in the error, and
    its temporary files go to a folder of their own.
    """
    folder, temporary = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("temporary")
    key_file = tmp_path_factory.mktemp("keys") / "wave-key"
    security.kept_key(key_file)
    with django_db_blocker.unblock():
        copied = databases.copy(empty_stores, folder)
        name = copied["default"]
        with databases.connected(copied):
            school = School.objects.create(name="North", slug="north", country="BE")
            with scope(school=school):
                grade = Grade.objects.create(school=school, name="5")
                rooms = [
                    SchoolClass.objects.create(school=school, grade=grade, name=n, size=3) for n in ("A", "B")
                ]
                wave, private = opened(school, key_file)
                board, full = [services.open_session(wave=wave, school_class=room) for room in rooms]
            named = {
                "ERBIJ_KEY_FILE": str(key_file),
                "ERBIJ_SECRET_KEY": settings.SECRET_KEY,
                "TMPDIR": str(temporary),
                "DJANGO_SETTINGS_MODULE": "bench.loud",
                "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            }
            environment = plans.settings(folder, databases.address(name)) | named
            with server.serving(environment, folder / "log") as port:
                yield SimpleNamespace(
                    port=port,
                    folder=folder,
                    temporary=temporary,
                    log=folder / "log",
                    disk=Disk(name),
                    school=school,
                    wave=wave,
                    private=private,
                    board=board,
                    full=full,
                )
        databases.drop(copied)
