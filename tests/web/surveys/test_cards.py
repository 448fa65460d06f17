"""One-time cards: the deck on paper, one card for one ballot, and what the database keeps of them."""

import datetime as dt
import hashlib
import importlib
import io
import logging
import re
import uuid
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from erbij.web import codes
from erbij.web.results import services as closers
from erbij.web.schools.roles import Role
from erbij.web.surveys import arrivals, asking, bands, brake, cards, paper, queries, sealing, services
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import Card, Wave
from erbij.web.surveys.refusals import Refusal

logging.getLogger("pypdf").setLevel(logging.ERROR)

CODE = re.compile(rf"[{codes.ALPHABET}]{{4}}-[{codes.ALPHABET}]{{4}}-[{codes.ALPHABET}]{{3}}")
A4 = (595, 842)
FULL, NO_CARDS = "Alle plaatsen in deze klas zijn bezet", "Deze klas heeft nog geen kaarten."


def hand_in(wave: Wave, code: str = "", *, ballot: str = "", **beside: str) -> bool:
    ballot = ballot or str(uuid.uuid4())
    sealed = sealing.seal({"v": 1}, bytes(wave.public_key), wave=wave.code, ballot=ballot)
    if code:
        beside["admission"] = cards.admission_of(code)
    return services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed, **beside)


def counts(wave: Wave) -> dict[str, int]:
    with scope(school=wave.school):
        return dict(queries.counts_of(wave))


# The deck


@given(st.integers(1, 500), st.integers(1, 200))
def test_deck_is_enough_for_the_class_and_tells_the_band_only(used: int, size: int) -> None:
    spare = max(3, -(-size // 10))
    assert cards.number(bands.count_band(0, size)) == size + spare
    band = bands.count_band(used, size)
    number = cards.number(band)
    assert number >= 3
    assert used + number >= size + spare
    # The same for every count of the band.
    assert {cards.number(bands.count_band(count, size)) for count in range(band.low, band.high + 1)} == {
        number
    }


@given(st.data())
def test_one_wrong_or_two_swapped_signs_of_a_card_always_show(data: st.DataObject) -> None:
    code = list(codes.new_code())
    place = data.draw(st.integers(0, len(code) - 1))
    if data.draw(st.booleans()):
        code[place] = data.draw(st.sampled_from([sign for sign in codes.ALPHABET if sign != code[place]]))
    else:
        other = data.draw(st.integers(0, len(code) - 1).filter(lambda at: code[at] != code[place]))
        code[place], code[other] = code[other], code[place]
    with pytest.raises(Refusal, match="card-wrong"):
        asking.by_card("".join(code))


def test_codes_of_a_deck_differ_and_are_whole() -> None:
    drawn = cards.draw(500)
    assert len(set(drawn)) == 500
    assert all(codes.is_whole(code) for code in drawn)


def test_table_keeps_a_hash_of_a_hash_and_no_order(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]]
) -> None:
    drawn = deck(with_cards())
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "surveys_card")
        assert sorted(column.name for column in columns) == ["class_code", "digest", "is_used", "wave_id"]
        # As they lie: in SQLite by their digests, in PostgreSQL in the order in which they were put there.
        cursor.execute("SELECT digest FROM surveys_card")
        kept = [row[0] for row in cursor.fetchall()]
    admissions = [codes.keyed_hash(code, purpose="card") for code in drawn]
    assert kept == sorted(hashlib.sha256(each.encode()).hexdigest() for each in admissions)
    assert not set(kept) & set(admissions)


