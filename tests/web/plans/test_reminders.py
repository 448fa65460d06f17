"""Reminders: each day once, to the owner who still is one, at most once whatever stops halfway."""

import datetime as dt
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from erbij.web.accounts.models import Person
from erbij.web.plans import reminders, services
from erbij.web.plans.management.commands import remind
from erbij.web.plans.models import PlannedAction, Reminder
from erbij.web.schools.models import Membership
from tests.web.plans.conftest import TODAY, showing

DAY = dt.timedelta(days=1)
CHECK = TODAY + PlannedAction.EIGHT_WEEKS


@pytest.fixture
def row(keep: Any, choose: Any, plan: Any, settings: Any) -> PlannedAction:
    """An action of the teacher, to look at in eight weeks; there is a server for e-mail."""
    settings.EMAIL_HOST = "mail.school.example"
    choose(keep(showing()))
    planned: PlannedAction = plan()
    return planned


@pytest.mark.parametrize(
    ("days", "kind"),
    [(-56, ""), (-8, ""), (-7, "soon"), (-1, "soon"), (0, "now"), (14, "now"), (15, "")],
)
def test_a_week_before_and_from_the_day_on(days: int, kind: str, row: PlannedAction) -> None:
    assert reminders.kind_on(row, CHECK + days * DAY) == kind
    assert reminders.send(CHECK + days * DAY) == bool(kind)
    assert len(mail.outbox) == bool(kind)


def test_what_was_agreed_this_very_day_is_not_reminded_of(row: PlannedAction) -> None:
    row.starts_on, row.check_on = TODAY, TODAY + DAY
    assert reminders.kind_on(row, TODAY) == ""
    assert reminders.kind_on(row, TODAY + DAY) == "now"


def test_each_day_is_reminded_of_once(row: PlannedAction) -> None:
    for day in (-8, -7, -7, -3, 0, 0, 1, 14, 15):
        reminders.send(CHECK + day * DAY)
    first, second = (letter.subject for letter in mail.outbox)
    assert first.endswith(f"{CHECK.year} you look whether it takes hold: Test your own front door")
    assert second == "Time to look: Test your own front door"


def test_another_day_is_another_reminder(cast: Any, row: PlannedAction) -> None:
    reminders.send(CHECK)
    with scope(school=cast.school):
        PlannedAction.objects.update(check_on=CHECK + 30 * DAY)
    assert [reminders.send(CHECK), reminders.send(CHECK + 30 * DAY)] == [0, 1]


def test_letter_holds_the_title_and_the_day_and_nothing_of_the_school(cast: Any, row: PlannedAction) -> None:
    Person.objects.update(language="nl")
    reminders.send(CHECK)
    (letter,) = mail.outbox
    assert letter.to == ["teacher@school.example"]
    assert letter.subject == "Tijd om te kijken: Test je eigen voordeur"
    assert "Jij zorgt voor deze actie: Test je eigen voordeur." in letter.body
    said = letter.subject + letter.body
    assert not any(
        word in said for word in (cast.school.name, cast.school.slug, "3A", "punten", "home", "teacher")
    )


