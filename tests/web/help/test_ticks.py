import datetime as dt
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from erbij.web.help import ticks
from erbij.web.help.management.commands import help_tick
from erbij.web.help.models import HelpBox, HelpRequest, Tick
from erbij.web.schools.models import Membership
from erbij.web.surveys.models import HelpAdult, Wave

NINE = dt.datetime(2026, 5, 5, 9, 0, tzinfo=dt.UTC)
CANARY = "canary-7d1f"


def after(minutes: float) -> dt.datetime:
    return NINE + dt.timedelta(minutes=minutes)


def only(asked: Any) -> HelpRequest:
    with scope(school=asked.school):
        return HelpRequest.objects.get()


def at_nine(asked: Any, send: Callable[..., Any], adult: str = "Juf An") -> None:
    """The clock runs since nine, and a request came right after."""
    ticks.tick(NINE)
    send(adult)


def test_goes_to_all_after_a_whole_school_hour_and_then_to_the_coordinator(
    asked: Any, send: Callable[..., Any], posted: list[tuple[str, str, str]]
) -> None:
    at_nine(asked, send)
    an, karim, coordinator = (
        asked.cast.people[name].email for name in ("Juf An", "Meester Karim", "coordinator")
    )
    assert [letter[2] for letter in posted] == [an]
    found = []
    for minute in (50, 51, 102, 153, 204):
        posted.clear()
        ticked = ticks.tick(after(minute))
        request = only(asked)
        found.append((ticked, request.waited, request.is_for_all, [letter[2] for letter in posted]))
    assert found == [
        (False, 0, False, []),
        (True, 1, False, []),
        (True, 2, True, [an, karim]),
        (True, 3, True, [coordinator]),
        (True, 4, True, []),
    ]


def test_letters_hold_no_word_and_no_name_of_a_pupil(
    asked: Any, send: Callable[..., Any], posted: list[tuple[str, str, str]]
) -> None:
    at_nine(asked, send)
    for minute in (51, 102, 153):
        ticks.tick(after(minute))
    told = " ".join(" ".join(letter) for letter in posted)
    assert len(posted) == 4
    assert "Look for Juf An or Meester Karim." in told
    assert "Mila" not in told
    assert CANARY not in told


