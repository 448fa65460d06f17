import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import InstrumentError
from erbij.instruments import registry
from erbij.instruments.schema import Audience, Instrument
from erbij.web.surveys import pupil_page, pupil_words, questionnaire

WITH_TEXT = [name for name in registry.ids() if registry.load(name).translations]
PUPILS = registry.load("erbij-pupils-10-12")
ALL_ON = list(PUPILS.items)


@pytest.mark.parametrize("name", WITH_TEXT)
def test_questionnaire_asks_every_item_that_is_on_in_every_language(name: str) -> None:
    instrument = registry.load(name)
    on = [item.id for item in instrument.items.values() if item.on]
    assert set(questionnaire.languages(instrument)) == set(instrument.translations)
    for language in instrument.translations:
        asked = questionnaire.questionnaire(instrument, language).questions
        assert [question.id for question in asked] == on
        assert [question.number for question in asked] == list(range(1, len(on) + 1))
        assert [question.text for question in asked] == [instrument.items[i].text[language] for i in on]


@pytest.mark.parametrize("name", WITH_TEXT)
def test_every_code_can_be_chosen_exactly_once(name: str) -> None:
    instrument = registry.load(name)
    for question in questionnaire.questionnaire(instrument, "nl", items_on=list(instrument.items)).questions:
        values = [choice.value for choice in question.choices] + [question.not_said]
        codes = [str(code) for code in instrument.format_of(instrument.items[question.id]).codes]
        assert sorted(filter(None, values)) == sorted(codes)
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("name", WITH_TEXT)
def test_rather_not_say_is_found_in_every_format_that_has_it(name: str) -> None:
    instrument = registry.load(name)
    asked = questionnaire.questionnaire(instrument, "fr", items_on=list(instrument.items)).questions
    for question in asked:
        assert question.not_said == {"rating": "", "one-of": "9", "several": "not-said"}[question.type]


def test_circles_fill_evenly_from_the_lowest() -> None:
    by_format = {
        question.id: [choice.fill for choice in question.choices]
        for question in questionnaire.questionnaire(PUPILS, "nl", items_on=ALL_ON).questions
    }
    assert by_format["belongs-here"] == [0, 25, 50, 75, 100]
    assert by_format["gender"] == [None] * 3


def test_youngest_get_three_pictures_side_by_side() -> None:
    youngest = questionnaire.questionnaire(registry.load("erbij-pupils-8-9"), "nl").questions
    assert {question.is_for_the_youngest for question in youngest if question.type == "rating"} == {True}
    assert not questionnaire.questionnaire(PUPILS, "nl").questions[0].is_for_the_youngest


def test_items_keep_the_order_of_the_instrument() -> None:
    on = ["gender", "belongs-here", "accepted-by-peers"]
    asked = questionnaire.questionnaire(PUPILS, "en", items_on=on).questions
    assert [question.id for question in asked] == ["accepted-by-peers", "belongs-here", "gender"]


def test_a_key_without_text_asks_nothing() -> None:
    pssm = registry.load("pssm")
    assert questionnaire.languages(pssm) == ()
    with pytest.raises(InstrumentError, match="no words in this language"):
        questionnaire.questionnaire(pssm, "nl")


def test_language_counts_only_when_every_answer_has_words() -> None:
    how_often = PUPILS.formats["how-often"]
    lowest = dataclasses.replace(how_often.options[0], label={"nl": "nooit", "en": "never"})
    formats = {"how-often": dataclasses.replace(how_often, options=(lowest, *how_often.options[1:]))}
    half = dataclasses.replace(PUPILS, formats=formats, items={"belongs-here": PUPILS.items["belongs-here"]})
    assert questionnaire.languages(half) == ("nl", "en")


def test_unknown_item_is_named() -> None:
    with pytest.raises(InstrumentError, match="'no-such-item'"):
        questionnaire.items_asked(PUPILS, ["gender", "no-such-item"])


def test_values_that_nobody_offered_are_no_answers() -> None:
    form = {"belongs-here": ["6"], "gender": ["2", "1"], "no-such-item": ["1"], "_ballot": ["x"]}
    assert questionnaire.answers(PUPILS, form) == {"gender": 1}


def test_item_that_is_off_takes_no_answer() -> None:
    assert questionnaire.answers(PUPILS, {"gender": ["1"]}, items_on=["belongs-here"]) == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (["faith", "language"], ["language", "faith"]),
        (["language", "none"], ["none"]),
        (["none", "not-said", "money"], ["not-said"]),
        (["unknown", "money"], ["money", "unknown"]),
    ],
)
def test_several_answers_stand_in_the_order_of_the_format(sent: list[str], kept: list[str]) -> None:
    found = questionnaire.answers(PUPILS, {"discrimination-grounds": sent})
    assert found == {"discrimination-grounds": kept}


