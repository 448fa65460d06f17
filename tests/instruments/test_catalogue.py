"""Every instrument file that ships: what holds for all, for our own wording, and for the keys."""

import re
from pathlib import Path
from typing import get_args

import pytest

from erbij.instruments import registry
from erbij.instruments.schema import Facet

OWN = [name for name in registry.ids() if name.startswith("erbij-")]
PULSES = [name for name in OWN if registry.is_pulse(name)]
PUPILS = [name for name in OWN if registry.load(name).audience == "pupils" and name not in PULSES]
ADULTS = [name for name in OWN if name not in (*PUPILS, *PULSES)]
LEVERS = {"teams", "curriculum", "welcome", "environment", "co-creation"}
PISA = {
    "pisa-2003-belonging": ("ST27Q0{}", (7, 8, 9)),
    "pisa-2012-belonging": ("ST87Q0{}", (7, 8, 9)),
    "pisa-2015-belonging": ("ST034Q0{}TA", (95, 97, 98, 99)),
    "pisa-2018-belonging": ("ST034Q0{}TA", (95, 97, 98, 99)),
    "pisa-2022-belonging": ("ST034Q0{}TA", (95, 97, 98, 99)),
}


@pytest.mark.parametrize("name", registry.ids())
def test_instrument_reads_and_says_where_it_comes_from(name):
    instrument = registry.load(name)
    assert instrument.id == name
    assert instrument.source
    assert instrument.licence
    assert len(instrument.scales[instrument.main_scale].items) >= 4
    assert set(instrument.title) >= {"nl", "en", "fr"}


@pytest.mark.parametrize("name", OWN)
def test_own_instrument_claims_no_more_than_it_is(name):
    instrument = registry.load(name)
    assert instrument.status == "not-validated"
    assert set(instrument.translations) >= {"nl", "en", "fr"}


@pytest.mark.parametrize("name", OWN)
def test_own_instrument_asks_questions(name):
    for item in registry.load(name).items.values():
        for language, text in item.text.items():
            assert text.strip().endswith(("?", "؟")), (item.id, language, text)


@pytest.mark.parametrize("name", OWN)
def test_own_instrument_has_no_two_options_or_questions_alike(name):
    instrument = registry.load(name)
    for language in instrument.translations:
        for form in instrument.formats.values():
            labels = [option.label[language].casefold() for option in form.options]
            assert len(set(labels)) == len(labels), (form.id, language)
        texts = [item.text[language].casefold() for item in instrument.items.values()]
        assert len(set(texts)) == len(texts), language


@pytest.mark.parametrize("name", OWN)
def test_own_instrument_reverses_nothing_and_tells_why_it_asks_background(name):
    items = registry.load(name).items.values()
    assert not any(item.reversed for item in items)
    assert all(item.why for item in items if item.scale is None)


@pytest.mark.parametrize("name", PUPILS)
def test_own_instrument_covers_every_lever_and_asks_for_trust(name):
    scales = registry.load(name).scales.values()
    assert {scale.opportunity for scale in scales if scale.kind == "opportunity"} == LEVERS
    kinds = {scale.kind for scale in scales}
    assert {"belonging", "discrimination", "trust"} <= kinds


def test_parents_and_staff_are_asked_apart():
    assert {name: registry.load(name).audience for name in ADULTS} == {
        "erbij-parents": "parents",
        "erbij-staff": "staff",
    }
    assert len(PUPILS) == 4


@pytest.mark.parametrize(
    ("name", "full"),
    [("erbij-pulse-8-9", "erbij-pupils-8-9"), ("erbij-pulse-10-18", "erbij-pupils-10-12")],
)
def test_pulse_asks_five_questions_and_trust_in_the_words_of_the_whole(name, full):
    pulse, whole = registry.load(name), registry.load(full)
    assert len(pulse.items_of("belonging")) == 5
    assert [item.scale for item in pulse.items.values()][5:] == ["trust-honest", "trust-acted-on"]
    assert len({item.facet for item in pulse.items_of("belonging")}) == 5
    for item in pulse.items.values():
        assert item == whole.items[item.id]
        assert pulse.format_of(item) == whole.format_of(item)


def test_pulse_asks_for_no_background():
    assert PULSES == ["erbij-pulse-10-18", "erbij-pulse-8-9"]
    assert all(item.scale for name in PULSES for item in registry.load(name).items.values())


@pytest.mark.parametrize("name", ADULTS)
def test_adults_mirror_every_facet_of_pupils_in_one_question_each(name):
    instrument = registry.load(name)
    facets = [item.facet for item in instrument.items_of(instrument.main_scale)]
    assert sorted(facets) == sorted(get_args(Facet))
    for pupils in PUPILS:
        assert {f"facet-{facet}" for facet in facets} <= set(registry.load(pupils).scales)


def opportunities(name):
    return {s.opportunity for s in registry.load(name).scales.values() if s.kind == "opportunity"}


def test_adults_mirror_opportunities_and_are_asked_for_trust_twice():
    assert opportunities("erbij-staff") == LEVERS
    assert opportunities("erbij-parents") == {"welcome"}
    for name in ADULTS:
        assert [s.kind for s in registry.load(name).scales.values()].count("trust") == 2


@pytest.mark.parametrize("name", ADULTS)
def test_blueprint_names_every_question_of_adults(name):
    text = (Path(__file__).parents[2] / "docs" / "blueprint.md").read_text("utf-8")
    part = text.split("## Parents and staff")[1].split("\n## ")[0]
    assert {item for item in registry.load(name).items if f"`{item}`" not in part} == set()


def test_adults_are_asked_little():
    parents, staff = (registry.load(name) for name in ADULTS)
    assert (len(parents.items), len(staff.items)) == (12, 20)
    assert [item.on for asked in (parents, staff) for item in asked.items.values()] == [True] * 32


def test_nothing_that_is_asked_could_find_a_member_of_a_small_team():
    parents, staff = (registry.load(name) for name in ADULTS)
    assert [item.id for item in staff.items.values() if item.scale is None] == []
    assert [i.id for i in parents.items.values() if i.scale is None] == ["home-languages"]
    assert parents.items["home-languages"].special_category


@pytest.mark.parametrize("name", OWN)
def test_own_instrument_reads_low_discrimination_as_good(name):
    scales = [scale for scale in registry.load(name).scales.values() if scale.kind == "discrimination"]
    assert [scale.high_is_good for scale in scales] == [False] * len(scales)


@pytest.mark.parametrize("name", [name for name in registry.ids() if name not in OWN])
def test_key_holds_no_words_of_others(name):
    instrument = registry.load(name)
    assert instrument.status == "key-only"
    assert all(item.text == {} for item in instrument.items.values())
    assert all(o.label == {} for form in instrument.formats.values() for o in form.options)


@pytest.mark.parametrize("name", PISA)
def test_pisa_key_flips_the_positive_items(name):
    pattern, missing = PISA[name]
    instrument = registry.load(name)
    assert list(instrument.items) == [pattern.format(k) for k in range(1, 7)]
    assert [item.reversed for item in instrument.items.values()] == [False, True, True, False, True, False]
    (form,) = instrument.formats.values()
    assert form.codes == (1, 2, 3, 4)
    assert form.missing_codes == missing


def test_pssm_key_flips_five_of_eighteen():
    items = registry.load("pssm").items
    assert list(items) == [f"pssm{k:02d}" for k in range(1, 19)]
    flipped = {int(re.sub(r"\D", "", i)) for i, item in items.items() if item.reversed}
    assert flipped == {3, 6, 9, 12, 16}
