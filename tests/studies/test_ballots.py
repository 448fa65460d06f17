from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.privacy import gate
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace, Majority
from erbij.studies.study import Study

TEN = registry.load("erbij-pupils-10-12")
ON = tuple(item.id for item in TEN.items.values() if item.on)
CLASSES = {
    "a": ClassPlace("5", "5A", 4),
    "b": ClassPlace("5", "5B", 3),
    "c": ClassPlace("6", "6A", 2),
}
ASKING = Asking({"nl": "herfst"}, ON, CLASSES)


def ballot(class_: str = "a", **answers: object) -> dict[str, object]:
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    return {"v": 1, "class": class_, "language": "nl", "minutes": "5-10", "answers": named}


def study(*opened: dict[str, object], asking: Asking = ASKING) -> Study:
    return ballots.to_study(opened, TEN, asking)


def excluded(of: Study) -> dict[tuple[str, str], int]:
    return {(e.what, e.where): e.count for e in of.exclusions}


def test_answers_become_codes_and_silence_nothing() -> None:
    found = study(ballot(gender=2), ballot(gender=9), ballot())
    assert found.answers["gender"].tolist()[:2] == [2.0, 9.0]
    assert np.isnan(found.answers["gender"][2])
    assert found.n == 3


def test_several_answers_become_a_column_for_each() -> None:
    found = study(ballot(discrimination_grounds=["language", "money"]), ballot(discrimination_grounds=[]))
    assert found.answers["discrimination-grounds.language"].tolist() == [1.0, 0.0]
    assert found.answers["discrimination-grounds.faith"].tolist() == [0.0, 0.0]
    assert np.isnan(study(ballot()).answers["discrimination-grounds.faith"][0])


@pytest.mark.parametrize("answer", [0, 7, -1, 1.0, True, "1", [1], {"a": 1}, 10**400, "not-said"])
def test_answer_that_is_no_code_is_left_out_and_counted(answer: object) -> None:
    found = study(ballot(gender=answer), ballot(gender=1))
    assert np.isnan(found.answers["gender"][0])
    assert excluded(found)["missing-code", "gender"] == 1


@pytest.mark.parametrize("answer", [1, "language", ["canary"], [["language"]], [True], {"language": 1}])
def test_several_that_are_no_codes_are_left_out_and_counted(answer: object) -> None:
    found = study(ballot(discrimination_grounds=answer))
    assert np.isnan(found.answers["discrimination-grounds.language"][0])
    assert excluded(found)["missing-code", "discrimination-grounds"] == 1


def test_item_that_was_not_asked_is_not_read() -> None:
    assert "faith" not in ON
    assert "faith" not in study(ballot(faith=1, canary=1)).answers


def test_background_items_divide_and_no_answer_is_no_group() -> None:
    found = study(ballot(parents_born=1), ballot(parents_born=3), ballot(parents_born=4), ballot())
    by_id = {breakdown.id: breakdown for breakdown in found.breakdowns}
    assert set(by_id) == {"home-languages", "parents-born", "gender"} | set(by_id)
    assert by_id["parents-born"].codes.tolist() == [0, 2, -1, -1]
    assert [group.id for group in by_id["parents-born"].groups] == ["1", "2", "3"]
    assert excluded(found)["no-group", "parents-born"] == 2


def test_every_catalogue_option_of_no_answer_is_known() -> None:
    no_group = {}
    for instrument in map(registry.load, registry.ids()):
        for item in instrument.items.values():
            if instrument.translations and ballots._divides(instrument, item):
                options = instrument.format_of(item).options
                left = [option.code for option in options if not ballots.is_group(option)]
                no_group.setdefault(item.id, set()).update(left)
    assert {item: codes for item, codes in no_group.items() if codes != {9}} == {
        "parents-born": {4, 9},
        "faith": {8, 9},
        "orientation": {5, 9},
    }