def _choices(instrument: Instrument) -> st.SearchStrategy[dict[str, object]]:
    single = {
        item.id: st.sampled_from(instrument.format_of(item).codes)
        for item in instrument.items.values()
        if instrument.format_of(item).type != "several"
    }
    return st.fixed_dictionaries({}, optional=single)


@given(_choices(PUPILS))
def test_answers_come_back_as_they_were_chosen(chosen: dict[str, object]) -> None:
    form = {item: [str(code)] for item, code in chosen.items()}
    assert questionnaire.answers(PUPILS, form, items_on=ALL_ON) == chosen


def test_the_page_has_all_its_words_in_every_language() -> None:
    names = {code: set(pupil_words.words(code)) for code in pupil_words.languages()}
    assert len(names) == 10
    assert {code: sorted(found ^ names["nl"]) for code, found in names.items() if found != names["nl"]} == {}
    assert {pupil_words.words(code)["status"] for code in names} <= {"reviewed", "machine, not reviewed"}


@pytest.mark.parametrize("language", pupil_words.languages())
def test_words_carry_the_same_places_for_numbers(language: str) -> None:
    words, dutch = pupil_words.words(language), pupil_words.words("nl")
    for name in dutch:
        assert {f"{{{n}}}" in words[name] for n in ("n", "all") if f"{{{n}}}" in dutch[name]} <= {True}, name


def test_only_arabic_runs_from_the_right() -> None:
    assert [c for c in pupil_words.languages() if pupil_words.words(c)["direction"] == "rtl"] == ["ar"]


@pytest.mark.parametrize("country", ["BE", "NL", "XX"])
def test_every_helpline_says_what_it_is_for(country: str) -> None:
    lines = pupil_words.helplines(country)
    assert "112" in [line["number"] for line in lines]
    assert {line["for"] for line in lines} <= set(pupil_words.words("nl"))


ADULTS = ("parents", "staff")


@pytest.mark.parametrize("language", pupil_words.languages())
def test_adults_are_spoken_to_as_adults(language: str) -> None:
    pupils, adults = pupil_words.words(language), pupil_words.words(language, "parents")
    assert pupil_words.words(language, "staff") == adults
    assert set(adults) - set(pupils) == {"helpline_listening"}
    changed = {name for name in pupils if adults[name] != pupils[name]}
    assert {"page_title", "help_known", "help_call", "refused", "next_pupil", "closed_text"} <= changed
    for name in pupils:
        assert {f"{{{n}}}" in adults[name] for n in ("n", "all") if f"{{{n}}}" in pupils[name]} <= {True}, (
            name
        )
    assert adults["status"] in ("reviewed", "machine, not reviewed")


FAMILIAR = {
    "nl": r"\b(je|jij|jou|jouw|leerkracht|leerling)\b",
    "en": r"\b(teacher|pupil|board)\b",
    "fr": r"\b(tu|te|toi|ton|ta|tes|élève|enseignant)\b",
    "de": r"\b(du|dich|dir|deine?|kannst|Lehrkraft|Kind)\b",
    "es": r"\b(tú|ti|tu|tus|profe|alumno)\b",
}
SHOWN_TO_ADULTS = {*pupil_page._OF_QUESTIONS, *pupil_page._OF_THE_END, "closed_title", "closed_text"}
NEVER_SHOWN = {"help_adults"}  # only above the names of adults for pupils


@pytest.mark.parametrize("language", FAMILIAR)
def test_no_adult_is_called_a_pupil_or_asked_to_tell_the_teacher(language: str) -> None:
    words = pupil_words.words(language, "staff")
    shown = {name: words[name] for name in SHOWN_TO_ADULTS - NEVER_SHOWN}
    pattern = re.compile(FAMILIAR[language], re.IGNORECASE)
    assert {name: text for name, text in shown.items() if pattern.search(text)} == {}


@pytest.mark.parametrize("audience", ADULTS)
@pytest.mark.parametrize("country", ["BE", "NL", "XX"])
def test_adults_get_helplines_for_adults(country: str, audience: Audience) -> None:
    lines = pupil_words.helplines(country, audience)
    assert "112" in [line["number"] for line in lines]
    assert {line["for"] for line in lines} <= set(pupil_words.words("nl", audience)) - {"helpline_young"}
