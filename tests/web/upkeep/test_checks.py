"""Each check of the set-up: silent where all is well, and a message with an id and a hint where it is not."""

import datetime as dt
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import checks as django_checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from erbij.errors import WebError
from erbij.web import security, versions
from erbij.web.accounts.models import Person
from erbij.web.help.management.commands.help_tick import LOOKED
from erbij.web.schools.models import School
from erbij.web.surveys.models import Wave
from erbij.web.upkeep import checks
from erbij.web.upkeep.checks import backups, database, files, machine, reach
from erbij.web.upkeep.copies import shelf
from erbij.web.upkeep.copies.parcel import Contents

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def well(settings: Any, tmp_path: Path, monkeypatch: Any) -> Path:
    """A folder in which nothing is wrong: keys elsewhere, and somebody looked a moment ago."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)
    settings.KEY_FILE, settings.HELP_KEY_FILE = tmp_path / "keys/wave", tmp_path / "keys/help"
    for path in (settings.KEY_FILE, settings.HELP_KEY_FILE):
        security.kept_key(path)
    for alias in settings.DATABASES:
        (settings.DATA / alias).touch()
    monkeypatch.setattr(files, "database_file", lambda alias: settings.DATA / alias)
    (settings.DATA / LOOKED).touch()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    return settings.DATA


def ids(check: Callable[[], Any]) -> list[str]:
    """What a check says: levels and ids; each message has a hint."""
    found = list(check())
    assert all(message.hint for message in found)
    return [f"{type(message).__name__} {message.id}" for message in found]


@pytest.mark.parametrize(
    "check",
    [
        reach.debug,
        reach.hosts,
        reach.https,
        files.folder,
        files.keys_readable,
        files.keys_apart,
        machine.ticking,
    ],
)
def test_nothing_is_said_where_nothing_is_wrong(check: Callable[[], Any], well: Path) -> None:
    assert ids(check) == []


def test_debug_is_wrong(settings: Any) -> None:
    settings.DEBUG = True
    assert ids(reach.debug) == ["Error erbij.debug"]


@pytest.mark.parametrize("hosts", [["*"], [".example"], []])
def test_any_name_is_wrong(hosts: list[str], settings: Any) -> None:
    settings.ALLOWED_HOSTS = hosts
    assert ids(reach.hosts) == ["Error erbij.hosts"]


def test_https_for_nobody_else_is_wrong(well: Path, settings: Any) -> None:
    settings.HTTPS = True
    assert ids(reach.hosts) == ["Error erbij.hosts"]
    settings.ALLOWED_HOSTS = ["erbij.example"]
    assert ids(reach.hosts) == ids(reach.https) == []


def test_other_devices_without_https_are_to_be_weighed(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = ["localhost", "192.168.1.20"], False
    assert ids(reach.https) == ["Warning erbij.https"]


@pytest.mark.django_db
def test_password_alone_is_to_be_weighed_where_many_schools_share_a_server(settings: Any) -> None:
    assert ids(reach.second_step) == []
    School.objects.bulk_create(School(name=str(n), slug=str(n)) for n in range(reach.MANY))
    assert ids(reach.second_step) == ["Warning erbij.second-step"]
    settings.SECOND_STEP_REQUIRED = True
    assert ids(reach.second_step) == []


def test_mail_that_is_not_sent_is_known_and_a_shut_server_is_wrong(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert ids(reach.mail) == ["Info erbij.mail"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert ids(reach.mail) == ["Error erbij.mail"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert ids(reach.mail) == []


def test_folder_that_others_see_is_wrong(well: Path) -> None:
    well.chmod(0o750)
    assert ids(files.folder) == ["Error erbij.folder"]


def test_folder_of_somebody_else_is_wrong(well: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: well.stat().st_uid + 1)
    assert ids(files.folder) == ["Error erbij.folder"]


def test_key_file_that_is_gone_open_or_torn_is_wrong(well: Path, settings: Any) -> None:
    settings.HELP_KEY_FILE.unlink()
    assert ids(files.keys_readable) == ["Error erbij.keys"]
    settings.KEY_FILE.chmod(0o640)
    assert ids(files.keys_readable) == ["Error erbij.keys"] * 2


def test_key_beside_the_database_is_to_be_weighed(well: Path, settings: Any) -> None:
    settings.KEY_FILE = well / "wave-key"
    assert ids(files.keys_apart) == ["Warning erbij.keys-apart"]


def test_before_the_first_start_there_is_nothing_to_mend(well: Path, settings: Any) -> None:
    for alias in settings.DATABASES:
        (well / alias).unlink()
    settings.KEY_FILE.unlink()
    assert ids(files.keys_apart) == ["Info erbij.keys-apart"]
    assert ids(files.keys_readable) == ids(machine.ticking) == ids(database.version) == []


@pytest.mark.parametrize(
    ("free", "said"), [(2**40, []), (2**29, ["Warning erbij.disk"]), (2**20, ["Error erbij.disk"])]
)
def test_full_disk_is_wrong(free: int, said: list[str], well: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    assert ids(machine.disk) == said


@pytest.mark.parametrize(
    ("told", "said"), [("yes", []), ("no", ["Warning erbij.clock"]), ("", ["Info erbij.clock"])]
)
def test_clock_is_what_the_machine_says_of_it(
    told: str, said: list[str], well: Path, db: None, monkeypatch: Any
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: "timedatectl")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=f"{told}\n"))
    assert ids(machine.clock) == said
    monkeypatch.setattr(machine, "_drift_of_database", lambda: -60.0)
    assert ids(machine.clock) == ["Error erbij.clock", *said]


def test_file_from_the_future_means_a_clock_that_was_put_back(well: Path, db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(machine, "_timedatectl", lambda: "yes")
    later = time.time() + 3600
    os.utime(well / LOOKED, (later, later))
    assert ids(machine.clock) == ["Error erbij.clock"]


def test_silence_is_to_be_weighed(well: Path) -> None:
    os.utime(well / LOOKED, (1, 1))
    assert ids(machine.ticking) == ["Warning erbij.ticking"]
    (well / LOOKED).unlink()
    assert ids(machine.ticking) == ["Warning erbij.ticking"]


def test_a_look_is_noted(well: Path, db: None) -> None:
    (well / LOOKED).unlink()
    call_command("help_tick")
    assert ids(machine.ticking) == []


def test_database_of_a_newer_program_is_refused_before_anything_is_written(stores: Path) -> None:
    assert ids(database.version) == []
    MigrationRecorder(connection).record_applied("surveys", "9999_of_tomorrow")
    assert ids(database.version) == ["Error erbij.version"]
    with pytest.raises(WebError, match="newer version of Erbij") as refused:
        call_command("prepare", verbosity=0)
    assert "9999_of_tomorrow" in str(refused.value)
    assert versions.unknown("help") == []


def test_database_of_an_older_program_waits(stores: Path) -> None:
    known = versions.MigrationExecutor(connection).loader.disk_migrations
    last = max(name for app, name in known if app == "surveys")
    MigrationRecorder(connection).record_unapplied("surveys", last)
    assert ids(database.version) == ["Error erbij.version"]
    assert versions.waiting("default") == [("surveys", last)]


def test_databases_answer_and_write_durably(stores: Path) -> None:
    assert ids(database.answers) == ids(database.sqlite) == ids(database.mixed) == []


def test_sqlite_that_writes_otherwise_is_wrong(stores: Path) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    assert ids(database.sqlite) == ["Error erbij.sqlite"]


def test_class_that_waits_to_be_mixed_is_to_be_weighed(db: None) -> None:
    school = School.objects.create(name="North", slug="north")
    Wave._base_manager.create(school=school, title="Autumn", instrument_id="erbij-pupils-8-9", mixing_due=1)
    assert ids(database.mixed) == ["Warning erbij.mixed"]


def test_backup_is_asked_for_once_somebody_is_in(stores: Path, settings: Any, tmp_path: Path) -> None:
    settings.BACKUPS = tmp_path / "shelf"
    assert ids(backups.recent) == []
    Person.objects.create_user("noor@school.example", name="Noor")
    assert ids(backups.recent) == ["Warning erbij.backups"]
    now = dt.datetime.now(dt.UTC)
    for days, keys, said in (
        (9, [], ["Error erbij.backups"]),
        (1, [], []),
        (0, ["k"], ["Warning erbij.backups"]),
    ):
        made = (now - dt.timedelta(days=days)).isoformat()
        shelf.keep(settings.BACKUPS, b"", Contents(1, "0", made, {}, {}, {}, [], keys))
        assert ids(backups.recent) == said


def test_command_tells_it_in_three_languages_and_as_json(well: Path, db: None, settings: Any) -> None:
    settings.DEBUG = True
    outcomes = {}
    for language in ("nl", "en", "fr"):
        written = StringIO()
        call_command("check_setup", language=language, stdout=written)
        outcomes[language] = json.loads(written.getvalue())
        assert outcomes[language]["is_well"] is False
        assert outcomes[language]["findings"][0]["id"] == "erbij.debug"
        assert outcomes[language]["looked_at"] == list(checks.ALL)
    assert len({each["lines"][0] for each in outcomes.values()}) == 3
    errors = [each for each in outcomes["en"]["findings"] if each["level"] == "error"]
    assert outcomes["en"]["lines"][-1] == f"To mend before pupils answer: {len(errors)}."


def test_django_runs_them_for_deploy_only() -> None:
    assert checks.TAG not in django_checks.registry.registry.tags_available()
    assert checks.TAG in django_checks.registry.registry.tags_available(deployment_checks=True)


def test_every_check_says_its_own_id_and_is_documented() -> None:
    page = (ROOT / "docs" / "install.md").read_text()
    source = "".join(path.read_text() for path in Path(checks.__file__).parent.glob("[a-z]*.py"))
    for name in checks.ALL:
        assert f"`{name}`" in page, name
        assert f'id="{name}"' in source, name
