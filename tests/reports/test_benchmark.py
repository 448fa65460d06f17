"""What may stand beside a school, and what has to be said with it."""

import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from erbij.findings import level
from erbij.privacy.release import ScaleCard
from erbij.reports import benchmarks
from erbij.reports.report import describe
from erbij.studies.opening import open_study

LANGUAGES = ("nl", "en", "fr")
SCHOOLS = {("school", f"school {number}"): 60.0 for number in range(5)}
OVERALL = ScaleCard("overall", "overall", {"en": "in one question"}, 50.0, True, 1, None, None, None)
QUESTION = {("everyone", "everyone", "below:overall"): 21.0}


@pytest.fixture
def make_network(make_release):
    def make(*, units=SCHOOLS, mean=68.4, **card):
        cells = {("everyone", "everyone", "mean"): mean}
        release = make_release(units=units, cells=cells, title={"en": "The town"}, **card)
        source = replace(release.card.source, sha256="2" * 64)
        return replace(release, card=replace(release.card, source=source))

    return make


def section(report):
    return next((s for s in report.sections if s.id == "benchmark"), None)


def said(report):
    found = section(report)
    text = " ".join((*found.lead, *found.points))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def asked_pisa(make_release, instrument="pisa-2015-belonging"):
    release = make_release()
    asked = replace(release.card.instrument, id=instrument, ages="15-16")
    return replace(release, card=replace(release.card, instrument=asked))


def asked_overall(make_release, cells=QUESTION):
    release = make_release(cells=cells)
    return replace(release, card=replace(release.card, scales=(*release.card.scales, OVERALL)))


def test_section_is_not_there_where_nothing_may_stand_beside(make_release):
    assert section(describe(make_release(), "en")) is None


class TestNetwork:
    @pytest.mark.parametrize(
        ("mean", "words"),
        [
            (60.4, "Pupils here score 8 points higher than those of “The town” together (probably 3 to 13)"),
            (76.4, "Pupils here score 8 points lower than those of “The town” together (probably 3 to 13)"),
            (68.4, "We can't say whether pupils here score otherwise"),
            (None, "is not shown, to protect pupils"),
        ],
    )
    def test_difference_is_stated_only_where_the_interval_does(self, make_release, make_network, mean, words):
        assert words in said(describe(make_release(), "en", network=make_network(mean=mean)))

    def test_few_schools_are_not_compared(self, make_release, make_network):
        few = dict(list(SCHOOLS.items())[:4])
        found = section(describe(make_release(), "en", network=make_network(units=few)))
        assert "too few schools" in found.lead[0]
        assert found.tables == ()

    def test_withheld_schools_count(self, make_network):
        assert benchmarks.schools_of(make_network(units=dict.fromkeys(SCHOOLS))) == 5

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("change", [{"version": "2"}, {"id": "other"}, {"min_share_answered": 0.5}])
    def test_other_questions_give_no_number(self, make_release, make_network, change, language):
        network = make_network()
        asked = replace(network.card.instrument, **change)
        network = replace(network, card=replace(network.card, instrument=asked))
        found = section(describe(make_release(), language, network=network))
        assert not re.search(r"\d", found.lead[0])
        assert found.tables == ()
        assert found.sure == ()

    def test_gaps_stand_beside_each_other_and_no_school_is_named(self, make_release, make_network):
        found = section(describe(make_release(), "en", network=make_network()))
        ((_, table),) = found.tables
        assert [row[0] for row in table.rows] == ["Gender · girls", "Gender · boys", "Gender · another"]
        assert "school 1" not in str(found)


class TestPublished:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_one_in_three_stands_beside_the_one_question_only(self, make_release, language):
        assert "2018" in said(describe(asked_overall(make_release), language))
        hidden = asked_overall(make_release, cells={("everyone", "everyone", "below:overall"): None})
        assert section(describe(hidden, language)) is None

    def test_the_own_share_has_its_interval(self, make_release):
        assert "21% (18 to 24)" in said(describe(asked_overall(make_release), "en"))

    def test_other_ages_are_said(self, make_release):
        text = said(describe(asked_overall(make_release), "en"))
        assert "Your questions are for 10-12 years" in text
        assert "58% belonged strongly in grade 4, and 37% in grade 8" in text

    def test_means_of_pisa_stand_beside_the_same_questions_only(self, make_release):
        own, pisa = (describe(make(make_release), "en") for make in (asked_overall, asked_pisa))
        assert section(own).tables == ()
        assert "can't stand beside yours" in said(own)
        ((_, table),) = section(pisa).tables
        assert table.rows[0][:4] == ("United States, 2015", "15-16", "66.8", "66.1\u00a0to\u00a067.4")
        assert "Belonging falls with age" not in said(pisa)

    def test_no_difference_with_another_country_is_stated(self, make_release):
        text = said(describe(asked_pisa(make_release), "en"))
        assert "higher" not in text
        assert "lower" not in text

    def test_adults_are_not_put_beside_pupils(self, make_release):
        release = asked_overall(make_release)
        adults = replace(release.card.instrument, audience="staff")
        assert (
            section(describe(replace(release, card=replace(release.card, instrument=adults)), "en")) is None
        )


def test_every_figure_says_where_when_and_of_whom():
    figures = benchmarks.published()
    assert len({figure.id for figure in figures}) == len(figures) == 4
    for figure in figures:
        assert figure.source
        assert figure.ages[0] <= figure.ages[1]
        assert (figure.scale == "score") is bool(figure.instruments) is (figure.mean is not None)
        for low, value, high in ((n[1], n[0], n[2]) for n in (figure.mean, figure.below) if n):
            assert 0 <= low < value < high <= 100


@pytest.mark.parametrize(
    ("id_", "file", "study"),
    [
        ("pisa-2015-usa", "pisa2015_usa.parquet", "pisa2015_usa.toml"),
        ("pisa-2003-nld", "pisa2003_nld.parquet", "pisa2003_nld.toml"),
    ],
)
def test_means_of_pisa_are_those_that_the_product_computes(shared_data, id_, file, study):
    if not (shared_data / file).is_file():
        pytest.skip(f"no file {file}")
    examples = Path(__file__).parents[2] / "examples"
    found = level.find(open_study(shared_data / file, examples / study)).filter(pl.col("level") == "all")
    told = found.select(pl.col("value", "low", "high").round(1)).rows()
    figure = benchmarks.named(id_)
    assert told == [figure.mean, figure.below]
