"""Pupils choose: each once, as many as take part; nothing is counted before the end, and then only totals."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.ideas import handing_in, services
from erbij.web.ideas.models import Idea, Receipt, Round, Vote
from erbij.web.ideas.refusals import Refusal
from tests.web.ideas.conftest import box

SIX_AND_FOUR = [("bench", "books")] * 6 + [("ramp",)] * 4


def vote(asked: Round, ideas: dict[str, Idea], *titles: str) -> bool:
    chosen = [str(ideas[title].pk) for title in titles]
    return handing_in.vote(asked=asked, token=str(uuid4()), chosen=chosen)


def counted(voting: Any, votes: Sequence[Sequence[str]]) -> tuple[Round, dict[str, tuple[bool, int | None]]]:
    asked, ideas = voting
    for titles in votes:
        vote(asked, ideas, *titles)
    with scope(school=asked.school):
        services.count_votes(asked=asked)
        asked.refresh_from_db()
        found = Idea.objects.filter(round=asked)
        return asked, {idea.title: (idea.is_bought, idea.votes) for idea in found}


def votes_of(asked: Round) -> list[list[str]]:
    with scope(school=asked.school):
        return list(Vote.objects.filter(round=asked).values_list("chosen", flat=True))


def test_pupil_chooses_on_a_page_without_login_cookie_or_script(voting: Any, tablet: Client) -> None:
    asked, ideas = voting
    shown = tablet.get(box(asked))
    page = shown.content.decode()
    assert "csrf" not in page
    assert "€\u00a01000" in page
    token = re.search('name="_token" value="([^"]+)"', page)[1]  # type: ignore[index]
    chosen = [str(ideas["ramp"].pk), str(ideas["bench"].pk)]
    answers = [tablet.post(box(asked), {"chosen": chosen, "_token": token}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert votes_of(asked) == [sorted(chosen)]
    thanks = tablet.get(answers[0]["Location"])
    assert "Je stem is binnen" in thanks.content.decode()
    assert not tablet.cookies
    assert (shown["Cache-Control"], thanks["Cache-Control"]) == ("no-store", "no-store")


@pytest.mark.parametrize("chosen", [[], ["no-id"], [""], [str(uuid4())]])
def test_vote_for_nothing_is_refused_and_uses_up_no_place(
    voting: Any, tablet: Client, chosen: list[str]
) -> None:
    asked, _ideas = voting
    answer = tablet.post(box(asked), {"chosen": chosen, "_token": str(uuid4())})
    assert answer.status_code == 400
    assert "Kies minstens" in answer.content.decode()
    assert votes_of(asked) == []
    with scope(school=asked.school):
        assert not Receipt.objects.exists()


def test_ticks_stay_in_another_language_and_in_place(voting: Any, tablet: Client) -> None:
    asked, ideas = voting
    sent = {"chosen": str(ideas["books"].pk), "_token": str(uuid4())}
    pages = [
        tablet.post(box(asked), {**sent, "_show": language}).content.decode() for language in ("fr", "tr")
    ]
    orders = [re.findall('name="chosen" value="([^"]+)"( checked)?', page) for page in pages]
    assert orders[0] == orders[1]
    assert [pk for pk, tick in orders[0] if tick] == [str(ideas["books"].pk)]


def test_no_idea_stands_first_on_every_page(voting: Any, tablet: Client) -> None:
    asked, _ideas = voting
    pages = [tablet.get(box(asked)).content.decode() for _ in range(30)]
    assert len({re.search('name="chosen" value="([^"]+)"', page)[1] for page in pages}) > 1  # type: ignore[index]


def test_no_more_votes_than_pupils(voting: Any, tablet: Client) -> None:
    asked, ideas = voting
    for _ in range(asked.pupils):
        vote(asked, ideas, "bench")
    answer = tablet.post(box(asked), {"chosen": str(ideas["ramp"].pk), "_token": str(uuid4())})
    assert answer.status_code == 409
    assert len(votes_of(asked)) == asked.pupils
    with scope(school=asked.school):
        assert Receipt.objects.count() == asked.pupils


def test_group_that_agrees_gets_its_part_and_the_largest_does_not_take_all(voting: Any) -> None:
    """As computed by hand in tests/actions/test_equal_shares.py."""
    asked, found = counted(voting, SIX_AND_FOUR)
    assert found == {"bench": (True, 6), "books": (True, 6), "ramp": (True, 4)}
    assert (asked.told_votes, asked.left, asked.stage) == (10, 0, "answers")


def test_few_votes_tell_what_won_and_no_counts(voting: Any, signed_in: Any) -> None:
    asked, found = counted(voting, [("bench",)] * 8 + [("ramp",)])
    assert asked.page.record.wave.policy.least == 10
    assert found == {"bench": (True, None), "books": (False, None), "ramp": (True, None)}
    assert asked.told_votes is None
    page = signed_in("coordinator").get(reverse("idea-round", args=[asked.school.slug, asked.code]))
    told = page.content.decode()
    assert "Too few pupils voted" in told
    assert not re.search(r"\d+ votes?<", told)


def test_vote_in_which_nobody_voted_buys_nothing(voting: Any) -> None:
    asked, found = counted(voting, [])
    assert set(found.values()) == {(False, None)}
    assert (asked.told_votes, asked.left) == (None, 1000)


def test_counting_destroys_the_votes_and_happens_once(voting: Any) -> None:
    asked, _found = counted(voting, SIX_AND_FOUR)
    with scope(school=asked.school):
        assert not Vote.objects.exists()
        assert not Receipt.objects.exists()
        with pytest.raises(Refusal, match="wrong-stage"):
            services.count_votes(asked=asked)


def test_late_vote_is_refused_and_changes_nothing(voting: Any, tablet: Client) -> None:
    asked, ideas = voting
    address = box(asked)
    counted(voting, SIX_AND_FOUR)
    sent = {"chosen": str(ideas["ramp"].pk), "_token": str(uuid4())}
    assert tablet.post(address, sent).status_code == 409
    with pytest.raises(Refusal, match="closed"):
        vote(asked, ideas, "ramp")


def test_nothing_of_the_votes_is_seen_before_they_are_counted(voting: Any, signed_in: Any) -> None:
    asked, ideas = voting
    address = reverse("idea-round", args=[asked.school.slug, asked.code])
    client = signed_in("coordinator")
    pages = [client.get(address).content.decode()]
    vote(asked, ideas, "bench")
    pages.append(client.get(address).content.decode())
    first, second = (re.sub('csrfmiddlewaretoken" value="[^"]+"', "", page) for page in pages)
    assert first == second


def test_page_of_the_first_box_is_no_page_of_the_second(asked: Round, read: Any) -> None:
    token = str(uuid4())
    handing_in.propose(asked=asked, token=token, text="words of bench")
    ideas = read(asked, {"books": 300, "bench": 200})
    with scope(school=asked.school):
        services.start_voting(asked=asked)
        services.put_on_board(asked=asked)
    asked.refresh_from_db()
    assert handing_in.vote(asked=asked, token=token, chosen=[str(ideas["books"].pk)])


def test_without_money_or_cost_ideas_are_answered_without_a_vote(asked: Round, read: Any) -> None:
    read(asked, {"smile": None, "sing": 0})
    with scope(school=asked.school):
        with pytest.raises(Refusal, match="nothing-to-choose"):
            services.start_voting(asked=asked)
        services.answer_without_vote(asked=asked)
        asked.refresh_from_db()
    assert (asked.stage, asked.left) == ("answers", None)


def test_vote_can_not_be_skipped_where_there_is_something_to_divide(asked: Round, read: Any) -> None:
    read(asked, {"bench": 300})
    with scope(school=asked.school), pytest.raises(Refusal, match="vote-first"):
        services.answer_without_vote(asked=asked)
