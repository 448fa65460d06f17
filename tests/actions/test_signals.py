from dataclasses import replace

import pytest

from erbij.actions import signals
from erbij.actions.signals import Expected
from erbij.actions.words import Words

OTHER = ("home-language", "other")
MUCH = ("discrimination", "minority-much")


def names(release):
    return [one.id for one in signals.of(release)]


def test_a_gap_asks_only_where_its_whole_interval_lies_below_zero(make_release, make_cell):
    assert names(make_release(make_cell("gap", -3.1, group=OTHER))) == ["gap.home-language.other"]
    assert names(make_release(make_cell("gap", -3.0, group=OTHER))) == []
    assert names(make_release(make_cell("gap", 8.0, group=OTHER))) == []


def test_treatment_comes_first_and_the_gap_of_the_emblem_is_not_told_twice(make_release, make_cell):
    found = make_release(
        make_cell("gap", -9.0, group=OTHER),
        make_cell("gap", -9.0, group=MUCH),
        make_cell("difference:minority-little", -9.0, group=MUCH),
        make_cell("difference:majority-little", -9.0, group=("discrimination", "minority-little")),
    )
    assert names(found) == [
        "treatment.minority-much",
        "gap.discrimination.minority-little",
        "gap.home-language.other",
    ]


@pytest.mark.parametrize(
    ("measure", "value", "message"),
    [
        ("mean", 40.0, "signal-under-surely"),
        ("mean", 48.0, "signal-under-perhaps"),
        ("mean", 50.0, None),
        ("mean:facet-identity", 30.0, "signal-under-surely"),
        ("mean:lonely", 60.0, "signal-over-surely"),
        ("mean:lonely", 51.0, "signal-over-perhaps"),
        ("mean:lonely", 20.0, None),
    ],
)
def test_a_score_is_low_on_the_wrong_side_of_its_line(make_release, make_cell, measure, value, message):
    found = signals.of(make_release(make_cell(measure, value)))
    assert [one.sentence.id for one in found] == ([message] if message else [])


def test_what_is_withheld_asks_nothing(make_release, make_cell):
    assert names(make_release(make_cell("gap", None, group=OTHER), make_cell("mean", None))) == []


def test_one_signal_for_all_places_that_show_it_the_widest_first(make_release, make_cell):
    places = [("class", "s/5a"), ("grade", "s/5"), ("school", "s")]
    (found,) = signals.of(make_release(*(make_cell("mean", 40.0, at=at) for at in places)))
    assert found.places == (("school", "s"), ("grade", "s/5"), ("class", "s/5a"))
    assert found.cell.level == "school"


def test_what_it_costs_is_share_times_pupils_rounded_outwards(make_release, make_cell):
    below = make_cell("below", 30.0, group=OTHER, half=11.0, n=41)
    (found,) = signals.of(make_release(make_cell("gap", -9.0, group=OTHER, n=41), below))
    assert found.cost == Expected(low=7, high=17, of=41)


def test_what_it_costs_is_of_the_same_scale_and_unknown_where_that_is_not_told(make_release, make_cell):
    cells = [make_cell("mean:facet-identity", 40.0), make_cell("below", 20.0)]
    assert signals.of(make_release(*cells))[0].cost is None
    told = make_cell("below:facet-identity", 50.0, half=10.0, n=40)
    assert signals.of(make_release(*cells, told))[0].cost == Expected(16, 24, 40)
    hidden = make_cell("below:facet-identity", None)
    assert signals.of(make_release(*cells, hidden))[0].cost is None


def test_a_name_does_not_depend_on_where_and_when_it_was_found(make_release, make_cell):
    first = make_release(make_cell("gap", -9.0, group=OTHER))
    later = make_release(make_cell("gap", -20.0, group=OTHER, at=("school", "another")))
    assert names(first) == names(later)


def test_a_release_that_shows_no_gap_could_have_shown_one(make_release, make_cell):
    name = "gap.home-language.other"
    assert signals.could_show(make_release(make_cell("gap", 0.0, group=OTHER)), name)
    assert not signals.could_show(make_release(make_cell("gap", None, group=OTHER)), name)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_every_signal_is_said_in_three_languages(make_release, make_cell, language):
    words = Words(language)
    found = make_release(
        make_cell("mean", 48.4, at=("class", "school/5a")),
        make_cell("mean:lonely", 60.0),
        make_cell("mean:facet-identity", 40.0),
        make_cell("gap", -9.4, group=OTHER),
        make_cell("difference:minority-little", -9.0, group=MUCH),
        make_cell("difference:majority-little", -9.0, group=("discrimination", "majority-much")),
        make_cell("difference:majority-little", -9.0, group=("discrimination", "minority-little")),
    )
    said = {one.id: words.tell(one.sentence) for one in signals.of(found)}
    assert len(said) == 7
    assert "5a" in said["low.belonging"]
    assert "school/5a" not in said["low.belonging"]
    assert "6" in said["gap.home-language.other"]
    assert "13" in said["gap.home-language.other"]


def test_a_combination_is_named_by_its_parts(make_release, make_cell):
    from tests.actions.conftest import CARD  # noqa: PLC0415 - the card of the fixture

    card = replace(CARD, intersections=("home-language",))
    found = make_release(make_cell("gap", -9.0, group=("intersections", "other")), card=card)
    assert "another language" in Words("en").tell(signals.of(found)[0].sentence)
