"""A pupil proposes: nothing is lost or doubled, and nothing tells whose it is or when it came."""

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from erbij.web.ideas import queries, services
from erbij.web.ideas.models import Idea, Receipt, Round, Vote
from erbij.web.surveys import brake, pupil_words
from tests.web.ideas.conftest import box


def texts(asked: Round) -> list[str]:
    with scope(school=asked.school):
        return sorted(Idea.objects.filter(round=asked).values_list("text", flat=True))


def send(tablet: Client, asked: Round, idea: str, **more: str) -> Any:
    return tablet.post(box(asked), {"idea": idea, "_token": str(uuid4()), **more})


def test_idea_is_handed_in_without_login_cookie_or_script(asked: Round, tablet: Client) -> None:
    shown = tablet.get(box(asked))
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "csrf" not in page
    assert "Schrijf geen namen op." in page
    token = re.search('name="_token" value="([^"]+)"', page)[1]  # type: ignore[index]
    answer = tablet.post(box(asked), {"idea": "  Een zitkuil\nbuiten ", "_token": token})
    assert answer.status_code == 303
    thanks = tablet.get(answer["Location"])
    assert "Je idee is binnen" in thanks.content.decode()
    assert "zitkuil" not in thanks.content.decode()
    assert texts(asked) == ["Een zitkuil buiten"]
    assert not tablet.cookies
    for each in (shown, answer, thanks):
        assert (each["Cache-Control"], each["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_retry_of_a_page_is_one_idea(asked: Round, tablet: Client) -> None:
    token = str(uuid4())
    answers = [tablet.post(box(asked), {"idea": "bank", "_token": token}).status_code for _ in range(3)]
    assert answers == [303, 303, 303]
    assert texts(asked) == ["bank"]
    send(tablet, asked, "bank")
    assert texts(asked) == ["bank", "bank"]


def test_tables_hold_no_time_class_person_or_order(asked: Round, propose: Any) -> None:
    for number in range(20):
        propose(asked, f"{number:02d}")
    kinds = (models.DateTimeField, models.TimeField, models.AutoField, models.BigAutoField)
    for table in (Idea, Vote, Receipt):
        assert not [f.name for f in table._meta.fields if isinstance(f, kinds)]
        known = {Round, Idea}
        assert {f.related_model for f in table._meta.fields if f.is_relation} <= known
    with scope(school=asked.school):
        by_key = list(Idea.objects.order_by("pk").values_list("text", flat=True))
    assert by_key != sorted(by_key)


def test_receipt_names_no_idea_and_goes_when_reading_begins(asked: Round, propose: Any) -> None:
    propose(asked, "bank")
    with scope(school=asked.school):
        [receipt] = Receipt.objects.all()
        [idea] = Idea.objects.all()
        assert {f.name for f in Receipt._meta.fields} == {"digest", "round"}
        assert str(idea.pk) not in receipt.digest
        services.stop_proposing(asked=asked)
        assert not Receipt.objects.exists()


def test_nobody_reads_ideas_while_pupils_propose(asked: Round, propose: Any, signed_in: Any) -> None:
    propose(asked, "een bank van 3A")
    address = reverse("idea-round", args=[asked.school.slug, asked.code])
    page = signed_in("coordinator").get(address).content.decode()
    assert "een bank van 3A" not in page
    assert "1 idea" not in page
    with scope(school=asked.school):
        assert queries.ideas_of(asked) == []


@pytest.mark.parametrize(
    ("idea", "name", "kept"),
    [
        ("", "ideas_empty", ""),
        (" \n ", "ideas_empty", ""),
        ("x" * 281, "talk_too_long", "x" * 281),
        ("a\x00b <i>", "ideas_signs", "ab &lt;i&gt;"),
        ("a\x1bb", "ideas_signs", "ab"),
        ("\ud800".encode("utf-8", "replace").decode() + "\ufffe", "ideas_signs", "?"),
    ],
)
def test_odd_words_are_refused_kindly_and_stay_in_the_form(
    asked: Round, tablet: Client, idea: str, name: str, kept: str
) -> None:
    answer = send(tablet, asked, idea)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert pupil_words.words("nl")[name] in page
    assert f">{kept}</textarea>" in page
    assert texts(asked) == []


@pytest.mark.parametrize("idea", ["👩‍👩‍👧 samen", "مقعد", "x" * 280, "e\u0301\u200d"])
def test_every_script_and_emoji_is_an_idea(asked: Round, tablet: Client, idea: str) -> None:
    assert send(tablet, asked, idea).status_code == 303
    assert texts(asked) == [idea]


def test_a_book_is_refused_before_it_is_read(asked: Round, tablet: Client) -> None:
    assert send(tablet, asked, "x" * 70_000).status_code == 413
    assert texts(asked) == []


def test_box_is_full_after_three_for_each_pupil(asked: Round, propose: Any, tablet: Client) -> None:
    for _ in range(asked.most_ideas):
        propose(asked, "bank")
    answer = send(tablet, asked, "nog een")
    assert answer.status_code == 409
    assert "nog een</textarea>" in answer.content.decode()
    assert len(texts(asked)) == 36


def test_other_language_keeps_what_was_written(asked: Round, tablet: Client) -> None:
    page = send(tablet, asked, "een bank", _show="ar").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert ">een bank</textarea>" in page
    assert 'aria-pressed="true"' in page
    assert texts(asked) == []


def test_pages_speak_every_language(asked: Round, tablet: Client) -> None:
    for language in pupil_words.languages():
        page = tablet.get(box(asked), {"language": language}).content.decode()
        assert pupil_words.words(language)["ideas_send"] in page
        assert page.count('class="ear"') == 1


def test_who_was_still_writing_can_hand_in_after_the_lesson(asked: Round, tablet: Client) -> None:
    with scope(school=asked.school):
        services.take_off_board(asked=asked)
    assert tablet.get(box(asked)).status_code == 404
    assert send(tablet, asked, "bank").status_code == 303
    with scope(school=asked.school):
        Round.objects.update(word_until=timezone.now() - queries.GRACE)
    answer = send(tablet, asked, "te laat")
    assert answer.status_code == 409
    assert "te laat</textarea>" in answer.content.decode()
    assert texts(asked) == ["bank"]


def test_last_day_ends_it(asked: Round, tablet: Client) -> None:
    with scope(school=asked.school):
        Round.objects.update(until=timezone.localdate() - dt.timedelta(days=1))
    assert tablet.get(box(asked)).status_code == 404
    assert send(tablet, asked, "bank").status_code == 409


def test_word_leads_from_the_start_and_guesses_are_braked(
    asked: Round, tablet: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    slow = brake.Brake(clock=lambda: 0.0, sleep=slept.append)
    monkeypatch.setattr(brake, "WRONG", slow)
    led = tablet.post(reverse("pupil-ideas-start"), {"word": f" {asked.word.upper().replace('-', '  ')} "})
    assert led["Location"].startswith(box(asked))
    for _ in range(brake.FREE - 1):
        slow.mistake()
    assert tablet.get(reverse("pupil-ideas", args=["no-one"])).status_code == 404
    assert slept == []
    assert tablet.get(reverse("pupil-ideas", args=["no-word"])).status_code == 404
    tablet.post(reverse("pupil-ideas", args=["no-word"]), {"idea": "x", "_token": "x"})
    tablet.get(reverse("pupil-ideas-done", args=["no-word"]))
    assert slept == [brake.WAIT] * 3
    assert tablet.get(box(asked)).status_code == 200
    assert len(slept) == 3


def test_word_is_too_long_to_guess_and_each_board_has_another(asked: Round) -> None:
    assert asked.word.count("-") == services.PARTS - 1
    with scope(school=asked.school):
        again = services.put_on_board(asked=asked)
        assert again.word == asked.word
        services.take_off_board(asked=asked)
        later = services.put_on_board(asked=asked)
    assert later.word != asked.word


@pytest.mark.parametrize("word", ["a\x00b", "a/b", "", "../school/"])
def test_odd_words_lead_nowhere(db: None, tablet: Client, word: str) -> None:
    assert tablet.post(reverse("pupil-ideas-start"), {"word": word}).status_code in (200, 303)
    with scopes_disabled():
        assert queries.by_word(word) is None
