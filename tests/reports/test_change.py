"""What two releases of one school say about change, and what they may not say."""

import re
from dataclasses import replace
from math import hypot

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from erbij.privacy.release import Cell
from erbij.reports import comparability
from erbij.reports.change import Waves, of_cells, step
from erbij.reports.report import describe
from erbij.reports.results import is_sure, look_up

LANGUAGES = ("nl", "en", "fr")


def cell(value, half=3.0, *, measure="mean", reason=None):
    key = ("all", "all", "everyone", "everyone", measure)
    if value is None:
        return Cell(*key, None, None, None, None, "withheld", "to-protect-pupils")
    return Cell(*key, 90, value, value - half, value + half, "shown", reason)


@pytest.fixture
def then(make_release, another_file):
    return another_file(make_release(title={"en": "Autumn", "nl": "Herfst", "fr": "Automne"}))


@pytest.fixture(scope="session")
def another_file():
    def of(release):
        source = replace(release.card.source, sha256="1" * 64)
        return replace(release, card=replace(release.card, source=source))

    return of


def section(report, name="change"):
    return next(s for s in report.sections if s.id == name)


def said(report):
    found = section(report)
    text = " ".join((*found.lead, *found.points))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def changed(release, **card):
    return replace(release, card=replace(release.card, **card))


class TestDifference:
    def test_is_now_less_then_with_the_recovered_interval(self):
        told = of_cells(cell(60.0, 3.0), cell(66.0, 4.0), (0.0, 0.0)).difference
        assert (told.value, told.low, told.high) == pytest.approx((6.0, 1.0, 11.0))

    def test_measure_names_what_changed(self):
        assert of_cells(cell(60.0), cell(61.0), (0.1, 0.1)).difference.measure == "change:mean"

    @pytest.mark.parametrize(
        ("then", "now"),
        [
            (None, cell(60.0)),
            (cell(60.0), None),
            (cell(None), cell(60.0)),
            (cell(60.0), cell(None)),
            (cell(10.0, reason="at-most"), cell(12.0)),
            (cell(60.0), replace(cell(60.0), low=None)),
        ],
        ids=["never", "no longer", "withheld then", "withheld now", "bound", "no interval"],
    )
    def test_of_what_is_not_told_twice_is_not_told(self, then, now):
        assert of_cells(then, now, (0.1, 0.1)) is None

    @given(
        values=st.tuples(*[st.floats(0, 100)] * 2),
        down=st.tuples(*[st.floats(0, 20)] * 2),
        up=st.tuples(*[st.floats(0, 20)] * 2),
        step=st.sampled_from([0.1, 1.0, 5.0]),
    )
    def test_holds_the_interval_of_what_was_not_rounded(self, values, down, up, step):
        """Whatever was rounded away, the interval of the exact numbers lies within that of the told ones."""
        exact = [(v, v - d, v + u) for v, d, u in zip(values, down, up, strict=True)]
        told = [tuple(round(number / step) * step for number in numbers) for numbers in exact]
        cells = [replace(cell(0.0), value=v, low=low, high=high) for v, low, high in told]
        found = of_cells(*cells, (step, step)).difference
        difference = values[1] - values[0]
        assert found.low <= difference - hypot(down[1], up[0]) + 1e-9
        assert found.high >= difference + hypot(up[1], down[0]) - 1e-9

    def test_more_of_the_same_pupils_would_only_make_it_narrower(self):
        """With a correlation r between two waves the variance is less by 2 r s1 s2."""
        told = of_cells(cell(60.0, 3.0), cell(66.0, 4.0), (0.0, 0.0)).difference
        half = (told.high - told.low) / 2
        for r in (0.2, 0.8):
            assert hypot(3.0, 4.0) ** 2 - 2 * r * 3.0 * 4.0 < half**2


