import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from erbij.instruments import registry
from erbij.web import codes, security
from erbij.web.surveys import asking, brake, pupil, pupil_words, questionnaire, sealing
from erbij.web.surveys.asking import Asking
from erbij.web.surveys.refusals import Refusal

INSTRUMENT = registry.load("erbij-pupils-8-9")
PUBLIC, PRIVATE = sealing.new_key_pair()
BALLOT = "5f0a1c52-5f0e-4d5e-9d0a-6a1e5b3f9c11"
BODY = "ABCDEFGH23"
CODE = BODY + codes.check_sign(BODY)
ADMISSION = "ad" * 32
NL = pupil_words.words("nl")
ASKED = Asking(
    word="zon-zee",
    wave="wave1",
    class_code="c3b",
    public_key=PUBLIC,
    instrument=INSTRUMENT,
    items_on=tuple(item.id for item in questionnaire.items_asked(INSTRUMENT)),
    languages=("nl", "en", "fr"),
    with_cards=True,
    admission=ADMISSION,
)


class Box:
    """Stands for the cards and the ballot box, and for what they may refuse."""

    def __init__(self) -> None:
        self.took: dict[str, dict[str, str]] = {}
        self.refusal = self.at_the_door = ""

    def by_card(self, code: str) -> Asking:
        if self.at_the_door:
            raise Refusal(self.at_the_door)
        if code != CODE:
            raise Refusal("no-card" if codes.is_whole(code) else "card-wrong")
        return ASKED

    def accept_ballot(self, **ballot: str) -> bool:
        if self.refusal:
            raise Refusal(self.refusal)
        self.took[ballot["id"]] = ballot
        return True


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    box = Box()
    without_card = replace(ASKED, admission="")
    monkeypatch.setattr(asking, "by_word", {"zon-zee": without_card}.get)
    monkeypatch.setattr(asking, "by_wave", lambda *_, **__: None)
    monkeypatch.setattr(asking, "by_card", box.by_card)
    monkeypatch.setattr(asking, "by_admission", {ADMISSION: ASKED}.get)
    monkeypatch.setattr(asking, "is_handed_in", box.took.__contains__)
    monkeypatch.setattr(pupil, "services", SimpleNamespace(accept_ballot=box.accept_ballot))
    return box


@pytest.fixture
def client(box: Box) -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def mistakes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    made: list[int] = []
    monkeypatch.setattr(brake.WRONG, "mistake", lambda: made.append(1))
    return made


def island(page: str) -> Any:
    return json.loads(re.findall(r'<script id="page-data" type="application/json">(.*?)</script>', page)[0])


@pytest.mark.parametrize("language", pupil_words.languages())
def test_entrance_speaks_ten_languages_and_leaves_no_trace(client: Client, language: str) -> None:
    reply = client.get("/k/", {"language": language})
    page = reply.content.decode()
    words = pupil_words.words(language)
    assert words["card_title"] in page
    assert f'dir="{words["direction"]}"' in page
    assert (reply["Cache-Control"], reply["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not reply.cookies


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), codes.shown(CODE), f" {CODE[:4]} {CODE[4:]} "])
@pytest.mark.parametrize(("path", "field"), [("/k/", "code"), ("/", "word")])
def test_code_leads_to_the_questions_with_an_admission_and_no_code(
    client: Client, path: str, field: str, typed: str
) -> None:
    reply = client.post(path, {field: typed, "language": "fr"})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert '<html lang="fr"' in page
    assert re.findall(r'data-item="([^"]+)"', page) == list(ASKED.items_on)
    assert f'name="_admission" value="{ADMISSION}"' in page
    data = island(page)
    assert (data["admission"], data["class"], data["here"]) == (ADMISSION, "c3b", "")
    for shown in (typed, CODE, CODE.lower(), codes.shown(CODE)):
        assert shown not in page
    assert reply["Cache-Control"] == "no-store"
    assert not reply.cookies


def test_code_in_an_address_is_not_read(client: Client) -> None:
    for path in (f"/?word={CODE}", f"/k/?code={CODE}"):
        assert ADMISSION not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("refusal", "words", "status"),
    [
        ("no-card", "card_unknown", 404),
        ("card-used", "card_used", 409),
        ("class-not-started", "card_early", 409),
        ("wave-not-open", "closed", 409),
    ],
)
def test_card_that_does_not_work_is_said_in_words(
    client: Client, box: Box, refusal: str, words: str, status: int
) -> None:
    box.at_the_door = refusal
    reply = client.post("/k/", {"code": CODE})
    page = reply.content.decode()
    assert reply.status_code == status
    assert NL[f"{words}_title"] in page
    assert CODE not in page


