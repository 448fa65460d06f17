"""A guess that somebody corrects: only what can be, and nothing about a few pupils."""

import good_exports
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.instruments import registry
from erbij.studies.mapping import correcting, door, writing
from erbij.studies.mapping import guess as guesses
from erbij.studies.mapping.door import ExportError

INSTRUMENT = registry.load("erbij-pupils-10-12")
CONTENT = good_exports.EXPORTS["google-forms"][1]
FILE, GIVEN = door.taken(CONTENT)
FOUND = correcting.careful(GIVEN, guesses.of(GIVEN, instrument=INSTRUMENT.id))
COLUMNS = [column.name for column in FOUND.columns]
USES = correcting.uses(INSTRUMENT)
AS_GUESSED = {column.name: correcting.use_of(column) for column in FOUND.columns}


def test_special_categories_can_not_be_chosen_and_are_left_out() -> None:
    special = {item.id for item in INSTRUMENT.items.values() if item.special_category}
    assert special
    assert not special & {use.removeprefix("item:").partition(".")[0] for use in USES}
    why = {column.why for column in FOUND.columns if column.role == "left-out"}
    assert why == {"time", "person", "special"}


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(["", *USES])))
def test_whatever_is_not_refused_makes_a_study_file_that_is_read(chosen: dict[str, str]) -> None:
    all_chosen = AS_GUESSED | chosen
    if wrong := correcting.wrong(GIVEN, INSTRUMENT, all_chosen):
        assert set(wrong) <= set(all_chosen)
        return
    found = correcting.with_uses(GIVEN, FOUND, all_chosen)
    assert {column.name: correcting.use_of(column) for column in found.columns} == all_chosen
    toml = writing.to_toml(found, title="x", others_are_missing=True)
    try:
        study = door.study(FILE, toml)
    except ExportError as refused:
        assert refused.reason == "too-few-questions"  # noqa: PT017
        return
    assert study.n == good_exports.PUPILS


@pytest.mark.parametrize(
    ("column", "use", "reason"),
    [
        ("E-mailadres", "unit:class", "shut"),
        ("Tijdstempel", f"item:{INSTRUMENT.scales[INSTRUMENT.main_scale].items[0]}", "shut"),
        ("Klas", "item:faith", "no-such"),
        ("nowhere", "unit:class", "no-such"),
    ],
)
def test_what_can_not_be_has_its_reason(column: str, use: str, reason: str) -> None:
    assert correcting.wrong(GIVEN, INSTRUMENT, {column: use}) == {column: reason}


def test_two_columns_can_not_be_one_question() -> None:
    first, second = [name for name, use in AS_GUESSED.items() if use.startswith("item:")][:2]
    chosen = AS_GUESSED | {second: AS_GUESSED[first]}
    assert correcting.wrong(GIVEN, INSTRUMENT, chosen) == {first: "twice", second: "twice"}


def test_word_gets_its_code_or_none() -> None:
    content = CONTENT.decode().replace('"nooit"', '"zelden of nooit"').encode()
    given = door.taken(content)[1]
    found = guesses.of(given, instrument=INSTRUMENT.id)
    (form, *_) = found.unclear
    known = correcting.with_codes(found, {form: {"zelden of nooit": 1}})
    assert known.answers[form]["zelden of nooit"] == 1
    assert form not in known.unclear
    none = correcting.with_codes(found, {form: {"zelden of nooit": None}})
    assert "zelden of nooit" not in none.answers[form]
