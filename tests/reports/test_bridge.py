"""Pupils, parents and staff beside each other, from releases made by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import ReportError
from erbij.privacy.release import Cell, ScaleCard
from erbij.reports import bridge
from erbij.reports.report import describe as report_of
from erbij.reports.words import Words

FACETS = ("support", "acceptance", "identity")
WHO = ("pupils", "parents", "staff")
LANGUAGES = ("nl", "en", "fr")


def scales(facets, opportunities):
    return (
        ScaleCard("belonging", "belonging", {"en": "belonging"}, 50.0, True, 16, None, None, None),
        *(ScaleCard(f"facet-{f}", "belonging", {}, 50.0, True, 1, "facet", None, None) for f in facets),
        *(
            ScaleCard(f"lever-{o}", "opportunity", {"en": f"the {o}"}, 50.0, True, 1, None, o, None)
            for o in opportunities
        ),
    )


@pytest.fixture
def make(make_release):
    """A release of somebody: means by facet or opportunity, each with 3 to both sides."""

    def of(audience, *, facets=FACETS, opportunities=("welcome",), hide=lambda _: False, **means):
        usual = make_release().card
        asked = [*(f"facet-{f}" for f in facets), *(f"lever-{o}" for o in opportunities)]
        cells = {("everyone", "everyone", f"mean:{scale}"): 60.0 for scale in asked}
        cells |= {("everyone", "everyone", f"mean:facet-{f}"): mean for f, mean in means.items()}
        return make_release(
            instrument=replace(usual.instrument, audience=audience),
            scales=scales(facets, opportunities),
            cells=cells,
            hide=lambda key: hide(key[2]),
            discrimination=None,
        )

    return of


@pytest.fixture
def three(make):
    return {
        "pupils": make("pupils", support=66.0, opportunities=("welcome", "teams")),
        "parents": make("parents", support=52.0),
        "staff": make("staff", support=64.0, opportunities=("teams", "welcome", "curriculum")),
    }


def section(report, name):
    return next(s for s in report.sections if s.id == name)


def figure(report, name):
    return next(f for s in report.sections for f in s.figures if f.id == f"figure-{name}")


def test_each_mirror_is_a_picture_in_the_order_of_the_facets(three):
    report = bridge.describe(three, "en")
    assert [figure.title for figure in section(report, "facets").figures] == [
        "Belonging as a whole",
        "Being accepted",
        "Being supported",
        "Being free to show who you are",
    ]
    supported = figure(report, "facet-support")
    assert [(row.label, row.value, row.is_low) for row in supported.rows] == [
        ("Pupils, about themselves", 66.0, False),
        ("Parents, about child and family", 52.0, True),
        ("Staff, about pupils", 64.0, False),
    ]
    assert supported.table.rows[1][:2] == ("Parents, about child and family", "52.0")


def test_opportunities_are_mirrored_by_what_they_are_and_only_where_two_were_asked(three):
    found = section(bridge.describe(three, "en"), "opportunities").figures
    assert [(f.title, [row.id for row in f.rows]) for f in found] == [
        ("The welcome", [f"opportunity-welcome-{who}" for who in WHO]),
        ("The teams", ["opportunity-teams-pupils", "opportunity-teams-staff"]),
    ]


def test_difference_is_told_only_where_intervals_do_not_touch(three):
    report = bridge.describe(three, "en")
    assert section(report, "facets").points == ("Being supported",)
    assert figure(report, "facet-support").sentences == (
        "Pupils 66 (probably 63 to 69), parents 52 (probably 49 to 55): the ranges lie apart.",
        "Parents 52 (probably 49 to 55), colleagues 64 (probably 61 to 67): the ranges lie apart.",
    )
    assert figure(report, "facet-acceptance").sentences == ()


def test_touching_intervals_are_no_difference(make):
    sides = {"pupils": make("pupils", support=66.0), "staff": make("staff", support=60.0)}
    found = section(bridge.describe(sides, "en"), "facets")
    assert found.points == ()
    assert "may be too few answers" in found.lead[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_withheld_looks_as_elsewhere_and_is_never_compared(make, language):
    hidden = make("parents", support=1.0, hide=lambda measure: measure == "mean:facet-support")
    sides = {"pupils": make("pupils", support=90.0), "parents": hidden}
    report = bridge.describe(sides, language)
    row = figure(report, "facet-support").rows[1]
    assert (row.value, row.low, row.high, row.is_low) == (None, None, None, False)
    assert row.shown == report_of(hidden, language).chrome["not-shown"]
    assert section(report, "facets").points == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_withheld_says_so(make, language):
    sides = {who: make(who, hide=lambda _: True) for who in WHO}
    found = section(bridge.describe(sides, language), "facets")
    assert (found.points, found.sure) == ((), ())
    assert all(figure.is_withheld for figure in found.figures)
    assert found.lead[0]


def test_facet_that_one_was_not_asked_is_not_said_to_be_hidden(make):
    parents = make("parents", facets=("acceptance",))
    report = bridge.describe({"pupils": make("pupils"), "parents": parents, "staff": make("staff")}, "en")
    assert [row.id for row in figure(report, "facet-support").rows] == [
        "facet-support-pupils",
        "facet-support-staff",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bridge_says_what_it_can_not_tell(three, language):
    report = bridge.describe(three, language)
    assert len(section(report, "limits").points) == 4
    assert all(s.not_told for s in report.sections if s.id != "limits")
    assert [name for name, _ in report.provenance] == [Words(language, who).say("People") for who in WHO]
    assert not report.mark


def test_made_up_figures_mark_the_bridge(make, made_up):
    parents = make("parents")
    parents = replace(parents, card=replace(parents.card, source=made_up))
    assert "Made-up" in bridge.describe({"pupils": make("pupils"), "parents": parents}, "en").mark


def test_one_side_is_no_bridge(make):
    with pytest.raises(ReportError, match="needs two sides"):
        bridge.describe({"pupils": make("pupils")}, "en")


def cell(low, high):
    middle = None if low is None or high is None else (low + high) / 2
    return Cell("all", "all", "everyone", "everyone", "mean", 20, middle, low, high, "shown", None)


bound = st.one_of(st.none(), st.floats(0, 100))


@given(bound, bound, bound, bound)
def test_apart_is_symmetric_and_never_without_intervals(a, b, c, d):
    first, second = cell(a, b), cell(c, d)
    assert bridge._is_apart(first, second) == bridge._is_apart(second, first)
    assert not bridge._is_apart(first, first) or (None not in (a, b) and b < a)
    if bridge._is_apart(first, second):
        assert (None not in (b, c) and b < c) or (None not in (d, a) and d < a)
