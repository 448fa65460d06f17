"""Who meets discrimination, by whom and why, and what the gap would be if all met as much."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.findings import discrimination, emblem
from erbij.instruments import registry
from erbij.privacy import catalogue, gate, policy
from erbij.studies.study import Study

OWN = registry.load("erbij-pupils-10-12")
BY = tuple(item.id for item in OWN.items_of("discrimination"))
GAP, HARM = -4.0, -10.0


@pytest.fixture(scope="module")
def school(make_study):
    """600 pupils; of the minority half meet much, of the majority one in six; 10 points less for who does."""
    rng = np.random.default_rng(12)
    minority = rng.random(600) < 0.4
    much = rng.random(600) < np.where(minority, 0.5, 1 / 6)
    scores = np.clip(72 + GAP * minority + HARM * much + rng.normal(0, 10, 600), 0, 100)
    study = make_study(scores, much=much, majority=~minority)
    answers = {item: np.where(much, 4.0, 1.0 + (rng.random(600) < 0.3)) for item in BY}
    answers["discrimination-rules"] = np.where(rng.random(600) < 0.01, 5.0, 1.0)
    answers |= {"discrimination-grounds.origin": (much & minority).astype(float)}
    answers |= {"discrimination-grounds.not-said": np.zeros(600)}
    answers |= {item.id: rng.integers(1, 6, 600).astype(float) for item in OWN.items_of("belonging")}
    met = 25.0 * (np.mean([answers[item] for item in BY], axis=0) - 1)
    return replace(study, instrument=OWN, answers=answers, scores={**study.scores, "discrimination": met})


def all_told(study: Study) -> pl.DataFrame:
    keys = catalogue.of(study, tuple(emblem.offers(study)), policy.careful()).keys
    return keys.with_columns(scales=pl.lit(list(study.scores)))


def test_the_gap_at_equal_treatment_is_found_with_its_interval(school):
    found = {row["measure"]: row for row in discrimination.model(school, all_told(school)).to_dicts()}
    equal, crude, due = (found[name] for name in ("origin-equal", "origin", "origin-due"))
    assert equal["low"] < GAP < equal["high"]
    assert crude["high"] < equal["value"]
    assert due["value"] == pytest.approx(crude["value"] - equal["value"])
    assert due["low"] < HARM * (0.5 - 1 / 6) < due["high"] < 0


def test_exposure_is_the_share_of_a_group_that_meets_much(school, values):
    found = discrimination.model(school, all_told(school))
    told = values(found, "group", measure="exposed")
    for group, of in (("minority-much", 0.0), ("majority-much", 1.0)):
        much = school.discrimination.is_much[school.discrimination.is_majority == of]
        assert told[group] == pytest.approx(100 * much.mean())


def test_shares_by_source_count_the_middle_answer_and_higher(school, values):
    told = values(discrimination.model(school, all_told(school)), "measure", group="everyone")
    much = 100 * school.discrimination.is_much.mean()
    assert told["met:teachers"] == told["met:peers"] == pytest.approx(much)
    assert told["met:school"] < 3


def test_who_would_rather_not_say_why_is_in_no_share_of_a_ground(school, values):
    silent = np.arange(600) < 100
    answers = {**school.answers, "discrimination-grounds.not-said": silent.astype(float)}
    study = replace(school, answers=answers)
    told = values(discrimination.model(study, all_told(study)), "measure", group="everyone", column="n")
    never = (school.scores["discrimination"] == 0) & silent
    assert told["ground:origin"] == 500 + never.sum()
    assert "ground:not-said" not in told


def test_without_the_scale_being_told_nothing_is_said_of_sources(school):
    told = all_told(school).with_columns(scales=pl.lit(["belonging"]))
    found = discrimination.model(school, told)
    assert set(found["measure"]) == {"exposed", "origin", "origin-equal", "origin-due"}


@pytest.mark.parametrize("hidden", emblem.GROUPS)
def test_one_withheld_group_withholds_the_calculation(school, hidden):
    told = all_told(school).filter(pl.col("group") != hidden)
    kinds = set(discrimination.model(school, told)["measure"].cast(pl.String).str.split(":").list.first())
    assert kinds == {"met", "ground"}


def test_a_study_without_discrimination_has_none_of_it(make_study):
    study = make_study([50.0, 60.0] * 20)
    assert discrimination.model(study, all_told(study)) is None


def test_a_share_with_few_on_one_side_leaves_as_a_bound(school):
    cells = gate.release(school).cells
    rules = cells.filter(pl.col("measure") == "met:school").to_dicts()[0]
    assert (rules["status"], rules["reason"], rules["low"]) == ("shown", "at-most", 0.0)
    few = school.answers["discrimination-rules"].sum() - 600
    assert rules["value"] > 100 * few / 4 / 600