def test_classes_have_their_size_as_asked_also_without_ballots() -> None:
    found = study(*[ballot("a")] * 2, *[ballot("b")] * 5)
    units = found.units
    assert units["class"].names == ("5A", "5B", "6A")
    assert units["class"].asked.tolist() == [4, 5, 2]
    assert (units["grade"].names, units["grade"].asked.tolist()) == (("5", "6"), [7, 2])
    assert units["all"].asked.tolist() == [11]


def test_unknown_class_is_no_class() -> None:
    found = study(ballot("canary"), ballot("c"))
    assert found.units["class"].codes.tolist() == [-1, 2]
    assert found.units["all"].codes.tolist() == [0, 0]
    assert excluded(found)["no-unit", "class"] == 1


PARENTS = registry.load("erbij-parents")


@pytest.mark.parametrize(("n", "invited", "asked"), [(12, 40, 40), (12, 3, 12), (0, 9, 9), (12, 0, 0)])
def test_without_classes_there_is_everyone_and_nothing_smaller(n: int, invited: int, asked: int) -> None:
    asking = Asking({"nl": "x"}, tuple(PARENTS.items), {}, invited=invited)
    found = ballots.to_study([ballot("a", child_known=2) for _ in range(n)], PARENTS, asking)
    assert list(found.units) == ["all"]
    assert found.units["all"].codes.tolist() == [0] * n
    assert found.units["all"].asked.tolist() == [asked]
    assert "no-unit" not in {e.what for e in found.exclusions}


def test_number_invited_means_nothing_beside_classes() -> None:
    found = study(ballot(), asking=Asking({"nl": "x"}, ON, CLASSES, invited=500))
    assert found.units["all"].asked.tolist() == [9]


@pytest.mark.parametrize("instrument", ["erbij-parents", "erbij-staff"])
@pytest.mark.parametrize(("adults", "status"), [(9, "withheld"), (14, "shown")])
def test_small_team_shows_the_whole_or_nothing(instrument: str, adults: int, status: str) -> None:
    asked = registry.load(instrument)
    rng = np.random.default_rng(4)
    opened = [
        {"v": 1, "class": "", "answers": {i: int(rng.integers(1, 4)) for i in asked.items}}
        for _ in range(adults)
    ]
    asking = Asking({"nl": "x"}, tuple(asked.items), {}, invited=14)
    cells = gate.release(ballots.to_study(opened, asked, asking)).cells
    assert set(cells["level"]) == {"all"}
    means = cells.filter(cells["measure"] == "mean")
    by_group = dict(zip(means["group"], means["status"], strict=True))
    assert by_group.pop("everyone") == status
    assert set(by_group.values()) <= {"withheld"}


HURT = {"discrimination-teachers": 5, "discrimination-peers": 5, "discrimination-rules": 5}
SAFE = dict.fromkeys(HURT, 2)


def with_(answers: dict[str, int], origin: int | None) -> dict[str, object]:
    own: dict[str, Any] = {**answers} if origin is None else {**answers, "parents-born": origin}
    return {"v": 1, "class": "a", "answers": own}


def test_emblem_needs_treatment_and_the_declared_majority() -> None:
    found = study(
        with_(HURT, 1), with_(SAFE, 1), with_(SAFE, 3), with_(HURT, 9), with_({}, 2), with_(SAFE, None)
    )
    assert found.discrimination is not None
    much, majority = found.discrimination.is_much, found.discrimination.is_majority
    np.testing.assert_array_equal(much, [1, 0, 0, 1, np.nan, 0])
    np.testing.assert_array_equal(majority, [1, 1, 0, np.nan, 0, np.nan])
    assert found.discrimination.line == 25.0


def test_majority_is_what_the_wave_declares() -> None:
    declared = Asking({"nl": "x"}, ON, CLASSES, majority=Majority("home-languages", (1, 2)))
    found = study(ballot(home_languages=2), ballot(home_languages=3), asking=declared)
    assert found.discrimination is not None
    assert found.discrimination.is_majority.tolist() == [1.0, 0.0]


