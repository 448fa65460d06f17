import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connections, models
from django.test import Client
from django_scopes import ScopeError, scope

from erbij.web.help import boxes, services
from erbij.web.help.models import HelpBox, HelpRequest
from erbij.web.surveys import asking, brake, pupil_page, pupil_words, sealing
from erbij.web.surveys.models import Ballot, HelpAdult, Tally, Wave

CANARY = "canary-7d1f"
ASK = "/c/help/maan-boot/ask/"
FORM = {"adult": "Juf An", "name": "Mila", "words": CANARY}


def kept(asked: Any) -> list[HelpRequest]:
    with scope(school=asked.school):
        return list(HelpRequest.objects.all())


def opened(asked: Any) -> dict[str, object]:
    (request,) = kept(asked)
    with scope(school=asked.school):
        box = HelpBox.objects.get()
    private = boxes.private_key(box, boxes.server_key())
    return sealing.unseal(
        request.sealed, private, wave=box.code, ballot=str(request.pk), purpose=boxes.PURPOSE
    )


def test_sealed_request_is_kept_for_the_chosen_adult(asked: Any, send: Callable[..., Any]) -> None:
    answer = send("Juf An")
    assert (answer.status_code, answer.json()["title"]) == (200, "It has been sent")
    (request,) = kept(asked)
    assert request.adult == asked.adults["Juf An"].membership_id
    assert (request.state, request.waited, request.is_for_all) == ("new", 0, False)
    assert opened(asked) == {"v": 1, "name": "Mila", "words": CANARY, "language": "nl"}
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_request_sent_twice_is_one_request(asked: Any, send: Callable[..., Any]) -> None:
    wave = services.wave_behind("maan-boot")
    id_ = str(uuid4())
    sealed = services.seal(wave=wave, id=id_, name="Mila", words="", language="nl")
    found = [services.take(wave=wave, id=id_, adult="", sealed=sealed) for _ in range(3)]
    assert found == [True, False, False]
    assert len(kept(asked)) == 1


