import pytest

from erbij.actions import evidence, registry
from erbij.actions.words import Words
from erbij.words import LANGUAGES

ACTIONS = registry.actions()
ALL = {one.id: one for action in ACTIONS.values() for one in action.evidence}


def ids(found):
    return [message.id for message in evidence.sentences(found)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("found", ALL.values(), ids=lambda one: one.id)
def test_every_source_is_said_with_its_outcome_and_country(language, found):
    said = [Words(language).tell(message) for message in evidence.sentences(found)]
    assert all(said)
    assert any(found.outcome[language] in one for one in said)
    if found.strength != "none":
        assert any(found.source in one for one in said)
        assert len(said[1]) > len(found.country[0])


def test_an_effect_stands_with_its_interval_or_says_that_there_is_none():
    said = {Words("en").tell(one) for one in evidence.sentences(ALL["duong-2019"])}
    assert any("g = 0.61; 95% interval 0.21 to 1.02" in one for one in said)
    assert "evidence-number" in ids(ALL["wu-2021"])


def test_what_was_not_read_or_has_no_reference_says_so():
    assert ids(ALL["bourabain-2020"])[-2:] == ["source-not-found", "seen-second-hand"]
    assert "seen-second-hand" not in ids(ALL["duong-2019"])


def test_what_nobody_studied_claims_nothing():
    assert ids(ALL["reasoned"]) == ["strength-none", "evidence-effect"]
    assert evidence.caution(ACTIONS["missing-expertise"]).id == "caution-not-studied"


def test_an_action_says_whether_belonging_was_ever_the_outcome():
    assert evidence.caution(ACTIONS["empathic-discipline"]).id == "caution-not-belonging"
    assert evidence.caution(ACTIONS["rules-of-recognition"]) is None