def test_without_a_server_for_mail_nothing_is_written_down(row: PlannedAction, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert reminders.send(CHECK) == 0
    with scopes_disabled():
        assert not Reminder.objects.exists()


def _stop(cast: Any, row: PlannedAction) -> None:
    services.move(planned=row, status="stopped", reason="No hours", today=TODAY)


def _leave(cast: Any, row: PlannedAction) -> None:
    Membership.objects.filter(person=cast.people["teacher"]).delete()


def _switch_off(cast: Any, row: PlannedAction) -> None:
    Person.objects.filter(name="teacher").update(is_active=False)


def _want_none(cast: Any, row: PlannedAction) -> None:
    services.want_letters(person=cast.people["teacher"], is_wanted=False)


def _delay(cast: Any, row: PlannedAction) -> None:
    PlannedAction.objects.update(check_on=CHECK + 30 * DAY)


@pytest.mark.parametrize("change", [_stop, _leave, _switch_off, _want_none, _delay])
def test_what_changed_since_the_list_was_made_is_read_again(
    change: Any, cast: Any, row: PlannedAction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list was made before; the row is read under its lock."""
    with scope(school=cast.school):
        change(cast, row)
    monkeypatch.setattr(reminders, "_due", lambda _today: iter([(cast.school, row.pk)]))
    assert reminders.send(CHECK) == 0
    assert mail.outbox == []


def test_new_owner_is_told_too(cast: Any, row: PlannedAction) -> None:
    reminders.send(CHECK)
    with scope(school=cast.school):
        PlannedAction.objects.update(owner=cast.people["team-member"])
    reminders.send(CHECK)
    assert [letter.to[0].partition("@")[0] for letter in mail.outbox] == ["teacher", "team-member"]


class Stopped(BaseException):
    """The server goes down here."""


def test_server_that_stops_halfway_never_sends_twice_and_says_so(
    row: PlannedAction, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def down(*_args: Any) -> None:
        raise Stopped

    with monkeypatch.context() as during:
        during.setattr(reminders, "send_mail", down)
        with pytest.raises(Stopped):
            reminders.send(CHECK)
    assert reminders.send(CHECK) == 0
    assert (mail.outbox, reminders.unsure()) == ([], 1)
    call_command("remind")
    assert "nobody knows whether they went" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "later"),
    [(SMTPRecipientsRefused({}), 1), (ConnectionRefusedError(), 1), (TimeoutError(), 0)],
)
def test_what_the_post_refused_is_tried_again(
    problem: Exception, later: int, row: PlannedAction, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def refuse(*_args: Any) -> None:
        raise problem

    with monkeypatch.context() as during:
        during.setattr(reminders, "send_mail", refuse)
        assert reminders.send(CHECK) == 0
    assert type(problem).__name__ in caplog.text
    assert "teacher" not in caplog.text
    assert reminders.send(CHECK) == later
    assert reminders.unsure() == 1 - later


def test_command_sends_and_counts(row: PlannedAction, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(remind.timezone, "localdate", lambda: CHECK)
    call_command("remind")
    assert capsys.readouterr().out == "1 sent.\n"


@pytest.mark.parametrize(("hour", "count"), [(6, 0), (7, 1), (23, 1)])
def test_server_reminds_by_itself_and_lets_people_sleep(
    hour: int, count: int, row: PlannedAction, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime.combine(CHECK, dt.time(hour), tzinfo=dt.UTC)
    monkeypatch.setattr(remind.timezone, "localtime", lambda: now)
    monkeypatch.setattr(remind.connections, "close_all", lambda: None)
    remind.keep_on()
    assert len(mail.outbox) == count


def test_what_goes_wrong_does_not_end_the_reminding(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def break_(_today: dt.date) -> int:
        raise RuntimeError("teacher@school.example")

    monkeypatch.setattr(remind.reminders, "send", break_)
    monkeypatch.setattr(remind, "MORNING", 0)
    monkeypatch.setattr(remind.connections, "close_all", lambda: None)
    remind.keep_on()
    assert "RuntimeError" in caplog.text
    assert "teacher@" not in caplog.text


def test_letters_are_switched_off_and_on(cast: Any, row: PlannedAction, signed_in: Any) -> None:
    teacher, here = signed_in("teacher"), reverse("actions", args=[cast.school.slug])
    switch = reverse("plan-letters", args=[cast.school.slug])
    assert "Send me none" in teacher.get(here).content.decode()
    teacher.post(switch, {"no": ""})
    teacher.post(switch, {"no": ""})
    assert "Send me reminders" in teacher.get(here).content.decode()
    assert reminders.send(CHECK) == 0
    teacher.post(switch, {"yes": ""})
    assert reminders.send(CHECK) == 1