def test_key_outside_the_database_is_needed_to_know_a_card(settings: Any) -> None:
    before = cards.admission_of("ABCDEFGH234")
    settings.SECRET_KEY = "another"  # noqa: S105
    assert cards.admission_of("ABCDEFGH234") != before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": Wave.State.CLOSING}, "wave-not-open"),
        ({"with_cards": False}, "no-cards-here"),
        ({"elsewhere": True}, "not-your-class"),
        ({"instead_of": "0123456789abcdef"}, "deck-changed"),
    ],
)
def test_deck_is_refused_where_it_does_not_belong(
    change: dict[str, Any],
    refusal: str,
    with_cards: Callable[..., Wave],
    town: Any,
    make_school: Callable[..., Any],
) -> None:
    wave = with_cards()
    here = make_school("south").classes[0] if change.pop("elsewhere", False) else town.classes[0]
    instead_of = change.pop("instead_of", "")
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(**({"title": "Autumn"} | change))
        with pytest.raises(Refusal, match=refusal):
            services.keep_deck(wave=wave, school_class=here, codes=cards.draw(2), instead_of=instead_of)
        assert not Card.objects.exists()


def test_new_deck_replaces_the_cards_that_were_not_used(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]], town: Any
) -> None:
    wave = with_cards()
    first, other = deck(wave), deck(wave, place=1)
    hand_in(wave, first[0])
    second = deck(wave)
    for code, refusal in ((first[0], "card-used"), (first[1], "no-card"), (first[2], "no-card")):
        with pytest.raises(Refusal, match=refusal):
            hand_in(wave, code)
    assert all(hand_in(wave, code) for code in (*second, *other))
    assert counts(wave) == {town.classes[0].code: 4, town.classes[1].code: 3}


def test_pressing_the_button_twice_makes_one_deck(
    with_cards: Callable[..., Wave], town: Any, at_once: Callable[..., list[object]]
) -> None:
    wave, here = with_cards(), town.classes[0]

    def press(_place: int) -> object:
        drawn = cards.draw(2)
        with scope(school=wave.school):
            services.keep_deck(wave=wave, school_class=here, codes=drawn)
        return drawn

    made = [answer for answer in at_once(press, threads=4) if isinstance(answer, tuple)]
    assert len(made) == 1
    assert all(hand_in(wave, code) for code in made[0])


# One card, one ballot


def test_card_admits_once(with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]]) -> None:
    wave = with_cards()
    code, ballot = deck(wave)[0], str(uuid.uuid4())
    assert [hand_in(wave, code, ballot=ballot) for _ in range(3)] == [True, False, False]
    with pytest.raises(Refusal) as refused:
        hand_in(wave, code)
    assert (refused.value.id, refused.value.status) == ("card-used", 409)
    assert Ballot.objects.count() == 1


def test_one_card_on_twenty_tablets_is_one_ballot(
    with_cards: Callable[..., Wave],
    deck: Callable[..., tuple[str, ...]],
    at_once: Callable[..., list[object]],
) -> None:
    wave = with_cards()
    code = deck(wave)[0]
    answers = at_once(lambda _: hand_in(wave, code), threads=20)
    found = Counter(answer.id if isinstance(answer, Refusal) else answer for answer in answers)
    assert found == {True: 1, "card-used": 19}
    assert Ballot.objects.count() == 1
    assert sum(counts(wave).values()) == 1


def test_same_ballot_from_twenty_tablets_uses_one_card(
    with_cards: Callable[..., Wave],
    deck: Callable[..., tuple[str, ...]],
    at_once: Callable[..., list[object]],
) -> None:
    wave, ballot = with_cards(), str(uuid.uuid4())
    drawn = deck(wave)
    answers = at_once(lambda place: hand_in(wave, drawn[place % 3], ballot=ballot), threads=20)
    assert Counter(answers) == {True: 1, False: 19}
    with scope(school=wave.school):
        assert Card.objects.filter(is_used=True).count() == 1


@pytest.mark.parametrize("admission", ["", "0" * 64, "é"])
def test_ballot_without_a_card_is_refused(
    admission: str, with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]], town: Any
) -> None:
    wave = with_cards()
    deck(wave)
    with pytest.raises(Refusal) as refused:
        hand_in(wave, admission=admission, class_code=town.classes[0].code)
    expected = ("no-card", 404) if admission else ("card-needed", 409)
    assert (refused.value.id, refused.value.status) == expected
    assert not Ballot.objects.exists()


