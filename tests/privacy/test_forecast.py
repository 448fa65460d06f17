import pytest

from erbij.privacy import forecast
from erbij.privacy.policy import careful, named, with_changes

SMALL = {"5": [19, 18], "6": [19, 18]}
LARGE = {str(grade): [20] * 10 for grade in range(1, 7)}
ASKED = {"gender": forecast.assumed(3), "home-language": (0.82, 0.1, 0.08)}


def chances(classes, rules=None):
    found = forecast.outlook(classes, ASKED, rules or careful())
    return {(each.breakdown, each.level): each.chance for each in found}


def test_small_school_sees_gender_and_perhaps_language_but_not_two_together():
    """With 74 pupils: gender yes, home language probably, two together no."""
    found = chances(SMALL)
    assert found["gender", "all"] == "yes"
    assert found["home-language", "all"] == "probably"
    assert found["", "all"] == "no"
    assert found["gender", "class"] == "no"


def test_large_school_sees_more():
    found = chances(LARGE)
    assert found["home-language", "all"] == found["gender", "grade"] == found["", "all"] == "yes"


@pytest.mark.parametrize("levels", [["all"], ["all", "grade"]])
def test_levels_of_the_policy_are_kept(levels):
    found = chances(LARGE, with_changes(careful(), {"levels": levels}))
    assert {level for _, level in found} == set(levels)


def test_stricter_policy_promises_no_more():
    order = ("no", "probably", "yes")
    usual, strict = chances(SMALL), chances(SMALL, with_changes(named("careful"), {"threshold": 30}))
    assert all(order.index(strict[key]) <= order.index(usual[key]) for key in strict)


def test_school_without_classes_has_no_outlook_below_everyone():
    found = forecast.outlook({}, ASKED, careful())
    assert {each.chance for each in found} == {"no"}