def test_without_script_the_server_seals(asked: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/c/help/maan-boot/?language=en&beside=1").content.decode()
    assert 'name="beside" value="1"' in page
    id_ = page.split('name="id" value="')[1].split('"')[0]
    for _ in range(2):
        answer = client.post(f"{ASK}?language=en", {**FORM, "id": id_, "beside": "1"})
        assert answer.status_code == 303
    assert answer["Location"] == "/c/help/maan-boot/sent/?language=en&beside=1"
    assert answer["Clear-Site-Data"] == '"cache"'
    assert opened(asked)["words"] == CANARY
    page = client.get(answer["Location"]).content.decode()
    words = pupil_words.words("en")
    assert words["talk_sent_title"] in page
    assert words["talk_close"] in page
    assert 'href="tel:102"' in page
    assert CANARY not in page
    assert "<form" not in page


def test_every_request_has_the_same_length(asked: Any) -> None:
    wave, long = services.wave_behind("maan-boot"), "ك" * 500
    sealed = [
        services.seal(wave=wave, id=str(uuid4()), name=long[:100], words=words, language="ar")
        for words in ("", long)
    ]
    assert {len(text) for text in sealed} == {services.SEALED_LENGTH}


def test_nothing_of_it_stands_beside_the_answers(asked: Any, send: Callable[..., Any]) -> None:
    send()
    assert Ballot.objects.count() == 0
    with scope(school=asked.school):
        assert not Tally.objects.exists()
    assert "help_helprequest" not in connections["default"].introspection.table_names()
    elsewhere = set(connections["help"].introspection.table_names()) - {"django_migrations"}
    assert elsewhere == {"help_helprequest", "help_helpbox", "help_tick"}


def test_store_knows_no_time_no_wave_and_no_session(asked: Any, send: Callable[..., Any]) -> None:
    send()
    for model in apps.get_app_config("help").get_models():
        fields = model._meta.get_fields()
        assert not [each for each in fields if isinstance(each, models.DateTimeField | models.TimeField)]
        assert not [each for each in fields if each.is_relation]
    names = [field.name for field in HelpRequest._meta.get_fields()]
    assert names == [
        *("id", "box", "school", "adult", "sealed", "day"),
        *("state", "waited", "is_for_all", "opened_by"),
    ]
    row = str(vars(kept(asked)[0]))
    assert asked.wave.code not in row
    assert asked.session.word not in row


def test_tables_have_no_row_numbers(db: None) -> None:
    with connections["help"].cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name IN ('help_helprequest', 'help_helpbox')")
        made = [row[0] for row in cursor.fetchall()]
    assert len(made) == 2
    assert all(sql.endswith("WITHOUT ROWID") for sql in made)


def test_request_needs_a_school(asked: Any) -> None:
    with pytest.raises(ScopeError):
        HelpRequest.objects.all()
    with scope(school=asked.cast.other):
        assert not HelpRequest.objects.exists()


def test_request_of_another_school_is_not_seen(asked: Any, send: Callable[..., Any]) -> None:
    send()
    with scope(school=asked.cast.other):
        assert not HelpRequest.objects.exists()
        assert not HelpBox.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"name": "  "}, 422, "talk_no_name"),
        ({"name": "x" * 101}, 422, "talk_too_long"),
        ({"words": "x" * 501}, 422, "talk_too_long"),
        ({"adult": "De directeur"}, 409, "talk_gone"),
        ({"id": "1"}, 400, "talk_not_now"),
    ],
)
def test_refused_form_comes_back_with_its_words_and_the_helplines(
    asked: Any, changed: dict[str, str], status: int, said: str
) -> None:
    answer = Client().post(f"{ASK}?language=en", FORM | changed)
    page = answer.content.decode()
    assert answer.status_code == status
    assert pupil_words.words("en")[said] in page
    assert (FORM | changed)["words"] in page
    assert "Meester Karim" in page
    assert 'href="tel:102"' in page
    assert kept(asked) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "x"},
        {"id": "6fa459ea-ee8a-11e8-8eb2-f2801f1b9fd1"},  # version 1: it holds a time
        {"id": 5},
        {"adult": None},
        {"sealed": "AAAA"},
        {"sealed": "?" * services.SEALED_LENGTH},
        {"sealed": "A" * 11000},
    ],
)
def test_what_is_no_request_is_refused(
    asked: Any, send: Callable[..., Any], changed: dict[str, object]
) -> None:
    answer = send(**changed)
    assert (answer.status_code, answer.json()["error"]) == (400, "not-a-request")
    assert answer.json()["message"] == pupil_words.words("en")["talk_not_now"]
    assert kept(asked) == []


@pytest.mark.parametrize("body", ["no json", "[]", "[" * 5000])
def test_what_is_no_json_is_refused(asked: Any, body: str) -> None:
    answer = Client().post(ASK, body, "application/json", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "not-a-request")


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_ten_megabytes_are_refused_unread(asked: Any, kind: str) -> None:
    answer = Client().post(f"{ASK}?language=en", "words=" + CANARY * 1_000_000, kind)
    assert answer.status_code == 413
    assert 'href="tel:102"' in answer.content.decode()
    assert CANARY not in answer.content.decode()


