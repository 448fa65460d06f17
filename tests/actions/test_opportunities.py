"""What the files of actions must say, and how the reader refuses what they do not."""

import re
from pathlib import Path

import pytest

from erbij.actions import reading, registry
from erbij.actions.opportunity import NOT_FOUND, NOT_STUDIED, NOT_TOLD, SEVERAL
from erbij.errors import ActionError
from erbij.instruments import registry as instruments
from erbij.words import LANGUAGES

ACTIONS = tuple(registry.actions().values())
EVIDENCE = {(a.opportunity, e.id): e for a in ACTIONS for e in a.evidence}
OURS = ("erbij-pupils", "erbij-students", "erbij-parents")
OWN = [instruments.load(id_) for id_ in instruments.ids() if id_.startswith(OURS)]
STILL_TO_LOOK_UP = {"bourabain-2020", "gershenson-2022"}
"""Named in the field without a DOI; the words say so until somebody has found them."""


COUNTRY = f"[A-Z]{{2}}|{SEVERAL}|{NOT_TOLD}|{NOT_STUDIED}"
REFERENCE = r"10\.\d{4,}/\S+|RAND RR\d+|UGent biblio \d+|Johns Hopkins University, .+"


def ids(action):
    return action.id


def test_there_are_five_opportunities_with_six_actions_or_more():
    found = registry.opportunities()
    assert [one.id for one in found] == ["teams", "curriculum", "welcome", "environment", "co-creation"]
    assert all(len(one.actions) >= 6 for one in found)


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_every_action_has_strength_design_outcome_and_country(action):
    for evidence in action.evidence:
        assert evidence.strength in {"A", "B", "C", "none"}
        assert evidence.design
        assert all(evidence.outcome[language] for language in LANGUAGES)
        assert evidence.country
        assert all(re.fullmatch(COUNTRY, country) for country in evidence.country)


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_every_action_is_told_in_three_languages_of_its_own(action):
    for text in (action.title, action.what, action.first_step, action.who, action.risk, action.sign):
        assert set(text) == set(LANGUAGES)
        assert len(set(text.values())) == 3
    assert all("8" in action.sign[language] for language in LANGUAGES)


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_no_action_is_on_the_child_alone(action):
    if action.changes == "pupils":
        companions = [registry.actions()[one] for one in action.with_]
        assert companions
        assert {one.changes for one in companions} == {"school"}


def test_some_actions_are_on_pupils_so_that_the_rule_has_something_to_hold():
    assert {a.id for a in ACTIONS if a.changes == "pupils"} >= {"identity-lessons", "values-writing"}


@pytest.mark.parametrize("evidence", EVIDENCE.values(), ids=lambda e: e.id)
def test_every_evidence_has_a_doi_or_a_report_and_says_so_where_it_has_none(evidence):
    if evidence.strength == "none":
        assert evidence.reference == "none"
        assert evidence.country == (NOT_STUDIED,)
    elif evidence.reference == NOT_FOUND:
        assert evidence.id in STILL_TO_LOOK_UP
        assert evidence.seen == "second-hand"
    else:
        assert re.fullmatch(REFERENCE, evidence.reference)


def test_a_number_that_is_told_of_a_source_is_the_same_wherever_the_source_is_named():
    by_reference = {}
    for evidence in EVIDENCE.values():
        if evidence.reference not in {NOT_FOUND, "none"}:
            known = by_reference.setdefault(evidence.reference, evidence)
            assert (known.strength, known.design, known.country) == (
                evidence.strength,
                evidence.design,
                evidence.country,
            )


def test_a_number_of_an_interval_lies_within_it():
    duong = next(e for e in EVIDENCE.values() if e.id == "duong-2019")
    assert (duong.number.value, duong.number.low, duong.number.high) == (0.61, 0.21, 1.02)


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_an_action_fits_what_instruments_really_ask(action):
    items = {item for own in OWN for item in own.items}
    scales = {scale for own in OWN for scale in own.scales}
    assert set(action.fits.breakdowns) <= items
    assert set(action.fits.parts) <= scales
    assert set(action.fits.scales) <= scales


def test_every_background_question_and_every_facet_has_an_action():
    asked = {item.id for own in OWN for item in own.items.values() if item.scale is None}
    fitted = {one for action in ACTIONS for one in action.fits.breakdowns}
    assert asked - {"discrimination-grounds"} == fitted & asked
    kinds = ("facet-", "source-", "context-", "lever-")
    facets = {scale for own in OWN for scale in own.scales if scale.startswith(kinds)}
    assert facets <= {p for a in ACTIONS for p in (*a.fits.parts, *a.fits.scales)}


@pytest.fixture
def edited(tmp_path):
    """Writes the first opportunity with one thing changed."""
    source = (Path(reading.__file__).parent / "opportunities" / "teams.toml").read_text("utf-8")

    def edit(old, new):
        assert old in source
        path = tmp_path / "teams.toml"
        path.write_text(source.replace(old, new, 1), "utf-8")
        return path

    return edit


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('strength = "A"\n', "", "evidence.duong-2019.strength: missing key"),
        ('design = "trial"\n', "", "evidence.duong-2019.design: missing key"),
        ('country = ["US"]\n', "", "evidence.duong-2019.country: missing key"),
        ('country = ["US"]', "country = []", "names no country"),
        ('country = ["US"]', 'country = ["usa"]', "not a country"),
        ("outcome = { nl", "outcom = { nl", "unknown key"),
        ('strength = "A"', 'strength = "none"', "nobody studied it"),
        ("low = 0.21, ", "", "an interval has two ends"),
        ("value = 0.61", "value = 1.61", "outside its interval"),
        ('changes = "school"', 'changes = "pupils"', "never stands alone"),
        ("hours = [20, 60]", "hours = [60, 20]", "the lowest and the highest"),
        ('evidence = ["duong-2019", "allen-2018"]', "evidence = []", "names no evidence"),
        ('evidence = ["duong-2019", "allen-2018"]', 'evidence = ["x"]', "not a value of this key"),
        ('evidence = ["duong-2019", "allen-2018"]', 'evidence = ["allen-2018"]', "used by no action"),
        ('id = "empathic-discipline"', 'id = "relations-first"', "the id stands twice"),
        (', fr = "Un lien avec un enseignant pour chaque élève"', "", "missing key"),
        ('opportunity = "teams"', 'opportunity = "welcome"', "not the name of the file"),
        ('opportunity = "teams"', "opportunity = ", "not TOML"),
        ('place = "class"', 'place = "pupil"', "not a value of this key"),
        ('scales = ["asks-help", "lever-teams"]', 'scales = ["asks-help", "asks-help"]', "stands twice"),
    ],
)
def test_refuses_what_is_not_as_it_must_be_and_says_where(edited, old, new, said):
    with pytest.raises(ActionError, match=re.escape(said)) as refused:
        reading.read(edited(old, new))
    assert str(refused.value).startswith("teams.toml")


def test_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ActionError, match="can't be opened"):
        reading.read(tmp_path / "teams.toml")


def test_refuses_a_companion_that_does_not_change_the_school():
    found = [a for a in ACTIONS if a.id != "whose-stories"]
    with pytest.raises(ActionError, match="no action that changes the school"):
        registry.check_together(found)
    with pytest.raises(ActionError, match="share an id"):
        registry.check_together([*ACTIONS, ACTIONS[0]])
