"""A network from the releases of its schools, beside one release of all their pupils in one file."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.errors import ReportError
from erbij.findings.cells import KEYS
from erbij.privacy import gate
from erbij.reports import benchmarks, network, report
from erbij.reports.words import LANGUAGES
from erbij.studies.opening import open_study

TITLE = {"nl": "Samen", "en": "Together", "fr": "Ensemble"}
NAMES = tuple(f"school-{number:02}" for number in range(12))
PUPILS = 80
STUDY = """
[study]
title = { nl = "Erbij" }
instrument = "pisa-2015-belonging"
attribution = "made up"
made_up = true

[units]
school = "school"

[breakdowns.language]
column = "language"
label = { nl = "taal thuis" }
groups = [
  { id = "one", codes = [1], label = { nl = "de taal van de school" } },
  { id = "two", codes = [2], label = { nl = "een andere taal" } },
  { id = "three", codes = [3], label = { nl = "nog een andere" } },
]
"""


def answers():
    """Twelve schools that differ, and in which the gap of a group differs too."""
    rng, n = np.random.default_rng(11), len(NAMES) * PUPILS
    school, language = np.repeat(np.arange(len(NAMES)), PUPILS), rng.choice([1, 2, 3], n, p=[0.5, 0.3, 0.2])
    gap = np.array([0.0, -0.15, -0.1])[language - 1] + 0.12 * rng.standard_normal(12)[school] * (
        language == 2
    )
    chance = np.clip(
        0.6 + 0.06 * rng.standard_normal(12)[school] + gap + 0.15 * rng.standard_normal(n), 0.05, 0.95
    )
    items = {f"ST034Q0{item}TA": 1 + rng.binomial(3, chance) for item in range(1, 7)}
    return pl.DataFrame({"school": np.array(NAMES)[school], "language": language, **items})


@pytest.fixture(scope="module")
def release_of(tmp_path_factory):
    """The release of a part of the answers."""
    folder = tmp_path_factory.mktemp("schools")
    (folder / "STUDY.toml").write_text(STUDY, "utf-8")

    def make(part):
        part.write_csv(folder / "answers.csv")
        return gate.release(open_study(folder / "answers.csv", folder / "STUDY.toml"))

    return make


@pytest.fixture(scope="module")
def releases(release_of):
    return {name: release_of(answers().filter(school=name)) for name in NAMES}


@pytest.fixture(scope="module")
def pooled(releases):
    return network.pooled(releases, TITLE)


@pytest.fixture(scope="module")
def beside(release_of, pooled):
    """Cells that both have: pooled, and of one file with all pupils."""
    one, keys = release_of(answers()).cells, ["breakdown", "group", "measure"]
    both = pooled.cells.filter(level="all").join(one.filter(level="all"), on=keys, suffix="_one")
    return both.filter(pl.col("value_one").is_not_null())


def test_means_of_everyone_are_those_of_one_file(beside):
    told = beside.filter(pl.col("breakdown") == "everyone", pl.col("measure").cat.starts_with("mean"))
    assert told.height == 1
    for end in ("value", "low", "high"):
        # Each school's mean is rounded to a tenth, and the pooled one too.
        np.testing.assert_allclose(told[end], told[f"{end}_one"], atol=0.16)


@pytest.mark.parametrize("measure", ["gap-usual:school", "gap-sd:school"])
def test_usual_gaps_and_their_spread_are_nearly_those_of_one_file(beside, measure):
    """One file has one variance within for all schools; here each gap has its own error."""
    told = beside.filter(measure=measure)
    assert told.height >= 2
    width = (told["high_one"] - told["low_one"]).to_numpy()
    assert (np.abs(told["value"] - told["value_one"]).to_numpy() < 0.5 * width).all()
    assert 0.75 < (told["high"] - told["low"]).to_numpy().sum() / width.sum() < 1.5


def test_every_number_has_an_interval_or_is_a_count(pooled):
    numbers = pooled.cells.filter(pl.col("status") == "shown", pl.col("measure") != "n")
    assert numbers["low"].is_not_null().all()
    assert (numbers["low"] <= numbers["value"]).all()
    assert (numbers["value"] <= numbers["high"]).all()


def test_what_fewer_than_five_schools_show_is_not_there(releases):
    few = {
        name: told if place < 4 else replace(told, cells=told.cells.filter(pl.col("group") != "two"))
        for place, (name, told) in enumerate(releases.items())
    }
    found = network.pooled(few, TITLE).cells
    assert not found.filter(group="two").height
    assert found.filter(group="one").height


def test_no_school_has_a_mean_in_it(pooled):
    schools = pooled.cells.filter(level="school")
    assert set(schools["measure"]) == {"n", "gap-unit"}
    assert schools.filter(measure="n")["value"].is_null().all()


def test_too_few_schools_or_other_questions_are_refused(releases):
    with pytest.raises(ReportError, match="too few schools"):
        network.pooled({name: releases[name] for name in NAMES[:4]}, TITLE)
    one = releases[NAMES[0]]
    other = replace(one.card, instrument=replace(one.card.instrument, version="0"))
    mixed = {**releases, NAMES[0]: replace(one, card=other)}
    with pytest.raises(ReportError, match="other questions"):
        network.pooled(mixed, TITLE)
    assert list(network.alike(mixed)) == list(NAMES[1:])
    assert network.alike({}) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_three_languages_without_naming_a_school_as_less(pooled, releases, language):
    told = network.describe(pooled, language, of=14)
    assert [section.id for section in told.sections] == ["network", "level", "groups", "spread"]
    assert "12" in told.sections[0].lead[0]
    assert "14" in told.sections[0].lead[0]
    said = " ".join(
        sentence for section in told.sections[:3] for sentence in (*section.lead, *section.points)
    )
    assert not any(name in said for name in releases)
    assert not told.sections[1].tables


@pytest.fixture(scope="module")
def sent(pooled):
    return network.for_schools(pooled)


def test_what_schools_get_names_none_of_them_and_is_told_in_whole_points(sent, pooled):
    assert not set(NAMES) & set(sent.cells["unit"].cast(pl.String))
    assert set(sent.cells.filter(level="school")["measure"]) == {"n"}
    assert benchmarks.schools_of(sent) == len(NAMES)
    told = sent.cells.filter(level="all")
    assert set(told["measure"]) == {"n", "mean", "gap"}
    for end in ("value", "low", "high"):
        numbers = told[end].drop_nulls()
        assert (numbers == numbers.round()).all()
    both = told.join(pooled.cells, on=[*KEYS, "measure"], suffix="_exact").filter(pl.col("measure") != "n")
    assert both.height == told.filter(pl.col("measure") != "n").height
    assert (both["low"] <= both["low_exact"]).all()
    assert (both["high"] >= both["high_exact"]).all()
    assert ((both["value"] - both["value_exact"]).abs() <= 0.5).all()


def test_numbers_of_pupils_are_tens(sent):
    counts = sent.cells.filter(level="all", measure="n")
    assert (counts["value"] % 10 == 0).all()
    assert (sent.cells.filter(level="all")["n"] % 10 == 0).all()


def test_a_school_stands_beside_what_it_was_sent(sent, releases):
    told = report.describe(releases[NAMES[3]], "en", network=sent)
    section = next(part for part in told.sections if part.id == "benchmark")
    assert "Together" in " ".join(section.lead)
    assert section.sure
    _, gaps = section.tables[0]
    assert len(gaps.rows) >= 2
