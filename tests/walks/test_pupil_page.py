"""A pupil at the page: by keyboard and by hand, with and without a script, on and off the network."""

import json
import re
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from erbij.instruments import registry
from erbij.instruments.schema import Instrument
from erbij.web.surveys import asking, pupil, pupil_words, questionnaire, sealing
from erbij.web.surveys.asking import Asking

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "src/erbij/web/static/pupil/dist/pupil.js"
PUBLIC, PRIVATE = sealing.new_key_pair()
PLAIN_HTTP = "http://school.test"
INSTRUMENT = registry.load("erbij-pupils-10-12")
LONGEST = registry.load("erbij-students-18")
THREE = ("accepted-by-peers", "belongs-here", "matters-here")

pytestmark = pytest.mark.skipif(not BUNDLE.exists(), reason="no bundle: `make` builds it")


State = Callable[[Page], tuple[list[object], int]]
PARENTS, STAFF = registry.load("erbij-parents"), registry.load("erbij-staff")


def about(word: str, instrument: Instrument, *on: str) -> Asking:
    on = on or tuple(item.id for item in questionnaire.items_asked(instrument))
    return Asking(
        word=word,
        wave="wave1",
        class_code="c6a",
        public_key=PUBLIC,
        instrument=instrument,
        items_on=on,
        languages=questionnaire.languages(instrument, on),
        country="BE",
        helpers=("Juf An", "Meester Karim") if instrument.audience == "pupils" else (),
        audience=instrument.audience,
    )


ASKED = {
    "boom-bij": about("boom-bij", INSTRUMENT),
    "maan-mus": about("maan-mus", registry.load("erbij-pupils-8-9")),
    "reus-kat": about("reus-kat", LONGEST, *LONGEST.items),
    "kip-vos": about("kip-vos", INSTRUMENT, "accepted-by-peers", "discrimination-grounds", "gender"),
    "zon-zee": about("zon-zee", INSTRUMENT, *THREE),
    "een-twee-ouders": about("een-twee-ouders", PARENTS),
    "een-twee-team": about("een-twee-team", STAFF),
}


class Box:
    """Stands for the ballot box: what it took, and whether the reply gets lost after storing."""

    def __init__(self) -> None:
        self.took: dict[str, tuple[str, str]] = {}
        self.calls = 0
        self.lose_replies = 0

    def accept_ballot(self, *, wave: str, sealed: str, class_code: str = "", **ballot: str) -> bool:
        self.calls += 1
        first = ballot["id"] not in self.took
        self.took[ballot["id"]] = (wave, sealed)
        if self.lose_replies:
            self.lose_replies -= 1
            raise ConnectionError("the reply is lost on the way")
        return first

    def opened(self) -> list[dict[str, object]]:
        return [
            sealing.unseal(sealed, PRIVATE, wave=wave, ballot=ballot)
            for ballot, (wave, sealed) in self.took.items()
        ]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    box = Box()
    monkeypatch.setattr(asking, "by_word", ASKED.get)
    monkeypatch.setattr(asking, "is_handed_in", box.took.__contains__)
    monkeypatch.setattr(pupil, "services", SimpleNamespace(accept_ballot=box.accept_ballot))
    return box


@pytest.fixture
def context(new_context: Callable[..., BrowserContext], address: str, box: Box) -> BrowserContext:
    return new_context(base_url=address, viewport={"width": 360, "height": 720})


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def without_script(new_context: Callable[..., BrowserContext], address: str, box: Box) -> Page:
    return new_context(base_url=address, java_script_enabled=False).new_page()


@pytest.fixture
def hand_in(all_sent: Callable[[Page], None]) -> Callable[[Page], None]:
    """Hand in, and see it arrive: the ending may come before the server has said that it is stored."""

    def go(page: Page) -> None:
        hand_over(page)
        all_sent(page)

    return go


def forward(page: Page, times: int = 1) -> None:
    for _ in range(times):
        page.click("#next")


