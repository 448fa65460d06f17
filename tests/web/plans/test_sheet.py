"""The plan for the wall: always one page, the undecided on top, and a warning where it may not hang there."""

import io
import logging
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from erbij.web.accounts.models import Person
from tests.web.plans.conftest import LOW, TODAY, showing

# As in test_typeset: nothing is lost.
logging.getLogger("pypdf").setLevel(logging.ERROR)


@pytest.fixture
def printed(cast: Any, signed_in: Any) -> Any:
    def read() -> tuple[int, str]:
        answer = signed_in("coordinator").get(reverse("plan-sheet", args=[cast.school.slug]))
        assert answer["Content-Type"] == "application/pdf"
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return len(pages), " ".join(pages[0].extract_text().split())

    return read


def test_what_nobody_chose_stands_above_what_is_done(keep: Any, choose: Any, plan: Any, printed: Any) -> None:
    choose(keep(showing(mean=40.0)))
    plan(title="Tea at the gate #1")
    pages, words = printed()
    assert pages == 1
    assert words.index("Not chosen yet") < words.index("Belonging: 40") < words.index("Tea at the gate #1")
    assert "not chosen yet · 6 weeks" in words
    assert "teacher · 3A" in words


def test_long_plan_stays_one_page_and_says_how_many_more(
    cast: Any, keep: Any, choose: Any, plan: Any, printed: Any
) -> None:
    record = keep(showing(mean=40.0))
    choose(record)
    choose(record, signal=LOW)
    Person.objects.filter(name="teacher").update(name="W" * 100)
    cast.people["teacher"].refresh_from_db()
    for number in range(15):
        plan(title=f"{number} " + "W" * 117)
    pages, words = printed()
    assert pages == 1
    assert "and 7 more" in words


def test_stopped_actions_and_empty_plans_need_no_wall(cast: Any, keep: Any, plan: Any, printed: Any) -> None:
    keep(showing(gap=4.0))
    row = plan(title="Tea")
    with scope(school=cast.school):
        type(row).objects.update(status="done", status_on=TODAY)
    pages, words = printed()
    assert pages == 1
    assert "Nothing waits for a choice now." in words
    assert "Nothing is planned yet." in words
    assert "Tea" not in words


@pytest.mark.parametrize("is_shared", [False, True])
def test_what_is_not_shared_says_that_it_is_for_the_team(is_shared: bool, keep: Any, printed: Any) -> None:
    keep(showing(), is_shared=is_shared)
    assert ("For the team only" in printed()[1]) != is_shared