def test_closed_word_shows_the_helplines(asked: Any) -> None:
    asked.session.delete()
    client = Client()
    answers = [
        client.get("/c/help/maan-boot/"),
        client.post(ASK, FORM),
        client.get("/c/help/maan-boot/sent/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 200]
    for answer in answers:
        assert 'href="tel:116111"' in answer.content.decode()
        assert "<form" not in answer.content.decode()
    assert client.get("/c/help/maan-boot/key/").status_code == 404
    assert kept(asked) == []


def test_request_for_somebody_who_cannot_is_not_given_to_another(
    asked: Any, send: Callable[..., Any]
) -> None:
    with scope(school=asked.school):
        HelpAdult.objects.filter(pk=asked.adults["Juf An"].pk).update(is_confirmed=False)
    assert send("Juf An").json()["error"] == "adult-gone"
    assert kept(asked) == []
    assert send("").status_code == 200


def test_without_any_adult_nothing_is_taken(asked: Any, send: Callable[..., Any]) -> None:
    with scope(school=asked.school):
        HelpAdult.objects.all().delete()
    assert send().json()["error"] == "adult-gone"
    page = Client().get("/c/help/maan-boot/").content.decode()
    assert "<form" not in page
    assert 'href="tel:102"' in page


def test_key_file_that_is_gone_is_said_kindly_and_told_the_operator(
    asked: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.HELP_KEY_FILE.unlink()
    assert Client().get("/c/help/maan-boot/key/").status_code == 503
    answer = Client().post(f"{ASK}?language=en", FORM)
    assert answer.status_code == 503
    assert 'href="tel:102"' in answer.content.decode()
    assert pupil_words.words("en")["talk_not_now"] in answer.content.decode()
    assert "ERBIJ_HELP_KEY_FILE" in caplog.text
    assert CANARY not in caplog.text
    assert "Mila" not in caplog.text


def test_another_key_file_takes_nothing_that_nobody_would_find(
    asked: Any, send: Callable[..., Any], settings: Any
) -> None:
    assert send().status_code == 200
    settings.HELP_KEY_FILE.write_bytes(b"x" * 32)
    assert Client().get("/c/help/maan-boot/key/").json()["error"] == "no-key"


def test_a_flood_is_stopped_per_school_and_ends_at_the_helplines(
    asked: Any, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_WAITING", 2)
    assert [send().status_code for _ in range(3)] == [200, 200, 429]
    answer = Client().post(ASK, FORM)
    assert answer.status_code == 429
    assert 'href="tel:102"' in answer.content.decode()


def test_two_adults_of_one_name_both_get_it(asked: Any, send: Callable[..., Any]) -> None:
    asked.cast.people["Meester Karim"].name = "Juf An"
    asked.cast.people["Meester Karim"].save()
    assert send("Juf An").status_code == 200
    assert kept(asked)[0].adult is None


@pytest.mark.parametrize("path", ["key/", "sent/"])
def test_pages_set_no_cookie_and_leave_no_trace(asked: Any, path: str) -> None:
    answer = Client().get(f"/c/help/maan-boot/{path}")
    assert not answer.cookies
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_questions_page_offers_it_in_place_and_on_a_page_beside(asked: Any) -> None:
    page = Client().get("/c/maan-boot/?language=en").content.decode()
    assert '/c/help/maan-boot/?language=en&amp;beside=1" target="_blank"' in page
    data = json.loads(page.split('<script id="page-data" type="application/json">')[1].split("</script>")[0])
    assert data["talk"] == ASK
    assert data["talk_key"] == "/c/help/maan-boot/key/"
    assert {"talk_plain", "talk_offline"} <= set(data["languages"]["ar"]["words"])
    assert "not anonymous" in page
    ballot = page.split('name="_ballot" value="')[1].split('"')[0]
    assert page.count(ballot) == 1


def test_two_first_requests_share_one_box(asked: Any, send: Callable[..., Any]) -> None:
    assert boxes.box_of(asked.wave).pk == boxes.box_of(asked.wave).pk
    with scope(school=asked.school):
        assert HelpBox.objects.count() == 1


def test_word_of_parents_is_no_way_in(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wave, "audience", "parents")
    assert Client().get("/c/help/maan-boot/key/").status_code == 404
    page = Client().get("/c/help/maan-boot/").content.decode()
    assert "<form" not in page


def test_guessing_words_here_slows_down_like_anywhere(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    mistakes: list[int] = []
    monkeypatch.setattr(brake.WRONG, "mistake", lambda: mistakes.append(1))
    client = Client()
    for path in ("", "key/", "sent/"):
        client.get(f"/c/help/maan-mus/{path}")
    client.post("/c/help/maan-mus/ask/", FORM)
    client.get("/c/help/maan-boot/")
    assert len(mistakes) == 4


def test_card_whose_class_left_the_board_still_names_the_adults(asked: Any) -> None:
    found = asking.by_word("maan-boot")
    assert found is not None
    context = pupil_page.of_help(replace(found, word="", admission="x"), "en")
    assert context["talk"] == {}
    assert context["helpers"] == ("Juf An", "Meester Karim")
