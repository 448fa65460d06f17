"""The page for pupils is proposed from the plan, and never made of it by itself."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django_scopes import scope

from erbij.web.plans import services
from erbij.web.plans.models import PlannedAction
from erbij.web.results import queries as results
from erbij.web.results.pupils_form import MOST_LINES
from erbij.web.surveys.models import Wave
from tests.web.plans.conftest import GAP, TODAY, showing


@pytest.fixture
def record(keep: Any, choose: Any) -> Any:
    kept = keep(showing())
    choose(kept)
    with scope(school=kept.school):
        Wave.objects.filter(pk=kept.wave_id).update(languages=["nl", "fr", "ar"])
    kept.wave.refresh_from_db()
    return kept


@pytest.fixture
def draft(record: Any, signed_in: Any) -> Any:
    def fetch() -> tuple[dict[str, str], str]:
        address = reverse("pupils-draft", args=[record.school.slug, record.wave.code])
        answer = signed_in("coordinator").get(address)
        form = answer.context["form"]
        return {code: form[code].value() or "" for code in form.languages}, answer.content.decode()

    return fetch


def day(language: str) -> str:
    with translation.override(language):
        return date_format(TODAY, "MONTH_DAY_FORMAT")


def test_lines_are_proposed_in_the_languages_of_the_catalogue(plan: Any, draft: Any) -> None:
    plan()
    lines, page = draft()
    assert lines["nl"] == f"Vanaf {day('nl')}: Test je eigen voordeur."
    assert lines["fr"].startswith(f"À partir du {day('fr')} : Testez votre propre porte")
    assert lines["ar"] == ""
    assert "These lines come from your plan" in page


def test_own_title_stands_in_the_language_of_the_school_only(plan: Any, draft: Any) -> None:
    plan(title="Thee aan de poort")
    lines, _page = draft()
    assert lines["nl"] == f"Vanaf {day('nl')}: Thee aan de poort."
    assert lines["fr"] == ""


def test_no_place_and_no_owner_and_no_finding_is_proposed(plan: Any, draft: Any) -> None:
    plan()
    lines, _page = draft()
    assert not any(word in lines["nl"] for word in ("3A", "teacher", "taal thuis", GAP))


def test_what_is_over_is_not_proposed_and_a_page_holds_few_lines(record: Any, plan: Any, draft: Any) -> None:
    first = plan(title="0")
    for number in range(1, MOST_LINES + 3):
        plan(title=str(number))
    with scope(school=record.school):
        services.move(planned=first, status=PlannedAction.Status.DONE, reason="", today=TODAY)
    lines, _page = draft()
    assert [line.rpartition(" ")[2] for line in lines["nl"].splitlines()] == [
        f"{number}." for number in range(1, MOST_LINES + 1)
    ]


def test_without_a_plan_nothing_is_proposed(draft: Any) -> None:
    lines, page = draft()
    assert set(lines.values()) == {""}
    assert "These lines come from your plan" not in page


def test_what_people_wrote_stays_and_nothing_is_public_by_itself(
    record: Any, plan: Any, draft: Any, signed_in: Any
) -> None:
    plan()
    draft()
    with scope(school=record.school):
        assert results.pupils_page(record) is None
    address = reverse("pupils-draft", args=[record.school.slug, record.wave.code])
    signed_in("coordinator").post(address, {"nl": "Iemand staat aan de poort.", "keep": ""})
    lines, page = draft()
    assert (lines["nl"], lines["fr"]) == ("Iemand staat aan de poort.", "")
    assert "These lines come from your plan" not in page