class TestTruth:
    """1,000 schools of 40 pupils asked twice, with a true change of 4 points and with none."""

    SCHOOLS, PUPILS, SPREAD = 1000, 40, 18.0

    def differences(self, correlation, change, step):
        rng = np.random.default_rng(11)
        shape = (self.SCHOOLS, self.PUPILS)
        lasting, *passing = (rng.normal(0.0, self.SPREAD, shape) for _ in range(3))
        waves = [np.sqrt(correlation) * lasting + np.sqrt(1 - correlation) * own for own in passing]
        cells = zip(
            self.cells(waves[0] + 60.0, step), self.cells(waves[1] + 60.0 + change, step), strict=True
        )
        return [of_cells(then, now, (step, step)).difference for then, now in cells]

    def cells(self, scores, step):
        means = scores.mean(axis=1)
        half = t.ppf(0.975, self.PUPILS - 1) * scores.std(axis=1, ddof=1) / np.sqrt(self.PUPILS)
        ends = (means, means - half, means + half)
        told = np.column_stack([np.round(end / step) * step for end in ends])
        return [replace(cell(0.0), value=v, low=low, high=high) for v, low, high in told.tolist()]

    @pytest.mark.parametrize(
        ("correlation", "step", "least", "most"),
        [(0.0, 0.1, 0.94, 0.975), (0.7, 0.1, 0.99, 1.0), (0.0, 1.0, 0.96, 1.0)],
        ids=["other pupils", "mostly the same pupils", "told in whole points"],
    )
    def test_interval_holds_the_true_change(self, correlation, step, least, most):
        held = [d.low <= 4.0 <= d.high for d in self.differences(correlation, 4.0, step)]
        assert least <= np.mean(held) <= most

    @pytest.mark.parametrize("correlation", [0.0, 0.7])
    def test_no_change_is_rarely_called_one(self, correlation):
        wrong = np.mean([is_sure(d) for d in self.differences(correlation, 0.0, 0.1)])
        assert wrong <= (0.06 if correlation == 0.0 else 0.01)


class TestSteps:
    @pytest.mark.parametrize(
        ("policy", "level", "measure", "expected"),
        [
            ("careful", "all", "mean:stress", 0.1),
            ("careful", "grade", "mean", 1.0),
            ("careful", "grade", "below", 5.0),
            ("careful", "all", "alpha", 0.001),
            ("public", "all", "gap", 1.0),
            ("of-another-version", "all", "mean", 1.0),
            ("of-another-version", "all", "below", 5.0),
        ],
    )
    def test_step_is_that_of_the_policy_or_the_widest(self, make_release, policy, level, measure, expected):
        release = make_release()
        release = changed(release, policy=replace(release.card.policy, id=policy))
        assert step(release, level, measure) == pytest.approx(expected)


