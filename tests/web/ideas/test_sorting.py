"""A coordinator sorts: nothing is seen before that, and what hurts or asks for help gets a way out."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from erbij.web.ideas import queries, services, sorting
from erbij.web.ideas.models import Idea, Round
from erbij.web.ideas.refusals import Refusal
from tests.web.ideas.conftest import box, make_round


@pytest.fixture
def four(asked: Round, propose: Any) -> dict[str, Idea]:
    """Four ideas that nobody sorted yet, by their words."""
    for words in ("een bank", "bankje buiten", "Jan moet weg", "ik wil niet meer"):
        propose(asked, words)
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
        asked.refresh_from_db()
        return {idea.text: idea for idea in queries.ideas_of(asked)}


@pytest.fixture
def sort(asked: Round, signed_in: Any) -> Any:
    """Do something with an idea, as a coordinator; what the page says then."""
    client = signed_in("coordinator")

    def send(idea: Idea, act: str, **data: Any) -> str:
        address = reverse("idea-sort", args=[asked.school.slug, asked.code, idea.pk])
        page: str = client.post(address, {"act": act, **data}, follow=True).content.decode()
        return page

    return send


def state(idea: Idea) -> tuple[str, str, int | None]:
    with scopes_disabled():
        found = Idea.objects.get(pk=idea.pk)
    return found.state, found.title, found.cost


def test_pupils_see_the_plain_title_and_never_the_words(
    asked: Round, four: dict[str, Idea], sort: Any, tablet: Client
) -> None:
    sort(four["een bank"], "through", title="Een bank buiten", cost="300")
    sort(four["bankje buiten"], "with", into=str(four["een bank"].pk))
    sort(four["Jan moet weg"], "off", why="Dit gaat over iemand.")
    sort(four["ik wil niet meer"], "help")
    with scope(school=asked.school):
        services.start_voting(asked=asked)
        shown = services.put_on_board(asked=asked)
    page = tablet.get(box(shown)).content.decode()
    assert page.count('name="chosen"') == 1
    assert "Een bank buiten" in page
    for words in four:
        assert words not in page


def test_unread_ideas_keep_the_vote_shut(asked: Round, four: dict[str, Idea], signed_in: Any) -> None:
    address = reverse("idea-move", args=[asked.school.slug, asked.code])
    page = signed_in("coordinator").post(address, {"step": "vote"}, follow=True).content.decode()
    assert "Some ideas have not been sorted yet." in page
    asked.refresh_from_db()
    assert asked.stage == "sorting"


@pytest.mark.parametrize(
    ("act", "data", "said"),
    [
        ("through", {"title": " ", "cost": "1"}, "short title"),
        ("through", {"title": "x" * 91, "cost": "1"}, "short title"),
        ("through", {"title": "x", "cost": "1001"}, "more than the whole budget"),
        ("through", {"title": "x", "cost": "-1"}, "more than the whole budget"),
        ("with", {"into": ""}, "Choose the idea"),
        ("with", {"into": "OWN"}, "Choose the idea"),
        ("with", {"into": "OTHER"}, "Choose the idea"),
        ("off", {"why": ""}, "Say why"),
    ],
)
def test_half_a_decision_is_refused(
    four: dict[str, Idea], sort: Any, act: str, data: dict[str, str], said: str
) -> None:
    idea = four["een bank"]
    known = {"OWN": str(idea.pk), "OTHER": str(four["bankje buiten"].pk)}
    assert said in sort(idea, act, **{key: known.get(value, value) for key, value in data.items()})
    assert state(idea) == ("new", "", None)


def test_idea_that_others_were_put_with_and_is_taken_back_frees_them(
    asked: Round, four: dict[str, Idea], sort: Any
) -> None:
    sort(four["een bank"], "through", title="Bank", cost="300")
    sort(four["bankje buiten"], "with", into=str(four["een bank"].pk))
    assert state(four["bankje buiten"]) == ("merged", "", None)
    sort(four["een bank"], "off", why="Toch niet.")
    assert state(four["bankje buiten"])[0] == "new"


def test_call_for_help_says_what_to_do_and_its_words_go_after_that(
    asked: Round, four: dict[str, Idea], sort: Any, signed_in: Any
) -> None:
    idea = four["ik wil niet meer"]
    page = sort(idea, "help")
    assert "Do not look for the pupil" in page
    assert "112" in page
    address = reverse("idea-helped", args=[asked.school.slug, asked.code, idea.pk])
    page = signed_in("coordinator").post(address, follow=True).content.decode()
    assert "ik wil niet meer" not in page
    assert "Looked after" in page
    with scope(school=asked.school):
        assert Idea.objects.get(pk=idea.pk).text == ""
        with pytest.raises(Refusal, match="wrong-stage"):
            sorting.let_through(idea=Idea.objects.get(pk=idea.pk), title="x", cost=1)


def test_call_for_help_that_was_none_is_an_idea_again(asked: Round, four: dict[str, Idea], sort: Any) -> None:
    sort(four["een bank"], "help")
    page = sort(four["een bank"], "through", title="Bank", cost="")
    assert state(four["een bank"]) == ("on", "Bank", None)
    assert "Do not look for the pupil" not in page


def test_title_and_cost_stay_once_pupils_choose(voting: Any, signed_in: Any) -> None:
    asked, ideas = voting
    address = reverse("idea-sort", args=[asked.school.slug, asked.code, ideas["bench"].pk])
    sent = {"act": "through", "title": "bench", "cost": "1"}
    page = signed_in("coordinator").post(address, sent, follow=True).content.decode()
    assert "another stage" in page
    assert state(ideas["bench"]) == ("on", "bench", 300)


def test_stages_go_one_way(voting: Any, signed_in: Any) -> None:
    asked, _ideas = voting
    address = reverse("idea-move", args=[asked.school.slug, asked.code])
    client = signed_in("coordinator")
    for step in ("stop", "vote", "answer", "finish"):
        assert "another stage" in client.post(address, {"step": step}, follow=True).content.decode()
    assert client.post(address, {"step": "back"}).status_code == 400
    asked.refresh_from_db()
    assert asked.stage == "vote"


def test_round_needs_a_page_that_pupils_can_read(page: Any, signed_in: Any, cast: Any) -> None:
    client, new = signed_in("coordinator"), reverse("idea-round-new", args=[cast.school.slug])
    day = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
    sent = {"page": page.pk, "question": "Wat helpt?", "until": day, "who": "council", "pupils": 12}
    sent |= {"unit": "euros", "budget": 500}
    assert client.post(new, {**sent, "until": "2020-01-01"}).status_code == 422
    assert client.post(new, {**sent, "pupils": 0}).status_code == 422
    assert client.post(new, {**sent, "page": 99}).status_code == 422
    made = client.post(new, sent)
    assert made.status_code == 302
    assert "Wat helpt?" in client.get(made["Location"]).content.decode()
    with pytest.raises(Refusal, match="already-running"):
        make_round(page)
    page.approved_on = None
    with pytest.raises(Refusal, match="not-public"):
        make_round(page)
