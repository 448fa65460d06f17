"""Claims of research: none without source, design and status, and none with a figure that nobody read."""

import re
from dataclasses import replace

import pytest

from erbij.errors import ReportError
from erbij.instruments import registry
from erbij.instruments.schema import Item
from erbij.reports import claims
from erbij.reports.report import describe
from erbij.reports.sections import model
from erbij.reports.words import LANGUAGES, Words

WHOLE = {
    "id": "x",
    "block": "social",
    "status": "read",
    "source": "Someone 2020",
    "design": dict.fromkeys(LANGUAGES, "survey"),
    "text": dict.fromkeys(LANGUAGES, "It goes together."),
}


def test_whole_claim_is_read():
    assert claims.parse(WHOLE).source == "Someone 2020"


@pytest.mark.parametrize("key", ["block", "status", "source", "design", "text"])
def test_claim_without_one_of_its_parts_does_not_load(key):
    with pytest.raises(ReportError):
        claims.parse({name: value for name, value in WHOLE.items() if name != key})


@pytest.mark.parametrize("key", ["design", "text"])
def test_claim_that_is_silent_in_a_language_does_not_load(key):
    with pytest.raises(ReportError, match="fr"):
        claims.parse(WHOLE | {key: {"nl": "x", "en": "x"}})


def test_claim_with_an_unknown_status_does_not_load():
    with pytest.raises(ReportError, match="cited"):
        claims.parse(WHOLE | {"status": "heard"})


def test_all_claims_load_and_every_block_has_some():
    found = claims.claims()
    assert len({claim.id for claim in found}) == len(found) >= 15
    assert {claim.block for claim in found} == {*claims.BLOCKS}
    assert all(re.fullmatch(r"10\.\d{4,}/\S+", claim.doi) for claim in found if claim.doi)


def test_what_is_only_cited_carries_no_figure():
    for claim in claims.claims():
        if claim.status == "cited":
            assert not re.search(r"\d", "".join((*claim.text.values(), *claim.design.values()))), claim.id


def test_misread_effect_on_achievement_stands_nowhere():
    said = str(claims.claims())
    assert "0.56" not in said
    assert "0,56" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_annex_says_its_limits_first_and_the_source_of_every_claim(make_release, language):
    why = next(s for s in describe(make_release(), language).sections if s.id == "why")
    assert len(why.lead) == 3
    assert len(why.points) == len(claims.claims())
    for heading, found in claims.told(Words(language)):
        for claim in found:
            (point,) = (p for p in why.points if claim.text in p)
            assert point.startswith(heading)
            assert all(part in point for part in (claim.source, claim.design, claim.status))


def test_questions_stand_in_their_domain():
    instrument = registry.load("erbij-pupils-10-12")
    stands = {name: model.domain_of(item) for name, item in instrument.items.items() if item.facet}
    assert stands["included-at-breaks"] == stands["known-by-peers"] == "social"
    assert stands["safe-with-teachers"] == stands["say-in-learning"] == "personal"
    assert stands["helped-by-teachers"] == "academic"
    assert {*stands.values()} == {*model.DOMAINS}
    assert model.domain_of(Item("x", "f", {}, facet="inclusion", source="teachers")) == "social"


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_questions_and_levers_are_on_the_map_and_other_surveys_show_their_scales(make_release, language):
    card = make_release().card
    instrument = registry.load("erbij-pupils-10-12")
    scales = tuple(
        replace(card.scales[0], id=s.id, kind=s.kind, label=s.label, part=s.part, domain=s.domain)
        for s in instrument.scales.values()
    )
    ours = replace(card.instrument, id=instrument.id, version=instrument.version)
    told = describe(make_release(instrument=ours, scales=scales), language)
    found = next(s for s in told.sections if s.id == "model")
    texts = [row[0] for _title, table in found.tables for row in table.rows]
    asked = [i for i in instrument.items.values() if i.scale in ("belonging", "lever-welcome")]
    assert len(found.tables) == 5
    assert {item.text[language] for item in asked} <= {*texts}
    other = next(s for s in describe(make_release(), language).sections if s.id == "model")
    assert len(other.tables) == 1
    assert len(other.tables[0][1].rows) == 3