class TestComparability:
    def block(self, then, now):
        return comparability.block(then, now)

    def test_two_askings_with_the_same_questions_may_be_compared(self, make_release, then):
        assert self.block(then, make_release()) == ""

    @pytest.mark.parametrize(
        ("why", "change"),
        [
            ("made-up", lambda card: {"source": replace(card.source, is_made_up=True)}),
            ("same", lambda card: {"source": replace(card.source, sha256="1" * 64)}),
            ("instrument", lambda card: {"instrument": replace(card.instrument, id="other")}),
            ("instrument", lambda card: {"instrument": replace(card.instrument, version="2")}),
            ("instrument", lambda card: {"instrument": replace(card.instrument, ages="13-18")}),
            ("score", lambda card: {"instrument": replace(card.instrument, min_share_answered=0.5)}),
            ("score", lambda card: {"scales": (replace(card.scales[0], items=15), *card.scales[1:])}),
            ("score", lambda card: {"scales": (replace(card.scales[0], line=60.0), *card.scales[1:])}),
        ],
    )
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_differs_forbids_every_number(self, make_release, then, why, change, language):
        now = make_release()
        now = changed(now, **change(now.card))
        assert self.block(then, now) == why
        told = section(describe(now, language, before=(then,)))
        assert len(told.lead) == 1
        assert (told.tables, told.points, told.figures) == ((), (), ())
        assert not re.search(r"\d", told.lead[0])

    def test_other_schools_are_not_compared(self, make_release, then):
        there = make_release(units={("school", "Noord"): 60.0})
        here = make_release(units={("school", "Zuid"): 60.0})
        assert self.block(changed(there, source=then.card.source), here) == "schools"

    def test_scale_that_was_scored_otherwise_is_left_out_and_told(self, make_release, then):
        now = make_release()
        scales = tuple(replace(s, items=9) if s.id == "source-peers" else s for s in now.card.scales)
        now = changed(now, scales=scales)
        waves = Waves(look_up(then), look_up(now))
        assert "source-peers" not in {scale.id for scale, _ in waves.scales()}
        assert "One scale was" in said(describe(now, "en", before=(then,)))

    def test_breakdown_with_other_groups_and_who_is_told_together_are_left_out(self, make_release, then):
        now = make_release()
        groups = now.card.breakdowns[0].groups
        fewer = changed(now, breakdowns=(replace(now.card.breakdowns[0], groups=groups[:2]),))
        assert list(Waves(look_up(then), look_up(fewer)).groups("mean")) == []
        together = replace(groups[0], id="together")
        more = changed(now, breakdowns=(replace(now.card.breakdowns[0], groups=(*groups, together)),))
        found = [group.id for _, group, _ in Waves(look_up(then), look_up(more)).groups("mean")]
        assert found == ["girls", "boys", "another"]

    def test_treatment_with_another_line_is_left_out(self, make_release, then):
        now = make_release()
        assert "unfair treatment" in str(section(describe(now, "en", before=(then,))).tables)
        other = changed(now, discrimination=replace(now.card.discrimination, line=30.0))
        assert "unfair treatment" not in str(section(describe(other, "en", before=(then,))).tables)

    @pytest.mark.parametrize(("response", "is_told"), [(81.0, True), (83.0, False)])
    def test_response_that_differs_by_more_than_ten_points_is_told(
        self, make_release, then, response, is_told
    ):
        now = make_release(cells={("everyone", "everyone", "response"): response})
        assert ("now 81%" in said(describe(now, "en", before=(then,)))) is is_told

    def test_composition_that_differs_far_is_told(self, make_release, then):
        now = make_release(cells={("gender", "girls", "n"): 200.0})
        text = said(describe(now, "en", before=(then,)))
        assert "Gender · girls about 26% then, about 54% now" in text
        assert "boys about" not in text


