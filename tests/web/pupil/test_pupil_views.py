import json
import re
from types import SimpleNamespace

import pytest
from django.test import Client

from erbij.instruments import registry
from erbij.web.surveys import asking, pupil, pupil_words, questionnaire, sealing
from erbij.web.surveys.asking import Asking
from erbij.web.surveys.refusals import Refusal

INSTRUMENT = registry.load("erbij-pupils-8-9")
PUBLIC, PRIVATE = sealing.new_key_pair()
BALLOT = "5f0a1c52-5f0e-4d5e-9d0a-6a1e5b3f9c11"
CANARY = "canary-7d1"


class Box:
    """Stands for the ballot box, and for what it may refuse."""

    def __init__(self) -> None:
        self.took: dict[str, dict[str, str]] = {}
        self.refusal: str = ""

    def accept_ballot(self, **ballot: str) -> bool:
        if self.refusal:
            raise Refusal(self.refusal)
        self.took[ballot["id"]] = ballot
        return True

    def opened(self) -> list[dict[str, object]]:
        return [
            sealing.unseal(one["sealed"], PRIVATE, wave=one["wave"], ballot=one["id"])
            for one in self.took.values()
        ]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    box = Box()
    on = tuple(item.id for item in questionnaire.items_asked(INSTRUMENT))
    asked = Asking(
        "zon-zee",
        "wave1",
        "c3b",
        PUBLIC,
        INSTRUMENT,
        on,
        ("nl", "en", "fr"),
        "NL",
        ("Juf An", "Meester Karim"),
    )
    monkeypatch.setattr(asking, "by_word", {"zon-zee": asked}.get)
    monkeypatch.setattr(asking, "is_handed_in", box.took.__contains__)
    monkeypatch.setattr(pupil, "services", SimpleNamespace(accept_ballot=box.accept_ballot))
    return box


@pytest.fixture
def client(box: Box) -> Client:
    return Client(enforce_csrf_checks=True)


def test_page_asks_every_item_without_script(client: Client) -> None:
    page = client.get("/c/zon-zee/").content.decode()
    asked = re.findall(r'data-item="([^"]+)"', page)
    assert asked == [item.id for item in questionnaire.items_asked(INSTRUMENT)]
    assert page.count(pupil_words.words("nl")["not_said"]) >= len(asked)


def test_page_has_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    reply = client.get("/c/zon-zee/")
    page = reply.content.decode()
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|//[a-z]", page.replace("</script>", "")) == []
    assert "'unsafe-inline'" not in reply["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*(src=|application/json))", page) == []


