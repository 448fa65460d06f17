import pytest

from erbij.actions import fitting, registry, signals
from erbij.actions.words import Words

OTHER = ("home-language", "other")


def offered(release):
    (signal, *_) = signals.of(release)
    return fitting.offers(release, signal)


def reasons(offer):
    return [message.id for message in offer.reasons]


def test_a_gap_is_offered_what_is_meant_for_its_breakdown_and_says_so(make_release, make_cell):
    found = offered(make_release(make_cell("gap", -9.0, group=OTHER)))
    assert {one.action.id for one in found} == {
        action.id for action in registry.actions().values() if "home-languages" in action.fits.breakdowns
    }
    assert all(reasons(one) == ["fits-breakdown"] for one in found)
    assert "language at home" in Words("en").tell(found[0].reasons[0])


def test_what_else_is_low_is_a_further_reason_and_a_higher_place(make_release, make_cell):
    found = offered(make_release(make_cell("gap", -9.0, group=OTHER), make_cell("mean:lever-welcome", 40.0)))
    assert reasons(found[0]) == ["fits-breakdown", "fits-also-opportunity"]
    assert found[0].action.opportunity == "welcome"


def test_what_is_low_in_one_class_is_no_reason_for_the_school(make_release, make_cell):
    low = make_cell("mean:lever-welcome", 40.0, at=("class", "5a"))
    found = offered(make_release(make_cell("gap", -9.0, group=OTHER), low))
    assert all(reasons(one) == ["fits-breakdown"] for one in found)


def test_treatment_is_offered_what_works_on_treatment(make_release, make_cell):
    much = make_cell("difference:minority-little", -9.0, group=("discrimination", "minority-much"))
    found = offered(make_release(much))
    assert all(one.action.fits.discrimination for one in found)
    assert all(reasons(one) == ["fits-treatment"] for one in found)
    assert len(found) >= 6


@pytest.mark.parametrize(
    ("measure", "value", "reason"),
    [
        ("mean", 40.0, "fits-belonging"),
        ("mean:lever-welcome", 40.0, "fits-opportunity"),
        ("mean:facet-identity", 40.0, "fits-scale"),
        ("mean:lonely", 60.0, "fits-scale"),
    ],
)
def test_a_low_score_is_offered_what_works_on_it(make_release, make_cell, measure, value, reason):
    found = offered(make_release(make_cell(measure, value)))
    assert len(found) >= 3
    assert reason in reasons(found[0])
    assert all(len(reasons(one)) == 1 for one in found)


def test_an_action_on_pupils_comes_with_what_the_school_changes(make_release, make_cell):
    found = offered(make_release(make_cell("mean:facet-identity", 40.0)))
    on_pupils = [one for one in found if one.action.changes == "pupils"]
    assert on_pupils
    for one in on_pupils:
        assert one.together
        assert {each.changes for each in one.together} == {"school"}


def test_the_strongest_evidence_comes_first_among_equals(make_release, make_cell):
    found = offered(make_release(make_cell("gap", -9.0, group=OTHER)))
    order = ["ABC".find(one.action.strength) % 4 for one in found]
    assert order == sorted(order)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_every_reason_is_said_in_three_languages(make_release, make_cell, language):
    found = make_release(
        make_cell("gap", -9.0, group=OTHER),
        make_cell("mean:lever-welcome", 40.0),
        make_cell("mean:lonely", 60.0),
        make_cell("mean", 40.0),
        make_cell("difference:minority-little", -9.0, group=("discrimination", "minority-much")),
    )
    messages = [
        message
        for signal in signals.of(found)
        for one in fitting.offers(found, signal)
        for message in one.reasons
    ]
    assert all(Words(language).tell(message) for message in messages)
    assert {message.id for message in messages} >= {"fits-also-scale", "fits-treatment", "fits-belonging"}
