"""Choosing: the undecided come first and stay, with age and cost; a choice is kept as it was made."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import WebError
from erbij.web.plans import queries, telling
from erbij.web.plans.models import Choice
from erbij.web.results import queries as results
from erbij.web.schools.roles import MANAGERS
from tests.web.plans.conftest import GAP, LONG_AGO, LOW, TODAY, showing


@pytest.fixture
def read(cast: Any, signed_in: Any) -> Any:
    def get(name: str = "choices", /, *, who: str = "coordinator", **kwargs: Any) -> str:
        address = reverse(name, kwargs={"school": cast.school.slug, **kwargs})
        page: str = signed_in(who).get(address).content.decode()
        return " ".join(page.split("<main")[1].split("</main", maxsplit=1)[0].split())

    return get


@pytest.fixture
def answer(cast: Any, signed_in: Any) -> Any:
    def post(kind: str, *, who: str = "coordinator", signal: str = GAP, **data: Any) -> Any:
        address = reverse("decision-choose", args=[cast.school.slug, signal])
        return signed_in(who).post(address, {"kind": kind, "seen": 0, **data})

    return post


def made(cast: Any) -> list[tuple[str, str, str, str]]:
    with scope(school=cast.school):
        found = Choice.objects.order_by("pk")
        return list(found.values_list("signal", "kind", "reason", "by_name"))


def test_what_nobody_chose_opens_the_plan_with_its_age_and_its_cost(keep: Any, read: Any) -> None:
    keep(showing())
    page = read()
    assert "not chosen yet · 6 weeks" in page
    assert "1 finding waits for you" in page
    assert "9 points lower than everyone together" in page
    assert "we expect 8 to 16 pupils below the line this year, of the 40 who answered here" in page


def test_the_oldest_come_first_and_of_one_day_gaps_before_low_scores(keep: Any, read: Any) -> None:
    keep(showing(mean=40.0), on=LONG_AGO)
    page = read()
    assert page.index("language at home") < page.index("Belonging: 40")


def test_without_results_the_page_says_when_findings_come(keep: Any, read: Any) -> None:
    assert "There is nothing to choose yet" in read()


def test_no_gap_is_no_proof_that_everyone_belongs(keep: Any, read: Any) -> None:
    keep(showing(gap=4.0))
    assert "That does not mean that everyone belongs" in read()


@pytest.mark.parametrize("kind", ["act", "look-closer", "leave"])
def test_each_of_the_three_answers_is_kept(kind: str, cast: Any, keep: Any, read: Any, answer: Any) -> None:
    keep(showing())
    assert answer(kind, reason="We know this").status_code == 302
    assert made(cast) == [(GAP, kind, "We know this", "coordinator")]
    page = read()
    assert "not chosen yet" not in page
    assert "We know this" in page
    assert ("nothing planned yet" in page) == (kind == "act")


@pytest.mark.parametrize("reason", ["", "   "])
def test_leaving_it_as_it_is_needs_a_reason(reason: str, cast: Any, keep: Any, answer: Any) -> None:
    keep(showing())
    refused = answer("leave", reason=reason)
    assert refused.status_code == 422
    assert "is a choice too" in refused.content.decode()
    assert made(cast) == []


@pytest.mark.parametrize("wrong", [{"kind": "close"}, {"kind": ""}, {"seen": "x"}, {"reason": "x" * 1001}])
def test_what_is_no_answer_is_refused(wrong: dict[str, str], cast: Any, keep: Any, answer: Any) -> None:
    keep(showing())
    assert answer(**{"kind": "act", **wrong}).status_code == 422
    assert made(cast) == []


def test_what_is_no_finding_can_not_be_chosen(keep: Any, answer: Any) -> None:
    keep(showing())
    assert answer("act", signal="gap.home-language.nobody").status_code == 404


def test_two_who_choose_at_once_are_told(cast: Any, keep: Any, answer: Any) -> None:
    keep(showing())
    answer("act")
    assert answer("leave", reason="No time").status_code == 302
    assert made(cast) == [(GAP, "act", "", "coordinator")]
    with scope(school=cast.school):
        last = Choice.objects.get().pk
    answer("leave", reason="No time", seen=last)
    assert [kind for _signal, kind, *_more in made(cast)] == ["act", "leave"]


def test_only_who_manages_sees_the_three_answers(keep: Any, read: Any) -> None:
    keep(showing())
    for who in ("coordinator", "team-member"):
        assert ("We do something" in read(who=who)) == (who in MANAGERS)


def test_a_choice_is_never_changed_or_deleted(cast: Any, keep: Any, choose: Any) -> None:
    choose(keep(showing()))
    with scope(school=cast.school):
        row = Choice.objects.get()
        rows = Choice.objects.all()
        for attempt in (row.save, row.delete, rows.delete, lambda: rows.update(kind="leave", reason="x")):
            with pytest.raises(WebError, match="kept as it was written"):
                attempt()
    assert made(cast) == [(GAP, "act", "", "coordinator")]


def test_the_table_itself_refuses_leaving_without_a_reason(cast: Any, keep: Any) -> None:
    wave = keep(showing()).wave
    with scope(school=cast.school), pytest.raises(IntegrityError), transaction.atomic():
        Choice(school=cast.school, wave=wave, signal=GAP, kind="leave", on=TODAY, by_name="x").save()


def test_whoever_leaves_keeps_their_name_beside_the_choice(
    cast: Any, keep: Any, choose: Any, read: Any
) -> None:
    choose(keep(showing()))
    cast.people["coordinator"].delete()
    assert made(cast) == [(GAP, "act", "", "coordinator")]
    assert "coordinator," in read(who="team-member")


@pytest.mark.parametrize("gap", [4.0, None])
def test_what_was_never_chosen_stays_also_where_the_next_wave_does_not_show_it(
    gap: float | None, keep: Any, read: Any
) -> None:
    keep(showing())
    keep(showing(gap=gap), on=TODAY)
    page = read()
    assert "not chosen yet · 6 weeks" in page
    assert "stays here until you choose" in page


def test_what_comes_back_is_asked_again_with_the_earlier_choice(keep: Any, choose: Any, read: Any) -> None:
    choose(keep(showing()), "leave", reason="Wait and see", on=LONG_AGO + dt.timedelta(2))
    keep(showing(), on=TODAY)
    page = read()
    assert "not chosen yet · since today" in page
    assert "It came back. Earlier you chose:" in page
    assert "Wait and see" in page


def test_what_was_chosen_and_no_longer_shows_is_not_forgotten(keep: Any, choose: Any, read: Any) -> None:
    choose(keep(showing()), "look-closer", reason="Ask the council", on=LONG_AGO)
    keep(showing(gap=4.0), on=TODAY)
    page = read()
    assert "Chosen before" in page
    assert "Ask the council" in page


def test_who_is_not_in_the_team_sees_what_was_shared_only(keep: Any, read: Any) -> None:
    keep(showing(), is_shared=True)
    keep(showing(gap=4.0, mean=40.0), on=TODAY)
    assert "Belonging: 40" in read()
    shared = read(who="teacher")
    assert "Belonging: 40" not in shared
    assert "not chosen yet · 6 weeks" in shared


def test_parents_and_staff_open_no_decision_of_pupils(keep: Any, read: Any) -> None:
    keep(showing(mean=40.0), instrument="erbij-staff")
    assert "There is nothing to choose yet" in read()


def test_offers_say_why_with_evidence_and_caution(keep: Any, read: Any) -> None:
    keep(showing())
    page = read("decision", signal=GAP)
    assert "It is meant for differences by language at home" in page
    assert "Strength " in page
    assert "is about belonging itself" in page
    assert "What can go wrong" in page
    assert "Our estimate, not a finding" in page


def test_an_action_on_pupils_stands_with_one_on_the_school_or_not_at_all(cast: Any, keep: Any) -> None:
    keep(showing())
    with scope(school=cast.school):
        plan = queries.plan_of(cast.school.pk)
    offers = telling.offers(
        results.release_of(plan.records[0]), plan.decisions[0].signal, telling.Words("en")
    )
    assert any(one.on_pupils for one in offers)
    assert all(bool(one.together) == one.on_pupils for one in offers)


@given(days=st.integers(-3, 4000))
def test_age_is_told_in_whole_days_or_weeks_and_never_below_today(days: int) -> None:
    told = telling.age(days)
    number = int(next((part for part in told.split() if part.isdigit()), 0))
    assert number == (max(0, days) if days < telling.FORTNIGHT else days // 7)


def test_low_scores_open_decisions_too(keep: Any, cast: Any) -> None:
    keep(showing(gap=4.0, mean=40.0))
    with scope(school=cast.school):
        assert [one.id for one in queries.plan_of(cast.school.pk).open] == [LOW]