@pytest.mark.parametrize(("path", "field"), [("/k/", "code"), ("/", "word")])
def test_one_wrong_sign_is_shown_again_to_look_for_it(client: Client, path: str, field: str) -> None:
    typed = codes.shown("Z" + CODE[1:])
    page = client.post(path, {field: typed}).content.decode()
    assert NL["card_wrong_title"] in page
    assert f'value="{typed}"' in page


def test_what_is_typed_is_never_markup(client: Client) -> None:
    page = client.post("/k/", {"code": '"><b>x'}).content.decode()
    assert "<b>x" not in page


def test_mistakes_brake_and_good_codes_do_not(client: Client, box: Box, mistakes: list[int]) -> None:
    client.post("/k/", {"code": CODE})
    client.post("/", {"word": "zon-zee"})
    client.get("/c/help/zon-zee/")
    assert mistakes == []
    client.post("/k/", {"code": "Z" + CODE[1:]})
    client.get("/c/kat-hond/")
    client.get("/c/help/kat-hond/")
    box.at_the_door = "no-card"
    client.post("/k/", {"code": CODE})
    assert len(mistakes) == 4
    box.at_the_door = "card-used"
    client.post("/k/", {"code": CODE})
    assert len(mistakes) == 4


@pytest.mark.parametrize("method", ["get", "post"])
def test_word_on_the_board_leads_to_the_cards(client: Client, box: Box, method: str) -> None:
    page = getattr(client, method)("/c/zon-zee/", {"_ballot": BALLOT, "gender": "1"}).content.decode()
    assert NL["card_needed_title"] in page
    assert 'action="/k/"' in page
    assert box.took == {}


def test_form_without_script_is_sealed_with_its_admission(client: Client, box: Box) -> None:
    form = {"_admission": ADMISSION, "_ballot": BALLOT, "_language": "en", "gender": "9"}
    for _ in range(2):
        reply = client.post("/k/", form)
        assert (reply.status_code, reply["Location"]) == (303, "/c/done/?language=en&word=zon-zee")
    assert list(box.took) == [BALLOT]
    took = box.took[BALLOT]
    assert (took["wave"], took["admission"]) == ("wave1", ADMISSION)
    opened = sealing.unseal(took["sealed"], PRIVATE, wave="wave1", ballot=BALLOT)
    assert opened == {"v": 1, "class": "c3b", "language": "en", "answers": {"gender": 9}}


def test_language_changes_without_script_and_keeps_the_card(client: Client, box: Box) -> None:
    form = {"_admission": ADMISSION, "_ballot": BALLOT, "_show": "fr", "gender": "9"}
    page = client.post("/k/", form).content.decode()
    assert '<html lang="fr"' in page
    assert ADMISSION in page
    assert BALLOT in page
    assert box.took == {}


@pytest.mark.parametrize(
    ("refusal", "words"), [("card-used", "card_used"), ("class-full", "full"), ("wave-not-open", "closed")]
)
def test_refused_form_keeps_the_answers_and_says_why(
    client: Client, box: Box, refusal: str, words: str
) -> None:
    box.refusal = refusal
    form = {"_admission": ADMISSION, "_ballot": BALLOT, "gender": "9"}
    reply = client.post("/k/", form)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert NL[f"{words}_title"] in page
    assert 'name="gender" value="9" data-alone checked' in page


def test_admission_of_nothing_that_is_open_leads_back(client: Client, box: Box) -> None:
    reply = client.post("/k/", {"_admission": "0" * 64, "_ballot": BALLOT, "_language": "fr"})
    assert reply.status_code == 409
    assert pupil_words.words("fr")["closed_title"] in reply.content.decode()
    assert box.took == {}


def test_sealed_ballot_carries_its_admission(client: Client, box: Box) -> None:
    body = {"id": BALLOT, "wave": "wave1", "sealed": "AAAA", "class": "c3b", "admission": ADMISSION}
    assert client.post("/ballots/", json.dumps(body), content_type="application/json").status_code == 200
    assert box.took[BALLOT]["admission"] == ADMISSION
    # What is no text is no admission.
    body |= {"admission": {"a": 1}}
    client.post("/ballots/", json.dumps(body), content_type="application/json")
    assert "admission" not in box.took[BALLOT]


def test_page_of_a_card_is_one_of_the_pupil() -> None:
    assert "/k/" in security.PUPIL_PATHS