def to_the_last(page: Page) -> None:
    expect(page.locator(".step.now")).to_be_visible()
    while page.locator("#next").is_visible():
        page.click("#next")


def hand_over(page: Page) -> None:
    to_the_last(page)
    page.click("#hand-in")
    page.wait_for_url("**/c/done/**")


def choose(page: Page, number: int) -> None:
    page.locator(".step.now .choices .choice").nth(number).click()


def test_clicks_seal_every_answer(page: Page, box: Box, hand_in: Callable[[Page], None]) -> None:
    page.goto("/c/boom-bij/?language=fr")
    expected: dict[str, object] = {}
    asked = questionnaire.questionnaire(INSTRUMENT, "fr")
    for number, question in enumerate(asked.questions):
        forward(page)
        expect(page.locator(".step.now .text")).to_have_text(question.text)
        choose(page, number % len(question.choices))
        code = question.choices[number % len(question.choices)].value
        code_or_number: object = int(code) if code.isdigit() else code
        expected[question.id] = [code] if question.type == "several" else code_or_number
    hand_in(page)
    assert len(expected) == 37
    assert box.opened() == [
        {"v": 1, "class": "c6a", "language": "fr", "minutes": "under-5", "answers": expected}
    ]
    assert {wave for wave, _ in box.took.values()} == {"wave1"}


def test_every_ballot_has_the_same_length(page: Page, box: Box, hand_in: Callable[[Page], None]) -> None:
    page.goto("/c/zon-zee/")
    hand_in(page)
    page.goto("/c/zon-zee/")
    for _ in range(3):
        forward(page)
        choose(page, 2)
    hand_in(page)
    assert [len(ballot["answers"]) for ballot in box.opened()] == [0, 3]  # type: ignore[arg-type]
    assert len({len(sealed) for _, sealed in box.took.values()}) == 1


