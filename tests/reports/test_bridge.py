"""Pupils, parents and staff beside each other, from releases made by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import ReportError
from erbij.privacy.release import Cell, ScaleCard
from erbij.reports import bridge
from erbij.reports.report import describe as report_of

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


def test_mirrors_stand_together_in_the_order_of_the_facets(three):
    report = bridge.describe(three, "en")
    (figure,) = section(report, "facets").figures
    assert [row.starts_part for row in figure.rows if row.starts_part] == [
        "Belonging as a whole",
        "Being accepted",
        "Being supported",
        "Being free to show who you are",
    ]
    supported = [row for row in figure.rows if row.id.startswith("facet-support")]
    assert [(row.label, row.value) for row in supported] == [
        ("Pupils, about themselves", 66.0),
        ("Parents, about child and family", 52.0),
        ("Staff, about pupils", 64.0),
    ]


def test_opportunities_are_mirrored_by_what_they_are_and_only_where_two_were_asked(three):
    (figure,) = section(bridge.describe(three, "en"), "opportunities").figures
    assert [row.id for row in figure.rows] == [
        *(f"opportunity-welcome-{who}" for who in WHO),
        "opportunity-teams-pupils",
        "opportunity-teams-staff",
    ]
    assert figure.table.head == ("About", "Pupils", "Parents", "Colleagues")
    assert figure.table.rows[1][2] == "not asked"


def test_difference_is_told_only_where_intervals_do_not_touch(three):
    told = section(bridge.describe(three, "en"), "facets").points
    assert told == (
        "Being supported: pupils 66 (probably 63 to 69), parents 52 (probably 49 to 55).",
        "Being supported: parents 52 (probably 49 to 55), colleagues 64 (probably 61 to 67).",
    )


def test_touching_intervals_are_no_difference(make):
    sides = {"pupils": make("pupils", support=66.0), "staff": make("staff", support=60.0)}
    found = section(bridge.describe(sides, "en"), "facets")
    assert found.points == ()
    assert "may be too few answers" in found.lead[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_withheld_looks_as_elsewhere_and_is_never_compared(make, language):
    hidden = make("parents", support=1.0, hide=lambda measure: measure == "mean:facet-support")
    sides = {"pupils": make("pupils", support=90.0), "parents": hidden}
    found = section(bridge.describe(sides, language), "facets")
    rows = {row.id: row for row in found.figures[0].rows}
    row = rows["facet-support-parents"]
    assert (row.value, row.low, row.high) == (None, None, None)
    assert row.shown == report_of(hidden, language).chrome["not-shown"]
    assert found.points == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_withheld_says_so(make, language):
    sides = {who: make(who, hide=lambda _: True) for who in WHO}
    found = section(bridge.describe(sides, language), "facets")
    assert (found.points, found.sure) == ((), ())
    assert found.figures[0].is_withheld
    assert found.lead[0]


def test_facet_that_one_was_not_asked_is_not_said_to_be_hidden(make):
    sides = {
        "pupils": make("pupils"),
        "parents": make("parents", facets=("acceptance",)),
        "staff": make("staff"),
    }
    (figure,) = section(bridge.describe(sides, "en"), "facets").figures
    assert "facet-support-parents" not in {row.id for row in figure.rows}
    rows = {row[0]: row for row in figure.table.rows}
    assert rows["Being supported"][2] == "not asked"


@pytest.mark.parametrize("language", LANGUAGES)
def test_bridge_says_what_it_can_not_tell(three, language):
    report = bridge.describe(three, language)
    assert len(section(report, "limits").points) == 4
    assert all(s.not_told for s in report.sections if s.id != "limits")
    assert [name for name, _ in report.provenance] == list(
        section(report, "facets").figures[0].table.head[1:]
    )
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
    first, second = (None, cell(a, b)), (None, cell(c, d))
    assert bridge._is_apart(first, second) == bridge._is_apart(second, first)
    is_known = None not in (a, b, c, d)
    assert not bridge._is_apart(first, second) or (is_known and (b < c or d < a))
