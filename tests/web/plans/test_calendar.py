"""Calendar files: what a calendar reads back is what was written, and a changed action moves."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from hypothesis import example, given
from hypothesis import strategies as st

from erbij.web.plans import calendar, services
from erbij.web.plans.models import PlannedAction
from tests.web.plans.conftest import TODAY, showing


def unfolded(text: str) -> list[str]:
    """Lines as RFC 5545 puts them together again (3.1)."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(text: str) -> str:
    """A text as RFC 5545 reads it (3.3.11)."""
    return re.sub(r"\\([\\;,nN])", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), text)


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in unfolded(text):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT" and name != "END":
            found[-1][name.partition(";")[0]] = unescaped(value)
    return found


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)


@given(words=PLAIN)
@example(words="é" * 200)
@example(words="👩‍🏫" * 40)
@example(words='a\\n,b;c:"d')
def test_every_text_comes_back_and_no_line_is_too_long(words: str) -> None:
    folded = calendar.fold(f"SUMMARY:{calendar.escape(words)}") + "\r\n"
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    (line,) = unfolded(folded)
    assert unescaped(line.removeprefix("SUMMARY:")) == words


@given(words=st.text(max_size=100))
def test_no_text_begins_a_line_of_its_own(words: str) -> None:
    written = calendar.escape(words)
    assert len(f"SUMMARY:{written}".splitlines()) == 1
    assert not re.search(r"[\x00-\x1f\x7f]", written)


@pytest.fixture
def fetch(cast: Any, signed_in: Any) -> Any:
    def get(name: str, /, *, who: str = "teacher", **kwargs: Any) -> Any:
        return signed_in(who).get(reverse(name, kwargs={"school": cast.school.slug, **kwargs}))

    return get


def test_an_action_has_its_start_and_the_day_to_look(keep: Any, choose: Any, plan: Any, fetch: Any) -> None:
    choose(keep(showing()))
    row = plan(title="Tea, at the gate")
    answer = fetch("action-calendar", pk=row.pk)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert unfolded(text)[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    start, check = events(text)
    assert (start["UID"], check["UID"]) == (f"{row.code}-start@erbij", f"{row.code}-check@erbij")
    assert (start["DTSTART"], check["DTSTART"]) == (f"{TODAY:%Y%m%d}", f"{row.check_on:%Y%m%d}")
    assert start["DTEND"] == f"{TODAY + dt.timedelta(days=1):%Y%m%d}"
    assert check["SUMMARY"] == "Look whether it takes hold: Tea, at the gate"
    assert (check["SEQUENCE"], check["STATUS"]) == ("0", "CONFIRMED")


def test_stopping_keeps_the_names_and_raises_the_sequence(
    cast: Any, keep: Any, choose: Any, plan: Any, fetch: Any
) -> None:
    choose(keep(showing()))
    row = plan()
    before = events(fetch("my-calendar").content.decode())
    with scope(school=cast.school):
        services.move(planned=row, status=PlannedAction.Status.STOPPED, reason="No hours", today=TODAY)
    after = events(fetch("my-calendar").content.decode())
    assert [one["UID"] for one in before] == [one["UID"] for one in after]
    assert [(one["SEQUENCE"], one["STATUS"]) for one in after] == [("1", "CANCELLED")] * 2


def test_mine_are_those_that_i_see_to(keep: Any, choose: Any, plan: Any, fetch: Any) -> None:
    choose(keep(showing()))
    plan(title="Mine")
    plan(title="Theirs", owner="team-member")
    names = {one["SUMMARY"].partition(": ")[2] for one in events(fetch("my-calendar").content.decode())}
    assert names == {"Mine"}
    assert events(fetch("my-calendar", who="coordinator").content.decode()) == []