class TestWords:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_section_is_there_only_with_an_earlier_release(self, make_release, then, language):
        alone, both = describe(make_release(), language), describe(make_release(), language, before=(then,))
        assert "change" not in [s.id for s in alone.sections]
        assert section(both).heading
        ids = [s.id for s in both.sections]
        assert ids.index("change") < ids.index("certainty")

    @pytest.mark.parametrize(
        ("mean", "words"),
        [
            (78.4, "now 10 points higher than at “Autumn” (probably 5 to 15)"),
            (58.4, "now 10 points lower than at “Autumn” (probably 5 to 15)"),
            (70.4, "can't say whether belonging changed since “Autumn”"),
            (68.4, "can't say whether belonging changed since “Autumn”"),
        ],
    )
    def test_difference_is_stated_only_where_the_interval_does(self, make_release, then, mean, words):
        now = make_release(cells={("everyone", "everyone", "mean"): mean})
        assert words in said(describe(now, "en", before=(then,)))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_may_be_chance_has_both_ends(self, make_release, then, language):
        now = make_release(cells={("everyone", "everyone", "mean"): 70.4})
        lead = section(describe(now, language, before=(then,))).lead[0]
        assert re.findall(r"\d+", lead) == ["3", "7"]

    def test_withheld_number_gives_no_difference(self, make_release, then):
        now = make_release(hide=lambda key: True)
        told = section(describe(now, "en", before=(then,)))
        assert "to protect pupils" in told.lead[0]
        assert told.tables == ()

    def test_share_that_is_a_bound_gives_no_difference(self, make_release, then):
        now = make_release()
        is_below = (pl.col("measure") == "below") & (pl.col("breakdown") == "everyone")
        reason = pl.when(is_below).then(pl.lit("at-most")).otherwise(pl.col("reason")).alias("reason")
        now = replace(now, cells=now.cells.with_columns(reason))
        assert "is not told, to protect pupils" in section(describe(now, "en", before=(then,))).lead[1]

    def test_group_that_was_low_comes_with_a_warning(self, make_release, then):
        """Girls and others lay surely under everyone then; boys did not."""
        now = make_release(groups={"girls": 70.0, "boys": 73.4, "another": 60.0})
        text = said(describe(now, "en", before=(then,)))
        assert "stood out as low: Gender · girls; Gender · another" in text
        assert "by chance alone" in text
        assert "boys" not in text.split("stood out as low:")[1].split(".")[0]

    def test_gap_that_surely_changed_is_told_and_others_are_not(self, make_release, then):
        now = make_release(groups={"girls": 70.0, "boys": 73.4, "another": 54.0})
        points = [p for p in section(describe(now, "en", before=(then,))).points if "beside everyone" in p]
        assert len(points) == 1
        assert points[0].startswith("Gender · girls, beside everyone together: now 6 points higher")

    def test_nothing_that_changed_says_so_with_the_number_of_comparisons(self, make_release, then):
        assert "Of none can we say that it changed" in said(describe(make_release(), "en", before=(then,)))

    def test_last_of_several_is_compared_and_the_first_as_well(self, make_release, then, another_file):
        first = another_file(make_release(title={"en": "The year before"}))
        text = said(describe(make_release(), "en", before=(first, then)))
        assert text.index("“Autumn”") < text.index("“The year before”")

    def test_askings_of_one_name_are_numbered(self, make_release, another_file):
        assert "“Asking 1”" in said(describe(make_release(), "en", before=(another_file(make_release()),)))

    def test_limit_of_one_moment_makes_way(self, make_release, then):
        alone, both = describe(make_release(), "en"), describe(make_release(), "en", before=(then,))
        assert "One asking is one moment" in str(section(alone, "limits").points)
        assert "One asking is one moment" not in str(section(both, "limits").points)
        assert len(section(both, "limits").points) == len(section(alone, "limits").points)


class TestEntry:
    def releases(self, make_release, another_file, *, ages, units):
        releases = [
            make_release(units=dict.fromkeys(units, mean), title={"en": str(mean)}) for mean in (60.0, 72.0)
        ]
        then, now = (changed(r, instrument=replace(r.card.instrument, ages=ages)) for r in releases)
        return describe(now, "en", before=(another_file(then),))

    def test_youngest_grade_after_a_transition_is_another_cohort(self, make_release, another_file):
        units = (("grade", "Noord/2"), ("grade", "Noord/10"), ("grade", "Noord/1"))
        text = said(self.releases(make_release, another_file, ages="13-18", units=units))
        assert "In 1, the youngest grade here, each time other pupils are new" in text
        assert "12 points higher" in text

    @pytest.mark.parametrize(
        ("ages", "units"),
        [
            ("10-12", (("grade", "Noord/5"),)),
            ("13-18", (("grade", "Noord/1"), ("grade", "Zuid/1"))),
            ("13-18", (("grade", "Noord/eerste"),)),
            ("13-18", (("class", "Noord/1A"),)),
        ],
        ids=["no transition", "several schools", "no number", "classes only"],
    )
    def test_otherwise_nothing_is_said_of_it(self, make_release, another_file, ages, units):
        assert "youngest" not in said(self.releases(make_release, another_file, ages=ages, units=units))

    def test_classes_are_never_compared(self, make_release, another_file):
        report = self.releases(make_release, another_file, ages="10-12", units=(("class", "Noord/5A"),))
        assert "5A" not in str(section(report))