def test_without_a_mail_server_nothing_is_posted(
    asked: Any, send: Callable[..., Any], posted: list[tuple[str, str, str]], settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    at_nine(asked, send)
    ticks.tick(after(51))
    ticks.tick(after(102))
    assert posted == []


def test_opened_request_does_not_wait(asked: Any, send: Callable[..., Any]) -> None:
    at_nine(asked, send)
    with scope(school=asked.school):
        HelpRequest.objects.update(state="seen", opened_by=asked.adults["Juf An"].membership_id)
    for minute in (51, 102, 153):
        assert ticks.tick(after(minute))
    assert (only(asked).waited, only(asked).is_for_all) == (0, False)


@pytest.mark.parametrize("how", ["no longer confirmed", "no longer a member"])
def test_opened_by_somebody_who_left_waits_again(asked: Any, send: Callable[..., Any], how: str) -> None:
    at_nine(asked, send)
    member = asked.adults["Juf An"].membership_id
    with scope(school=asked.school):
        HelpRequest.objects.update(state="seen", opened_by=member)
        if how == "no longer confirmed":
            HelpAdult.objects.filter(membership_id=member).update(is_confirmed=False)
        else:
            Membership.objects.filter(pk=member).delete()
    ticks.tick(after(51))
    ticks.tick(after(102))
    assert (only(asked).state, only(asked).is_for_all, only(asked).opened_by) == ("new", True, None)


@pytest.mark.parametrize("seed", range(4))
def test_never_goes_to_all_within_a_school_hour_however_irregular_the_ticks(
    asked: Any, send: Callable[..., Any], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 (moments of a test)
    ticks.tick(NINE)
    now, came = chance.uniform(0, 90), 0.0
    ticks.tick(after(now))
    came = now + chance.uniform(0, 60)
    send()
    now = came
    while not only(asked).is_for_all:
        now += chance.choice((0.2, 1.5, 20, 51))
        ticks.tick(after(now))
    assert 50 <= now - came <= 3 * 51 + 51


def test_clock_that_was_set_back_goes_on(asked: Any) -> None:
    ticks.tick(after(5000))
    assert not ticks.tick(NINE)
    assert ticks.tick(after(51))


def test_tick_runs_on_when_nobody_waits(db: None) -> None:
    assert [ticks.tick(after(minute)) for minute in (0, 51, 60, 102)] == [False, True, False, True]
    assert Tick.objects.get().minute == int(after(102).timestamp() // 60)


def test_seen_is_erased_after_the_days_of_the_setting_and_unseen_much_later(
    asked: Any, send: Callable[..., Any], settings: Any
) -> None:
    settings.HELP_DAYS = 7
    ticks.tick(NINE)
    found = []
    for state, days in (("seen", 7), ("seen", 8), ("new", 8), ("new", 366)):
        send("")
        with scopes_disabled():
            HelpRequest.objects.update(
                state=state,
                day=NINE.date() - dt.timedelta(days),
                opened_by=asked.adults["Juf An"].membership_id,
            )
            ticks.tick(after(51 * (len(found) + 1)))
            found.append(HelpRequest.objects.exists())
            HelpRequest.objects.all().delete()
    assert found == [True, False, True, False]


def test_box_goes_once_the_wave_is_closed_and_nobody_waits(asked: Any, send: Callable[..., Any]) -> None:
    at_nine(asked, send)
    found = []
    for minute, state, is_done in ((51, "open", False), (102, "closed", False), (153, "closed", True)):
        with scopes_disabled():
            Wave.objects.update(state=state)
            if is_done:
                HelpRequest.objects.all().delete()
            ticks.tick(after(minute))
            found.append(HelpBox.objects.exists())
    assert found == [True, True, False]


def test_tick_without_the_key_file_still_counts(
    asked: Any, send: Callable[..., Any], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    at_nine(asked, send)
    settings.HELP_KEY_FILE.unlink()
    for minute in (51, 102):
        assert ticks.tick(after(minute))
    assert only(asked).is_for_all
    assert "ERBIJ_HELP_KEY_FILE" in caplog.text


def test_command_ticks_once(asked: Any, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(help_tick.timezone, "now", lambda: NINE)
    call_command("help_tick")
    assert Tick.objects.count() == 1
    Tick.objects.update(minute=0)
    send()
    call_command("help_tick")
    assert only(asked).waited == 1


@pytest.mark.parametrize(
    ("day", "hour", "counts"),
    [(20, 8, True), (20, 16, True), (20, 17, False), (20, 7, False), (21, 10, False), (23, 10, True)],
)
def test_nights_and_weekends_are_no_school_hours(
    day: int, hour: int, counts: bool, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime(2026, 11, day, hour, 30, tzinfo=timezone.get_current_timezone())
    assert ticks.is_school_time(now) is counts
    monkeypatch.setattr(help_tick.timezone, "now", lambda: now)
    call_command("help_tick")
    assert Tick.objects.exists() is counts


def test_a_tick_that_fails_does_not_stop_the_clock(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_now: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(ticks, "tick", fail)
    monkeypatch.setattr(ticks, "is_school_time", lambda _now: True)
    monkeypatch.setattr(help_tick.connections, "close_all", lambda: None)
    help_tick.keep_on()
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_key_file_is_made_once_and_never_beside_requests(
    asked: Any, send: Callable[..., Any], settings: Any
) -> None:
    before = settings.HELP_KEY_FILE.read_bytes()
    call_command("help_key")
    assert settings.HELP_KEY_FILE.read_bytes() == before
    settings.HELP_KEY_FILE.unlink()
    call_command("help_key")
    assert settings.HELP_KEY_FILE.stat().st_mode & 0o777 == 0o600
    send()
    settings.HELP_KEY_FILE.unlink()
    said = io.StringIO()
    call_command("help_key", stderr=said)
    assert not settings.HELP_KEY_FILE.exists()
    assert "put the copy back" in said.getvalue()
