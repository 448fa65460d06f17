"""The night's work: every part is tried, once a night, and says what it came to."""

import datetime as dt
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from erbij.errors import WebError
from erbij.web.help.management.commands import help_tick
from erbij.web.upkeep import nights

BRUSSELS = dt.timezone(dt.timedelta(hours=1))


@pytest.fixture
def done(monkeypatch: Any) -> list[str]:
    """Parts without their work: what was begun."""
    begun: list[str] = []

    def mix() -> bool:
        begun.append("mix")
        return True

    monkeypatch.setattr(nights.mixing, "catch_up", mix)
    monkeypatch.setattr(nights.keeping, "let_go", lambda _now: begun.append("let go") or {})
    monkeypatch.setattr(
        nights.making,
        "make",
        lambda **_: (
            begun.append("backup")
            or (_ for _ in ()).throw(WebError("a class is answering", where=("backup",)))
        ),
    )
    return begun


def test_part_that_fails_keeps_no_other_from_its_work(done: list[str], settings: Any) -> None:
    settings.BACKUP_FOR = ["age1"]
    written = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("nightly", stdout=written)
    told = json.loads(written.getvalue())
    assert done == ["mix", "let go", "backup"]
    assert told["mix"] == "done"
    assert told["backup"].startswith("failed: backup: a class is answering")


def test_unexpected_error_is_told_by_its_kind_only(monkeypatch: Any, caplog: Any) -> None:
    def broken() -> str:
        raise KeyError("noor@school.example")

    monkeypatch.setitem(nights.PARTS, "mix", broken)
    assert nights.work()["mix"] == "failed: KeyError"
    assert "noor" not in caplog.text


def test_backup_is_made_only_for_somebody(done: list[str], settings: Any) -> None:
    settings.BACKUP_FOR = []
    written = StringIO()
    call_command("nightly", stdout=written)
    assert json.loads(written.getvalue())["backup"] == "not asked for"
    assert done == ["mix", "let go"]


@pytest.mark.parametrize(
    ("hour", "last", "said"),
    [(2, None, False), (3, None, True), (14, None, True), (14, 13, False), (14, 2, True), (2, -4, False)],
)
def test_work_is_done_once_a_night(
    hour: int, last: int | None, said: bool, settings: Any, tmp_path: Path
) -> None:
    settings.TIME_ZONE = "Europe/Brussels"
    midnight = dt.datetime(2026, 11, 22, tzinfo=BRUSSELS)
    if last is not None:
        moment = (midnight + dt.timedelta(hours=last)).timestamp()
        (tmp_path / nights.NOTE).touch()
        os.utime(tmp_path / nights.NOTE, (moment, moment))
    assert nights.is_time(midnight + dt.timedelta(hours=hour, minutes=1)) is said


def test_worker_looks_every_minute_and_works_once(monkeypatch: Any, settings: Any) -> None:
    class EndedError(Exception):
        """Somebody stopped it."""

    looked, worked, waited = [], [], []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            raise EndedError

    monkeypatch.setattr(help_tick, "keep_on", lambda: looked.append(1))
    monkeypatch.setattr(nights, "PARTS", {"one": lambda: worked.append(1) or "done"})
    monkeypatch.setattr(nights, "HOUR", 0)
    monkeypatch.setattr(nights.connections, "close_all", lambda: None)
    with pytest.raises(EndedError):
        nights.keep_on(wait)
    assert (len(looked), len(worked), waited) == (3, 1, [help_tick.EVERY] * 3)
