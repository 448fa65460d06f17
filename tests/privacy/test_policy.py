from dataclasses import replace
from importlib import resources

import pytest

from erbij.errors import ProtectionError
from erbij.privacy import gate, policy
from erbij.privacy.policy import LOWEST_THRESHOLD, careful, with_changes
from erbij.studies.study import LEVELS


@pytest.mark.parametrize("value", [4, 0, -10, 4.5, 12.0, True, "10", None, [10]])
def test_threshold_under_the_floor_or_no_number_is_refused(value):
    with pytest.raises(ProtectionError) as caught:
        with_changes(careful(), {"threshold": value})
    assert "[policy], threshold" in str(caught.value)
    assert "a whole number of 5 or more" in str(caught.value)


@pytest.mark.parametrize("value", [LOWEST_THRESHOLD, 10, 30])
def test_threshold_from_the_floor_is_taken(value):
    found = with_changes(careful(), {"threshold": value})
    assert {found.threshold_at(level) for level in found.levels} == {value}
    assert found.least == found.most == value


def test_unknown_key_names_the_one_that_was_meant():
    with pytest.raises(ProtectionError, match="Did you mean threshold") as caught:
        with_changes(careful(), {"treshold": 20})
    assert "allowed: preset, threshold, levels" in str(caught.value)


@pytest.mark.parametrize("key", ["decimals", "measures", "id"])
def test_what_a_study_may_not_loosen_is_no_key(key):
    with pytest.raises(ProtectionError, match="not a key"):
        with_changes(careful(), {key: 3})


def test_levels_can_be_fewer_and_keep_their_order():
    assert with_changes(careful(), {"levels": ["school", "all"]}).levels == ("all", "school")


@pytest.mark.parametrize("value", [[], "all", ["all", "pupil"], None, [1]])
def test_levels_that_are_no_levels_are_refused(value):
    with pytest.raises(ProtectionError, match="levels"):
        with_changes(careful(), {"levels": value})


def test_levels_in_a_list_of_lists_are_refused():
    with pytest.raises(ProtectionError, match="levels"):
        with_changes(careful(), {"levels": [["all"]]})


def test_no_change_leaves_the_careful_policy():
    assert with_changes(careful(), {}) == careful()


def test_study_with_a_loose_policy_is_not_released(make_study):
    with pytest.raises(ProtectionError, match="too loose"):
        gate.release(make_study([50.0] * 30, policy={"threshold": 2}))


def test_careful_policy_keeps_its_own_floor():
    assert careful().least >= LOWEST_THRESHOLD
    assert replace(careful(), threshold=dict.fromkeys(LEVELS, 1)).most == LOWEST_THRESHOLD


@pytest.mark.parametrize("preset", ["public", "network"])
def test_other_presets_are_stricter_than_careful(preset):
    usual, found = careful(), policy.named(preset)
    assert found.id == preset
    assert set(found.levels) < set(usual.levels)
    assert all(found.threshold[level] >= usual.threshold[level] for level in LEVELS)
    assert all(found.decimals[level] <= usual.decimals[level] for level in LEVELS)
    assert all(found.share_steps[level] >= usual.share_steps[level] for level in LEVELS)
    assert found.measures == usual.measures


def test_study_chooses_a_preset_and_makes_it_stricter():
    found = with_changes(careful(), {"threshold": 30, "preset": "public"})
    assert (found.id, found.least, found.levels) == ("public", 30, ("all", "school"))


@pytest.mark.parametrize("value", ["loose", "", 3, None, ["public"]])
def test_unknown_preset_is_refused(value):
    with pytest.raises(ProtectionError, match="no such preset"):
        with_changes(careful(), {"preset": value})


def test_groups_can_be_told_at_fewer_levels_or_none():
    assert with_changes(careful(), {"breakdown_levels": ["school", "all"]}).breakdown_levels == (
        "all",
        "school",
    )
    assert with_changes(careful(), {"breakdown_levels": []}).breakdown_levels == ()


def test_two_divisions_at_once_are_never_told_below_a_school():
    assert all(set(found.two_way_levels) <= {"all", "school"} for found in policy.presets().values())


def test_open_answers_are_off_and_need_ten():
    assert all((p.open_text, p.open_text_threshold >= 10) == (False, True) for p in policy.presets().values())


def test_every_key_of_the_policy_file_is_explained_above_it():
    lines = resources.files("erbij.privacy").joinpath("policy.toml").read_text("utf-8").splitlines()
    in_numbers = False
    for above, line in zip(["", *lines], lines, strict=False):
        in_numbers = (line.startswith("[") and "." in line) or (in_numbers and not line.startswith("["))
        is_key = line.startswith("[") or ("=" in line and not line.startswith("#") and not in_numbers)
        assert not is_key or above.startswith("#"), f"no comment above {line}"