def test_without_the_majority_item_there_is_no_emblem() -> None:
    asking = Asking({"nl": "x"}, [item for item in ON if item != "parents-born"], CLASSES)
    assert study(with_(HURT, 1), asking=asking).discrimination is None


def test_order_of_ballots_does_not_change_the_hash_and_the_salt_does() -> None:
    one, two = ballot(gender=1), ballot(gender=2)
    assert study(one, two).source.sha256 == study(two, one).source.sha256
    salted = Asking({"nl": "x"}, ON, CLASSES, salt=b"s")
    assert study(one, two).source.sha256 != study(one, two, asking=salted).source.sha256


def test_source_is_the_school_and_not_made_up() -> None:
    source = study(ballot(), asking=Asking({"nl": "x"}, ON, CLASSES, "North")).source
    assert (source.attribution, source.is_made_up, source.rows, source.file) == ("North", False, 1, "")


@pytest.mark.parametrize(
    ("pupils", "combined"),
    [(269, ()), (270, ("gender", "home-languages")), (1080, ("gender", "home-languages", "books"))],
)
def test_combinations_are_looked_at_as_far_as_there_are_pupils_enough(
    pupils: int, combined: tuple[str, ...]
) -> None:
    asking = Asking({}, (*ON, "books"), CLASSES)
    assert study(*[ballot()] * pupils, asking=asking).intersections == combined


def test_combinations_need_two_questions_that_were_asked() -> None:
    on = tuple(item for item in ON if item != "home-languages")
    asking = Asking({}, (*on, "books"), CLASSES)
    assert study(*[ballot()] * 400, asking=asking).intersections == ("gender", "books")
    assert study(*[ballot()] * 400, asking=Asking({}, on, CLASSES)).intersections == ()


def test_unknown_item_is_refused() -> None:
    with pytest.raises(StudyError, match="no such item; found 'canary'"):
        study(asking=Asking({"nl": "x"}, [*ON, "canary"], CLASSES))


def test_too_few_items_of_the_main_scale_are_refused() -> None:
    main = TEN.scales["belonging"].items
    with pytest.raises(StudyError, match="too few items of the main scale; found 3; allowed: at least"):
        study(asking=Asking({"nl": "x"}, main[:3], CLASSES))


@pytest.mark.parametrize(
    "opened",
    [{}, {"v": 2, "class": "a", "answers": {}}, {"v": 1, "class": 3, "answers": {}}, {"v": 1, "class": "a"}],
)
def test_what_is_no_ballot_is_not_well_formed(opened: dict[str, object]) -> None:
    assert not ballots.is_well_formed(opened)
    assert ballots.is_well_formed(ballot())


answer = st.one_of(
    st.integers(-2, 12), st.text(max_size=3), st.none(), st.lists(st.sampled_from(["faith", "x"]))
)


@given(st.lists(st.dictionaries(st.sampled_from(ON), answer, max_size=8), max_size=6))
@settings(max_examples=30)
def test_whatever_ballots_hold_the_study_keeps_codes_only(given_: list[dict[str, object]]) -> None:
    found = study(*({"v": 1, "class": "a", "answers": answers} for answers in given_))
    for name, column in found.answers.items():
        allowed = {0.0, 1.0} if "." in name else set(TEN.format_of(TEN.items[name]).codes)
        assert set(column[~np.isnan(column)]) <= allowed
        assert column.shape == (len(given_),)


@pytest.mark.parametrize("pupils", [0, 1, 30])
def test_study_of_any_size_passes_the_gate(pupils: int) -> None:
    rng = np.random.default_rng(3)
    opened = [
        {"v": 1, "class": "abc"[p % 3], "answers": {i: int(rng.integers(1, 4)) for i in ON}}
        for p in range(pupils)
    ]
    release = gate.release(study(*opened))
    means = release.cells.filter(release.cells["measure"] == "mean", release.cells["level"] == "all")
    everyone = means.filter(means["group"] == "everyone")
    assert everyone["status"].to_list() == (["shown"] if pupils == 30 else ["withheld"])