def test_keyboard_alone_is_enough(page: Page, box: Box) -> None:
    page.goto("/c/maan-mus/")
    page.locator("#next").focus()
    page.keyboard.press("Enter")
    for press in ("Space", "ArrowDown", "ArrowUp"):
        expect(page.locator(".step.now h2")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press(press)
        page.keyboard.press("Enter")
    to_the_last(page)
    expect(page.locator(".step.now h2")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/done/**")
    answers = box.opened()[0]["answers"]
    first = list(questionnaire.items_asked(registry.load("erbij-pupils-8-9")))[:3]
    # Space takes the first answer; from there an arrow goes round: down the second, up "rather not say".
    assert answers == {first[0].id: 1, first[1].id: 2}


def test_skipping_and_not_saying_leave_the_item_out(
    page: Page, box: Box, hand_in: Callable[[Page], None]
) -> None:
    page.goto("/c/kip-vos/")
    forward(page)
    choose(page, 4)
    page.locator(".step.now .rather").click()
    while not page.locator(".step.now[data-item=gender]").count():
        forward(page)
    page.locator(".step.now .rather").click()
    hand_in(page)
    assert box.opened()[0]["answers"] == {"gender": 9}


def test_not_said_stands_alone_among_several(page: Page, box: Box, hand_in: Callable[[Page], None]) -> None:
    page.goto("/c/kip-vos/")
    while not page.locator(".step.now[data-item=discrimination-grounds]").count():
        forward(page)
    page.locator(".step.now .rather").click()
    choose(page, 0)
    choose(page, 2)
    expect(page.locator(".step.now .rather input")).not_to_be_checked()
    hand_in(page)
    assert box.opened()[0]["answers"] == {"discrimination-grounds": ["language", "faith"]}


def test_back_shows_what_was_chosen(page: Page) -> None:
    page.goto("/c/zon-zee/")
    forward(page)
    choose(page, 3)
    forward(page)
    page.click("#back")
    expect(page.locator(".step.now input").nth(3)).to_be_checked()
    expect(page.locator("#status")).to_have_text("Vraag 1 van 3")


def test_language_switch_keeps_answers_and_place(
    page: Page, box: Box, hand_in: Callable[[Page], None]
) -> None:
    second = [item for item in INSTRUMENT.items if item in THREE][1]
    never = INSTRUMENT.formats["how-often"].options[0]
    page.goto("/c/zon-zee/")
    forward(page)
    choose(page, 4)
    forward(page)
    page.select_option("#language", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator(".step.now .text")).to_have_text(INSTRUMENT.items[second].text["ar"])
    expect(page.locator(".step.now .label").first).to_have_text(never.label["ar"])
    page.click("#back")
    expect(page.locator(".step.now input").nth(4)).to_be_checked()
    hand_in(page)
    expect(page.locator("h1")).to_have_text("شكرًا لك")
    assert box.opened()[0]["language"] == "ar"
    assert box.opened()[0]["answers"] == {"accepted-by-peers": 5}


def test_right_to_left_mirrors_the_page(page: Page) -> None:
    page.goto("/c/zon-zee/?language=ar")
    forward(page)
    back, bar = page.locator("#back").bounding_box(), page.locator("#bar").bounding_box()
    fill, label = page.locator(".step.now .fill").first, page.locator(".step.now .label").first
    assert back is not None
    assert bar is not None
    assert back["x"] > bar["x"]
    assert fill.bounding_box()["x"] > label.bounding_box()["x"]  # type: ignore[index]


def test_help_keeps_answers_and_sends_nothing(page: Page, box: Box) -> None:
    page.goto("/c/zon-zee/")
    forward(page)
    choose(page, 1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("#help-open")
    expect(page.locator("#help")).to_contain_text("Meester Karim")
    expect(page.locator("#help a[href='tel:102']")).to_be_visible()
    page.click("#help-back")
    expect(page.locator(".step.now input").nth(1)).to_be_checked()
    assert asked == []
    assert box.calls == 0


def test_no_voice_no_button(page: Page) -> None:
    page.goto("/c/zon-zee/")
    forward(page)
    expect(page.locator(".step.now .ear")).to_be_hidden()


def voices(*found: tuple[str, bool]) -> str:
    listed = json.dumps([{"lang": lang, "localService": local} for lang, local in found])
    return f"""window.said = [];
    window.SpeechSynthesisUtterance = function (text) {{ this.text = text; }};
    Object.defineProperty(window, "speechSynthesis", {{ value: {{ speaking: false, getVoices: () => {listed},
      cancel() {{}}, addEventListener() {{}},
      speak(words) {{ window.said.push([words.lang, words.text]); }} }} }});"""


def test_a_voice_on_the_device_reads_question_and_answers(page: Page) -> None:
    page.add_init_script(voices(("fr-FR", False), ("nl-BE", True)))
    page.goto("/c/maan-mus/")
    forward(page)
    page.locator(".step.now .ear").click()
    assert page.evaluate("said") == [
        ["nl-BE", "Ben je welkom bij de kinderen in je klas? nee. een beetje. ja. Dat zeg ik liever niet."]
    ]
    page.select_option("#language", "fr")  # its only voice would send the text away
    expect(page.locator(".step.now .ear")).to_be_hidden()


def test_without_script_the_server_seals(without_script: Page, box: Box) -> None:
    page = without_script
    page.goto("/c/zon-zee/")
    expect(page.locator("fieldset")).to_have_count(3)
    page.locator("fieldset").nth(0).locator(".choice").nth(4).click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("fieldset").nth(0).locator("input").nth(4)).to_be_checked()
    page.locator("#hand-in").click()
    page.wait_for_url("**/c/done/**")
    expect(page.locator("h1")).to_have_text("Thank you")
    assert box.opened() == [{"v": 1, "class": "c6a", "language": "en", "answers": {"accepted-by-peers": 5}}]


def test_plain_http_says_so_and_the_server_seals(context: BrowserContext, address: str, box: Box) -> None:
    def at_the_school(route: Route) -> None:
        reply = route.fetch(url=route.request.url.replace(PLAIN_HTTP, address), max_redirects=0)
        route.fulfill(response=reply)

    context.route(f"{PLAIN_HTTP}/**", at_the_school)
    page = context.new_page()
    page.goto(f"{PLAIN_HTTP}/c/zon-zee/")
    expect(page.locator("#insecure")).to_be_visible()
    forward(page)
    choose(page, 0)
    hand_over(page)
    assert box.opened()[0]["answers"] == {"accepted-by-peers": 1}
    assert box.opened()[0]["minutes"] == "under-5"


def test_offline_keeps_ciphertext_and_sends_it_later(
    page: Page,
    box: Box,
    kept_for_offline: Callable[..., None],
    waiting: Callable[[Page], list[dict[str, str]]],
    on_the_tablet: Callable[[Page], str],
) -> None:
    page.goto("/c/zon-zee/")
    kept_for_offline(page)
    page.context.set_offline(True)
    page.reload()
    for number in (1, 2):
        forward(page)
        choose(page, 3)
        hand_over(page)
        expect(page.locator("#waiting")).to_contain_text(f"{number} nog niet verstuurd")
        if number == 1:
            page.click("#again")
    assert box.calls == 0
    on_it = on_the_tablet(page)
    assert waiting(page)[0]["id"] in on_it
    # What a ballot holds before it is sealed, as it would stand anywhere.
    assert [text for text in ('"answers":', '"minutes":', '"accepted-by-peers":4') if text in on_it] == []
    assert [sorted(ballot) for ballot in waiting(page)] == [["class", "id", "sealed", "wave"]] * 2
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_be_empty()
    assert [ballot["answers"] for ballot in box.opened()] == [{"accepted-by-peers": 4}] * 2


def test_a_lost_reply_does_not_double_the_ballot(
    page: Page, box: Box, all_sent: Callable[[Page], None]
) -> None:
    box.lose_replies = 1
    page.goto("/c/zon-zee/")
    hand_over(page)
    expect(page.locator("#waiting")).to_be_empty()
    all_sent(page)
    assert box.calls == 2
    assert len(box.took) == 1


def test_the_next_pupil_finds_nothing(page: Page, box: Box, hand_in: Callable[[Page], None]) -> None:
    page.goto("/")
    page.fill("#word", "Zon zee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/zon-zee/**")
    forward(page)
    choose(page, 4)
    hand_in(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile("/c/zon-zee/"))
    page.goto("/c/zon-zee/")
    expect(page.locator(":checked:not(option)")).to_have_count(0)
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]


def test_a_reload_forgets_the_answers(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/c/zon-zee/")
    forward(page)
    choose(page, 4)
    page.reload()
    expect(page.locator(":checked:not(option)")).to_have_count(0)


def test_back_without_script_finds_an_empty_form(without_script: Page, box: Box) -> None:
    page = without_script
    page.goto("/c/zon-zee/")
    page.locator("fieldset").nth(0).locator(".choice").nth(4).click()
    page.locator("#hand-in").click()
    page.wait_for_url("**/c/done/**")
    page.go_back()
    expect(page).to_have_url(re.compile("/c/zon-zee/"))
    expect(page.locator(":checked:not(option)")).to_have_count(0)
    assert len(box.took) == 1


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_state_is_clean_narrow_and_quiet(
    page: Page, language: str, address: str, box: Box, state_of: State
) -> None:
    said: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: elsewhere.append(request.url))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/c/zon-zee/?language={language}")
    states = {"opening": state_of(page)}
    forward(page)
    choose(page, 0)
    states["question"] = state_of(page)
    page.click("#help-open")
    states["help"] = state_of(page)
    page.click("#help-back")
    to_the_last(page)
    states["last"] = state_of(page)
    page.click("#hand-in")
    page.wait_for_url("**/c/done/**")
    states["done"] = state_of(page)
    for path in ("/", "/c/help/zon-zee/"):
        page.goto(f"{path}?language={language}")
        states[path] = state_of(page)
    assert states == dict.fromkeys(states, ([], 0))
    assert said == []
    assert [url for url in elsewhere if not url.startswith(address)] == []


def test_several_and_the_youngest_are_clean_and_narrow(page: Page, state_of: State) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/c/kip-vos/")
    forward(page, 2)
    assert state_of(page) == ([], 0)
    page.goto("/c/maan-mus/")
    forward(page)
    assert state_of(page) == ([], 0)


@pytest.mark.parametrize(
    "looks", [{"forced_colors": "active"}, {"contrast": "more"}, {"reduced_motion": "reduce"}]
)
def test_looks_of_the_reader_stay_clean(
    new_context: Callable[..., BrowserContext], address: str, box: Box, looks: dict[str, str], state_of: State
) -> None:
    page = new_context(base_url=address, **looks).new_page()
    page.goto("/c/zon-zee/")
    forward(page)
    choose(page, 1)
    assert state_of(page) == ([], 0)


def test_targets_are_large(page: Page) -> None:
    page.goto("/c/zon-zee/")
    forward(page)
    heights = page.locator(".step.now .choice").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert len(heights) == 6
    assert min(heights) >= 64
    assert page.locator("#next").bounding_box()["height"] >= 56  # type: ignore[index]


@pytest.mark.parametrize("asking", [("een-twee-ouders", "ar"), ("een-twee-team", "fr")])
def test_adults_are_asked_every_item_in_their_own_words(
    page: Page, box: Box, asking: tuple[str, str], hand_in: Callable[[Page], None], state_of: State
) -> None:
    word, language = asking
    instrument, words = ASKED[word].instrument, pupil_words.words(language, "parents")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/c/{word}/?language={language}")
    assert state_of(page) == ([], 0)
    asked = questionnaire.questionnaire(instrument, language).questions
    for question in asked:
        forward(page)
        expect(page.locator(".step.now .text")).to_have_text(question.text)
        choose(page, 1)
    page.click("#help-open")
    expect(page.locator("#help")).to_contain_text(words["help_known"])
    expect(page.locator("#help a[href='tel:106']")).to_be_visible()
    assert state_of(page) == ([], 0)
    page.click("#help-back")
    hand_in(page)
    expect(page.locator("#again")).to_have_text(words["next_pupil"])
    assert state_of(page) == ([], 0)
    assert len(box.opened()[0]["answers"]) == len(asked) == len(instrument.items)  # type: ignore[arg-type]


def test_ending_of_adults_is_kept_without_network(
    page: Page, context: BrowserContext, box: Box, kept_for_offline: Callable[..., None]
) -> None:
    page.goto("/c/een-twee-ouders/?language=fr")
    kept_for_offline(page)
    context.set_offline(True)
    hand_over(page)
    expect(page.locator("#again")).to_have_text(pupil_words.words("fr", "parents")["next_pupil"])
    expect(page.locator("#waiting")).to_contain_text("Laissez cet appareil allumé")
    context.set_offline(False)
    expect(page.locator("#waiting")).to_be_empty()
    assert len(box.took) == 1


def on_the_wire(connection: HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    reply = connection.getresponse()
    assert reply.status == 200
    return len(reply.read())


@pytest.mark.parametrize("word", ["reus-kat", "een-twee-ouders"])
def test_first_load_is_small_in_ten_languages(address: str, box: Box, word: str) -> None:
    assert len(ASKED[word].languages) == 10
    assert len(ASKED["reus-kat"].items_on) == 54
    connection = HTTPConnection(address.removeprefix("http://"))
    paths = (f"/c/{word}/", "/static/pupil/dist/pupil.css", "/static/pupil/dist/pupil.js")
    sizes = {path: on_the_wire(connection, path) for path in paths}
    connection.close()
    assert sum(sizes.values()) < 60_000, sizes