@pytest.mark.parametrize(
    "path", ["/", "/c/zon-zee/", "/c/help/zon-zee/", "/c/done/", "/c/done/?word=zon-zee", "/pupil-sw.js"]
)
def test_pages_set_no_cookie_and_leave_no_trace(client: Client, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert not reply.cookies
    assert reply["Cache-Control"] == "no-store"
    assert reply["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("language", pupil_words.languages())
def test_word_form_and_ending_speak_ten_languages(client: Client, language: str) -> None:
    words = pupil_words.words(language)
    for path, title in (("/", "word_title"), ("/c/done/", "done_title")):
        page = client.get(path, {"language": language}).content.decode()
        assert f'<html lang="{language}" dir="{words["direction"]}"' in page
        assert words[title] in page


def test_typed_word_leads_to_its_questions(client: Client) -> None:
    reply = client.post("/", {"word": "  Zon ZEE ", "language": "fr"})
    assert (reply.status_code, reply["Location"]) == (303, "/c/zon-zee/?language=fr")


@pytest.mark.parametrize("path", ["/c/maan-mus/", "/c/help/maan-mus/", "/c/%3Cscript%3E/"])
def test_unknown_word_gets_a_kind_page(client: Client, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert pupil_words.words("nl")["unknown_title"] in reply.content.decode()


def test_unoffered_language_falls_back_to_the_first(client: Client) -> None:
    assert '<html lang="nl"' in client.get("/c/zon-zee/", {"language": "xx"}).content.decode()


def test_form_is_sealed_at_once(client: Client, box: Box) -> None:
    form = {"_ballot": BALLOT, "_language": "fr", "_minutes": "", "accepted-by-peers": "3", "gender": "9"}
    reply = client.post("/c/zon-zee/", form)
    assert (reply.status_code, reply["Location"]) == (303, "/c/done/?language=fr&word=zon-zee")
    assert reply["Clear-Site-Data"] == '"cache"'
    assert list(box.took) == [BALLOT]
    assert box.took[BALLOT]["class_code"] == "c3b"
    answers = {"accepted-by-peers": 3, "gender": 9}
    assert box.opened() == [{"v": 1, "class": "c3b", "language": "fr", "answers": answers}]


def test_form_sent_twice_is_one_ballot(client: Client, box: Box) -> None:
    for _ in range(2):
        assert client.post("/c/zon-zee/", {"_ballot": BALLOT, "gender": "1"}).status_code == 303
    assert len(box.took) == 1


@pytest.mark.parametrize("ballot", ["", "no-id", "5f0a1c52-5f0e-1d5e-9d0a-6a1e5b3f9c11"])
def test_form_with_a_bad_id_gets_a_fresh_one(client: Client, box: Box, ballot: str) -> None:
    assert client.post("/c/zon-zee/", {"_ballot": ballot}).status_code == 303
    assert ballot not in box.took
    assert len(box.took) == 1


def test_every_page_carries_an_id_of_its_own(client: Client) -> None:
    ids = {
        re.search(r'name="_ballot" value="([^"]+)"', client.get("/c/zon-zee/").content.decode())[1]  # type: ignore[index]
        for _ in range(5)
    }
    assert len(ids) == 5


def test_changing_the_language_keeps_answers_and_sends_nothing(client: Client, box: Box) -> None:
    form = {
        "_ballot": BALLOT,
        "_show": "en",
        "accepted-by-peers": "2",
        "gender": "9",
        "valued-by-teachers": "",
    }
    page = client.post("/c/zon-zee/", form).content.decode()
    checked = re.findall(r'name="([^"]+)" value="([^"]*)"(?: data-alone)? checked', page)
    assert checked == [("accepted-by-peers", "2"), ("valued-by-teachers", ""), ("gender", "9")]
    assert BALLOT in page
    assert '<html lang="en"' in page
    assert box.took == {}


def test_form_out_of_the_history_shows_no_answers_once_handed_in(client: Client, box: Box) -> None:
    form = {"_ballot": BALLOT, "accepted-by-peers": "2"}
    client.post("/c/zon-zee/", form)
    reply = client.post("/c/zon-zee/", form | {"_show": "en"})
    assert reply.status_code == 303
    assert reply["Location"].startswith("/c/done/")


def test_refused_form_keeps_the_answers_on_the_page(client: Client, box: Box) -> None:
    box.refusal = "wave-not-open"
    reply = client.post("/c/zon-zee/", {"_ballot": BALLOT, "accepted-by-peers": "2"})
    page = reply.content.decode()
    assert reply.status_code == 409
    assert pupil_words.words("nl")["closed_title"] in page
    assert 'name="accepted-by-peers" value="2" checked' in page


def sent(client: Client, body: object) -> tuple[int, dict[str, object]]:
    text = body if isinstance(body, str) else json.dumps(body)
    reply = client.post("/ballots/", text, content_type="application/json")
    assert not reply.cookies
    return reply.status_code, reply.json()


def test_ballot_is_acknowledged(client: Client, box: Box) -> None:
    body = {"id": BALLOT, "wave": "wave1", "sealed": "AAAA", "class": "c3b"}
    assert sent(client, body) == (200, {"stored": True})
    assert box.took[BALLOT] == {"id": BALLOT, "wave": "wave1", "sealed": "AAAA", "class_code": "c3b"}


def test_ballot_that_waited_has_forgotten_its_class(client: Client, box: Box) -> None:
    assert sent(client, {"id": BALLOT, "wave": "wave1", "sealed": "AAAA"})[0] == 200
    assert box.took[BALLOT]["class_code"] == ""


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "[" * 5000,
        {"id": BALLOT},
        {"id": 1, "wave": "wave1", "sealed": "AAAA"},
        {"id": None},
    ],
)
def test_what_is_no_ballot_is_said_so(client: Client, box: Box, body: object) -> None:
    status, answer = sent(client, body)
    assert (status, answer["error"]) == (400, "not-a-ballot")
    assert answer["message"]
    assert box.took == {}


def test_too_large_a_body_is_refused_unread(client: Client, box: Box) -> None:
    status, answer = sent(client, {"id": BALLOT, "wave": "wave1", "sealed": CANARY * 20_000})
    assert (status, answer["error"]) == (413, "too-large")
    assert CANARY not in json.dumps(answer)


@pytest.mark.parametrize(
    ("refusal", "status"), [("unknown-wave", 404), ("wave-not-open", 409), ("class-full", 409)]
)
def test_refusals_keep_their_status(client: Client, box: Box, refusal: str, status: int) -> None:
    box.refusal = refusal
    found, answer = sent(client, {"id": BALLOT, "wave": "wave1", "sealed": "AAAA"})
    assert (found, answer["error"]) == (status, refusal)


def test_help_names_adults_and_helplines_of_the_country(client: Client) -> None:
    page = client.get("/c/help/zon-zee/", {"language": "en"}).content.decode()
    assert "Meester Karim" in page
    assert 'href="tel:08000432"' in page
    assert 'href="tel:102"' not in page


def test_ending_takes_no_word_that_is_none(client: Client) -> None:
    page = client.get("/c/done/", {"word": '"><b>x'}).content.decode()
    assert "<b>x" not in page
    assert 'href="/?language=nl"' in page


@pytest.mark.parametrize("path", ["/ballots/", "/c/done/", "/c/help/zon-zee/", "/pupil-sw.js"])
def test_wrong_method_is_refused(box: Box, path: str) -> None:
    client = Client()  # without the check of forms, which would come first
    reply = client.get(path) if path == "/ballots/" else client.post(path, {})
    assert reply.status_code == 405


@pytest.fixture
def adults(box: Box, monkeypatch: pytest.MonkeyPatch) -> Box:
    """Parents and staff are asked, each by a word of their own; nobody is named who could help."""
    asked = {}
    for audience in ("parents", "staff"):
        instrument = registry.load(f"erbij-{audience}")
        on = tuple(instrument.items)
        languages = questionnaire.languages(instrument, on)
        asked[f"drie-rode-{audience}"] = Asking(
            f"drie-rode-{audience}", "w", "", PUBLIC, instrument, on, languages, "BE", (), instrument.audience
        )
    monkeypatch.setattr(asking, "by_word", asked.get)
    return box


@pytest.mark.parametrize("audience", ["parents", "staff"])
def test_adults_answer_every_item_and_are_thanked_as_adults(adults: Box, audience: str) -> None:
    client, path = Client(enforce_csrf_checks=True), f"/c/drie-rode-{audience}/"
    instrument = registry.load(f"erbij-{audience}")
    for language in ("nl", "en", "fr"):
        page = client.get(path, {"language": language}).content.decode()
        assert re.findall(r'data-item="([^"]+)"', page) == list(instrument.items)
        assert pupil_words.words(language, "staff")["page_title"] in page
        assert pupil_words.words(language)["page_title"] not in page
    codes = {item.id: instrument.format_of(item).codes[-2] for item in instrument.items.values()}
    form = {"_ballot": BALLOT, "_language": "fr", **codes}
    reply = client.post(path, form)
    assert reply["Location"] == f"/c/done/adults/?language=fr&word=drie-rode-{audience}"
    assert adults.opened() == [{"v": 1, "class": "", "language": "fr", "answers": codes}]
    assert adults.took[BALLOT]["class_code"] == ""
    page = client.get(reply["Location"]).content.decode()
    assert pupil_words.words("fr", "staff")["next_pupil"] in page
    assert "Élève suivant" not in page
    island = json.loads(re.findall(r'<script id="page-data"[^>]*>(.*?)</script>', page)[0])
    assert island["languages"]["nl"]["words"]["done_text"].startswith("Uw antwoorden")


def test_adults_find_helplines_and_nobody_named(adults: Box) -> None:
    page = Client().get("/c/help/drie-rode-parents/", {"language": "nl"}).content.decode()
    assert 'href="tel:106"' in page
    assert 'href="tel:102"' not in page
    assert pupil_words.words("nl")["help_adults"] not in page


def test_refused_adult_is_sent_to_the_school(adults: Box) -> None:
    adults.refusal = "wave-not-open"
    page = Client().post("/c/drie-rode-staff/", {"_ballot": BALLOT}).content.decode()
    assert pupil_words.words("nl", "staff")["closed_text"] in page


def test_ending_of_adults_leaves_no_trace(client: Client) -> None:
    reply = client.get("/c/done/adults/", {"language": "ar"})
    assert (reply.status_code, dict(reply.cookies), reply["Cache-Control"]) == (200, {}, "no-store")
