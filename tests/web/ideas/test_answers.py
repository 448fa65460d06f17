"""Every idea gets an answer, and pupils read it on the page of what was heard; not before it is let."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from erbij.web.ideas import handing_in, queries, services, sorting
from erbij.web.ideas.models import Idea, Round
from erbij.web.ideas.refusals import Refusal
from erbij.web.surveys import pupil_words


@pytest.fixture
def round_(asked: Round, read: Any) -> Round:
    """A vote of ten about a bench that won; an idea that is not shown, and one put with the bench."""
    ideas = read(asked, {"bench": 300, "ramp": 900, "alike": None, "secret": None})
    with scope(school=asked.school):
        sorting.put_with(idea=ideas["alike"], into=ideas["bench"])
        sorting.keep_back(idea=ideas["secret"], why="It names somebody.")
        services.start_voting(asked=asked)
        services.put_on_board(asked=asked)
        asked.refresh_from_db()
        for _ in range(10):
            handing_in.vote(asked=asked, token=str(uuid4()), chosen=[str(ideas["bench"].pk)])
        services.count_votes(asked=asked)
        asked.refresh_from_db()
    return asked


@pytest.fixture
def answer(round_: Round, signed_in: Any) -> Any:
    """Answer an idea as a coordinator; what the page says then."""
    client = signed_in("coordinator")

    def send(title: str, **data: Any) -> str:
        with scope(school=round_.school):
            idea = Idea.objects.get(round=round_, title=title)
        address = reverse("idea-answer", args=[round_.school.slug, round_.code, idea.pk])
        page: str = client.post(address, data, follow=True).content.decode()
        return page

    return send


def heard(round_: Round, **asked: str) -> str:
    page: str = Client().get(reverse("pupils-page", args=[round_.page.code]), asked).content.decode()
    return page


def tell(round_: Round, signed_in: Any, **data: str) -> str:
    address = reverse("idea-tell", args=[round_.school.slug, round_.code])
    page: str = signed_in("coordinator").post(address, data, follow=True).content.decode()
    return page


def test_pupils_read_every_answer_once_it_is_let_and_no_longer_once_withdrawn(
    round_: Round, answer: Any, signed_in: Any
) -> None:
    answer("bench", verdict="yes", why="Jullie <b>kozen</b> het.", by="2027-03-02")
    assert "Every idea gets an answer first." in tell(round_, signed_in, tell="")
    answer("ramp", verdict="later", why="Te duur dit jaar.")
    before = heard(round_)
    tell(round_, signed_in, tell="")
    after = heard(round_)
    for said in (
        "Jullie ideeën",
        "bench",
        "gekozen",
        "stemmen: 10",
        "Jullie &lt;b&gt;kozen",
        "(2 maart 2027)",
    ):
        assert said not in before
        assert said in after
    assert "Een idee dat we hier niet tonen" in after
    assert "It names somebody." in after
    assert "Te duur dit jaar." in after
    assert "€\u00a0700" in after
    assert "words of" not in after
    assert "secret" not in after
    assert "alike" not in after
    tell(round_, signed_in, withdraw="")
    assert heard(round_) == before


def test_answers_say_which_words_people_wrote(round_: Round, answer: Any, signed_in: Any) -> None:
    answer("bench", verdict="yes", why="Jullie kozen het.")
    answer("ramp", verdict="no", why="Te duur.")
    tell(round_, signed_in, tell="")
    for language in ("nl", "fr", "ar"):
        page, words = heard(round_, language=language), pupil_words.words(language)
        assert words["told_title"] in page
        assert words["told_no"] in page
        # Aloud only what is in the language of the voice.
        assert ('class="text"><bdi>Te duur.' in page) == (language == "nl")


@pytest.mark.parametrize("sent", [{"verdict": "yes", "why": " "}, {"verdict": "maybe", "why": "x"}, {}])
def test_answer_without_a_reason_is_none(answer: Any, round_: Round, sent: dict[str, str]) -> None:
    assert "Say why" in answer("bench", **sent)
    with scope(school=round_.school):
        assert queries.unanswered(round_) == 2


def test_round_ends_only_when_everything_is_answered_and_told(
    round_: Round, answer: Any, signed_in: Any
) -> None:
    with scope(school=round_.school), pytest.raises(Refusal, match="unanswered"):
        services.finish(asked=round_)
    answer("bench", verdict="yes", why="x")
    answer("ramp", verdict="no", why="x")
    with scope(school=round_.school):
        with pytest.raises(Refusal, match="not-told"):
            services.finish(asked=round_)
        services.tell(asked=round_, is_told=True)
        services.finish(asked=round_)
        assert set(Idea.objects.values_list("text", flat=True)) == {""}
        assert Idea.objects.filter(verdict="").exclude(state="merged").count() == 0
    assert "bench" in heard(round_)


def test_round_waits_for_who_looks_after_a_call_for_help(asked: Round, propose: Any) -> None:
    propose(asked, "ik wil niet meer")
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
        asked.refresh_from_db()
        [idea] = queries.ideas_of(asked)
        sorting.call_for_help(idea=idea)
        services.answer_without_vote(asked=asked)
        with pytest.raises(Refusal, match="unanswered"):
            services.tell(asked=asked, is_told=True)
        sorting.looked_after(idea=idea)
        services.tell(asked=asked, is_told=True)
    assert "ik wil niet meer" not in heard(asked)


def test_home_says_what_waits_and_for_how_long(round_: Round, signed_in: Any) -> None:
    home = reverse("school", args=[round_.school.slug])
    with scope(school=round_.school):
        Round.objects.update(since=timezone.localdate() - dt.timedelta(days=9))
    assert "2 ideas wait for an answer, since 9 days." in signed_in("coordinator").get(home).content.decode()
    assert "wait for an answer" not in signed_in("team-member").get(home).content.decode()


def test_home_says_that_proposing_is_over_and_that_nobody_was_asked(
    page: Any, signed_in: Any, text: str
) -> None:
    home = reverse("school", args=[page.school.slug])
    assert "Ask them what would help." in signed_in("coordinator").get(home).content.decode()
    with scope(school=page.school):
        made = services.open_round(page=page, question="x", until=timezone.localdate(), pupils=3)
    assert "Ask them what would help." not in signed_in("coordinator").get(home).content.decode()
    with scope(school=page.school):
        Round.objects.filter(pk=made.pk).update(until=timezone.localdate() - dt.timedelta(days=1))
    assert "Nobody has read them yet." in signed_in("coordinator").get(home).content.decode()