def test_code_itself_or_what_the_table_holds_admits_nobody(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]]
) -> None:
    wave = with_cards()
    code = deck(wave)[0]
    for stolen in (code, cards.digest_of(cards.admission_of(code))):
        with pytest.raises(Refusal, match="no-card"):
            hand_in(wave, admission=stolen)


def test_card_of_another_wave_is_not_known_here(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]]
) -> None:
    wave, other = with_cards(), with_cards("erbij-pupils-8-9")
    code = deck(other)[0]
    with pytest.raises(Refusal, match="no-card"):
        hand_in(wave, code)
    assert hand_in(other, code)


def test_class_that_counts_is_that_of_the_card(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]], town: Any
) -> None:
    wave = with_cards()
    hand_in(wave, deck(wave, place=1)[0], class_code=town.classes[0].code)
    assert counts(wave) == {town.classes[1].code: 1}


def test_refused_ballot_leaves_its_card_unused(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]]
) -> None:
    wave = with_cards()
    code = deck(wave)[0]
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSING)
        with pytest.raises(Refusal, match="wave-not-open"):
            hand_in(wave, code)
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.OPEN)
    assert hand_in(wave, code)


def test_wave_without_cards_asks_for_none(opened: Callable[..., Wave], town: Any) -> None:
    wave, here = opened(), town.classes[0].code
    assert hand_in(wave, class_code=here, admission="0" * 64)
    assert counts(wave) == {here: 1}


def test_closing_destroys_the_cards(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]]
) -> None:
    wave, other = with_cards(), with_cards("erbij-pupils-8-9")
    code, left = deck(wave)[0], deck(other)
    hand_in(wave, code)
    closers.close_wave(wave=wave)
    with scope(school=wave.school):
        assert Card.objects.count() == len(left)
    with pytest.raises(Refusal, match="no-card"):
        asking.by_card(code)


# Coming in


def test_card_leads_to_the_questions_of_its_class(
    with_cards: Callable[..., Wave], deck: Callable[..., tuple[str, ...]], town: Any
) -> None:
    wave = with_cards()
    code = deck(wave)[0]
    with pytest.raises(Refusal, match="class-not-started"):
        asking.by_card(code)
    with scope(school=wave.school):
        session = services.open_session(wave=wave, school_class=town.classes[0])
    found = asking.by_card(code)
    assert (found.wave, found.class_code, found.word) == (wave.code, town.classes[0].code, session.word)
    assert found.admission == cards.admission_of(code)
    assert asking.by_admission(found.admission) == found
    hand_in(wave, code)
    with pytest.raises(Refusal, match="card-used"):
        asking.by_card(code)
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSING)
    with pytest.raises(Refusal, match="wave-not-open"):
        asking.by_card(code)
    assert asking.by_admission(found.admission) is None


# The pages of the team


@pytest.fixture
def coordinator(person: Callable[..., Any], town: Any) -> Client:
    client = Client()
    client.force_login(person(town.school, Role.COORDINATOR).person)
    return client


def decks_of(wave: Wave) -> str:
    return f"/school/north/waves/{wave.code}/cards/"


def deck_of(wave: Wave, town: Any, *, place: int = 0) -> str:
    return f"/school/north/waves/{wave.code}/class/{town.classes[place].code}/cards/"


def test_every_code_on_the_paper_admits_exactly_once(
    with_cards: Callable[..., Wave], coordinator: Client, town: Any
) -> None:
    wave = with_cards()
    answer = coordinator.post(deck_of(wave, town))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
    found = [CODE.findall(page.extract_text()) for page in pages]
    assert [len(page) for page in found] == [
        0,
        10,
        10,
        6,
    ]  # a page for the adult; 23 pupils and 3 spare cards
    printed = [codes.tidy(code) for page in found for code in page]
    assert printed != sorted(printed)
    assert all(hand_in(wave, code) for code in printed)
    for code in printed:
        with pytest.raises(Refusal, match="card-used"):
            hand_in(wave, code)
    assert counts(wave) == {town.classes[0].code: 26}


def test_cards_name_no_class_and_no_school(
    with_cards: Callable[..., Wave], coordinator: Client, town: Any
) -> None:
    wave = with_cards()
    cover, *rest = PdfReader(io.BytesIO(coordinator.post(deck_of(wave, town)).content)).pages
    assert "5A" in cover.extract_text()
    # Without the codes: some have a 5 beside an A.
    shown = CODE.sub("", " ".join(page.extract_text() for page in rest))
    assert "testserver/k" in shown.replace("\u200b", "")
    for name in ("5A", town.school.name, wave.title, town.classes[0].code):
        assert name not in shown


def test_paper_speaks_the_language_of_the_school(with_cards: Callable[..., Wave], town: Any) -> None:
    wave = with_cards()
    for language, title in (("nl", "Kaarten voor 5A"), ("en", "Cards for 5A"), ("fr", "Cartes pour 5A")):
        wave.school.language = language
        made = paper.deck(wave, town.classes[0], codes=cards.draw(1), link="http://a.b/k/")
        reader = PdfReader(io.BytesIO(made))
        assert reader.metadata is not None
        assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == (title, language)


def test_square_leads_to_the_card_behind_a_sign_that_is_not_sent(
    with_cards: Callable[..., Wave], town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, drawn = with_cards(), []
    monkeypatch.setattr(
        paper, "_qr", lambda link: drawn.append(link) or "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    for language in ("nl", "fr"):
        wave.school.language = language
        paper.deck(wave, town.classes[0], codes=["ABCDEFGH234"], link="http://a.b/k/")
    assert drawn == ["http://a.b/k/#ABCDEFGH234", "http://a.b/k/?language=fr#ABCDEFGH234"]


def test_second_deck_needs_the_page_that_says_what_it_does(
    with_cards: Callable[..., Wave], coordinator: Client, town: Any
) -> None:
    wave = with_cards()
    assert 'name="instead_of"' not in coordinator.get(decks_of(wave)).content.decode()
    assert coordinator.post(deck_of(wave, town)).status_code == 200
    again = coordinator.post(deck_of(wave, town), follow=True)
    assert "Kijk opnieuw wat er is" in again.content.decode()
    page = coordinator.get(decks_of(wave)).content.decode()
    assert "werken dan niet meer" in page
    mark = re.findall(r'name="instead_of" value="(\w+)"', page)[0]
    assert coordinator.post(deck_of(wave, town), {"instead_of": mark})["Content-Type"] == "application/pdf"


def test_page_of_decks_tells_no_count_of_answers(
    with_cards: Callable[..., Wave], coordinator: Client, town: Any, deck: Callable[..., tuple[str, ...]]
) -> None:
    wave = with_cards()
    drawn = deck(wave, count=9)
    before = coordinator.get(decks_of(wave)).content
    for code in drawn[:7]:
        hand_in(wave, code)
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert strip.sub(b"", coordinator.get(decks_of(wave)).content) == strip.sub(b"", before)


def test_deck_of_an_unknown_class_is_not_found(with_cards: Callable[..., Wave], coordinator: Client) -> None:
    wave = with_cards()
    assert coordinator.post(f"/school/north/waves/{wave.code}/class/nobody/cards/").status_code == 404


def test_cards_are_chosen_while_the_wave_is_in_preparation(
    draft: Callable[..., Wave], coordinator: Client
) -> None:
    wave = draft()
    page = coordinator.get(f"/school/north/waves/{wave.code}/settings/").content.decode()
    assert re.search(r'name="with_cards" value=""[^>]*checked', page)
    today = dt.date.today()
    form = {
        "title": "Autumn",
        "opens_on": today,
        "closes_on": today,
        "languages": ["nl"],
        "consent": "informed",
        "least": 10,
        "majority": "|",
        "with_cards": "1",
    }
    assert coordinator.post(f"/school/north/waves/{wave.code}/settings/", form).status_code == 302
    with scope(school=wave.school):
        assert Wave.objects.get(pk=wave.pk).with_cards


def test_board_hands_out_by_lot_and_shows_no_word(
    with_cards: Callable[..., Wave], coordinator: Client, town: Any
) -> None:
    wave = with_cards()
    board = f"/school/north/waves/{wave.code}/class/{town.classes[0].code}/"
    assert NO_CARDS in coordinator.get(board).content.decode()
    coordinator.post(deck_of(wave, town))
    coordinator.post(f"{board}open/")
    page = coordinator.get(board).content.decode()
    with scope(school=wave.school):
        word = queries.sessions_of(wave)[0].word
    assert word not in page
    assert "testserver/k" in page
    assert "Deel de kaarten uit door het lot" in page
    assert NO_CARDS not in page


def test_recovery_sheet_is_given_with_the_page_as_a_pdf(draft: Callable[..., Wave]) -> None:
    link = paper.recovery_sheet(draft(), "ABCDE-FGHJK-23456-ABCDE-FGHJK")
    kind, _comma, content = link.partition(",")
    assert kind == "data:application/pdf;base64"
    text = PdfReader(io.BytesIO(b64decode(content))).pages[0].extract_text()
    assert "ABCDE-FGHJK-23456-ABCDE-FGHJK" in text


# A full class


def test_full_class_makes_room_for_one_and_not_for_two(
    opened: Callable[..., Wave], make_school: Callable[..., Any], person: Callable[..., Any]
) -> None:
    south = make_school("south", sizes=(2, 9))
    wave, here = opened(at=south), south.classes[0]
    client = Client()
    client.force_login(person(south.school, Role.TEACHER, here).person)
    board = f"/school/south/waves/{wave.code}/class/{here.code}/"
    for _ in range(2 + arrivals.SPARE):
        assert FULL not in client.get(board).content.decode()
        hand_in(wave, class_code=here.code)
    waiting = str(uuid.uuid4())
    with pytest.raises(Refusal, match="class-full"):
        hand_in(wave, ballot=waiting, class_code=here.code)
    assert FULL in client.get(board).content.decode()
    assert client.post(f"{board}room/").status_code == 302
    assert "Er is al plaats in deze klas." in client.post(f"{board}room/", follow=True).content.decode()
    assert hand_in(wave, ballot=waiting, class_code=here.code)
    here.refresh_from_db()
    assert here.size == 3
    assert counts(wave) == {here.code: 6}


# The brake


def test_mistakes_are_free_until_there_are_many_and_again_after_a_while() -> None:
    now, slept = [0.0], []
    wrong = brake.Brake(clock=lambda: now[0], sleep=slept.append)
    for _ in range(brake.FREE):
        wrong.mistake()
    assert slept == []
    wrong.mistake()
    wrong.mistake()
    assert slept == [brake.WAIT] * 2
    now[0] += 2 / brake.A_SECOND
    wrong.mistake()
    wrong.mistake()
    assert len(slept) == 2
    wrong.mistake()
    assert len(slept) == 3


def test_waiting_takes_a_few_threads_only() -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) < 10:
            wrong.mistake()  # another thread, while this one waits

    wrong = brake.Brake(clock=lambda: 0.0, sleep=sleep)
    for _ in range(brake.FREE + 1):
        wrong.mistake()
    assert len(slept) == brake.SEATS


def test_migration_of_cards_goes_both_ways(database: Path, with_cards: Any, deck: Any) -> None:
    module = importlib.import_module("erbij.web.surveys.migrations.0003_cards_without_order")
    wave = with_cards()
    drawn = deck(wave)
    for step in (module.give_row_numbers_back, module.take_row_numbers_away):
        with connection.schema_editor() as editor:
            step(apps, editor)
    assert all(hand_in(wave, code) for code in drawn)
